// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "tests/core/demo/planted_shop.h"

// Reviews and tickets: what they say can be learned from the words alone, in both languages.

namespace lodestone::demo {
namespace {

class TextsIn : public testing::TestWithParam<Language> {};
INSTANTIATE_TEST_SUITE_P(Both, TextsIn, testing::Values(Language::English, Language::Chinese));

std::vector<std::string> sentences(std::string text) {
  for (const char* stop : {". ", "! ", "? ", "。", "！", "？"})
    text = replaceAll(std::move(text), stop, "\n");
  std::vector<std::string> found = split(text, '\n');
  std::erase(found, "");
  return found;
}

// A lexicon of sentences, learned from every other review: the mean rating of the reviews that say it.
TEST_P(TextsIn, MoodOfAReviewFollowsFromItsText) {
  const CsvTable reviews = plantedShop(GetParam()).table("reviews");
  std::map<std::string, std::pair<double, double>> lexicon;
  for (std::size_t row = 0; row < reviews.rows.size(); row += 2) {
    for (const std::string& sentence : sentences(reviews.at(row, "text"))) {
      lexicon[sentence].first += std::stod(reviews.at(row, "rating"));
      ++lexicon[sentence].second;
    }
  }
  std::vector<double> guessed;
  std::vector<double> given;
  for (std::size_t row = 1; row < reviews.rows.size(); row += 2) {
    double sum = 0;
    double count = 0;
    for (const std::string& sentence : sentences(reviews.at(row, "text"))) {
      const auto known = lexicon.find(sentence);
      if (known == lexicon.end()) continue;
      sum += known->second.first / known->second.second;
      ++count;
    }
    if (count == 0) continue;
    guessed.push_back(sum / count);
    given.push_back(std::stod(reviews.at(row, "rating")));
  }
  ASSERT_GT(given.size(), 1000U);
  // Openers and the noise of half a star keep it below 1; words that say nothing would give 0.
  EXPECT_GT(correlation(guessed, given), 0.8);
}

TEST(Texts, RatingIsTheMoodOfTheAspects) {
  const CsvTable reviews = plantedShop().table("reviews");
  const Json& mentions = plantedShop().truth["reviews"]["mentions"];
  ASSERT_EQ(reviews.rows.size(), mentions.size());
  std::map<int, std::pair<double, double>> ratings;  // by mood in hundredths
  for (std::size_t row = 0; row < reviews.rows.size(); ++row) {
    const auto coded = mentions[row].get<std::string>();
    const auto praises = std::count(coded.begin(), coded.end(), '+');
    const auto count = static_cast<std::ptrdiff_t>(coded.size() / 2);
    ASSERT_EQ(static_cast<std::size_t>(
                  std::count_if(coded.begin(), coded.end(), [](char c) { return c >= '0' && c <= '4'; })),
              coded.size() / 2);
    auto& [sum, reviewed] = ratings[static_cast<int>(100 * (2 * praises - count) / count)];
    sum += std::stod(reviews.at(row, "rating"));
    ++reviewed;
  }
  // 3 + 1.6 mood, a noise of 0.5, whole stars from 1 to 5, which draws the ends inwards.
  for (const auto& [mood, rating] : ratings) {
    const double mean = 3 + 0.016 * mood;
    EXPECT_NEAR(rating.first / rating.second, mean, 0.1 + kErrors * 0.6 / std::sqrt(rating.second)) << mood;
  }
  EXPECT_GE(ratings.size(), 4U);
}

// Customers who never sent anything back praise an aspect as often as the product is good at it.
TEST(Texts, AspectsArePraisedAsOftenAsTheProductIsGood) {
  const PlantedShop& shop = plantedShop();
  std::set<std::string> returners;
  const CsvTable orders = shop.table("orders");
  for (std::size_t row = 0; row < orders.rows.size(); ++row)
    if (orders.at(row, "returned") == "1") returners.insert(orders.at(row, "customer_id"));
  const CsvTable reviews = shop.table("reviews");
  const Json& truth = shop.truth["reviews"];
  double praised = 0;
  double expected = 0;
  double variance = 0;
  std::vector<double> good;
  std::vector<double> seen;
  for (std::size_t row = 0; row < reviews.rows.size(); ++row) {
    if (returners.contains(reviews.at(row, "customer_id"))) continue;
    const auto coded = truth["mentions"][row].get<std::string>();
    const Json& goodness = truth["goodness"][indexOf(reviews.at(row, "product_id"))];
    for (std::size_t i = 0; i + 1 < coded.size(); i += 2) {
      const double chance = goodness[static_cast<std::size_t>(coded[i] - '0')].get<double>();
      const double praise = coded[i + 1] == '+' ? 1 : 0;
      praised += praise;
      expected += chance;
      variance += chance * (1 - chance);
      good.push_back(chance);
      seen.push_back(praise);
    }
  }
  ASSERT_GT(good.size(), 2000U);
  EXPECT_NEAR(praised, expected, kErrors * std::sqrt(variance));
  EXPECT_GT(correlation(good, seen), 0.3);
}

// Letters of two to three bytes in Chinese, so pairs of characters stand for words in both.
std::vector<std::string> pairsOf(const std::string& text) {
  std::vector<std::string> characters;
  for (const char c : text) {
    if ((static_cast<unsigned char>(c) & 0xC0U) == 0x80U && !characters.empty())
      characters.back() += c;
    else
      characters.emplace_back(1, c);
  }
  std::vector<std::string> pairs;
  for (std::size_t i = 0; i + 2 < characters.size(); ++i)
    pairs.push_back(characters[i] + characters[i + 1] + characters[i + 2]);
  return pairs;
}

// Naive Bayes on every other ticket.
class IntentModel {
 public:
  void learn(const std::string& question, const std::string& intent) {
    ++tickets_[intent];
    for (const std::string& pair : pairsOf(question)) {
      ++counts_[intent][pair];
      ++totals_[intent];
    }
  }
  std::string guess(const std::string& question) const {
    std::string best;
    double best_score = -1e300;
    for (const auto& [intent, total] : totals_) {
      double score = std::log(tickets_.at(intent));
      for (const std::string& pair : pairsOf(question)) {
        const auto found = counts_.at(intent).find(pair);
        score +=
            std::log((found == counts_.at(intent).end() ? 0 : found->second) + 0.1) - std::log(total + 1000);
      }
      if (score <= best_score) continue;
      best_score = score;
      best = intent;
    }
    return best;
  }

