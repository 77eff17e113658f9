// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/join_match.h"

#include <algorithm>

#include "core/base/text.h"

namespace lodestone::data {

namespace {

constexpr Text kMultiplied{
    "Rows of {0} are multiplied: {1} of them match, each {2} rows of {3} on average and up to {4}, so that "
    "{5} "
    "rows become {6}. Where each row of {0} should stay one row, make {7} unique in {3} first.",
    "{0} 的行被放大：其中 {1} 行有匹配，平均每行匹配 {3} 的 {2} 行，最多 {4} 行，因此 {5} 行变为 {6} 行。"
    "若 {0} 的每行应保持一行，请先使 {3} 中的 {7} 唯一。"};
constexpr Text kKeyTypes{"{0} is {1} in {2} and {3} is {4} in {5}: they are compared as {6}.",
                         "{2} 的 {0} 类型为 {1}，{5} 的 {3} 类型为 {4}：按 {6} 比较。"};
constexpr Text kKeyTimes{
    "{0} and {1} are a day and a moment: a day matches only its midnight. Change the moment to a date to "
    "match whole days.",
    "{0} 与 {1} 一个是日期，一个是时刻：日期只匹配当天零点。若要按天匹配，请将时刻改为日期。"};
constexpr Text kUnreadable{"{0} rows of {1} have a {2} that cannot be read as {3}; they match nothing.",
                           "{1} 有 {0} 行的 {2} 无法读作 {3}；这些行没有匹配。"};
constexpr Text kSpaces{
    "{0} more rows of {1} would match without the spaces at the ends of the keys. Trim them in both tables, "
    "or "
    "compare loosely.",
    "若去除键首尾的空格，{1} 还有 {0} 行可以匹配。请在两张表中去除空格，或使用宽松比较。"};
constexpr Text kCase{
    "{0} more rows of {1} would match if upper and lower case were alike. Use one of them in both tables, or "
    "compare loosely.",
    "若不区分大小写，{1} 还有 {0} 行可以匹配。请在两张表中统一大小写，或使用宽松比较。"};
constexpr Text kMissingKeys{"{0} rows of {1} have no key: they match nothing.",
                            "{1} 有 {0} 行缺少键：这些行没有匹配。"};
constexpr Text kNothingMatches{"No row of {0} matches a row of {1}. Compare the values of the key columns.",
                               "{0} 没有任何行与 {1} 匹配。请比较键列的值。"};

constexpr std::string_view kLeft = "temp.\"lodestone left keys\"";
constexpr std::string_view kRight = "temp.\"lodestone right keys\"";
constexpr std::string_view kLeftAlone = "temp.\"lodestone left alone\"";
constexpr std::string_view kRightAlone = "temp.\"lodestone right alone\"";
constexpr int kExamples = 5;

std::string grouped(std::int64_t count) {
  return formatGrouped(static_cast<double>(count), 0);
}

class Matcher {
 public:
  Matcher(Session& session, const TableInfo& left, const TableInfo& right, const std::vector<KeyPlan>& keys,
          const JoinSpec& spec, JobContext& job)
      : session_(session), left_(left), right_(right), keys_(keys), spec_(spec), job_(job) {}

  Result<JoinReport> run() {
    if (auto made = session_.run(distinctKeys(true) + distinctKeys(false) + alone(kLeftAlone, kLeft, kRight) +
                                     alone(kRightAlone, kRight, kLeft),
                                 job_);
        !made)
      return forward(made);
    if (auto counted = countMatches(); !counted) return forward(counted);
    if (auto told = giveExamples(kLeftAlone, report_.examples_left); !told) return forward(told);
    if (auto told = giveExamples(kRightAlone, report_.examples_right); !told) return forward(told);
    if (report_.multiplied) warnMultiplied();
    if (auto told = warnTypes(); !told) return forward(told);
    if (auto told = warnMissing(true); !told) return forward(told);
    if (auto told = warnMissing(false); !told) return forward(told);
    if (auto told = warnNearMatches(); !told) return forward(told);
    if (report_.matched_left == 0 && left_rows_ > 0 && right_rows_ > 0)
      warn("nothing_matches", "", kNothingMatches, {left_.table.name, right_.table.name});
    return std::move(report_);
  }

 private:
  void warn(std::string kind, std::string column, const Text& text, std::vector<std::string> args) {
    report_.warnings.push_back({std::move(kind), std::move(column), text, std::move(args)});
  }

  static std::string key(std::size_t index) { return "k" + std::to_string(index); }

  std::string keyList() const {
    std::vector<std::string> list;
    for (std::size_t i = 0; i < keys_.size(); ++i) list.push_back(key(i));
    return join(list, ", ");
  }

