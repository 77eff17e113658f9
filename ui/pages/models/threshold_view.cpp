// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/models/threshold_view.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "ui/charts/charts.h"
#include "ui/forms/wheel_guard.h"
#include "ui/pages/models/figure_tile.h"
#include "ui/pages/models/model_words.h"
#include "ui/theme/theme.h"
#include "ui/words/words.h"

namespace lodestone::pages {
namespace {

constexpr int kSteps = 1000;
constexpr int kCurvePoints = 201;
constexpr int kDecimals = 4;

QDoubleSpinBox* numberBox(const QString& name, double highest, int decimals, QWidget* parent) {
  auto* box = new QDoubleSpinBox(parent);
  box->setObjectName(name);
  box->setRange(0, highest);
  box->setDecimals(decimals);
  box->setKeyboardTracking(true);
  box->setGroupSeparatorShown(true);
  forms::guardWheel(box);
  return box;
}

}  // namespace

ThresholdView::ThresholdView(QWidget* parent)
    : QWidget(parent),
      protocol_(theme::label(theme::Role::Body, this)),
      value_label_(theme::label(theme::Role::Caption, this)),
      cost_label_(theme::label(theme::Role::Caption, this)),
      currency_label_(theme::label(theme::Role::Caption, this)),
      source_(theme::label(theme::Role::Caption, this)),
      value_(numberBox("conversion_value", 1e9, 2, this)),
      cost_(numberBox("contact_cost", 1e9, 2, this)),
      currency_(new QComboBox(this)),
      slider_label_(theme::label(theme::Role::Caption, this)),
      slider_(new QSlider(Qt::Horizontal, this)),
      exact_(numberBox("threshold_value", 1, kDecimals, this)),
      best_(new QPushButton(this)),
      contacts_(new FigureTile("threshold_contacts", this)),
      precision_(new FigureTile("threshold_precision", this)),
      recall_(new FigureTile("threshold_recall", this)),
      profit_(new FigureTile("threshold_profit", this)),
      curve_(new charts::LineChart(this)),
      confusion_(new charts::ConfusionMatrix(this)) {
  currency_->setObjectName("threshold_currency");
  currency_->setEditable(true);
  currency_->addItems({"EUR", "USD", "CNY", "GBP", "JPY", "CHF"});
  currency_->lineEdit()->setMaxLength(6);
  forms::guardWheel(currency_);
  slider_->setObjectName("threshold_slider");
  slider_->setRange(0, kSteps);
  slider_->setPageStep(kSteps / 20);
  forms::guardWheel(slider_);
  best_->setObjectName("best_threshold");
  curve_->setObjectName("profit_chart");
  confusion_->setObjectName("threshold_matrix");
  exact_->setSingleStep(0.01);
  build();
  connect(slider_, &QSlider::valueChanged, this, [this](int step) { setThreshold(top_ * step / kSteps); });
  connect(exact_, &QDoubleSpinBox::valueChanged, this, &ThresholdView::setThreshold);
  for (QDoubleSpinBox* box : {value_, cost_})
    connect(box, &QDoubleSpinBox::valueChanged, this, [this] {
      if (data_) said_[worthOf()] = {value(), cost()};
      showCurve();
      showOutcome();
    });
  connect(currency_, &QComboBox::currentTextChanged, this, [this] {
    showCurve();
    showOutcome();
  });
  connect(best_, &QPushButton::clicked, this, &ThresholdView::chooseBest);
  words::say(this, [this] { showTexts(); });
}

void ThresholdView::build() {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, theme::kSpace2, theme::kSpace2, theme::kSpace2);
  column->setSpacing(theme::kSpace2);
  protocol_->setWordWrap(true);
  source_->setWordWrap(true);
  column->addWidget(protocol_);
  auto* money = new QHBoxLayout;
  money->setSpacing(theme::kSpace2);
  const std::pair<QLabel*, QWidget*> fields[] = {
      {value_label_, value_}, {cost_label_, cost_}, {currency_label_, currency_}};
  for (const auto& [label, field] : fields) {
    label->setBuddy(field);
    money->addWidget(label);
    money->addWidget(field, 1);
  }
  column->addLayout(money);
  auto* choose = new QHBoxLayout;
  choose->setSpacing(theme::kSpace2);
  slider_label_->setBuddy(slider_);
  choose->addWidget(slider_label_);
  choose->addWidget(slider_, 1);
  choose->addWidget(exact_);
  choose->addWidget(best_);
  column->addLayout(choose);
  auto* tiles = new QHBoxLayout;
  tiles->setSpacing(theme::kSpace2);
  for (FigureTile* tile : {contacts_, precision_, recall_, profit_}) tiles->addWidget(tile, 1);
  column->addLayout(tiles);
  auto* pictures = new QHBoxLayout;
  pictures->setSpacing(theme::kSpace4);
  pictures->addWidget(curve_, 1);
  pictures->addWidget(confusion_, 1);
  constexpr int kChartHeight = 230;
  curve_->setMinimumHeight(kChartHeight);
  column->addLayout(pictures, 1);
  column->addWidget(source_);
}

