// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/job_context.h"
#include "core/base/json.h"
#include "core/base/result.h"
#include "core/data/database.h"

namespace lodestone::pipeline {

/// A way to recommend items. Another one is another line in recommenderTypes().
struct RecommenderType {
  std::string id;
  Text title;
};
const std::vector<RecommenderType>& recommenderTypes();

/// What is recommended from: who did something with which item, and when.
struct RecommenderSpec {
  data::TableName table;
  std::string user;
  std::string item;
  std::string time;  ///< a date or moment, or a number that grows with time
  bool number_time = false;
  std::string model = "item_cosine";
  std::int64_t neighbours = 50;  ///< of an item that count; item_cosine
  std::int64_t history = 200;    ///< newest items of a user that are compared pair by pair; item_cosine
  bool repeat = false;           ///< may recommend what the user has had already
  double test_share = 0.2;       ///< of the rows with a time: the latest ones
};
/// {"table","user","item","time","number_time","type",...}.
Json toJson(const RecommenderSpec& spec);
RecommenderSpec recommenderSpecFromJson(const Json& json);

/// Means over the users who have something to find: items that they took up in the held-out time, among those
/// taken up by anybody before it, and, unless repeat, not already by them.
struct RankingFigures {
  double recall = 0;  ///< Recall@10: found among the first ten, of all there is to find
  double ndcg = 0;    ///< NDCG@10, every found item of gain 1
};

struct RecommenderFigures {
  std::string from;                ///< the moment at which the held-out rows begin, as text
  std::int64_t users = 0;          ///< that the means are over
  std::int64_t training_rows = 0;  ///< different pairs of user and item before that moment
  RankingFigures model;
  RankingFigures popularity;  ///< the baseline: for everybody what most users took up
};
Json toJson(const RecommenderFigures& figures);

/// Which rows are held out: the latest (Test), or, to choose between models, as many before those, which are
/// then left out (Validation).
enum class HoldOut { Validation, Test };

/// How well a recommender does on rows later than all that it learns from. NotEnoughData when there is no
/// user with something to find.
///
/// popularity: the number of different users of an item. item_cosine: an item's score is the sum over the
/// user's items of |U(i) and U(j)| / sqrt(|U(i)| |U(j)|), U being an item's users, over the most similar
/// neighbours of each (Sarwar, Karypis, Konstan, Riedl: Item-based collaborative filtering recommendation
/// algorithms, WWW 2001; binary, so cosine). What is left of a list comes from popularity. Scores are
/// rounded to nine decimals and ties go by item, so that equal rows give equal lists.
Result<RecommenderFigures> measureRecommender(const data::Database& database, const RecommenderSpec& spec,
                                              HoldOut hold_out, JobContext& job);

/// The first 'count' items of every user, from all rows: the user's and the item's column under their own
/// names, rank (from 1) and score. The number of rows.
Result<std::int64_t> writeRecommendations(data::Database& database, const RecommenderSpec& spec,
                                          std::int64_t count, const data::TableName& target, JobContext& job);

}  // namespace lodestone::pipeline
