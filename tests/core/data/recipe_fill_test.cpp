// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "core/base/random.h"
#include "tests/core/data/recipe_fixture.h"

namespace lodestone::data {
namespace {

using testing::HasSubstr;

using Cell = std::optional<double>;

/// Every way of filling against the same computed here, over rows whose times are unsorted, repeated and
/// missing.
class RecipeFillTest : public RecipeTest {
 protected:
  struct Row {
    std::string group;
    std::optional<std::int64_t> day;
    Cell value;
  };

  static std::vector<Row> someRows(std::size_t count) {
    Random random(7);
    std::vector<Row> rows;
    for (std::size_t i = 0; i < count; ++i) {
      Row row{random.below(3) == 0 ? "b" : "a", static_cast<std::int64_t>(random.below(60)), {}};
      if (random.below(20) == 0) row.day.reset();
      if (random.below(4) != 0) row.value = std::floor(random.uniform() * 1000) / 8;
      rows.push_back(row);
    }
    return rows;
  }
  void make(const std::vector<Row>& rows) {
    std::vector<std::string> values;
    for (const Row& row : rows)
      values.push_back("('" + row.group + "', " +
                       (row.day ? "DATE '2026-01-01' + " + std::to_string(*row.day) : "NULL") + ", " +
                       (row.value ? formatNumber(*row.value) + "::DOUBLE" : "NULL") + ")");
    sql("CREATE OR REPLACE TABLE t AS SELECT g, d::DATE AS d, v::DOUBLE AS v FROM (VALUES " +
        join(values, ", ") + ") x(g, d, v)");
  }
  std::vector<Cell> filled(const std::string& parameters) {
    const CleanReport report = done("[{\"step\":\"fill\",\"column\":\"v\"," + parameters + "}]");
    std::vector<Cell> cells;
    const auto rows = database_.rows("SELECT v::DOUBLE FROM out", job_);
    if (rows)
      for (const auto& row : rows->rows)
        cells.push_back(row[0].is_null() ? Cell() : Cell(row[0].get<double>()));
    changed_ = report.steps.empty() ? -1 : report.steps[0].changed;
    return cells;
  }
  void expectNear(const std::vector<Cell>& got, const std::vector<Cell>& wanted,
                  const std::vector<Row>& rows) {
    ASSERT_EQ(got.size(), wanted.size());
    std::int64_t changes = 0;
    for (std::size_t i = 0; i < got.size(); ++i) {
      ASSERT_EQ(got[i].has_value(), wanted[i].has_value()) << i;
      if (!got[i]) continue;
      EXPECT_NEAR(*got[i], *wanted[i], 1e-9 * std::max(1.0, std::fabs(*wanted[i]))) << i;
      changes += rows[i].value ? 0 : 1;
    }
    EXPECT_EQ(changed_, changes);
  }
  /// Rows in the order of time, then as they stand; without times: as they stand.
  static std::vector<std::size_t> byTime(const std::vector<Row>& rows, bool timed) {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < rows.size(); ++i)
      if (!timed || rows[i].day) order.push_back(i);
    if (timed)
      std::stable_sort(order.begin(), order.end(),
                       [&](std::size_t a, std::size_t b) { return *rows[a].day < *rows[b].day; });
    return order;
  }
  static std::vector<Cell> known(const std::vector<Row>& rows) {
    std::vector<Cell> cells;
    for (const Row& row : rows) cells.push_back(row.value);
    return cells;
  }
  static double place(const std::vector<Row>& rows, std::size_t i, bool timed) {
    return timed ? static_cast<double>(*rows[i].day) : static_cast<double>(i);
  }
  static std::vector<Cell> linear(const std::vector<Row>& rows, bool timed) {
    std::vector<Cell> cells = known(rows);
    const std::vector<std::size_t> order = byTime(rows, timed);
    for (std::size_t k = 0; k < order.size(); ++k) {
      if (rows[order[k]].value) continue;
      std::size_t before = k;
      std::size_t after = k;
      while (before > 0 && !rows[order[before]].value) --before;
      while (after + 1 < order.size() && !rows[order[after]].value) ++after;
      const Row& left = rows[order[before]];
      const Row& right = rows[order[after]];
      if (!left.value || !right.value) continue;
      const double t0 = place(rows, order[before], timed);
      const double t1 = place(rows, order[after], timed);
      const double t = place(rows, order[k], timed);
      cells[order[k]] =
          t0 == t1 ? *left.value : *left.value + (*right.value - *left.value) * (t - t0) / (t1 - t0);
    }
    return cells;
  }
  static std::vector<Cell> gaussian(const std::vector<Row>& rows, bool timed, double h) {
    std::vector<Cell> cells = known(rows);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (rows[i].value || (timed && !rows[i].day)) continue;
      double weights = 0;
      double sum = 0;
      for (std::size_t j = 0; j < rows.size(); ++j) {
        if (!rows[j].value || (timed && !rows[j].day)) continue;
        const double u = (place(rows, i, timed) - place(rows, j, timed)) / h;
        weights += std::exp(-u * u / 2);
        sum += std::exp(-u * u / 2) * *rows[j].value;
      }
      cells[i] = sum / weights;
    }
    return cells;
  }

