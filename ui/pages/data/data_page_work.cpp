// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the page does to tables: import, export, new ones, delete.
#include <QPushButton>
#include <QUndoStack>

#include "core/data/table_export.h"
#include "ui/pages/data/data_page.h"
#include "ui/pages/data/import_panel.h"
#include "ui/pages/data/recipe_panel.h"
#include "ui/pages/data/table_list.h"
#include "ui/pages/data/table_pane.h"
#include "ui/widgets/dialogs.h"
#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

namespace lodestone::pages {

void DataPage::importFiles(const QStringList& files) {
  if (!studio_.project()) return;
  if (!import_panel_->importing()) {
    if (files.isEmpty()) {
      if (!import_panel_->chooseFiles()) return;
    } else {
      import_panel_->openFiles(files);
    }
  }
  notice_->clear();
  importing_ = true;
  showPlace();
  import_panel_->firstField()->setFocus();
  Q_EMIT headerChanged();
}

void DataPage::importDatabase() {
  const auto address = widgets::askText(this, tr("Import from a database"),
                                        tr("Address of a PostgreSQL database, and of its table:\n"
                                           "postgres://user:password@host:5432/database?table=orders"),
                                        "postgres://");
  if (address && !address->trimmed().isEmpty()) importFiles({address->trimmed()});
}

void DataPage::closeImport() {
  importing_ = false;
  showPlace();
  firstFocus()->setFocus();
  Q_EMIT headerChanged();
}

QString DataPage::importedWords(const std::vector<data::ImportReport>& reports) {
  QStringList said;
  for (const data::ImportReport& report : reports) {
    std::int64_t skipped = 0;
    for (const data::Skipped& part : report.skipped) skipped += part.lines;
    QString text = tr("%1: %2 rows imported").arg(words::toQt(report.table.name), words::count(report.rows));
    if (report.rejected > 0) text += tr(", %1 rejected").arg(words::count(report.rejected));
    if (skipped > 0) text += tr(", %1 lines skipped").arg(words::count(skipped));
    said.push_back(text);
    for (const data::Notice& notice : report.notices) said.push_back(words::said(notice.text, notice.args));
  }
  return said.join("\n");
}

void DataPage::takeImport(const ImportOutcome& outcome) {
  if (outcome.done.empty()) return;
  std::int64_t rejected = 0;
  bool noticed = false;
  for (const data::ImportReport& report : outcome.done) {
    rejected += report.rejected;
    noticed = noticed || !report.notices.empty();
  }
  wanted_table_ = words::toQt(outcome.done.back().table.name);
  if (!outcome.failure) {
    if (importing_) closeImport();
    const auto kind = rejected > 0 || noticed ? widgets::Notice::Kind::Warning : widgets::Notice::Kind::Ok;
    notice_->say(
        kind, [done = outcome.done] { return importedWords(done); },
        [rejected] { return rejected > 0 ? tr("See the rejected rows") : QString(); },
        [this] { pane_->setCurrentIndex(TablePane::RejectsTab); });
    pane_->setCurrentIndex(TablePane::RowsTab);
    list_->setFocus();
  }
  Q_EMIT studio_.tablesChanged();
}

void DataPage::mend(const Json& step) {
  const auto recipe = data::parseRecipe(Json::array({step}));
  if (!recipe) {
    notice_->showError(recipe.error());
    return;
  }
  pane_->setCurrentWidget(recipe_panel_);
  recipe_panel_->addStep(recipe->steps.front());
}

void DataPage::takeCleaning(const data::CleanReport& report) {
  std::int64_t changed = 0;
  for (const data::StepReport& step : report.steps) changed += step.changed;
  wanted_table_ = words::toQt(report.table.name);
  pane_->setCurrentIndex(TablePane::RowsTab);
  notice_->say(widgets::Notice::Kind::Ok, [report, changed] {
    return tr("%1: %2 rows; the steps changed %3 rows")
        .arg(words::toQt(report.table.name), words::count(report.rows), words::count(changed));
  });
  Q_EMIT studio_.tablesChanged();
}

void DataPage::takeNewTable(const data::OperationReport& report) {
  wanted_table_ = words::toQt(report.table);
  pane_->setCurrentIndex(TablePane::RowsTab);
  notice_->say(widgets::Notice::Kind::Ok, [report] {
    QStringList said{tr("%1: %2 rows").arg(words::toQt(report.table), words::count(report.rows))};
    for (const data::OperationLine& line : report.lines) said.push_back(words::said(line.text, line.args));
    return said.join("\n");
  });
  Q_EMIT studio_.tablesChanged();
}

void DataPage::exportTable() {
  const auto project = studio_.project();
  if (table_.isEmpty() || !project) return;
  const QString file = widgets::askSaveFile(
      this, tr("Export %1").arg(table_), table_ + QStringLiteral(".csv"),
      tr("CSV (*.csv)") + ";;" + tr("Excel (*.xlsx)") + ";;" + tr("Parquet (*.parquet)") + ";;" +
          tr("JSON (*.json)") + ";;" + tr("JSON lines (*.ndjson)"));
  if (file.isEmpty()) return;
  notice_->clear();
  studio_.jobs().start(
      this, {.title = tr("Export of %1").arg(table_)},
      [project, table = words::toUtf8(table_),
       path = words::toUtf8(file)](JobContext& job) -> Result<data::ExportReport> {
        const auto database = project->tables();
        if (!database) return forward(database);
        // The dialog has asked before it replaces a file. Excel needs the mark to read UTF-8.
        return data::exportTable(**database, {table}, path,
                                 {.on_existing = data::OnExistingFile::Replace, .byte_order_mark = true},
                                 job);
      },
      [this](const Result<data::ExportReport>& report) {
        if (!report) {
          notice_->showError(report.error());
          return;
        }
        notice_->say(
            report->notices.empty() ? widgets::Notice::Kind::Ok : widgets::Notice::Kind::Warning,
            [report = *report] {
              QStringList said{
                  tr("%1 rows are in %2").arg(words::count(report.rows), words::toQt(report.file.string()))};
              for (const data::Notice& one : report.notices) said.push_back(words::said(one.text, one.args));
              return said.join("\n");
            });
      });
}

void DataPage::deleteTable() {
  if (table_.isEmpty() || !studio_.project()) return;
  const QString table = table_;
  if (!widgets::confirm(
          this, tr("Delete the table %1?").arg(table),
          tr("The rows of %1 and the roles of its columns are gone then. The file that it was imported "
             "from stays as it is.")
              .arg(table),
          tr("Delete table")))
    return;
  studio_.jobs().start(
      this, {.title = tr("Deleting %1").arg(table)},
      [project = studio_.project(), name = words::toUtf8(table)](JobContext&) -> Result<> {
        const auto database = project->tables();
        if (!database) return forward(database);
        if (auto dropped = (*database)->drop({name}); !dropped) return dropped;
        auto roles = project->roles(name);
        if (!roles) return forward(roles);
        for (auto& [role, column] : *roles) column.clear();
        return project->setRoles(name, *roles);
      },
      [this, table](const Result<>& done) {
        if (!done) {
          notice_->showError(done.error());
          return;
        }
        undo_->clear();
        notice_->say(widgets::Notice::Kind::Ok, [table] { return tr("The table %1 is deleted").arg(table); });
        Q_EMIT studio_.tablesChanged();
      });
}

}  // namespace lodestone::pages
