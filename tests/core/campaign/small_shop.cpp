// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/campaign/small_shop.h"

#include <algorithm>
#include <map>
#include <stdexcept>

#include "core/base/job_context.h"
#include "core/base/random.h"
#include "core/data/database.h"

namespace lodestone::test {

namespace {

void write(project::Project& project, const data::TableName& name, Frame frame) {
  frame.rows =
      static_cast<std::int64_t>(std::max(frame.columns[0].numbers.size(), frame.columns[0].codes.size()));
  JobContext job;
  const auto written = (*project.tables())->writeFrame(name, frame, job);
  if (!written) throw std::runtime_error(written.error().message(Language::English));
}

struct Person {
  std::string id;
  double score;
  double age;
  double spend;
  bool consents;
  std::string part;
};

std::vector<Person> people(std::int64_t count, Random& random) {
  std::vector<Person> out;
  for (std::int64_t i = 0; i < count; ++i) {
    const double dice = random.uniform();
    out.push_back({"u" + std::to_string(i), random.uniform(), 20 + 50 * random.uniform(),
                   20 + 80 * random.uniform(), random.uniform() < 0.5,
                   dice < 0.4   ? "test"
                   : dice < 0.5 ? "validation"
                                : "train"});
  }
  return out;
}

/// Columns of a history, filled a row at a time.
struct History {
  std::vector<std::string> user, part, campaign, offer, channel;
  std::vector<double> score, target, treated, age, spend;

  void add(const Person& person, const std::string& campaign_id, const std::string& offer_id, bool is_treated,
           bool converted) {
    user.push_back(person.id);
    part.push_back(person.part);
    campaign.push_back(campaign_id);
    offer.push_back(offer_id);
    channel.emplace_back("email");
    score.push_back(person.score);
    target.push_back(converted ? 1 : 0);
    treated.push_back(is_treated ? 1 : 0);
    age.push_back(person.age);
    spend.push_back(person.spend);
  }

  Frame frame() const {
    Frame out;
    out.columns = {texts("customer_id", user),
                   numbers("age", age),
                   numbers("spend", spend),
                   texts("campaign_id", campaign),
                   texts("offer", offer),
                   texts("channel", channel),
                   numbers("treated", treated),
                   numbers(campaign::kScoreColumn, score),
                   texts(campaign::kPartColumn, part),
                   numbers(campaign::kTargetColumn, target)};
    return out;
  }
};

Frame populationOf(const std::vector<Person>& everyone) {
  std::vector<std::string> ids, emails, names;
  std::vector<double> ages, spends, consent, no_consent, scores;
  for (const Person& person : everyone) {
    ids.push_back(person.id);
    emails.push_back(person.id + "@example.com");
    names.push_back("=HYPERLINK(\"" + person.id + "\")");
    ages.push_back(person.age);
    spends.push_back(person.spend);
    consent.push_back(person.consents ? 1 : 0);
    no_consent.push_back(0);
    scores.push_back(person.score);
  }
  Frame out;
  out.columns = {texts("customer_id", ids),
                 numbers("age", ages),
                 numbers("spend", spends),
                 texts("email", emails),
                 texts("name", names),
                 numbers("email_consent", consent),
                 numbers("sms_consent", no_consent),
                 numbers(campaign::kScoreColumn, scores)};
  return out;
}

}  // namespace

FrameColumn numbers(const std::string& name, std::vector<double> values) {
  return {name, ColumnKind::Number, std::move(values), {}, {}};
}

FrameColumn texts(const std::string& name, const std::vector<std::string>& values) {
  FrameColumn column{name, ColumnKind::Text, {}, {}, {}};
  std::map<std::string, std::int32_t> codes;
  for (const std::string& value : values) {
    const auto [entry, added] = codes.try_emplace(value, static_cast<std::int32_t>(column.levels.size()));
    if (added) column.levels.push_back(value);
    column.codes.push_back(entry->second);
  }
  return column;
}

project::Project newProject(const TemporaryFolder& folder) {
  return std::move(project::Project::create(folder / "p.lodestone").value());
}

campaign::ScoredTables makeSmallShop(project::Project& project, const SmallShop& shop) {
  Random random(shop.seed, "small shop");
  const std::vector<Person> everyone = people(shop.customers, random);
  History history;
  const auto run = [&](const std::string& id, const std::string& offer, double effect, bool confounded) {
    for (const Person& person : everyone) {
      const double chance = confounded ? (person.score > 0.5 ? 0.9 : 0.1) : 0.5;
      const bool treated = !shop.holdout || random.uniform() < chance;
      const double rate = 0.1 + 0.2 * person.score + (treated ? effect : 0);
      history.add(person, id, offer, treated, random.uniform() < rate);
    }
  };
  run("C1", "ten_percent_off", shop.ten_percent_effect, false);
  run("C2", "free_gift", shop.gift_effect, false);
  if (shop.confounded_campaign) run("C3", "free_gift", 0, true);
  write(project, {"history", "stages"}, history.frame());
  write(project, {"population", "stages"}, populationOf(everyone));
  return {{"history", "stages"},
          {"population", "stages"},
          "customers",
          "model-1",
          {{"user", "customer_id"},
           {"treatment", "treated"},
           {"campaign", "campaign_id"},
           {"offer", "offer"},
           {"channel", "channel"},
           {"amount", "spend"},
           {"consent:email", "email_consent"},
           {"consent:sms", "sms_consent"},
           {"consent:push", "sms_consent"}}};
}

campaign::ScoredTables makePlainTable(project::Project& project, std::int64_t rows) {
  Random random(7, "plain table");
  std::vector<double> scores, charges, targets;
  std::vector<std::string> parts;
  for (std::int64_t i = 0; i < rows; ++i) {
    scores.push_back(random.uniform());
    charges.push_back(20 + 100 * random.uniform());
    targets.push_back(random.uniform() < scores.back() ? 1 : 0);
    parts.emplace_back(random.uniform() < 0.3 ? "test" : "train");
  }
  Frame history;
  history.columns = {numbers("charges", charges), numbers(campaign::kScoreColumn, scores),
                     texts(campaign::kPartColumn, parts), numbers(campaign::kTargetColumn, targets)};
  Frame population;
  population.columns = {numbers("charges", charges), numbers(campaign::kScoreColumn, scores)};
  write(project, {"plain_history", "stages"}, history);
  write(project, {"plain_population", "stages"}, population);
  return {{"plain_history", "stages"}, {"plain_population", "stages"}, "plain", "model-1", {}};
}

}  // namespace lodestone::test
