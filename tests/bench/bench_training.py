#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lodestone authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ten epochs of the worked example on the churn table: Lodestone beside the same loop in PyTorch-Python.

The same encoded training rows, validation outside the timed part on both sides, the two alternating in one run.
Target: at least twice as fast. Run it with `./dev bench training`."""
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import programs

PAIRS = int(os.environ.get("LODESTONE_BENCH_PAIRS", "7"))
HERE = Path(__file__).resolve().parent


def run(command):
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{command[0]} failed: {done.stderr.strip()}")
    return json.loads(done.stdout.strip().splitlines()[-1])


def main():
    program = programs.path_of("bench_training")
    worst = float("inf")
    with tempfile.TemporaryDirectory() as folder:
        rows = str(Path(folder) / "rows.bin")
        if subprocess.run([program, "export", rows], check=False).returncode != 0:
            sys.exit(1)
        for threads in (1, 0):
            ours, theirs, ours_auc, theirs_auc = [], [], [], []
            for pair in range(PAIRS):
                arguments = [rows, str(threads), str(42 + pair)]
                peer = run([sys.executable, str(HERE / "peer_mlp_torch.py"), *arguments])
                mine = run([program, "fit", *arguments])
                theirs.append(peer["seconds"])
                ours.append(mine["seconds"])
                theirs_auc.append(peer["roc_auc"])
                ours_auc.append(mine["roc_auc"])
            ratio = statistics.median(t / o for t, o in zip(theirs, ours))
            worst = min(worst, ratio)
            print(f"training, {'1 thread' if threads == 1 else 'default threads'}: "
                  f"Lodestone {statistics.median(ours):.3f} s, PyTorch-Python {statistics.median(theirs):.3f} s, "
                  f"ratio {ratio:.2f} (median of {PAIRS} pairs); validation ROC AUC "
                  f"{statistics.mean(ours_auc):.4f} and {statistics.mean(theirs_auc):.4f}")
    print(f"training: {worst:.2f} times as fast as PyTorch-Python at the least; target 2")


if __name__ == "__main__":
    main()