 private:
  std::map<std::string, double> tickets_;
  std::map<std::string, double> totals_;
  std::map<std::string, std::map<std::string, double>> counts_;
};

TEST_P(TextsIn, IntentOfATicketFollowsFromItsQuestion) {
  const CsvTable tickets = plantedShop(GetParam()).table("tickets");
  const Json& mixed = plantedShop(GetParam()).truth["tickets"]["second_intent"];
  IntentModel model;
  for (std::size_t row = 0; row < tickets.rows.size(); row += 2)
    model.learn(tickets.at(row, "question"), tickets.at(row, "intent"));
  Share plain;
  Share both;
  for (std::size_t row = 1; row < tickets.rows.size(); row += 2) {
    const bool right = model.guess(tickets.at(row, "question")) == tickets.at(row, "intent");
    (mixed.contains(tickets.at(row, "ticket_id")) ? both : plain).add(right);
  }
  // Eight intents, the most frequent a third of them: who knows nothing gets a third right.
  EXPECT_GT(plain.value(), 0.97);
  // A second question misleads now and then.
  EXPECT_LT(both.value(), plain.value());
}

TEST(Texts, IntentsComeInTheirSharesAfterKeptAndReturnedOrders) {
  const PlantedShop& shop = plantedShop();
  std::map<std::string, std::set<std::string>> kinds;
  const CsvTable orders = shop.table("orders");
  for (std::size_t row = 0; row < orders.rows.size(); ++row)
    kinds[orders.at(row, "customer_id")].insert(orders.at(row, "returned"));
  std::map<std::string, std::array<double, 2>> counts;
  std::array<double, 2> totals{};
  Share mixed;
  const CsvTable tickets = shop.table("tickets");
  const Json& truth = shop.truth["tickets"];
  for (std::size_t row = 0; row < tickets.rows.size(); ++row) {
    mixed.add(truth["second_intent"].contains(tickets.at(row, "ticket_id")));
    const auto& kind = kinds.at(tickets.at(row, "customer_id"));
    if (kind.size() != 1) continue;
    const std::size_t returned = kind.contains("1") ? 1 : 0;
    ++counts[tickets.at(row, "intent")][returned];
    ++totals[returned];
  }
  EXPECT_NEAR(mixed.value(), truth["mixed_share"].get<double>(), kErrors * std::sqrt(mixed.variance()));
  for (const std::size_t returned : {std::size_t{0}, std::size_t{1}}) {
    const Json& shares = truth[returned == 1 ? "share_after_returned" : "share_after_kept"];
    ASSERT_GT(totals[returned], 50);
    for (std::size_t i = 0; i < shares.size(); ++i) {
      const auto share = shares[i].get<double>();
      EXPECT_NEAR(counts[truth["intents"][i].get<std::string>()][returned] / totals[returned], share,
                  kErrors * std::sqrt(share * (1 - share) / totals[returned]) + 1 / totals[returned])
          << truth["intents"][i];
    }
  }
}

}  // namespace
}  // namespace lodestone::demo