double ThresholdView::value() const {
  return value_->value();
}

double ThresholdView::cost() const {
  return cost_->value();
}

QString ThresholdView::worthOf() const {
  return words::toQt(data_->record.table + "\n" + data_->record.target);
}

QString ThresholdView::currency() const {
  return currency_->currentText().trimmed();
}

void ThresholdView::setCurrency(const QString& currency) {
  if (!currency.isEmpty()) currency_->setCurrentText(currency);
}

pipeline::ThresholdOutcome ThresholdView::outcome() const {
  return data_ ? data_->counts.at(threshold_) : pipeline::ThresholdOutcome();
}

void ThresholdView::setModel(const ModelDataPointer& model) {
  const bool same = data_ && model && data_->record.id == model->record.id;
  data_ = model;
  if (!data_) return;
  // Scores of rare events lie near zero: the slider ends where they do.
  constexpr double kGrain = 20;
  top_ = std::clamp(std::ceil(data_->counts.highest() * kGrain) / kGrain, 1 / kGrain, 1.0);
  if (!same) {
    const QSignalBlocker quiet_value(value_), quiet_cost(cost_);
    const auto said = said_.find(worthOf());
    value_->setValue(said == said_.end() ? data_->worth.value : said->second.first);
    cost_->setValue(said == said_.end() ? data_->worth.cost : said->second.second);
  }
  showTexts();
  if (!same) chooseBest();
}

void ThresholdView::chooseBest() {
  if (data_) setThreshold(data_->counts.best(value(), cost()).threshold);
}

void ThresholdView::setThreshold(double threshold) {
  threshold_ = std::clamp(threshold, 0.0, 1.0);
  const QSignalBlocker quiet_slider(slider_), quiet_exact(exact_);
  slider_->setValue(static_cast<int>(std::lround(threshold_ / top_ * kSteps)));
  if (std::abs(exact_->value() - threshold_) >= 0.5 * std::pow(10.0, -kDecimals))
    exact_->setValue(threshold_);
  showOutcome();
}

