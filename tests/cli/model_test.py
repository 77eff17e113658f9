# SPDX-FileCopyrightText: 2026 The Lodestone authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Training, predicting, evaluating."""

import csv
import unittest

from harness import CliTest, customers_csv

FIGURES = ("accuracy", "precision", "recall", "f1", "roc_auc", "pr_auc", "log_loss", "brier")


class ModelTest(CliTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.done("project", "create", "p")
        cls.write("customers.csv", customers_csv(1500))
        cls.write("later.csv", customers_csv(400, seed=2))
        cls.write("one_class.csv", "a,b,y\n" + "".join(f"{i},{i % 9},no\n" for i in range(400)))
        cls.write("three.csv", "a,y\n" + "".join(f"{i},{'xyz'[i % 3]}\n" for i in range(300)))
        for name in ("customers", "later", "one_class", "three"):
            cls.done("data", "import", "p", f"{name}.csv")
        cls.train = ["model", "train", "p", "--model", "mlp", "--table", "customers", "--target", "churn",
                     "--exclude", "customer"]
        cls.trained = cls.done(*cls.train, "--positive", "Yes", "--test-fraction", "0.2")

    def test_types(self):
        types = {entry["id"]: entry for entry in self.done("model", "types")["types"]}
        self.assertLessEqual({"mlp", "logistic_regression"}, set(types))
        for key in ("id", "title", "kind", "default", "help"):
            self.assertIn(key, types["mlp"]["parameters"][0])

    def test_training_answers_the_contract(self):
        for key in ("model", "type", "metrics", "baseline", "card", "epochs", "seconds", "train_seconds"):
            self.assertIn(key, self.trained)
        for part in ("train", "validation", "test"):
            for figure in FIGURES:
                self.assertIsInstance(self.trained["metrics"][part][figure], (int, float), (part, figure))
        self.assertGreater(self.trained["metrics"]["test"]["roc_auc"], 0.65)
        self.assertIn("type", self.trained["baseline"])
        self.assertIn("roc_auc", self.trained["baseline"]["metrics"]["test"])
        for key in ("seed", "data_hash", "split", "device", "versions"):
            self.assertIn(key, self.trained["card"])
        self.assertEqual(self.trained["epochs"][0]["epoch"], 1)
        self.assertIn("loss", self.trained["epochs"][0])

    def test_same_seed_same_model(self):
        again = self.done("--seed", "42", *self.train)
        self.assertEqual(again["metrics"], self.trained["metrics"])
        other = self.done("--seed", "43", *self.train)
        self.assertNotEqual(other["metrics"], self.trained["metrics"])

    def test_list_show_predict_evaluate(self):
        model = self.trained["model"]
        listed = {entry["model"]: entry for entry in self.done("model", "list", "p")["models"]}
        self.assertEqual((listed[model]["type"], listed[model]["table"], listed[model]["target"]),
                         ("mlp", "customers", "churn"))
        shown = self.done("model", "show", "p", model)
        self.assertEqual(shown["metrics"], self.trained["metrics"])
        self.assertEqual(len(shown["epochs"]), len(self.trained["epochs"]))
        self.assertEqual(self.done("model", "predict", "p", model, "--table", "later", "--out", "scored")["rows"], 400)
        low, high = self.done("data", "query", "p",
                              "select min(lodestone_score), max(lodestone_score) from scored")["rows"][0]
        self.assertTrue(0 <= low < high <= 1)
        self.refused(1, "AlreadyExists", "model", "predict", "p", model, "--table", "later", "--out", "scored")
        out = self.done("model", "predict", "p", model, "--table", "later", "--out", "scores.csv")
        self.assertEqual(out["rows"], 400)
        with open(self.folder / "scores.csv", newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        self.assertEqual(len(rows), 400)
        self.assertIn("lodestone_score", rows[0])
        before = (self.folder / "scores.csv").read_bytes()
        again = ["model", "predict", "p", model, "--table", "customers", "--out", "scores.csv"]
        self.assertIn("scores.csv", self.refused(1, "AlreadyExists", *again)["message"])
        self.assertEqual((self.folder / "scores.csv").read_bytes(), before)
        self.assertEqual(self.done(*again, "--replace")["rows"], 1500)
        metrics = self.done("model", "evaluate", "p", model, "--table", "later")["metrics"]
        self.assertGreater(metrics["roc_auc"], 0.6)

    def test_grid_folds_parameters_and_test_table(self):
        small = ["--param", "epochs=3"]
        if "epochs" not in [p["id"] for t in self.done("model", "types")["types"] if t["id"] == "mlp"
                            for p in t["parameters"]]:
            self.fail("mlp has no parameter 'epochs'")
        made = self.done(*self.train, *small, "--grid", "learning_rate=0.01,0.001", "--cv", "3")
        self.assertEqual(len(made["grid"]), 2)
        self.assertIn("cross_validation", made)
        tested = self.done(*self.train, *small, "--test-table", "later")
        self.assertEqual(tested["metrics"]["test"]["rows"], 400)

    def test_refusals(self):
        train = ["model", "train", "p", "--table", "customers", "--target", "churn"]
        self.refused(4, "NotEnoughData", "model", "train", "p", "--model", "mlp", "--table", "one_class", "--target", "y")
        self.refused(1, "NotFound", "model", "train", "p", "--model", "mlp", "--table", "customers", "--target", "nothere")
        self.refused(1, "NotFound", *train, "--model", "nosuch")
        self.refused(1, "NotFound", "model", "train", "p", "--model", "mlp", "--table", "nothere", "--target", "churn")
        three = self.refused(1, "InvalidArgument", "model", "train", "p", "--model", "mlp", "--table", "three",
                             "--target", "y")
        for value in "xyz":
            self.assertIn(value, three["message"])
        for fraction in ("0", "1", "-0.5", "2"):
            self.refused(2, "InvalidArgument", *train, "--model", "mlp", "--test-fraction", fraction)
        self.refused(1, "InvalidArgument", *train, "--model", "mlp", "--param", "magic=1")
        self.refused(1, "InvalidArgument", *train, "--model", "mlp", "--param", "epochs=many")
        self.refused(1, "NotFound", "model", "show", "p", "mlp-9999")
        self.refused(1, "NotFound", "model", "predict", "p", "mlp-9999", "--table", "later", "--out", "x")
        self.assertTrue(self.done("project", "verify", "p")["ok"])


if __name__ == "__main__":
    unittest.main()