  std::int64_t changed_ = 0;
};

TEST_F(RecipeFillTest, MeanMedianAndMode) {
  const std::vector<Row> rows = someRows(400);
  make(rows);
  std::vector<double> there;
  std::map<double, int> counts;
  for (const Row& row : rows)
    if (row.value) {
      there.push_back(*row.value);
      ++counts[*row.value];
    }
  std::sort(there.begin(), there.end());
  double sum = 0;
  for (const double x : there) sum += x;
  const std::size_t n = there.size();
  const double median = n % 2 == 1 ? there[n / 2] : (there[n / 2 - 1] + there[n / 2]) / 2;
  double mode = 0;
  int most = 0;
  for (const auto& [value, count] : counts)  // ascending: of equally frequent ones the smallest
    if (count > most) {
      most = count;
      mode = value;
    }
  const auto with = [&](double value) {
    std::vector<Cell> cells = known(rows);
    for (Cell& cell : cells) cell = cell.value_or(value);
    return cells;
  };
  expectNear(filled(R"js("method":"mean")js"), with(sum / static_cast<double>(n)), rows);
  expectNear(filled(R"js("method":"median")js"), with(median), rows);
  expectNear(filled(R"js("method":"mode")js"), with(mode), rows);
  expectNear(filled(R"js("method":"constant","value":-2.5)js"), with(-2.5), rows);
}

TEST_F(RecipeFillTest, MeanWithinGroups) {
  std::vector<Row> rows = someRows(200);
  rows.push_back({"alone", 3, {}});
  make(rows);
  std::map<std::string, std::pair<double, double>> sums;
  for (const Row& row : rows)
    if (row.value) {
      sums[row.group].first += *row.value;
      ++sums[row.group].second;
    }
  std::vector<Cell> wanted = known(rows);
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (!wanted[i] && sums.contains(rows[i].group))
      wanted[i] = sums[rows[i].group].first / sums[rows[i].group].second;
  expectNear(filled(R"js("method":"mean","by":"g")js"), wanted, rows);
}

TEST_F(RecipeFillTest, ForwardByTimeAndByRow) {
  const std::vector<Row> rows = someRows(300);
  make(rows);
  for (const bool timed : {true, false}) {
    std::vector<Cell> wanted = known(rows);
    Cell last;
    for (const std::size_t i : byTime(rows, timed)) {
      if (rows[i].value) last = rows[i].value;
      wanted[i] = last;
    }
    expectNear(filled(timed ? R"js("method":"ffill","time":"d")js" : R"js("method":"ffill")js"), wanted,
               rows);
  }
  // Each group from its own rows.
  std::vector<Cell> wanted = known(rows);
  std::map<std::string, Cell> last;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].value) last[rows[i].group] = rows[i].value;
    wanted[i] = last[rows[i].group];
  }
  expectNear(filled(R"js("method":"ffill","by":["g"])js"), wanted, rows);
}

