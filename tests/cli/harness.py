# SPDX-FileCopyrightText: 2026 The Lodestone authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the black-box tests share: running lodestone-cli in a scratch folder, and made tables."""

import json
import os
import pathlib
import random
import shutil
import subprocess
import tempfile
import unittest

CLI = os.environ["LODESTONE_CLI"]
HAS_PRINT = os.environ.get("LODESTONE_PRINT", "1") == "1"


class Answer:
    def __init__(self, done):
        self.status = done.returncode
        self.out = done.stdout.decode("utf-8")  # strict: invalid UTF-8 fails the test
        self.err = done.stderr.decode("utf-8", "replace")

    @property
    def lines(self):
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def json(self):
        return self.lines[-1]


class CliTest(unittest.TestCase):
    """One scratch folder for all tests of a class."""

    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="lodestone-cli-"))

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder, ignore_errors=True)

    @classmethod
    def run_raw(cls, *words, env=None, timeout=300):
        # The language of the machine must not decide how a test ends.
        environment = {**os.environ, "LC_ALL": "C.UTF-8", **(env or {})}
        done = subprocess.run([CLI, *map(str, words)], capture_output=True, env=environment, timeout=timeout,
                              cwd=cls.folder)
        return Answer(done)

    @classmethod
    def cli(cls, *words, **options):
        return cls.run_raw("--json", *words, **options)

    @classmethod
    def done(cls, *words, **options):
        """Runs a verb that must succeed; its object."""
        answer = cls.cli(*words, **options)
        if answer.status != 0:
            raise AssertionError(f"exit {answer.status}: {words}: {answer.out[-2000:]} {answer.err[-2000:]}")
        return answer.json

    def refused(self, status, code, *words, **options):
        """Runs a verb that must fail: the exit status, the code, and a message that says something."""
        answer = self.cli(*words, **options)
        self.assertEqual(answer.status, status, f"{words}: {answer.out[-500:]} {answer.err[-500:]}")
        error = answer.json["error"]
        if code:
            self.assertEqual(error["code"], code, error)
        self.assertGreater(len(error["message"]), 8)
        self.assertIn("where", error)
        return error

    @classmethod
    def write(cls, name, content):
        file = cls.folder / name
        if isinstance(content, bytes):
            file.write_bytes(content)
        else:
            file.write_text(content, encoding="utf-8")
        return file


def customers_csv(rows, seed=1):
    """Customers whose churn hangs on tenure and price: something for a model to find."""
    numbers = random.Random(seed)
    lines = ["customer,tenure,price,plan,churn"]
    for i in range(rows):
        tenure = numbers.randrange(1, 72)
        price = round(numbers.uniform(20, 110), 2)
        plan = numbers.choice(["basic", "plus", "family"])
        risk = 0.75 - 0.012 * tenure + 0.004 * (price - 60) + (0.1 if plan == "basic" else 0)
        lines.append(f"K{i:05d},{tenure},{price},{plan},{'Yes' if numbers.random() < risk else 'No'}")
    return "\n".join(lines) + "\n"
