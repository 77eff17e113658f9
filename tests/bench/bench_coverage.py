#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lodestone authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How often the 90 % intervals of incremental conversions hold the planted truth, over 20 seeds of the demo shop.

For each seed the demo is made whole; the truth of a strategy is the sum of the planted effects over the customers of its
audience file. Prints a line a seed and the share covered, for the first strategy of each shop and for all of them.
Target: 15 to 20 of the 20 first strategies. Run it with `./dev bench coverage`."""
import csv
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

SEEDS = int(os.environ.get("LODESTONE_BENCH_SEEDS", "20"))
DEFAULT = Path(__file__).resolve().parent.parent.parent / "build" / "release" / "bin" / "lodestone-cli"
CLI = os.environ.get("LODESTONE_CLI", str(DEFAULT))


def run(*words):
    done = subprocess.run([CLI, "--json", "--quiet", *map(str, words)], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, words))}: {done.stdout} {done.stderr}")
    return json.loads(done.stdout.strip().splitlines()[-1])


def shop(seed, folder):
    """(estimate, low, high, truth) of each strategy that has an estimate."""
    demo = run("--seed", seed, "demo", "--no-window", "--out", folder)
    truth = json.loads((Path(folder) / "shop" / "truth.json").read_text())
    place = {customer: i for i, customer in enumerate(truth["customers"])}
    answers = []
    for strategy in demo["strategies"]:
        full = run("campaign", "show", demo["project"], strategy["id"])
        predicted = full["predicted"]["incremental_conversions"]
        if predicted["value"] is None:
            continue
        effects = truth["effects"]["customer_effect"][f"{full['offer']['id']}|{full['channel']}"]
        audience = next(p for p in demo["exports"] if p.endswith(".csv") and f"{strategy['id']}_" in p)
        with open(audience, encoding="utf-8-sig", newline="") as file:
            planted = sum(effects[place[row["customer_id"]]] for row in csv.DictReader(file))
        answers.append((predicted["value"], predicted["low"], predicted["high"], planted))
    return answers


def main():
    first, everything = [], []
    for seed in range(1, SEEDS + 1):
        with tempfile.TemporaryDirectory() as folder:
            answers = shop(seed, Path(folder) / "demo")
        inside = [low <= planted <= high for _, low, high, planted in answers]
        first.append(inside[0])
        everything += inside
        print(f"seed {seed}: {sum(inside)} of {len(inside)} covered; "
              + ", ".join(f"{value:.0f} ({low:.0f} to {high:.0f}) / {planted:.0f}"
                          for value, low, high, planted in answers), flush=True)
    print(f"covered: {sum(first)} of {len(first)} first strategies, "
          f"{sum(everything)} of {len(everything)} of all ({sum(everything) / len(everything):.0%})")
    return 0 if 15 * len(first) <= 20 * sum(first) else 1


if __name__ == "__main__":
    sys.exit(main())
