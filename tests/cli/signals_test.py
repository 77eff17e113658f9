# SPDX-FileCopyrightText: 2026 The Lodestone authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ctrl+C, kill -9, two programs on one project."""

import json
import os
import signal
import subprocess
import time
import unittest

from harness import CLI, CliTest, customers_csv


class SignalsTest(CliTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.done("project", "create", "p")
        cls.write("customers.csv", customers_csv(4000))
        cls.done("data", "import", "p", "customers.csv")
        cls.long = ["model", "train", "p", "--model", "mlp", "--table", "customers", "--target", "churn", "--param",
                    "epochs=1000", "--param", "patience=0"]
        ids = [p["id"] for t in cls.done("model", "types")["types"] if t["id"] == "mlp" for p in t["parameters"]]
        if "patience" not in ids:
            cls.long = cls.long[:-2]

    def start(self, *words):
        return subprocess.Popen([CLI, "--json", *map(str, words)], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                cwd=self.folder, env={**os.environ, "LC_ALL": "C.UTF-8"})

    def running(self):
        """A long training that holds the project."""
        process = self.start(*self.long)
        until = time.monotonic() + 60
        lock = os.path.join(self.folder, "p", "project.lock")
        while time.monotonic() < until and process.poll() is None:
            # Not by opening the project: that would take the lock from under the training.
            with open(lock, encoding="utf-8") as holder:
                if str(process.pid) in holder.read():
                    return process
            time.sleep(0.05)
        process.kill()
        self.fail("the training never held the project: " + process.communicate()[1].decode())

    def test_second_program_is_told_who_holds_the_project(self):
        process = self.running()
        try:
            error = self.refused(1, "Locked", "data", "tables", "p")
            self.assertIn(str(process.pid), error["message"])
            self.assertIn("lodestone-cli", error["message"])
        finally:
            process.kill()
            process.communicate()
        self.assertTrue(self.done("project", "verify", "p")["ok"])

    def test_stopping_leaves_nothing_half_done(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            before = self.done("data", "tables", "p")
            process = self.running()
            time.sleep(1)
            process.send_signal(number)
            out, err = process.communicate(timeout=30)
            self.assertEqual(process.returncode, 3, err.decode())
            self.assertEqual(json.loads(out.decode().splitlines()[-1])["error"]["code"], "Cancelled")
            self.assertTrue(self.done("project", "verify", "p")["ok"])
            self.assertEqual(self.done("data", "tables", "p"), before)
            self.assertNotIn("running", [entry["state"] for entry in self.done("model", "list", "p")["models"]])

    def test_a_stopped_demo_leaves_nothing(self):
        process = self.start("demo", "--out", "stopped")
        until = time.monotonic() + 30
        while not (self.folder / "stopped").exists() and time.monotonic() < until:
            time.sleep(0.02)
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 3, err.decode())
        self.assertFalse((self.folder / "stopped").exists())

    def test_killed_programs_lose_nothing(self):
        for turn, delay in enumerate((0.05, 0.15, 0.3, 0.6, 0.9, 1.4)):
            name = f"t{turn}"
            words = (self.long if turn % 2 else ["data", "import", "p", "customers.csv", "--table", name])
            process = self.start(*words)
            time.sleep(delay)
            process.kill()
            process.communicate()
            verdict = self.done("project", "verify", "p")
            self.assertTrue(verdict["ok"], verdict)
            self.assertEqual(self.done("data", "query", "p", "select count(*) from customers")["rows"], [[4000]])
            if process.returncode == 0 and not turn % 2:
                self.assertIn(name, [table["name"] for table in self.done("data", "tables", "p")["tables"]])

    def test_output_that_cannot_be_written_is_a_failure(self):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([CLI, "--json", "data", "tables", "p"], stdout=full, stderr=subprocess.PIPE,
                                  cwd=self.folder, check=False)
        self.assertEqual(done.returncode, 1)


if __name__ == "__main__":
    unittest.main()