TEST_F(RecipeFillTest, LinearByTimeAndByRow) {
  const std::vector<Row> rows = someRows(300);
  make(rows);
  expectNear(filled(R"js("method":"linear","time":"d")js"), linear(rows, true), rows);
  expectNear(filled(R"js("method":"linear")js"), linear(rows, false), rows);
}

TEST_F(RecipeFillTest, GaussianByTimeAndByRow) {
  const std::vector<Row> rows = someRows(300);
  make(rows);
  expectNear(filled(R"js("method":"gaussian","time":"d","bandwidth":2)js"), gaussian(rows, true, 2), rows);
  expectNear(filled(R"js("method":"gaussian","bandwidth":0.7)js"), gaussian(rows, false, 0.7), rows);
  // Days follow each other without gaps among 60: neighbours are a day apart.
  expectNear(filled(R"js("method":"gaussian","time":"d")js"), gaussian(rows, true, 3), rows);
}

TEST_F(RecipeFillTest, GaussianReachesFarAwayCells) {
  // exp(-u^2/2) of both is 0 in a double; the nearer one still decides.
  make({{"a", 0, 1.0}, {"a", 20000, {}}, {"a", 50000, 9.0}});
  expectNear(filled(R"js("method":"gaussian","time":"d","bandwidth":0.5)js"), {1.0, 1.0, 9.0},
             {{"a", 0, 1.0}, {"a", 20000, {}}, {"a", 50000, 9.0}});
}

/// Solves a x = b by elimination: the reference has nothing of the program's.
std::vector<double> solve(std::vector<std::vector<double>> a, std::vector<double> b) {
  const std::size_t n = b.size();
  for (std::size_t i = 0; i < n; ++i) {
    std::size_t pivot = i;
    for (std::size_t r = i; r < n; ++r)
      if (std::fabs(a[r][i]) > std::fabs(a[pivot][i])) pivot = r;
    std::swap(a[i], a[pivot]);
    std::swap(b[i], b[pivot]);
    for (std::size_t r = i + 1; r < n; ++r) {
      const double f = a[r][i] / a[i][i];
      for (std::size_t c = i; c < n; ++c) a[r][c] -= f * a[i][c];
      b[r] -= f * b[i];
    }
  }
  for (std::size_t i = n; i-- > 0;) {
    for (std::size_t c = i + 1; c < n; ++c) b[i] -= a[i][c] * b[c];
    b[i] /= a[i][i];
  }
  return b;
}

