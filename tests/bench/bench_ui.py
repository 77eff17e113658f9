# SPDX-FileCopyrightText: 2026 The Lodestone authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long the window's thread is busy with each event while a model trains on all cores and the demo shop's table of a
million events scrolls; how long the window takes from its start to its first picture; and a table of ten million rows
in it: first picture, scrolling, sorting, filtering, finding, memory; and flowcharts of 50, 500 and 2,000 nodes: first
picture, moving, zooming."""

import json
import os
import pathlib
import subprocess
import tempfile
import time

SECONDS = 20
TABLE_ROWS = 10_000_000
STARTS = 5
CHART_NODES = (50, 500, 2000)


def start_seconds(program):
    """Median time of `lodestone --quit-when-shown`: start, first picture, end."""
    times = []
    for _ in range(STARTS + 1):
        begin = time.monotonic()
        subprocess.run([program, "--quit-when-shown"], check=True, stdout=subprocess.DEVNULL,
                       env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})
        times.append(time.monotonic() - begin)
    return sorted(times[1:])[STARTS // 2]


def table(program):
    """A table of ten million rows, made for this, in the window."""
    with tempfile.TemporaryDirectory() as name:
        done = subprocess.run([program, str(pathlib.Path(name) / "large.lodestone"), str(TABLE_ROWS)], check=True,
                              stdout=subprocess.PIPE, text=True)
    figures = json.loads(done.stdout.splitlines()[-1])
    print(f"{figures['rows']} rows, {figures['columns']} columns: first picture {figures['first_picture_ms']:.0f} ms, the "
          f"window takes {figures['memory_mb']:.0f} MB for them")
    for phase in figures["phases"]:
        print(f"  {phase['what']}: {phase['ms']:.0f} ms; longest event {phase['longest_ms']:.1f} ms, "
              f"99 % {phase['p99_ms']:.2f} ms, {100 * phase['share_within_16_ms']:.2f} % within 16 ms")


def chart(program, nodes):
    """A flowchart of so many nodes, made for this, in the window."""
    with tempfile.TemporaryDirectory() as name:
        done = subprocess.run([program, str(pathlib.Path(name) / "chart.lodestone"), str(nodes)], check=True,
                              stdout=subprocess.PIPE, text=True)
    figures = json.loads(done.stdout.splitlines()[-1])
    print(f"a flowchart of {figures['nodes']} nodes: opening the page to the "
          f"picture {figures['opening_to_picture_ms']:.0f} ms, a text put into it {figures['text_to_picture_ms']:.0f} ms")
    for phase in figures["phases"]:
        print(f"  {phase['what']}: longest event {phase['longest_ms']:.1f} ms, 99 % {phase['p99_ms']:.2f} ms, "
              f"{100 * phase['share_within_16_ms']:.2f} % within 16 ms")


def main():
    programs = pathlib.Path(os.environ["LODESTONE_BUILD"]) / "bin"
    print(f"start to first picture, warm: {start_seconds(str(programs / 'lodestone')):.2f} s", flush=True)
    table(str(programs / "bench_table"))
    for nodes in CHART_NODES:
        chart(str(programs / "bench_canvas"), nodes)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name) / "demo"
        subprocess.run([os.environ["LODESTONE_CLI"], "--quiet", "demo", "--no-window", "--out", str(folder)], check=True,
                       stdout=subprocess.DEVNULL)
        done = subprocess.run([str(programs / "bench_ui"), str(folder / "demo.lodestone"), "events", str(SECONDS)],
                              check=True, stdout=subprocess.PIPE, text=True)
    figures = json.loads(done.stdout.splitlines()[-1])
    print(f"{figures['events']} events while {figures['epochs']} epochs were trained and a table of {figures['rows']} rows "
          f"scrolled {figures['scroll_steps']} steps:")
    print(f"  median {figures['p50_ms']:.2f} ms, 99 % {figures['p99_ms']:.2f} ms, longest {figures['max_ms']:.1f} ms")
    print(f"  {100 * figures['share_within_16_ms']:.2f} % within 16 ms")
    for event, wall, processor in figures["slowest"]:
        print(f"  slow: {wall:.1f} ms, of which this thread worked {processor:.1f} ms: {event}")


if __name__ == "__main__":
    main()