void ThresholdView::showTexts() {
  // Brings their own tooltips back, to be replaced.
  for (QWidget* control :
       {static_cast<QWidget*>(slider_), static_cast<QWidget*>(exact_), static_cast<QWidget*>(best_)})
    widgets::enableOrSay(control, QString());
  for (QDoubleSpinBox* box : {value_, cost_, exact_}) box->setLocale(QLocale());
  value_label_->setText(tr("A hit is worth"));
  value_->setAccessibleName(value_label_->text());
  value_->setToolTip(tr("What it brings when somebody who is addressed turns out positive"));
  cost_label_->setText(tr("A contact costs"));
  cost_->setAccessibleName(cost_label_->text());
  cost_->setToolTip(tr("What it costs to address one person, hit or not"));
  currency_label_->setText(tr("Currency"));
  currency_->setAccessibleName(currency_label_->text());
  slider_label_->setText(tr("Address scores above"));
  slider_->setAccessibleName(slider_label_->text());
  slider_->setToolTip(tr("Arrow keys move it by a thousandth of its length"));
  exact_->setAccessibleName(tr("Threshold"));
  exact_->setToolTip(tr("The threshold itself, to be typed"));
  best_->setText(tr("Best threshold"));
  best_->setToolTip(tr("The threshold with the highest profit on these rows"));
  confusion_->setTitle(tr("At this threshold"));
  curve_->setTitle(tr("Expected profit"));
  if (!data_) return;
  protocol_->setText(data_->held_out_problem ? words::said(*data_->held_out_problem)
                                             : protocol(data_->record));
  const Worth& worth = data_->worth;
  QStringList sources;
  sources += worth.value_column.empty()
                 ? tr("What a hit is worth is an assumption: put in yours.")
                 : tr("A hit's worth is the mean of %1.").arg(words::toQt(worth.value_column));
  sources += worth.cost_column.empty()
                 ? tr("What a contact costs is an assumption: put in yours.")
                 : tr("A contact's cost is the mean of %1.").arg(words::toQt(worth.cost_column));
  source_->setText(sources.join(" "));
  for (QWidget* control :
       {static_cast<QWidget*>(slider_), static_cast<QWidget*>(exact_), static_cast<QWidget*>(best_)})
    widgets::enableOrSay(control, data_->counts.rows() > 0 ? QString() : tr("There are no held-out rows."));
  showCurve();
  showOutcome();
}

void ThresholdView::showCurve() {
  if (!data_) return;
  charts::LineSeries line;
  line.name = tr("Expected profit");
  if (data_->counts.rows() > 0)
    for (const auto& point : data_->counts.along(top_, kCurvePoints)) {
      line.x.push_back(point.threshold);
      line.y.push_back(point.profit(value(), cost()));
    }
  curve_->setEmptyText(tr("There are no held-out rows."));
  curve_->setAxes({tr("Threshold"), 0, top_, false}, {currency(), {}, {}, false});
  curve_->setReference(charts::Reference::Level, 0, tr("nothing gained"));
  curve_->setSeries(line.x.isEmpty() ? std::vector<charts::LineSeries>()
                                     : std::vector<charts::LineSeries>{line});
}

void ThresholdView::showOutcome() {
  if (!data_) return;
  const pipeline::ThresholdOutcome now = outcome();
  const auto rows = static_cast<double>(std::max<std::int64_t>(data_->counts.rows(), 1));
  const double profit = now.profit(value(), cost());
  const double all = data_->counts.at(-1).profit(value(), cost());
  contacts_->setFigure(
      tr("Addressed"), words::count(now.contacts()),
      tr("%1 of these rows").arg(words::percent(static_cast<double>(now.contacts()) / rows)));
  precision_->setFigure(tr("Precision"), words::percent(now.precision()), tr("of those addressed are hits"));
  recall_->setFigure(tr("Recall"), words::percent(now.recall()), tr("of all hits are reached"));
  profit_->setFigure(tr("Expected profit"), words::money(profit, currency(), 0),
                     tr("%1 against addressing everybody").arg(words::signedMoney(profit - all, currency())));
  curve_->setMark(threshold_, tr("chosen"));
  curve_->setSummary(tr("%1 at %2: %3 contacts, %4 hits.")
                         .arg(words::money(profit, currency(), 0), words::number(threshold_, 3),
                              words::count(now.contacts()), words::count(now.true_positives)));
  confusion_->setCounts({now.true_positives, now.false_positives, now.true_negatives, now.false_negatives},
                        positiveWord(data_->record), negativeWord(data_->record));
  confusion_->setSummary(tr("%1 hits, %2 missed, %3 false alarms.")
                             .arg(words::count(now.true_positives), words::count(now.false_negatives),
                                  words::count(now.false_positives)));
}

}  // namespace lodestone::pages
