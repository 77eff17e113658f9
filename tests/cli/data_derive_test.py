# SPDX-FileCopyrightText: 2026 The Lodestone authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tables made of tables: joins, unions, pivots, features of users, sequences."""

import unittest

from harness import CliTest


class DeriveTest(CliTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.done("project", "create", "p")
        cls.write("orders.csv", "id,customer,amount,day,kind\n1,10,5.5,2026-01-01,buy\n2,20,7,2026-01-03,buy\n"
                                "3,10,1,2026-01-05,view\n4,99,2,2026-01-07,buy\n")
        cls.write("customers.csv", "customer,name\n10,Ann\n20,Bo\n20,Bo again\n30,Cy\n")
        cls.done("data", "import", "p", "orders.csv")
        cls.done("data", "import", "p", "customers.csv")

    def rows(self, sql):
        return self.done("data", "query", "p", sql)["rows"]

    def test_join(self):
        words = ["data", "join", "p", "orders", "customers", "--on", "customer=customer", "--how", "left"]
        seen = self.done(*words, "--dry-run")
        self.assertIsNone(seen["table"])
        made = self.done(*words, "--out", "joined")
        self.assertEqual((made["table"], made["rows"], made["matched"], made["unmatched_left"],
                          made["unmatched_right"], made["fan_out"]), ("joined", 5, 3, 1, 1, 2))
        self.assertEqual([warning["kind"] for warning in made["warnings"]], ["multiplied"])
        self.assertEqual(made["examples_left"], [{"key": ["99"], "rows": 1}])
        self.assertEqual(self.rows("select id, name from joined")[:3], [[1, "Ann"], [2, "Bo"], [2, "Bo again"]])
        self.refused(1, "AlreadyExists", *words, "--out", "joined")
        self.refused(2, "InvalidArgument", *words)
        self.refused(1, "NotFound", "data", "join", "p", "orders", "nothere", "--on", "a=b", "--out", "x")
        self.refused(1, "NotFound", "data", "join", "p", "orders", "customers", "--on", "id=nothere", "--out", "x")
        self.assertEqual(self.done("data", "join", "p", "orders", "customers", "--on", "customer", "--how", "anti",
                                   "--out", "alone")["rows"], 1)
        people = self.run_raw("data", "join", "p", "orders", "customers", "--on", "customer", "--dry-run").out
        self.assertIn("orders: 3 rows match, 1 do not.", people)

    def test_union_pivot_unpivot(self):
        both = self.done("data", "union", "p", "orders", "customers", "--out", "both", "--source-column", "origin")
        self.assertEqual(both["rows"], 8)
        self.assertEqual(both["columns"][-1]["name"], "origin")
        self.assertIn("missing_column", {warning["kind"] for warning in both["warnings"]})
        pivot = self.done("data", "pivot", "p", "orders", "--rows", "customer", "--column", "kind", "--value", "amount",
                          "--out", "wide")
        self.assertEqual([column["name"] for column in pivot["columns"]], ["customer", "buy", "view"])
        self.assertEqual(self.rows("select * from wide"), [[10, 5.5, 1], [20, 7, None], [99, 2, None]])
        self.refused(1, "InvalidArgument", "data", "pivot", "p", "orders", "--column", "id", "--value", "amount",
                     "--most-columns", "3", "--out", "x")
        self.assertEqual(self.done("data", "unpivot", "p", "wide", "--keep", "customer", "--out", "long")["rows"], 4)

    def test_features(self):
        made = self.done("data", "features", "p", "orders", "--kind", "rfm", "--out", "rfm", "--time", "day",
                         "--event", "kind", "--as-of", "2026-02-01")
        self.assertEqual((made["table"], made["rows"], made["words"]["purchase"]), ("rfm", 3, ["buy"]))
        self.assertEqual(self.rows("select customer, recency_days, frequency, monetary from rfm"),
                         [[10, 31, 1, 5.5], [20, 29, 1, 7], [99, 25, 1, 2]])
        self.refused(1, "InvalidArgument", "data", "features", "p", "orders", "--kind", "rfm", "--out", "x",
                     "--time", "day", "--event", "kind", "--purchase", "sold")
        self.assertEqual(self.done("data", "features", "p", "orders", "--kind", "behaviour", "--out", "b", "--time",
                                   "day")["rows"], 3)
        sequence = self.done("data", "features", "p", "orders", "--kind", "sequence", "--out", "s", "--time", "day",
                             "--item", "id", "--min-length", "2")
        self.assertEqual((sequence["rows"], sequence["users"], sequence["short_users"]), (2, 1, 2))
        self.refused(2, None, "data", "features", "p", "orders", "--kind", "magic", "--out", "x")

    def test_columns_come_from_the_roles_of_the_table(self):
        self.write("log.csv", "who,moment,worth\na,2026-01-01,3\nb,2026-01-02,4\n")
        self.done("data", "import", "p", "log.csv")
        self.refused(1, "InvalidArgument", "data", "features", "p", "log", "--kind", "rfm", "--out", "x")
        self.done("data", "roles", "p", "log", "user=who", "time=moment", "amount=worth")
        made = self.done("data", "features", "p", "log", "--kind", "rfm", "--out", "r")
        self.assertEqual(made["read_from"], {"user": "who", "time": "moment", "amount": "worth"})

    def test_tables_and_files_lead_back_to_what_was_imported(self):
        self.done("data", "join", "p", "orders", "customers", "--on", "customer", "--how", "inner", "--out", "named")
        self.done("data", "features", "p", "named", "--kind", "rfm", "--out", "value", "--time", "day")
        seen = self.done("pipeline", "lineage", "p", "value")
        self.assertEqual([(step["made"], step["operation"]) for step in seen["operations"] if step["from"]],
                         [("named", "join"), ("value", "rfm")])
        joined = next(step for step in seen["operations"] if step["operation"] == "join")
        self.assertEqual((joined["parameters"]["keys"], joined["parameters"]["how"]),
                         ([{"left": "customer", "right": "customer"}], "inner"))
        self.assertRegex(joined["code"], r"^\d+\.\d+")
        self.assertEqual({(file["table"], file["rows"]) for file in seen["files"]}, {("orders", 4), ("customers", 4)})
        self.write("value.mmd", seen["mermaid"])
        self.assertTrue(self.done("pipeline", "check", "value.mmd")["valid"])
        people = self.run_raw("pipeline", "lineage", "p", "value").out
        self.assertIn("value (table): made by rfm at ", people)
        self.assertIn("customers.csv", people)
        self.done("data", "export", "p", "value", "value.csv", "--columns", "customer,monetary")
        self.done("data", "query", "p", "select customer from value", "--out", "asked.csv")
        for name, operation in (("value.csv", "export"), ("asked.csv", "query")):
            file = self.done("pipeline", "lineage", "p", name)
            self.assertEqual((file["kind"], file["operations"][-1]["operation"]), ("file", operation))
            self.assertEqual(len(file["files"]), 2)
        self.write("stray.csv", "nothing of ours\n")
        self.refused(1, "NotFound", "pipeline", "lineage", "p", "stray.csv")


if __name__ == "__main__":
    unittest.main()