  /// Each key of one side once, n being how many rows have it; rows without a key are left out.
  std::string distinctKeys(bool left) const {
    std::vector<std::string> cells;
    std::vector<std::string> there;
    for (std::size_t i = 0; i < keys_.size(); ++i) {
      cells.push_back(keys_[i].expression(left ? keys_[i].left : keys_[i].right, spec_.key_text) + " AS " +
                      key(i));
      there.push_back(key(i) + " IS NOT NULL");
    }
    return "CREATE TEMP TABLE " + std::string(left ? kLeft : kRight).substr(5) + " AS SELECT " + keyList() +
           ", count(*) AS n FROM (SELECT " + join(cells, ", ") + " FROM " +
           quoted(left ? left_.table : right_.table) + ") WHERE " + join(there, " AND ") + " GROUP BY " +
           keyList() + ";";
  }

  std::string equalKeys(std::string (*change)(const std::string&) = nullptr) const {
    std::vector<std::string> equal;
    for (std::size_t i = 0; i < keys_.size(); ++i) {
      const bool changed = change != nullptr && keys_[i].text;
      const std::string l = "l." + key(i);
      const std::string r = "r." + key(i);
      equal.push_back((changed ? change(l) : l) + " = " + (changed ? change(r) : r));
    }
    return join(equal, " AND ");
  }

  std::string alone(std::string_view name, std::string_view of, std::string_view other) const {
    return "CREATE TEMP TABLE " + std::string(name).substr(5) + " AS SELECT l.* FROM " + std::string(of) +
           " AS l ANTI JOIN " + std::string(other) + " AS r ON " + equalKeys() + ";";
  }

  Result<> countMatches() {
    auto rows = session_.rows(
        "SELECT coalesce(sum(l.n), 0)::BIGINT, coalesce(sum(r.n), 0)::BIGINT, coalesce(max(r.n), 0), "
        "coalesce(max(l.n), 0), coalesce(sum(l.n::DOUBLE * r.n), 0), (SELECT count(*) FROM " +
            quoted(left_.table) + "), (SELECT count(*) FROM " + quoted(right_.table) + ") FROM " +
            std::string(kLeft) + " AS l JOIN " + std::string(kRight) + " AS r ON " + equalKeys(),
        job_);
    if (!rows) return forward(rows);
    const std::vector<Json>& cells = rows->rows.at(0);
    const auto whole = [&](std::size_t i) { return cells[i].get<std::int64_t>(); };
    report_.matched_left = whole(0);
    report_.matched_right = whole(1);
    report_.fan_out = whole(2);
    report_.fan_out_right = whole(3);
    left_rows_ = whole(5);
    right_rows_ = whole(6);
    report_.unmatched_left = left_rows_ - report_.matched_left;
    report_.unmatched_right = right_rows_ - report_.matched_right;
    // Counts of pairs beyond whole numbers are beyond any join that is made.
    const double pairs = std::min(cells[4].get<double>(), 9e15);
    if (report_.matched_left > 0) report_.mean_fan_out = pairs / static_cast<double>(report_.matched_left);
    countRows(static_cast<std::int64_t>(pairs));
    return {};
  }

  void countRows(std::int64_t pairs) {
    const JoinKind kind = spec_.kind;
    report_.rows = pairs;
    if (kind == JoinKind::Left || kind == JoinKind::Full) report_.rows += report_.unmatched_left;
    if (kind == JoinKind::Right || kind == JoinKind::Full) report_.rows += report_.unmatched_right;
    if (kind == JoinKind::Semi) report_.rows = report_.matched_left;
    if (kind == JoinKind::Anti) report_.rows = report_.unmatched_left;
    if (kind == JoinKind::Left || kind == JoinKind::Inner) report_.multiplied = report_.fan_out > 1;
    if (kind == JoinKind::Right) report_.multiplied = report_.fan_out_right > 1;
    if (kind == JoinKind::Full) report_.multiplied = report_.fan_out > 1 || report_.fan_out_right > 1;
  }

  void warnMultiplied() {
    const bool of_left = spec_.kind != JoinKind::Right && report_.fan_out > 1;
    const TableInfo& kept = of_left ? left_ : right_;
    const TableInfo& other = of_left ? right_ : left_;
    std::vector<std::string> names;
    for (const KeyPlan& one : keys_) names.push_back(of_left ? one.right.name : one.left.name);
    const std::int64_t matched = of_left ? report_.matched_left : report_.matched_right;
    const double pairs = report_.mean_fan_out * static_cast<double>(report_.matched_left);
    warn("multiplied", "", kMultiplied,
         {kept.table.name, grouped(matched), formatGrouped(pairs / static_cast<double>(matched), 2),
          other.table.name, grouped(of_left ? report_.fan_out : report_.fan_out_right),
          grouped(of_left ? left_rows_ : right_rows_), grouped(report_.rows), join(names, ", ")});
  }

