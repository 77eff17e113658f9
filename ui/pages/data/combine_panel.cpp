// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/data/combine_panel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QSignalBlocker>
#include <QSplitter>
#include <QVBoxLayout>

#include "ui/forms/parameter_form.h"
#include "ui/pages/data/table_maker.h"
#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

namespace lodestone::pages {

CombinePanel::CombinePanel(studio::Studio& studio, QWidget* parent)
    : QWidget(parent), studio_(studio), looking_(studio.jobs()) {
  setObjectName("combinePanel");
  build();
  connect(operations_, &QListWidget::currentRowChanged, this, [this] { chooseOperation(); });
  connect(form_, &forms::ParameterForm::changed, this, [this] {
    values_[operation().id] = form_->values();
    look();
  });
  connect(form_, &forms::ParameterForm::problemChanged, this, [this] { look(); });
  connect(maker_, &TableMaker::wanted, this, &CombinePanel::start);
  words::say(this, [this] { say(); });
  operations_->setCurrentRow(0);
}

void CombinePanel::build() {
  auto* middle = new QSplitter(Qt::Horizontal, this);
  middle->setChildrenCollapsible(false);
  operations_ = new QListWidget(middle);
  operations_->setObjectName("operations");
  operations_->setWordWrap(true);
  operations_->setSpacing(theme::kSpace1);
  operations_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  auto* right = new QWidget(middle);
  title_ = theme::label(theme::Role::Section, right);
  help_ = theme::label(theme::Role::Caption, right);
  help_->setWordWrap(true);
  notice_ = new widgets::Notice(right);
  notice_->setObjectName("combineNotice");
  form_ = new forms::ParameterForm(right);
  form_->setObjectName("operationForm");
  report_label_ = theme::label(theme::Role::Caption, right);
  lines_ = theme::label(theme::Role::Body, right);
  lines_->setObjectName("operationReport");
  lines_->setWordWrap(true);
  lines_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  warnings_ = new QVBoxLayout;
  warnings_->setSpacing(theme::kSpace1);
  auto* layout = new QVBoxLayout(right);
  layout->setContentsMargins(theme::kSpace3, 0, theme::kSpace2, theme::kSpace2);
  layout->setSpacing(theme::kSpace2);
  for (QWidget* part : {static_cast<QWidget*>(title_), static_cast<QWidget*>(help_),
                        static_cast<QWidget*>(notice_), static_cast<QWidget*>(form_)})
    layout->addWidget(part);
  layout->addSpacing(theme::kSpace1);
  layout->addWidget(report_label_);
  layout->addWidget(lines_);
  layout->addLayout(warnings_);
  layout->addStretch();
  middle->addWidget(operations_);
  middle->addWidget(widgets::scrolled(right, "operationScroll"));
  middle->setStretchFactor(1, 1);
  middle->setSizes({220, 460});
  maker_ = new TableMaker(studio_.jobs(), this);
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(theme::kSpace2, theme::kSpace2, theme::kSpace2, theme::kSpace2);
  all->setSpacing(theme::kSpace2);
  all->addWidget(middle, 1);
  all->addWidget(maker_);
}

void CombinePanel::say() {
  operations_->setAccessibleName(tr("Ways to make a new table"));
  maker_->setButton(tr("Make the table"));
  const QSignalBlocker quiet(operations_);
  const int row = operations_->currentRow();
  operations_->clear();
  for (const data::TableOperation& one : data::tableOperations()) {
    auto* item = new QListWidgetItem(words::said(one.title), operations_);
    item->setToolTip(words::said(one.help));
  }
  operations_->setCurrentRow(std::max(0, row));
  title_->setText(words::said(operation().title));
  help_->setText(words::said(operation().help));
  if (report_) showReport(*report_);
}

const data::TableOperation& CombinePanel::operation() const {
  const auto row = static_cast<std::size_t>(std::max(0, operations_->currentRow()));
  return data::tableOperations().at(row);
}

void CombinePanel::setTable(const data::TableInfo& table) {
  const bool same = table_ && table_->table == table.table;
  table_ = table;
  QStringList columns;
  for (const data::ColumnInfo& column : table.columns) columns.push_back(words::toQt(column.name));
  form_->setColumns(columns);
  if (!same) {
    values_.clear();
    chooseOperation();
  } else {
    look();
  }
}

void CombinePanel::setTables(const QStringList& tables) {
  tables_ = tables;
  form_->setTables(tables);
}

void CombinePanel::clear() {
  table_.reset();
  values_.clear();
  chooseOperation();
}

void CombinePanel::chooseOperation() {
  const data::TableOperation& chosen = operation();
  title_->setText(words::said(chosen.title));
  help_->setText(words::said(chosen.help));
  form_->setParameters(chosen.parameters, values_[chosen.id], chosen.id);
  if (table_) maker_->suggest(words::toQt(table_->table.name + chosen.suffix));
  notice_->clear();
  look();
}

Result<data::OperationInput> CombinePanel::input() const {
  auto values = data::checkOperation(operation(), form_->values());
  if (!values) return forward(values);
  return data::OperationInput{table_ ? table_->table : data::TableName(), std::move(*values), roles_};
}

/// The form has changed: whether it is complete, and what would come out.
void CombinePanel::look() {
  looking_.stop();
  report_.reset();
  lines_->clear();
  report_label_->clear();
  widgets::clearLayout(warnings_);
  const auto given = input();
  const QString problem = form_->problem();
  maker_->setObjection(!table_              ? tr("Choose a table first")
                       : !problem.isEmpty() ? problem
                       : !given.has_value()
                           ? tr("Fill in what is missing: %1").arg(words::said(given.error()))
                           : QString());
  if (!table_ || !given || !problem.isEmpty() || !operation().preview || !studio_.project()) return;
  report_label_->setText(tr("Looking at what matches…"));
  looking_.start(
      this, {.title = {}, .shown = jobs::Shown::Quiet},
      [project = studio_.project(), look = operation().preview,
       input = *given](JobContext& job) -> Result<data::OperationReport> {
        const auto database = project->tables();
        if (!database) return forward(database);
        return look(**database, input, job);
      },
      [this](Result<data::OperationReport> report) {
        if (!report && report.error().code == ErrorCode::Cancelled) return;
        report_ = std::move(report);
        showReport(*report_);
      });
}

void CombinePanel::showReport(const Result<data::OperationReport>& report) {
  widgets::clearLayout(warnings_);
  if (!report) {
    report_label_->clear();
    lines_->clear();
    notice_->showError(report.error());
    maker_->setSummary({});
    return;
  }
  notice_->clear();
  report_label_->setText(tr("What would come out"));
  QStringList lines;
  for (const data::OperationLine& line : report->lines) lines.push_back(words::said(line.text, line.args));
  lines_->setText(lines.join("\n"));
  maker_->setSummary(tr("%1 rows").arg(words::count(report->rows)));
  for (const data::Notice& warning : report->notices) {
    auto* notice = new widgets::Notice(this);
    notice->setObjectName("operationWarning");
    notice->showText(widgets::Notice::Kind::Warning, words::said(warning.text, warning.args));
    warnings_->addWidget(notice);
  }
}

void CombinePanel::start() {
  const auto project = studio_.project();
  const auto given = input();
  if (!project || !given) return;
  notice_->clear();
  maker_->run(
      words::said(operation().title),
      [project, run = operation().run, input = *given,
       target = maker_->target()](JobContext& job) -> Result<data::OperationReport> {
        const auto database = project->tables();
        if (!database) return forward(database);
        return run(**database, input, target, job);
      },
      [this](const Result<data::OperationReport>& report) {
        if (report)
          Q_EMIT made(*report);
        else
          notice_->showError(report.error());
      });
}

}  // namespace lodestone::pages
