// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QString>
#include <array>
#include <optional>
#include <utility>
#include <vector>

#include "core/base/json.h"
#include "core/project/strategy_records.h"
#include "ui/widgets/widgets.h"

namespace lodestone::pages {

/// What a strategy promises, as its content predicts it.
enum class Metric { IncrementalConversions, Revenue, Roi };
inline constexpr std::array kMetrics{Metric::IncrementalConversions, Metric::Revenue, Metric::Roi};

/// A figure with its interval, or why there is none.
struct Estimate {
  std::optional<double> value;
  double low = 0;
  double high = 0;
  Json reason;  ///< {"en","zh_CN"}; null where there is a value
};
Estimate estimateOf(const Json& content, Metric metric);

enum class Verdict { Pass, Review, Fail };
inline constexpr std::array kVerdicts{Verdict::Pass, Verdict::Review, Verdict::Fail};
Verdict verdictOf(const Json& check);
/// How many checks came out in each way, in the order of kVerdicts.
std::array<int, 3> countChecks(const Json& content);

/// The axis of each metric that all strategies share, in the order of kMetrics: from the least to the largest
/// end of any interval, zero included.
using SharedAxes = std::array<std::pair<double, double>, 3>;
SharedAxes sharedAxes(const std::vector<project::StrategyVersion>& strategies);

/// Profit of the point estimate: the return on what is spent, times what is spent. None without a return.
std::optional<double> predictedProfit(const Json& content);

/// What a strategy says, in the language in use.
class StrategyWords {
  Q_DECLARE_TR_FUNCTIONS(lodestone::pages::StrategyWords)
 public:
  static QString title(const project::StrategyVersion& strategy);
  static QString currency(const Json& content);
  static QString size(const Json& content);  ///< "6,556 customers"
  static QString rule(const Json& content);  ///< "score ≥ 0.0649 and ..."
  static QString leftOut(
      const Json& content);  ///< "2,797 left out: no consent to this channel"; empty when nobody is
  static QString offer(const Json& content);
  static QString terms(
      const Json& content);  ///< "20.0 % discount, EUR 3.50 for each conversion"; what it has of them
  static QString channel(const Json& content);
  static QString timing(const Json& content);
  static QString cost(const Json& content);
  static QString metric(Metric metric);
  static QString figure(Metric metric, double value, const QString& currency);
  /// A number with the sign − as money has it.
  static QString withMinus(QString number);
  static QString interval(Metric metric, const Estimate& estimate, const QString& currency);
  /// "416.3 (−8.6 to 825.2)", or "No evidence: ...".
  static QString estimate(Metric metric, const Estimate& estimate, const QString& currency);
  static QString noEvidence(const Estimate& estimate);
  static QString verdict(Verdict verdict);
  static QString verdictIcon(Verdict verdict);
  static QColor verdictColour(Verdict verdict);
  static QString checkTitle(const Json& check);
  /// A binding limit's name for people: "budget", "capacity:sms".
  static QString limit(const std::string& name, const std::vector<std::pair<std::string, QString>>& channels);
  static QString state(project::StrategyState state);
};

/// Shape, colour and word of a check's verdict, or of how many came out so.
class VerdictMark : public QWidget {
  Q_OBJECT
 public:
  explicit VerdictMark(Verdict verdict, QWidget* parent = nullptr);
  void setText(const QString& text);

 private:
  Verdict verdict_;
  QLabel* icon_;
  QLabel* text_;
};

}  // namespace lodestone::pages