TEST_F(RecipeFillTest, PredictedIsARidgeRegressionOnTheOtherColumns) {
  sql("CREATE TABLE t AS SELECT i AS id, CASE WHEN i % 7 = 3 THEN NULL ELSE (i * 37 % 101) END AS x, "
      "['北京', 'it''s', "
      "'c'][1 + i % 3] AS city, CASE WHEN i % 5 = 0 THEN NULL ELSE (i * 37 % 101) * 2.0 + 10 * (i % 3) + (i "
      "* 13 % 11) / 11 "
      "END AS v FROM range(200) r(i)");
  const CleanReport report = done(R"js([{"step":"fill","column":"v","method":"predicted"}])js");
  EXPECT_EQ(report.steps.at(0).changed, 40);
  EXPECT_THAT(notes(report.steps[0]), HasSubstr("learned from 160 rows"));

  struct Sample {
    double id = 0;
    Cell x;
    std::size_t city = 0;
    Cell v;
  };
  std::vector<Sample> samples;
  for (std::int64_t i = 0; i < 200; ++i) {
    const auto x = static_cast<double>(i * 37 % 101);
    Sample sample{static_cast<double>(i), i % 7 == 3 ? Cell() : Cell(x), static_cast<std::size_t>(i % 3), {}};
    if (i % 5 != 0)
      sample.v = x * 2.0 + static_cast<double>(10 * (i % 3)) + static_cast<double>(i * 13 % 11) / 11;
    samples.push_back(sample);
  }
  const auto moments = [&](auto read) {
    double n = 0;
    double sum = 0;
    double squares = 0;
    for (const Sample& s : samples)
      if (const Cell c = read(s); s.v && c) {
        ++n;
        sum += *c;
      }
    for (const Sample& s : samples)
      if (const Cell c = read(s); s.v && c) squares += (*c - sum / n) * (*c - sum / n);
    return std::pair(sum / n, std::sqrt(squares / n));
  };
  const auto [id_mean, id_sd] = moments([](const Sample& s) { return Cell(s.id); });
  const auto [x_mean, x_sd] = moments([](const Sample& s) { return s.x; });
  const auto features = [&, im = id_mean, is = id_sd, xm = x_mean, xs = x_sd](const Sample& s) {
    return std::vector<double>{1,
                               (s.id - im) / is,
                               s.x ? (*s.x - xm) / xs : 0,
                               s.x ? 0.0 : 1.0,
                               s.city == 0 ? 1.0 : 0.0,
                               s.city == 1 ? 1.0 : 0.0,
                               s.city == 2 ? 1.0 : 0.0};
  };
  std::vector<std::vector<double>> gram(7, std::vector<double>(7, 0));
  std::vector<double> right(7, 0);
  for (std::size_t i = 1; i < 7; ++i) gram[i][i] = 1;  // lambda; the intercept has none
  for (const Sample& s : samples) {
    if (!s.v) continue;
    const std::vector<double> f = features(s);
    for (std::size_t i = 0; i < 7; ++i) {
      right[i] += f[i] * *s.v;
      for (std::size_t j = 0; j < 7; ++j) gram[i][j] += f[i] * f[j];
    }
  }
  const std::vector<double> weights = solve(gram, right);
  const auto rows = database_.rows("SELECT v FROM out", job_);
  ASSERT_TRUE(rows);
  for (std::size_t i = 0; i < samples.size(); ++i) {
    double wanted = 0;
    const std::vector<double> f = features(samples[i]);
    for (std::size_t j = 0; j < 7; ++j) wanted += weights[j] * f[j];
    EXPECT_NEAR(rows->rows[i][0].get<double>(), samples[i].v.value_or(wanted), 1e-8) << i;
  }
}

TEST_F(RecipeFillTest, PredictedTextsAreOneAgainstAllOthers) {
  sql("CREATE TABLE t AS SELECT i AS n, i % 2 = 0 AS even, CASE WHEN i % 9 = 0 THEN NULL WHEN i < 100 THEN "
      "'low \"''' "
      "ELSE 'high' END AS s, CASE WHEN i % 10 = 5 THEN NULL ELSE i % 2 = 0 END AS flag FROM range(200) r(i)");
  const CleanReport report = done(R"js([{"step":"fill","column":["s","flag"],"method":"predicted"}])js");
  EXPECT_EQ(all("SELECT count(*) FILTER (WHERE s IS NULL OR flag IS NULL) FROM out"), "[[0]]");
  EXPECT_EQ(all("SELECT count(*) FROM out WHERE (s = 'high') <> (n >= 100) AND abs(n - 100) > 8"), "[[0]]");
  EXPECT_EQ(all("SELECT count(*) FROM out WHERE flag <> even"), "[[0]]");
  EXPECT_THAT(notes(report.steps.at(0)), HasSubstr("held out"));
  EXPECT_EQ(columns(), "n BIGINT, even BOOLEAN, s VARCHAR, flag BOOLEAN");
}

