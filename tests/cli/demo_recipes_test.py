# SPDX-FileCopyrightText: 2026 The Lodestone authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A very dirty demo shop, imported, cleaned and joined by the recipes that ship: its figures are those of the truth."""

import json
import unittest

from harness import CliTest

TABLES = ("customers", "products", "events", "orders", "order_items", "campaigns", "assignments", "reviews", "tickets",
          "payments", "ad_log", "demand", "holidays", "channel_spend")


class DemoRecipesTest(CliTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shop = cls.done("demo", "data", "--out", "shop", "--customers", "500", "--events", "6000", "--days", "200",
                            "--dirt", "much")
        cls.truth = json.loads((cls.folder / "shop" / "truth.json").read_text(encoding="utf-8"))
        cls.recipes = cls.done("demo", "recipes", "--out", "recipes")
        cls.done("project", "create", "P")
        cls.done("data", "import", "P", "--all-text", *(f"shop/{table}.csv" for table in TABLES))
        for table in TABLES:
            cls.clean(table, table, f"{table}_clean")
        cls.clean("order_amounts", "payments_clean", "order_amounts")
        cls.clean("order_values", "order_items_clean", "order_values")
        cls.join("orders_clean", "order_amounts", "orders_1")
        cls.join("orders_1", "order_values", "orders_2")
        cls.clean("orders_filled", "orders_2", "orders_filled")

    @classmethod
    def clean(cls, recipe, table, out):
        return cls.done("data", "clean", "P", table, "--recipe", f"recipes/demo_shop_{recipe}.json", "--out", out)

    @classmethod
    def join(cls, left, right, out):
        return cls.done("data", "join", "P", left, right, "--on", "order_id=order_id", "--how", "left", "--out", out)

    def one(self, sql):
        return self.done("data", "query", "P", sql)["rows"][0]

    def test_recipes_are_written(self):
        self.assertEqual(len(self.recipes["files"]), len(TABLES) + 3)
        self.refused(1, "AlreadyExists", "demo", "recipes", "--out", "recipes")

    def test_rows(self):
        for table in TABLES:
            rows = self.truth["clean"][table]["rows"]
            self.assertEqual(self.one(f"SELECT count(*) FROM {table}_clean"), [rows], table)
            self.assertEqual(self.one(f"SELECT count(*) FROM {table}"), [self.truth["dirt"][table]["rows"]], table)

    def test_sums(self):
        for table in TABLES:
            cleaned = "orders_filled" if table == "orders" else f"{table}_clean"
            lost = self.truth["dirt"][table]["columns"]
            columns = self.truth["clean"][table]["columns"]
            asked = []
            for column, figures in columns.items():
                asked.append(f'count(*) - count("{column}")')
                asked.append(f'CAST(sum(CAST("{column}" AS DECIMAL(30, 4))) AS DOUBLE)' if "sum" in figures else "NULL")
            found = self.one(f"SELECT {', '.join(asked)} FROM {cleaned}")
            for (column, figures), missing, total in zip(columns.items(), found[::2], found[1::2]):
                gone = lost.get(column, {})
                self.assertEqual(missing, figures["missing"] + gone.get("lost", 0), f"{table}.{column}")
                if "sum" in figures:
                    self.assertAlmostEqual(total, figures["sum"] - gone.get("lost_sum", 0), 4, f"{table}.{column}")


if __name__ == "__main__":
    unittest.main()
