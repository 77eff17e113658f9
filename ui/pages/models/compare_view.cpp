// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/models/compare_view.h"

#include <QGridLayout>
#include <QLabel>
#include <QVBoxLayout>
#include <cmath>
#include <map>

#include "core/campaign/report_builder.h"
#include "core/learn/model_type.h"
#include "ui/charts/charts.h"
#include "ui/pages/models/model_words.h"
#include "ui/pages/models/quality_view.h"
#include "ui/tables/list_table.h"
#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

namespace lodestone::pages {
namespace {

constexpr const char* kFigures[] = {"roc_auc", "pr_auc", "accuracy", "precision", "recall", "f1"};
constexpr int kChartHeight = 260;

/// Titles and values of the parameters, then of the run card.
std::vector<std::pair<QString, QString>> entriesOf(const project::ModelRecord& record) {
  std::vector<std::pair<QString, QString>> entries;
  const auto type = learn::modelType(record.type);
  if (type && record.parameters.is_object())
    for (const Parameter& parameter : (*type)->parameters)
      if (const std::string value = textOf(record.parameters, parameter.id.c_str()); !value.empty())
        entries.emplace_back(words::said(parameter.title), words::toQt(value));
  const campaign::Table card = campaign::runCard(record, words::language());
  // The first two are the model's name and its parameters in one line.
  constexpr std::size_t kKnown = 2;
  for (std::size_t i = kKnown; i < card.rows.size(); ++i)
    entries.emplace_back(words::toQt(card.rows[i].at(0)), words::toQt(card.rows[i].at(1)));
  return entries;
}

}  // namespace

CompareView::CompareView(QWidget* parent)
    : QWidget(parent),
      title_(theme::label(theme::Role::Section, this)),
      notice_(new widgets::Notice(this)),
      bars_(new charts::BarChart(this)),
      roc_(new charts::LineChart(this)),
      differences_title_(theme::label(theme::Role::Section, this)),
      differences_(new tables::ListTable(this)) {
  setObjectName("compare");
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  auto* content = new QWidget(this);
  auto* column = new QVBoxLayout(content);
  column->setContentsMargins(0, 0, theme::kSpace2, theme::kSpace3);
  column->setSpacing(theme::kSpace3);
  title_->setObjectName("compare_title");
  title_->setWordWrap(true);
  column->addWidget(title_);
  column->addWidget(notice_);
  auto* pictures = new QGridLayout;
  pictures->setSpacing(theme::kSpace4);
  // Six pairs of bars take the whole width.
  pictures->addWidget(bars_, 0, 0, 1, 2);
  pictures->addWidget(roc_, 1, 0);
  auto* differences = new QVBoxLayout;
  differences->addWidget(differences_title_);
  differences->addWidget(differences_, 1);
  pictures->addLayout(differences, 1, 1);
  for (const int at : {0, 1}) {
    pictures->setColumnStretch(at, 1);
    pictures->setRowMinimumHeight(at, kChartHeight);
  }
  column->addLayout(pictures, 1);
  bars_->setObjectName("compare_bars");
  roc_->setObjectName("compare_roc");
  differences_->setObjectName("compare_differences");
  outer->addWidget(widgets::scrolled(content, "compare_scroll"));
  words::say(this, [this] { show(); });
}

void CompareView::setModels(const ModelDataPointer& first, const ModelDataPointer& second) {
  first_ = first;
  second_ = second;
  show();
}

QStringList CompareView::ids() const {
  QStringList ids;
  for (const auto& model : {first_, second_})
    if (model) ids << words::toQt(model->record.id);
  return ids;
}

void CompareView::show() {
  if (!first_ || !second_) return;
  const auto name = [](const project::ModelRecord& record) {
    return tr("%1, %2").arg(words::toQt(record.id), typeTitle(record.type));
  };
  title_->setText(tr("%1, beside %2").arg(name(first_->record), name(second_->record)));
  const bool same_rows =
      textOf(first_->record.card, "data_hash") == textOf(second_->record.card, "data_hash") &&
      first_->held_out.rows == second_->held_out.rows;
  if (same_rows)
    notice_->showText(widgets::Notice::Kind::Info,
                      tr("Both are measured on the same %1 held-out rows.")
                          .arg(words::count(static_cast<std::int64_t>(first_->held_out.rows.size()))));
  else
    notice_->showText(
        widgets::Notice::Kind::Warning,
        tr("They are not measured on the same rows, so small differences may be chance. Train both from "
           "one table with one seed to compare them fairly."));
  showCharts();
  showDifferences();
}

void CompareView::showCharts() {
  QStringList categories;
  std::vector<charts::BarSeries> bars;
  std::vector<charts::LineSeries> lines;
  for (const char* figure : kFigures) categories += figureTitle(figure);
  for (const auto& model : {first_, second_}) {
    const QString id = words::toQt(model->record.id);
    charts::BarSeries series{id, {}};
    for (const char* figure : kFigures) series.values.push_back(partFigure(model->record, "test", figure));
    bars.push_back(series);
    if (!model->roc.empty()) lines.push_back({id, xOf(model->roc), yOf(model->roc), false, {}, {}});
  }
  const double ahead =
      partFigure(second_->record, "test", "roc_auc") - partFigure(first_->record, "test", "roc_auc");
  bars_->setTitle(tr("On the test rows"));
  bars_->setSummary(std::isfinite(ahead)
                        ? tr("ROC AUC of %1 is %2 %3 than that of %4.")
                              .arg(words::toQt(second_->record.id), words::number(std::abs(ahead), 3),
                                   ahead < 0 ? tr("lower") : tr("higher"), words::toQt(first_->record.id))
                        : QString());
  bars_->setBars(categories, bars, {QString(), 0, 1, false}, 2);
  roc_->setTitle(tr("ROC curves"));
  roc_->setEmptyText(tr("There are no held-out rows to draw it from."));
  roc_->setAxes({tr("False positive rate"), 0, 1, false}, {tr("Recall"), 0, 1, false});
  roc_->setReference(charts::Reference::Diagonal, 0, tr("chance"));
  roc_->setSeries(lines);
  roc_->setSummary(tr("Area %1 and %2.")
                       .arg(words::number(partFigure(first_->record, "test", "roc_auc"), 3),
                            words::number(partFigure(second_->record, "test", "roc_auc"), 3)));
}

void CompareView::showDifferences() {
  using Kind = tables::ListColumn::Kind;
  differences_title_->setText(tr("What differs"));
  differences_->setAccessibleName(differences_title_->text());
  differences_->setColumns({{tr("Entry"), Kind::Text},
                            {words::toQt(first_->record.id), Kind::Text},
                            {words::toQt(second_->record.id), Kind::Text}});
  std::vector<tables::ListRow> rows;
  const auto mine = entriesOf(first_->record);
  const auto theirs = entriesOf(second_->record);
  const std::map<QString, QString> left(mine.begin(), mine.end());
  const std::map<QString, QString> right(theirs.begin(), theirs.end());
  const QString none = QStringLiteral("–");
  const auto add = [&](const QString& entry, const QString& one, const QString& other) {
    if (one != other)
      rows.push_back({entry, {{entry, {}, {}, -1}, {one, {}, one, -1}, {other, {}, other, -1}}});
  };
  for (const auto& [entry, value] : mine) add(entry, value, right.contains(entry) ? right.at(entry) : none);
  for (const auto& [entry, value] : theirs)
    if (!left.contains(entry)) add(entry, none, value);
  differences_->setRows(rows);
}

}  // namespace lodestone::pages
