// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/pipeline/run_log.h"

#include <QDateTime>
#include <QLabel>
#include <QLocale>
#include <QSplitter>
#include <QVBoxLayout>

#include "ui/tables/list_table.h"
#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

namespace lodestone::pages {

using tables::ListCell;
using tables::ListColumn;
using tables::ListRow;

namespace {

ListCell countCell(const std::optional<std::int64_t>& rows) {
  return rows ? ListCell{words::count(*rows), QVariant::fromValue<qlonglong>(*rows)} : ListCell{};
}

ListCell memoryCell(const std::optional<std::int64_t>& bytes) {
  return bytes ? ListCell{QLocale().formattedDataSize(*bytes, 0), QVariant::fromValue<qlonglong>(*bytes)}
               : ListCell{};
}

ListCell timeCell(double seconds) {
  return {seconds < 1 ? words::number(seconds, 2) + QStringLiteral(" s") : words::duration(seconds), seconds};
}

QString oneLine(std::string_view text) {
  return words::toQt(text).replace(u'\n', u' ');
}

}  // namespace

RunLog::RunLog(QWidget* parent)
    : QWidget(parent),
      splitter_(new QSplitter(Qt::Horizontal, this)),
      list_(new tables::ListTable(splitter_)),
      title_(nullptr),
      lines_(nullptr) {
  list_->setObjectName("output_log");
  auto* beside = new QWidget(splitter_);
  title_ = theme::label(theme::Role::Caption, beside);
  title_->setObjectName("output_log_title");
  title_->setContentsMargins(theme::kSpace2, theme::kSpace1, theme::kSpace2, 0);
  lines_ = new tables::ListTable(beside);
  lines_->setObjectName("output_log_lines");
  auto* column = new QVBoxLayout(beside);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(title_);
  column->addWidget(lines_, 1);
  splitter_->setObjectName("output_log_splitter");
  splitter_->setStretchFactor(0, 3);
  splitter_->setStretchFactor(1, 2);
  splitter_->setSizes({600, 400});
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(0, 0, 0, 0);
  all->addWidget(splitter_);
  connect(list_, &tables::ListTable::opened, this,
          [this](const QString& id) { Q_EMIT nodePicked(id.left(id.lastIndexOf(u'@'))); });
  connect(list_, &tables::ListTable::currentIdChanged, this, [this] { showLines(); });
  words::say(this, [this] { showTexts(); });
}

void RunLog::setStages(const std::vector<project::StageRecord>& stages) {
  stages_ = stages;
  showStages();
  showLines();
}

void RunLog::setNode(const QString& node) {
  node_ = node;
  showLines();
}

void RunLog::showTexts() {
  splitter_->setAccessibleName(tr("Stages and their lines"));
  list_->setAccessibleName(tr("Log of the run"));
  list_->setColumns({{tr("Node")},
                     {tr("State"), ListColumn::Kind::State},
                     {tr("Rows in"), ListColumn::Kind::Number},
                     {tr("Rows out"), ListColumn::Kind::Number},
                     {tr("Time"), ListColumn::Kind::Number},
                     {tr("Memory"), ListColumn::Kind::Number},
                     {tr("Message")}});
  lines_->setAccessibleName(tr("What the node said"));
  lines_->setColumns({{tr("At")}, {tr("Line")}});
  showStages();
  showLines();
}

void RunLog::showStages() {
  std::vector<ListRow> rows;
  for (const project::StageRecord& stage : stages_) {
    QString name = words::toQt(stage.node) + QStringLiteral(" · ") + oneLine(stage.label);
    if (stage.cycle > 1) name += QStringLiteral(" · ") + tr("round %1").arg(words::count(stage.cycle));
    const widgets::State state = widgets::stateOf(stage.state);
    const QString message = words::toQt(stage.message);
    rows.push_back({words::toQt(stage.node) + u'@' + QString::number(stage.cycle),
                    {{name},
                     {widgets::stateWord(state), {}, {}, static_cast<int>(state)},
                     countCell(stage.rows_in),
                     countCell(stage.rows_out),
                     stage.state == "running" ? ListCell{} : timeCell(stage.seconds),
                     memoryCell(stage.memory),
                     {message, {}, message}}});
  }
  list_->setRows(rows);
}

/// Of the chosen row; of the chosen node's last cycle where no row is chosen.
void RunLog::showLines() {
  const project::StageRecord* of = nullptr;
  const QString chosen = list_->currentId();
  for (const project::StageRecord& stage : stages_)
    if (chosen.isEmpty() ? words::toQt(stage.node) == node_
                         : words::toQt(stage.node) + u'@' + QString::number(stage.cycle) == chosen)
      of = &stage;
  std::vector<ListRow> rows;
  if (of != nullptr)
    for (const project::LogLine& line : of->log) {
      const QDateTime at = QDateTime::fromString(words::toQt(line.at), Qt::ISODateWithMs).toLocalTime();
      const QString text = words::toQt(line.text);
      rows.push_back(
          {QString::number(rows.size()),
           {{at.toString(QStringLiteral("HH:mm:ss.zzz")), words::toQt(line.at)}, {text, {}, text}}});
    }
  title_->setText(of == nullptr ? tr("Choose a stage to see what it said.")
                                : tr("%1 said").arg(oneLine(of->label)));
  lines_->setRows(rows);
}

}  // namespace lodestone::pages