TEST_F(RecipeFillTest, EdgesAreQuiet) {
  for (const char* rows :
       {"(NULL::DOUBLE)", "(NULL::DOUBLE), (NULL)", "(2.5::DOUBLE)", "(NULL), (2.5::DOUBLE)"}) {
    sql("CREATE OR REPLACE TABLE t AS SELECT * FROM (VALUES " + std::string(rows) + ") x(v)");
    for (const char* method : {"mean", "median", "mode", "ffill", "linear", "gaussian", "predicted"}) {
      const CleanReport report =
          done("[{\"step\":\"fill\",\"column\":\"v\",\"method\":\"" + std::string(method) + "\"}]");
      EXPECT_EQ(columns(), "v DOUBLE");
      EXPECT_EQ(report.rows, report.steps.at(0).rows_before) << rows << method;
    }
    sql("DELETE FROM t");
    for (const char* method : {"mean", "median", "mode", "ffill", "linear", "gaussian", "predicted"})
      EXPECT_EQ(
          done("[{\"step\":\"fill\",\"column\":\"v\",\"method\":\"" + std::string(method) + "\"}]").rows, 0);
  }
}

TEST_F(RecipeFillTest, TypesStandUnlessFractionsCome) {
  sql("CREATE TABLE t AS SELECT * FROM (VALUES (1, 'a', DATE '2026-03-01'), (NULL, NULL, NULL), (4, 'a', "
      "NULL)) v(n, s, d)");
  done(R"js([{"step":"fill","column":"n","method":"mean"}])js");
  EXPECT_EQ(columns(), "n DOUBLE, s VARCHAR, d DATE");
  done(R"js([{"step":"fill","column":["n","s","d"],"method":"mode"}])js");
  EXPECT_EQ(columns(), "n INTEGER, s VARCHAR, d DATE");
  EXPECT_EQ(all(), R"js([[1,"a","2026-03-01"],[1,"a","2026-03-01"],[4,"a","2026-03-01"]])js");
  done(R"js([{"step":"fill","column":["s","d"],"method":"ffill"}])js");
  EXPECT_EQ(all("SELECT s, d FROM out"), R"js([["a","2026-03-01"],["a","2026-03-01"],["a","2026-03-01"]])js");
  EXPECT_THAT(refusal(R"js([{"step":"fill","column":"s","method":"mean"}])js"), HasSubstr("change_type"));
  EXPECT_THAT(refusal(R"js([{"step":"fill","column":"n","method":"constant","value":"1.5"}])js"),
              HasSubstr("1.5"));
  EXPECT_THAT(refusal(R"js([{"step":"fill","column":"d","method":"constant","value":"soon"}])js"),
              HasSubstr("soon"));
  EXPECT_THAT(refusal(R"js([{"step":"fill","column":"n","method":"constant"}])js"), HasSubstr("\"value\""));
}

TEST_F(RecipeFillTest, AwkwardNames) {
  for (const std::string name :
       {"select", "a\"b", "; DROP TABLE t", "it's", "城市 🙂", "s", "v", "g0", "lodestone value"}) {
    const std::string column = quoteIdentifier(name);
    sql("CREATE OR REPLACE TABLE t AS SELECT x AS " + column +
        ", 'k' AS \"group by\" FROM (VALUES (1.0::DOUBLE), (NULL), (3.0)) y(x)");
    for (const char* method : {"mean", "median", "mode", "ffill", "linear", "gaussian", "predicted"}) {
      const Json recipe = {{{"step", "fill"}, {"column", name}, {"method", method}}};
      const CleanReport report = done(recipe.dump());
      EXPECT_EQ(all("SELECT count(" + column + ") FROM out"), "[[3]]") << name << " " << method;
      ASSERT_FALSE(report.steps.empty());
      EXPECT_EQ(report.steps[0].changed, 1) << name << " " << method;
    }
    const Json by = {{{"step", "fill"}, {"column", name}, {"method", "linear"}, {"by", {"group by"}}}};
    EXPECT_EQ(done(by.dump()).steps.at(0).changed, 1);
  }
}

}  // namespace
}  // namespace lodestone::data
