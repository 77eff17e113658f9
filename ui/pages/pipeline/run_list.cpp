// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/pipeline/run_list.h"

#include <QDateTime>
#include <QLabel>
#include <QStackedLayout>

#include "ui/tables/list_table.h"
#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

namespace lodestone::pages {

using tables::ListCell;
using tables::ListColumn;
using tables::ListRow;

namespace {

QDateTime timeOf(const std::string& utc) {
  return QDateTime::fromString(words::toQt(utc), Qt::ISODateWithMs);
}

ListCell tookCell(const RunEntry& run) {
  const QDateTime begun = timeOf(run.started_at);
  const QDateTime ended = timeOf(run.finished_at);
  if (!begun.isValid() || !ended.isValid()) return {};
  const double seconds = static_cast<double>(begun.msecsTo(ended)) / 1000;
  return {seconds < 1 ? words::number(seconds, 2) + QStringLiteral(" s") : words::duration(seconds), seconds};
}

}  // namespace

RunList::RunList(QWidget* parent)
    : QWidget(parent),
      places_(new QStackedLayout(this)),
      empty_(theme::label(theme::Role::Caption, this)),
      list_(new tables::ListTable(this)) {
  list_->setObjectName("run_list");
  empty_->setObjectName("run_list_empty");
  empty_->setAlignment(Qt::AlignCenter);
  empty_->setWordWrap(true);
  places_->addWidget(empty_);
  places_->addWidget(list_);
  connect(list_, &tables::ListTable::currentIdChanged, this, [this](const QString& id) {
    if (!choosing_ && !id.isEmpty()) Q_EMIT runPicked(id.toLongLong());
  });
  words::say(this, [this] { show(); });
}

void RunList::setRuns(const std::vector<RunEntry>& runs) {
  runs_ = runs;
  show();
}

void RunList::choose(std::int64_t run) {
  choosing_ = true;
  list_->selectId(QString::number(run));
  choosing_ = false;
}

void RunList::show() {
  choosing_ = true;
  empty_->setText(tr("No run yet. Run the chart: it is listed here with what it left."));
  list_->setAccessibleName(tr("Runs"));
  list_->setColumns({{tr("Run"), ListColumn::Kind::Number},
                     {tr("Began")},
                     {tr("State"), ListColumn::Kind::State},
                     {tr("Time"), ListColumn::Kind::Number},
                     {tr("Seed"), ListColumn::Kind::Number},
                     {tr("Program")}});
  std::vector<ListRow> rows;
  for (const RunEntry& run : runs_) {
    const widgets::State state = widgets::stateOf(run.state);
    rows.push_back(
        {QString::number(run.id),
         {{words::count(run.id), QVariant::fromValue<qlonglong>(run.id)},
          {words::moment(run.started_at), words::toQt(run.started_at), words::ago(timeOf(run.started_at))},
          {widgets::stateWord(state), {}, {}, static_cast<int>(state)},
          tookCell(run),
          {QString::number(run.seed), QVariant::fromValue<qulonglong>(run.seed)},
          {words::toQt(run.code)}}});
  }
  list_->setRows(rows);
  places_->setCurrentWidget(runs_.empty() ? static_cast<QWidget*>(empty_) : list_);
  choosing_ = false;
}

}  // namespace lodestone::pages
