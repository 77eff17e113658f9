#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lodestone authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading, laying out and writing flowcharts of 50, 500 and 2,000 nodes, beside Mermaid in a browser.

Where Node.js finds the packages mermaid and puppeteer, both alternate in this run; else Mermaid's seconds for the
sizes are taken from LODESTONE_MERMAID_SECONDS (such as "50=0.51,500=5.4,2000=23.8") and said to come from there.
Target: at least 10 times as fast. Run it with `./dev bench chart`."""
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import programs

RUNS = 3
SIZES = (50, 500, 2000)
PEER = """
import fs from 'fs'; import { createRequire } from 'module';
const require = createRequire(process.cwd() + '/');
const puppeteer = (await import(require.resolve('puppeteer'))).default;
const browser = await puppeteer.launch({ args: ['--no-sandbox'] });
const page = await browser.newPage();
await page.addScriptTag({ path: require.resolve('mermaid/dist/mermaid.min.js') });
const source = fs.readFileSync(process.argv[2], 'utf8');
const seconds = await page.evaluate(async (text) => {
  mermaid.initialize({ startOnLoad: false, maxTextSize: 1e7, maxEdges: 1e6 });
  await mermaid.render('w', 'graph TD\\nA-->B');
  const begin = performance.now();
  const drawn = await mermaid.render('x', text);
  document.body.innerHTML = drawn.svg; document.body.getBoundingClientRect();
  return (performance.now() - begin) / 1000;
}, source);
console.log(JSON.stringify({ seconds })); await browser.close();
"""


def chart(nodes):
    """A fixed chart: a tree of near neighbours and three edges more for ten nodes."""
    draw = random.Random(nodes)
    lines = ["flowchart TD"] + [f"  n{i}[Node number {i}]" for i in range(nodes)]
    lines += [f"  n{draw.randrange(max(0, i - 40), i)} --> n{i}" for i in range(1, nodes)]
    for _ in range(nodes * 3 // 10):
        start = draw.randrange(nodes)
        lines.append(f"  n{start} -->|leads to| n{min(nodes - 1, start + draw.randrange(1, 60))}")
    return "\n".join(lines) + "\n"


def peer_seconds(file):
    """Nothing where there is no Mermaid to be measured."""
    if not shutil.which("node"):
        return None
    with tempfile.NamedTemporaryFile("w", suffix=".mjs") as script:
        script.write(PEER)
        script.flush()
        done = subprocess.run(["node", script.name, file], capture_output=True, text=True, check=False)
    return json.loads(done.stdout)["seconds"] if done.returncode == 0 else None


def given_seconds():
    words = os.environ.get("LODESTONE_MERMAID_SECONDS", "")
    return {int(size): float(seconds) for size, seconds in (word.split("=") for word in words.split(",") if word)}


def main():
    program = programs.path_of("bench_chart")
    worst = float("inf")
    given = given_seconds()
    with tempfile.TemporaryDirectory() as folder:
        for nodes in SIZES:
            file = Path(folder) / "chart.mmd"
            file.write_text(chart(nodes), encoding="utf-8")
            for dot in ("dot", "none"):
                ours, theirs = [], []
                for _ in range(RUNS):
                    done = subprocess.run([program, str(file), dot], capture_output=True, text=True, check=False)
                    if done.returncode != 0:
                        sys.exit(f"{program} failed: {done.stderr.strip()}")
                    ours.append(json.loads(done.stdout))
                    if dot == "dot" and (seconds := peer_seconds(str(file))) is not None:
                        theirs.append(seconds)
                middle = {key: statistics.median(run[key] for run in ours)
                          for key in ("parse", "layout", "svg", "peak_mib")}
                total = middle["parse"] + middle["layout"] + middle["svg"]
                line = (f"chart, {nodes} nodes, {ours[0]['by']}: parse {middle['parse'] * 1000:.1f} ms, layout "
                        f"{middle['layout'] * 1000:.0f} ms, SVG {middle['svg'] * 1000:.1f} ms, together {total:.3f} s, "
                        f"peak {middle['peak_mib']:.0f} MiB")
                peer = statistics.median(theirs) if theirs else given.get(nodes)
                if dot == "dot" and peer:
                    worst = min(worst, peer / total)
                    line += (f"; Mermaid {peer:.2f} s ({'this run' if theirs else 'given'}), "
                             f"ratio {peer / total:.1f}")
                print(line, flush=True)
    if worst < float("inf"):
        print(f"chart: {worst:.1f} times as fast as Mermaid at the least; target 10")
    else:
        print("chart: no Mermaid to compare with: neither here nor in LODESTONE_MERMAID_SECONDS")


if __name__ == "__main__":
    main()
