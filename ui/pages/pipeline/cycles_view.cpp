// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/pipeline/cycles_view.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCoreApplication>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSpinBox>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <cmath>
#include <limits>

#include "ui/charts/charts.h"
#include "ui/tables/list_table.h"
#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

namespace lodestone::pages {

using tables::ListCell;
using tables::ListColumn;
using tables::ListRow;

namespace {

constexpr int kMostCycles = 100;
constexpr int kStandardCycles = 2;
constexpr double kStandardBetter = 0.001;
constexpr int kShares = 3;  ///< decimals of figures from 0 to 1
constexpr int kSmallShares = 4;
constexpr int kAmounts = 1;  ///< of counts and money

enum class Of { Model, Recommender, Strategies };

struct Figure {
  const char* key;
  Of of;
};

constexpr Figure kFigures[] = {{"roc_auc", Of::Model},
                               {"pr_auc", Of::Model},
                               {"accuracy", Of::Model},
                               {"precision", Of::Model},
                               {"recall", Of::Model},
                               {"f1", Of::Model},
                               {"log_loss", Of::Model},
                               {"brier", Of::Model},
                               {"recall_at_10", Of::Recommender},
                               {"ndcg_at_10", Of::Recommender},
                               {"strategies", Of::Strategies},
                               {"conversions", Of::Strategies},
                               {"incremental_conversions", Of::Strategies},
                               {"cost", Of::Strategies}};

int decimalsOf(const Figure& figure) {
  if (figure.of == Of::Strategies) return kAmounts;
  return figure.of == Of::Recommender ? kSmallShares : kShares;
}

QString said(const char* text) {
  return QCoreApplication::translate("lodestone::pages::CyclesView", text);
}

QString figureTitle(const QString& key) {
  const std::pair<const char*, const char*> titles[] = {
      {"roc_auc", QT_TRANSLATE_NOOP("lodestone::pages::CyclesView", "ROC AUC")},
      {"pr_auc", QT_TRANSLATE_NOOP("lodestone::pages::CyclesView", "PR AUC")},
      {"accuracy", QT_TRANSLATE_NOOP("lodestone::pages::CyclesView", "Accuracy")},
      {"precision", QT_TRANSLATE_NOOP("lodestone::pages::CyclesView", "Precision")},
      {"recall", QT_TRANSLATE_NOOP("lodestone::pages::CyclesView", "Recall")},
      {"f1", QT_TRANSLATE_NOOP("lodestone::pages::CyclesView", "F1")},
      {"log_loss", QT_TRANSLATE_NOOP("lodestone::pages::CyclesView", "Log loss")},
      {"brier", QT_TRANSLATE_NOOP("lodestone::pages::CyclesView", "Brier score")},
      {"recall_at_10", QT_TRANSLATE_NOOP("lodestone::pages::CyclesView", "Recall@10, held-out events")},
      {"ndcg_at_10", QT_TRANSLATE_NOOP("lodestone::pages::CyclesView", "NDCG@10, held-out events")},
      {"strategies", QT_TRANSLATE_NOOP("lodestone::pages::CyclesView", "Strategies")},
      {"conversions", QT_TRANSLATE_NOOP("lodestone::pages::CyclesView", "Conversions")},
      {"incremental_conversions", QT_TRANSLATE_NOOP("lodestone::pages::CyclesView", "Extra conversions")},
      {"cost", QT_TRANSLATE_NOOP("lodestone::pages::CyclesView", "Cost")}};
  for (const auto& [name, title] : titles)
    if (key == QLatin1String(name)) return said(title);
  return key;
}

double numberOf(const Json& object, const char* key) {
  if (!object.is_object() || !object.contains(key)) return std::numeric_limits<double>::quiet_NaN();
  const Json& value = object[key];
  if (value.is_number()) return value.get<double>();
  return words::figure(value, "value");
}

double figureOf(const pipeline::CycleReport& cycle, const Figure& figure) {
  if (figure.of == Of::Strategies) return numberOf(cycle.totals, figure.key);
  if (figure.of == Of::Recommender) return numberOf(cycle.recommender, figure.key);
  if (!cycle.metrics.is_object() || !cycle.metrics.contains("validation"))
    return std::numeric_limits<double>::quiet_NaN();
  return numberOf(cycle.metrics["validation"], figure.key);
}

QString signedNumber(double value, int decimals) {
  const QString number = words::number(std::abs(value), decimals);
  return (value > 0 ? QStringLiteral("+") : value < 0 ? QStringLiteral("−") : QStringLiteral("±")) + number;
}

QString joined(const std::vector<std::string>& nodes) {
  QStringList list;
  for (const std::string& node : nodes) list << words::toQt(node);
  return list.isEmpty() ? QStringLiteral("–") : list.join(QStringLiteral(", "));
}

}  // namespace

CyclesView::CyclesView(QWidget* parent) : QWidget(parent) {
  setObjectName("cycles_view");
  build();
  words::say(this, [this] { showTexts(); });
}

QStringList CyclesView::metrics() {
  QStringList keys;
  for (const Figure& figure : kFigures)  // held-out events have no say in when to stop
    if (figure.of != Of::Recommender) keys << QString::fromLatin1(figure.key);
  return keys;
}

QWidget* CyclesView::buildRule() {
  rule_row_ = new QWidget(this);
  auto* row = new QHBoxLayout(rule_row_);
  row->setContentsMargins(theme::kSpace3, theme::kSpace2, theme::kSpace3, theme::kSpace2);
  row->setSpacing(theme::kSpace2);
  at_most_ = theme::label(theme::Role::Body, rule_row_);
  limit_ = new QSpinBox(rule_row_);
  limit_->setObjectName("cycle_limit");
  limit_->setRange(1, kMostCycles);
  limit_->setKeyboardTracking(false);
  at_most_->setBuddy(limit_);
  stops_ = new QCheckBox(rule_row_);
  stops_->setObjectName("cycle_stops");
  metric_ = new QComboBox(rule_row_);
  metric_->setObjectName("cycle_metric");
  for (const QString& key : metrics()) metric_->addItem(key, key);
  by_ = theme::label(theme::Role::Body, rule_row_);
  better_ = new QDoubleSpinBox(rule_row_);
  better_->setObjectName("cycle_better");
  better_->setRange(0, 1e9);
  better_->setDecimals(4);
  better_->setSingleStep(kStandardBetter);
  better_->setKeyboardTracking(false);
  by_->setBuddy(better_);
  for (QWidget* control :
       {static_cast<QWidget*>(at_most_), static_cast<QWidget*>(limit_), static_cast<QWidget*>(stops_),
        static_cast<QWidget*>(metric_), static_cast<QWidget*>(by_), static_cast<QWidget*>(better_)})
    row->addWidget(control);
  row->addStretch(1);
  connect(limit_, &QSpinBox::valueChanged, this, &CyclesView::edited);
  connect(stops_, &QCheckBox::toggled, this, &CyclesView::edited);
  connect(metric_, &QComboBox::activated, this, &CyclesView::edited);
  connect(better_, &QDoubleSpinBox::valueChanged, this, &CyclesView::edited);
  return rule_row_;
}

void CyclesView::build() {
  places_ = new QStackedWidget(this);
  empty_ = theme::label(theme::Role::Caption, places_);
  empty_->setObjectName("cycles_empty");
  empty_->setAlignment(Qt::AlignCenter);
  empty_->setWordWrap(true);
  auto* both = new QSplitter(Qt::Horizontal, places_);
  both->setObjectName("cycles_splitter");
  table_ = new tables::ListTable(both);
  table_->setObjectName("cycles_table");
  chart_ = new charts::LineChart(both);
  chart_->setObjectName("cycles_chart");
  both->setStretchFactor(0, 3);
  both->setStretchFactor(1, 2);
  both->setSizes({600, 400});
  places_->addWidget(empty_);
  places_->addWidget(both);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(buildRule());
  column->addWidget(places_, 1);
}

void CyclesView::showTexts() {
  at_most_->setText(tr("Rounds at most"));
  limit_->setAccessibleName(tr("Rounds at most"));
  limit_->setToolTip(tr("How often the nodes of the loop run in one run"));
  stops_->setText(tr("Stop as soon as this does not get better:"));
  stops_->setToolTip(
      tr("Ends the loop early; the figure is of the model's validation rows or of the strategies"));
  metric_->setAccessibleName(tr("Figure that must get better"));
  for (int i = 0; i < metric_->count(); ++i)
    metric_->setItemText(i, figureTitle(metric_->itemData(i).toString()));
  by_->setText(tr("by at least"));
  better_->setAccessibleName(tr("By at least"));
  showRule();
  showCycles();
}

void CyclesView::setRule(const CycleRule& rule, bool loops, const QString& read_only) {
  if (rule == rule_ && loops == loops_ && read_only == read_only_) return;
  rule_ = rule;
  loops_ = loops;
  read_only_ = read_only;
  showRule();
  showCycles();
}

void CyclesView::showRule() {
  showing_ = true;
  limit_->setValue(static_cast<int>(rule_.cycles.value_or(kStandardCycles)));
  stops_->setChecked(rule_.until.has_value());
  if (rule_.until) {
    const QString wanted = words::toQt(rule_.until->metric == "auc" ? "roc_auc" : rule_.until->metric);
    int at = metric_->findData(wanted);
    if (at < 0) {
      metric_->addItem(wanted, wanted);
      at = metric_->count() - 1;
    }
    metric_->setCurrentIndex(at);
    better_->setValue(rule_.until->better);
  } else if (better_->value() <= 0) {
    better_->setValue(kStandardBetter);
  }
  const QString why =
      !loops_ ? tr("The chart has no loop: no edge leads back to an earlier node.") : read_only_;
  for (QWidget* control : {static_cast<QWidget*>(limit_), static_cast<QWidget*>(stops_)})
    widgets::enableOrSay(control, why);
  const QString not_now = !why.isEmpty() ? why : rule_.until ? QString() : tr("Switch the rule on first.");
  for (QWidget* control : {static_cast<QWidget*>(metric_), static_cast<QWidget*>(better_)})
    widgets::enableOrSay(control, not_now);
  showing_ = false;
}

void CyclesView::edited() {
  if (showing_) return;
  CycleRule rule;
  if (rule_.cycles || limit_->value() != kStandardCycles) rule.cycles = limit_->value();
  if (stops_->isChecked())
    rule.until = pipeline::StopRule{words::toUtf8(metric_->currentData().toString()), better_->value()};
  if (rule == rule_) return;
  rule_ = rule;
  showRule();
  Q_EMIT ruleEdited(rule);
}

void CyclesView::setCycles(const std::vector<pipeline::CycleReport>& cycles) {
  cycles_ = cycles;
  showCycles();
}

void CyclesView::showCycles() {
  if (cycles_.size() < 2) {
    empty_->setText(
        !loops_ ? tr("The chart has no loop. Connect a later node back to an earlier one: then the nodes "
                     "between them run round after round, and the rounds are compared here.")
                : tr("The run that is shown went round once. Rounds are compared here as soon as there "
                     "are two."));
    places_->setCurrentIndex(0);
    return;
  }
  std::vector<ListColumn> columns = {{tr("Figure")}};
  for (const pipeline::CycleReport& cycle : cycles_)
    columns.push_back({tr("Round %1").arg(words::count(cycle.cycle)), ListColumn::Kind::Number});
  columns.push_back({tr("Change"), ListColumn::Kind::Number});
  table_->setAccessibleName(tr("Rounds side by side"));
  table_->setColumns(columns);
  std::vector<ListRow> rows;
  QStringList charted;
  for (const Figure& figure : kFigures) {
    const int decimals = decimalsOf(figure);
    ListRow row{QString::fromLatin1(figure.key), {{figureTitle(QString::fromLatin1(figure.key))}}};
    bool any = false;
    for (const pipeline::CycleReport& cycle : cycles_) {
      const double value = figureOf(cycle, figure);
      any = any || std::isfinite(value);
      row.cells.push_back(
          {words::number(value, decimals), std::isfinite(value) ? QVariant(value) : QVariant()});
    }
    if (!any) continue;
    const double change = figureOf(cycles_.back(), figure) - figureOf(cycles_.front(), figure);
    row.cells.push_back(std::isfinite(change) ? ListCell{signedNumber(change, decimals), change}
                                              : ListCell{});
    rows.push_back(std::move(row));
    if (figure.of != Of::Strategies) charted << QString::fromLatin1(figure.key);
  }
  const auto nodes = [&](const char* id, const QString& title,
                         std::vector<std::string> pipeline::CycleReport::*of) {
    ListRow row{QString::fromLatin1(id), {{title}}};
    for (const pipeline::CycleReport& cycle : cycles_)
      row.cells.push_back({joined(cycle.*of), {}, joined(cycle.*of)});
    rows.push_back(std::move(row));
  };
  nodes("made", tr("Nodes that ran"), &pipeline::CycleReport::made);
  nodes("cached", tr("Nodes that had not changed"), &pipeline::CycleReport::cached);
  table_->setRows(rows);
  showChart(charted);
  places_->setCurrentIndex(1);
}

/// The figure of the rule, else the first that there is.
void CyclesView::showChart(const QStringList& keys) {
  QString key =
      rule_.until ? words::toQt(rule_.until->metric == "auc" ? "roc_auc" : rule_.until->metric) : QString();
  const auto known = [](const QString& name) {
    for (const Figure& figure : kFigures)
      if (name == QLatin1String(figure.key)) return &figure;
    return static_cast<const Figure*>(nullptr);
  };
  if (known(key) == nullptr) key = keys.value(0, QStringLiteral("conversions"));
  const Figure& figure = *known(key);
  charts::LineSeries series{figureTitle(key), {}, {}, true, {}, {}};
  for (const pipeline::CycleReport& cycle : cycles_) {
    series.x << cycle.cycle;
    series.y << figureOf(cycle, figure);
  }
  chart_->setTitle(tr("%1 from round to round").arg(figureTitle(key)));
  chart_->setAxes({tr("Round"), {}, {}, false}, {figureTitle(key), {}, {}, false});
  const QString last = words::number(series.y.back(), decimalsOf(figure));
  chart_->setSummary(cycles_.back().enough
                         ? tr("%1 after round %2; the rule ended the loop there.")
                               .arg(last, words::count(cycles_.back().cycle))
                         : tr("%1 after round %2.").arg(last, words::count(cycles_.back().cycle)));
  chart_->setSeries({series});
}

}  // namespace lodestone::pages
