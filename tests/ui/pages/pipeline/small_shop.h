// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/project/project.h"
#include "tests/ui/pages/pipeline/pipeline_window.h"

// A project with one small table and a chart, for tests.
namespace lodestone::test {

inline constexpr const char* kSmall =
    "---\nlodestone:\n  nodes:\n    # of the first\n    A: {table: shop}\n---\n"
    "graph TD\nA[Collect data] --> B[Preprocess]\nB --> C[Extract features]\n";

/// Table "shop": 400 rows, columns id, age, city, spend, churn.
inline void openWith(studio::Studio& studio, const QByteArray& chart) {
  const QString folder = emptyProject();
  write(folder + "/pipeline.mmd", chart);
  QVERIFY(openAndWait(studio, folder));
  auto tables = studio.project()->tables();
  QVERIFY(tables.has_value());
  JobContext job;
  const auto made = (*tables)->execute(
      "CREATE TABLE shop AS SELECT * FROM (SELECT 'c' || i AS id, 20 + (i * 7) % 50 AS age, "
      "CASE WHEN i % 3 = 0 THEN 'Bern' ELSE 'Basel' END AS city, (i * 13) % 500 AS "
      "spend, CASE WHEN (i * 7) % 50 < 20 THEN 'yes' ELSE 'no' END AS churn FROM "
      "range(400) t(i))",
      job);
  QVERIFY2(made.has_value(), made ? "" : made.error().message(Language::English).c_str());
}

}  // namespace lodestone::test
