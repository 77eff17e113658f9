// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/models/runs_table.h"

#include <QDateTime>
#include <cmath>

#include "ui/pages/models/model_words.h"
#include "ui/words/words.h"

namespace lodestone::pages {
namespace {

tables::ListCell figureCell(double value) {
  return {words::number(value, 3), std::isfinite(value) ? value : -1.0, {}, -1};
}

tables::ListCell textCell(const QString& text, const QVariant& sort = {}, const QString& tip = {}) {
  return {text, sort, tip, -1};
}

}  // namespace

RunsTable::RunsTable(QWidget* parent) : ListTable(parent) {
  words::say(this, [this] {
    setAccessibleName(tr("Trainings"));
    showColumns();
    showRows();
  });
}

void RunsTable::showColumns() {
  using Kind = tables::ListColumn::Kind;
  setColumns({{tr("Model"), Kind::Text},
              {tr("State"), Kind::State},
              {tr("Test AUC"), Kind::Number},
              {tr("Baseline"), Kind::Number},
              {tr("F1"), Kind::Number},
              {tr("Type"), Kind::Text},
              {tr("Table"), Kind::Text},
              {tr("Target"), Kind::Text},
              {tr("Started"), Kind::Text},
              {tr("Duration"), Kind::Number}});
}

void RunsTable::setRecords(const std::vector<project::ModelRecord>& records) {
  records_ = records;
  showRows();
}

void RunsTable::setPaused(const QString& id, bool paused) {
  const QString now = paused ? id : QString();
  if (now == paused_) return;
  paused_ = now;
  showRows();
}

void RunsTable::showRows() {
  std::vector<tables::ListRow> rows;
  for (auto record = records_.rbegin(); record != records_.rend(); ++record) {
    const QString id = words::toQt(record->id);
    const bool held = id == paused_ && record->state == project::TrainingState::Running;
    const widgets::State state = held ? widgets::State::Paused : trainingState(record->state);
    const double seconds = words::figure(record->card, "duration_seconds");
    const QString made = words::toQt(record->created_at);
    rows.push_back({id,
                    {textCell(id),
                     {widgets::stateWord(state), {}, words::toQt(record->message), static_cast<int>(state)},
                     figureCell(partFigure(*record, "test", "roc_auc")),
                     figureCell(baselineFigure(*record, "test", "roc_auc")),
                     figureCell(partFigure(*record, "test", "f1")),
                     textCell(typeTitle(record->type)),
                     textCell(words::toQt(record->table)),
                     textCell(words::toQt(record->target)),
                     textCell(words::ago(QDateTime::fromString(made, Qt::ISODateWithMs)), made,
                              words::moment(record->created_at)),
                     {words::duration(seconds), std::isfinite(seconds) ? seconds : -1.0, {}, -1}}});
  }
  setRows(rows);
}

}  // namespace lodestone::pages
