// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/recommendation.h"

#include <cmath>

namespace lodestone::pipeline {

namespace {

constexpr Text kNobody{
    "No user of {0} has anything to find in the held-out time: there are too few rows, or none has a user, "
    "an "
    "item and a time.",
    "在留出的时间段内，{0} 中没有用户有可供命中的物品：行数太少，或没有同时具备用户、物品和时间的行。"};
constexpr Text kPopularity{"Popularity", "热门"};
constexpr Text kItemCosine{"Similar items (cosine)", "相似物品（余弦）"};
constexpr Text kMeasuring{"Measuring the recommender", "正在评估推荐模型"};
constexpr Text kRecommending{"Recommending", "正在生成推荐"};
constexpr std::int64_t kMeasuredAt = 10;

std::string text(std::int64_t value) {
  return std::to_string(value);
}

/// "WITH ... " up to 'taken': rows u, i, t of the table that have all three.
std::string taken(const RecommenderSpec& spec) {
  const std::string user = data::quoteIdentifier(spec.user);
  const std::string item = data::quoteIdentifier(spec.item);
  const std::string time = data::quoteIdentifier(spec.time);
  return "WITH taken AS (SELECT " + user + " AS u, " + item + " AS i, CAST(" + time + " AS " +
         (spec.number_time ? "DOUBLE" : "TIMESTAMP") + ") AS t FROM " + data::quoted(spec.table) + " WHERE " +
         user + " IS NOT NULL AND " + item + " IS NOT NULL AND " + time + " IS NOT NULL)";
}

/// Common table expressions from 'known' (rows u, i, t to learn from) to 'listed_MODEL': u, i, place, score,
/// the first items of each user of 'asked'.
std::string lists(const RecommenderSpec& spec, const std::string& model, std::int64_t count) {
  const std::string had = "had_" + model;
  const std::string popular = "popular_" + model;
  const std::string sizes = "sizes_" + model;
  std::string sql = ", " + had + " AS (SELECT u, i, max(t) AS t FROM known GROUP BY u, i), " + sizes +
                    " AS (SELECT i, count(*) AS n FROM " + had + " GROUP BY i), " + popular +
                    " AS (SELECT i, row_number() OVER (ORDER BY n DESC, i) AS place FROM " + sizes + ")";
  // So many popular items that a user who has had some of them still gets a full list.
  const std::string most = spec.repeat ? text(count) : text(count) + " + coalesce(m.n, 0)";
  std::string candidates = "SELECT a.u, p.i, 0.0::DOUBLE AS score FROM (SELECT asked.u, " + most +
                           " AS most FROM asked LEFT JOIN (SELECT u, count(*) AS n FROM " + had +
                           " GROUP BY u) m ON m.u = asked.u) a JOIN " + popular + " p ON p.place <= a.most";
  if (model == "item_cosine") {
    sql += ", newest AS (SELECT u, i FROM " + had +
           " QUALIFY row_number() OVER (PARTITION BY u ORDER BY t DESC, i) <= " + text(spec.history) + ")";
    sql +=
        ", pairs AS (SELECT a.i AS i, b.i AS j, count(*) AS common FROM newest a JOIN newest b ON a.u = b.u "
        "AND a.i <> b.i GROUP BY a.i, b.i)";
    sql +=
        ", cosines AS (SELECT p.i, p.j, round(p.common / sqrt(x.n::DOUBLE * y.n), 9) AS cosine FROM pairs p "
        "JOIN " +
        sizes + " x ON x.i = p.i JOIN " + sizes + " y ON y.i = p.j)";
    sql +=
        ", alike AS (SELECT i, j, cosine FROM cosines QUALIFY row_number() OVER (PARTITION BY i ORDER BY "
        "cosine DESC, j) <= " +
        text(spec.neighbours) + ")";
    candidates +=
        " UNION ALL SELECT n.u, a.j, a.cosine FROM newest n SEMI JOIN asked USING (u) JOIN alike a ON a.i = "
        "n.i";
  }
  const std::string unseen =
      spec.repeat ? std::string() : " ANTI JOIN " + had + " h ON h.u = c.u AND h.i = c.i";
  sql +=
      ", listed_" + model +
      " AS (SELECT c.u, c.i, c.score, row_number() OVER (PARTITION BY c.u ORDER BY c.score DESC, s.n DESC, "
      "c.i) AS place FROM (SELECT u, i, round(sum(score), 9) AS score FROM (" +
      candidates + ") GROUP BY u, i) c JOIN " + sizes + " s ON s.i = c.i" + unseen +
      " QUALIFY place <= " + text(count) + ")";
  return sql;
}

/// The greatest DCG that can be reached by n items, as a list from n = 1 on.
std::string idealGains() {
  std::vector<std::string> gains;
  double gain = 0;
  for (int place = 1; place <= kMeasuredAt; ++place) {
    gain += 1 / std::log2(place + 1);
    gains.push_back(formatNumber(gain) + "::DOUBLE");
  }
  return "[" + join(gains, ", ") + "]";
}

/// One row "recall, ndcg, users" of a list against 'wanted' (u, i).
std::string measured(const std::string& model) {
  return "(SELECT avg(hits / wanted) AS recall, avg(gain / ideal) AS ndcg, count(*) AS users FROM (SELECT "
         "w.u, "
         "count(*) AS wanted, count(l.i) AS hits, coalesce(sum(1 / log2(l.place + 1)), 0) AS gain, "
         "list_extract(" +
         idealGains() + ", least(count(*), " + text(kMeasuredAt) +
         ")) AS ideal FROM wanted w LEFT JOIN listed_" + model +
         " l ON l.u = w.u AND l.i = w.i GROUP BY w.u)) m_" + model;
}

std::string cutAt(double share) {
  return "(SELECT quantile_disc(t, " + formatNumber(1 - share) + ") FROM taken)";
}

}  // namespace

const std::vector<RecommenderType>& recommenderTypes() {
  static const std::vector<RecommenderType> kTypes = {{"item_cosine", kItemCosine},
                                                      {"popularity", kPopularity}};
  return kTypes;
}

Json toJson(const RecommenderSpec& spec) {
  return {{"table", {{"schema", spec.table.schema}, {"name", spec.table.name}}},
          {"user", spec.user},
          {"item", spec.item},
          {"time", spec.time},
          {"number_time", spec.number_time},
          {"type", spec.model},
          {"neighbours", spec.neighbours},
          {"history", spec.history},
          {"repeat", spec.repeat},
          {"test_share", spec.test_share}};
}

RecommenderSpec recommenderSpecFromJson(const Json& json) {
  RecommenderSpec spec;
  const Json& table = json.at("table");
  spec.table = {table.value("name", std::string()), table.value("schema", std::string("main"))};
  spec.user = json.value("user", std::string());
  spec.item = json.value("item", std::string());
  spec.time = json.value("time", std::string());
  spec.number_time = json.value("number_time", false);
  spec.model = json.value("type", spec.model);
  spec.neighbours = json.value("neighbours", spec.neighbours);
  spec.history = json.value("history", spec.history);
  spec.repeat = json.value("repeat", spec.repeat);
  spec.test_share = json.value("test_share", spec.test_share);
  return spec;
}

Json toJson(const RecommenderFigures& figures) {
  const auto ranking = [](const RankingFigures& one) -> Json {
    return {{"recall_at_10", number(one.recall)}, {"ndcg_at_10", number(one.ndcg)}};
  };
  return {{"from", figures.from},
          {"users", figures.users},
          {"training_rows", figures.training_rows},
          {"model", ranking(figures.model)},
          {"popularity", ranking(figures.popularity)}};
}

Result<RecommenderFigures> measureRecommender(const data::Database& database, const RecommenderSpec& spec,
                                              HoldOut hold_out, JobContext& job) {
  job.report(0, kMeasuring);
  const bool test = hold_out == HoldOut::Test;
  std::string sql = taken(spec);
  sql += ", cut AS (SELECT " + cutAt(test ? spec.test_share : 2 * spec.test_share) + " AS begins, " +
         cutAt(spec.test_share) + " AS ends)";
  sql += ", known AS (SELECT u, i, t FROM taken, cut WHERE t < begins)";
  sql += ", wanted AS (SELECT DISTINCT l.u, l.i FROM (SELECT u, i FROM taken, cut WHERE t >= begins" +
         std::string(test ? "" : " AND t < ends") + ") l SEMI JOIN known k ON k.i = l.i" +
         std::string(spec.repeat ? "" : " ANTI JOIN known s ON s.u = l.u AND s.i = l.i") + ")";
  sql += ", asked AS (SELECT DISTINCT u FROM wanted)";
  sql += lists(spec, "popularity", kMeasuredAt);
  const bool baseline = spec.model == "popularity";
  if (!baseline) sql += lists(spec, spec.model, kMeasuredAt);
  sql +=
      " SELECT CAST(begins AS VARCHAR), m_popularity.users, (SELECT count(*) FROM (SELECT DISTINCT u, i FROM "
      "known)), m_" +
      spec.model + ".recall, m_" + spec.model + ".ndcg, m_popularity.recall, m_popularity.ndcg FROM cut, " +
      measured("popularity") + (baseline ? "" : ", " + measured(spec.model));
  const auto rows = database.rows(sql, job);
  if (!rows) return forward(rows);
  const auto& row = rows->rows.at(0);
  if (row[1].get<std::int64_t>() == 0)
    return fail(ErrorCode::NotEnoughData, kNobody, {spec.table.name}, {.table = spec.table.name});
  RecommenderFigures figures;
  figures.from = row[0].get<std::string>();
  figures.users = row[1].get<std::int64_t>();
  figures.training_rows = row[2].get<std::int64_t>();
  figures.model = {row[3].get<double>(), row[4].get<double>()};
  figures.popularity = {row[5].get<double>(), row[6].get<double>()};
  return figures;
}

Result<std::int64_t> writeRecommendations(data::Database& database, const RecommenderSpec& spec,
                                          std::int64_t count, const data::TableName& target,
                                          JobContext& job) {
  job.report(0, kRecommending);
  std::string sql = taken(spec);
  sql += ", known AS (SELECT u, i, t FROM taken), asked AS (SELECT DISTINCT u FROM known)";
  sql += lists(spec, spec.model, count);
  sql += " SELECT u AS " + data::quoteIdentifier(spec.user) + ", place AS rank, i AS " +
         data::quoteIdentifier(spec.item) + ", score FROM listed_" + spec.model + " ORDER BY u, place";
  auto made = database.execute("CREATE OR REPLACE TABLE " + data::quoted(target) + " AS " + sql, job);
  if (!made) return forward(made);
  const auto info = database.table(target);
  if (!info) return forward(info);
  return info->rows;
}

}  // namespace lodestone::pipeline