  Result<> warnTypes() {
    for (const KeyPlan& plan : keys_) {
      if (!plan.differs()) continue;
      warn("key_types", plan.left.name, kKeyTypes,
           {plan.left.name, plan.left.type, left_.table.name, plan.right.name, plan.right.type,
            right_.table.name, plan.compared_as});
      const TypeFamily of_left = familyOf(plan.left.type);
      const TypeFamily of_right = familyOf(plan.right.type);
      if (of_left == TypeFamily::Day && of_right == TypeFamily::Moment)
        warn("key_times", plan.left.name, kKeyTimes, {plan.left.name, plan.right.name});
      if (of_left == TypeFamily::Moment && of_right == TypeFamily::Day)
        warn("key_times", plan.right.name, kKeyTimes, {plan.right.name, plan.left.name});
      for (const bool left : {true, false})
        if (auto told = warnUnreadable(plan, left); !told) return told;
    }
    return {};
  }

  Result<> warnUnreadable(const KeyPlan& plan, bool left) {
    const ColumnInfo& column = left ? plan.left : plan.right;
    const TableName& table = left ? left_.table : right_.table;
    const std::string name = quoteIdentifier(column.name);
    auto count =
        session_.count("SELECT count(*) FROM " + quoted(table) + " WHERE " + name + " IS NOT NULL AND " +
                           plan.expression(column, spec_.key_text) + " IS NULL",
                       job_);
    if (!count) return forward(count);
    if (*count > 0)
      warn("unreadable_keys", column.name, kUnreadable,
           {grouped(*count), table.name, column.name, plan.compared_as});
    return {};
  }

  Result<> warnMissing(bool left) {
    const TableName& table = left ? left_.table : right_.table;
    std::vector<std::string> missing;
    for (const KeyPlan& one : keys_)
      missing.push_back(quoteIdentifier((left ? one.left : one.right).name) + " IS NULL");
    auto count =
        session_.count("SELECT count(*) FROM " + quoted(table) + " WHERE " + join(missing, " OR "), job_);
    if (!count) return forward(count);
    if (*count > 0) warn("missing_keys", "", kMissingKeys, {grouped(*count), table.name});
    return {};
  }

  /// Rows of the left table that would match if a text were changed on both sides.
  Result<std::int64_t> wouldMatch(std::string (*change)(const std::string&)) {
    return session_.count("SELECT coalesce(sum(l.n), 0)::BIGINT FROM " + std::string(kLeftAlone) +
                              " AS l SEMI JOIN " + std::string(kRight) + " AS r ON " + equalKeys(change),
                          job_);
  }

  Result<> warnNearMatches() {
    const bool texts = std::any_of(keys_.begin(), keys_.end(), [](const KeyPlan& one) { return one.text; });
    if (!texts || spec_.key_text == KeyText::Loose || report_.unmatched_left == 0) return {};
    auto trimmed = wouldMatch(trimmedText);
    if (!trimmed) return forward(trimmed);
    auto folded = wouldMatch(foldedText);
    if (!folded) return forward(folded);
    const auto column = std::find_if(keys_.begin(), keys_.end(), [](const KeyPlan& one) { return one.text; });
    if (*trimmed > 0) warn("spaces", column->left.name, kSpaces, {grouped(*trimmed), left_.table.name});
    if (*folded > *trimmed)
      warn("case", column->left.name, kCase, {grouped(*folded - *trimmed), left_.table.name});
    return {};
  }

  Result<> giveExamples(std::string_view table, std::vector<UnmatchedKey>& examples) {
    std::string cells;
    for (std::size_t i = 0; i < keys_.size(); ++i) cells += "CAST(" + key(i) + " AS VARCHAR), ";
    auto rows = session_.rows("SELECT " + cells + "n FROM " + std::string(table) + " ORDER BY n DESC, " +
                                  keyList() + " LIMIT " + std::to_string(kExamples),
                              job_);
    if (!rows) return forward(rows);
    for (const std::vector<Json>& row : rows->rows) {
      UnmatchedKey& example = examples.emplace_back();
      for (std::size_t i = 0; i < keys_.size(); ++i) example.values.push_back(row[i].get<std::string>());
      example.rows = row.back().get<std::int64_t>();
    }
    return {};
  }

  Session& session_;
  const TableInfo& left_;
  const TableInfo& right_;
  const std::vector<KeyPlan>& keys_;
  const JoinSpec& spec_;
  JobContext& job_;
  std::int64_t left_rows_ = 0;
  std::int64_t right_rows_ = 0;
  JoinReport report_;
};

}  // namespace

Result<JoinReport> matchReport(Session& session, const TableInfo& left, const TableInfo& right,
                               const std::vector<KeyPlan>& keys, const JoinSpec& spec, JobContext& job) {
  return Matcher(session, left, right, keys, spec, job).run();
}

}  // namespace lodestone::data
