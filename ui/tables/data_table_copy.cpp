// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What DataTable gives to others: cells to the clipboard, rows to a file.
#include <QClipboard>
#include <QGuiApplication>
#include <QItemSelectionModel>
#include <algorithm>
#include <filesystem>

#include "core/data/table_export.h"
#include "ui/tables/cells.h"
#include "ui/tables/data_table_parts.h"
#include "ui/tables/table_parts.h"
#include "ui/tables/window_view.h"
#include "ui/widgets/dialogs.h"
#include "ui/words/words.h"

namespace lodestone::tables {
namespace {

constexpr std::int64_t kMostCopiedCells = 2'000'000;
constexpr std::int64_t kCopiedAtOnce = 4096;
constexpr std::int64_t kCopyShown = 20'000;  // rows: fewer are copied before a progress bar could be read

constexpr Text kTooMuchToCopy{
    "{0} cells are too many to copy at once: up to {1}. Select fewer rows or columns.",
    "一次最多可复制 {1} 个单元格，当前选中 {0} 个。请减少所选的行或列。"};
constexpr Text kCopying{"Copying rows", "正在复制行"};

QString textOf(const CellRows& rows, const std::vector<int>& columns) {
  QString text;
  for (const std::vector<Json>& row : rows) {
    for (const int column : columns) {
      if (column != columns.front()) text += '\t';
      text += copyText(row.at(static_cast<std::size_t>(column)));
    }
    text += '\n';
  }
  return text;
}

}  // namespace

void DataTable::copySelection(Headings headings) {
  Parts& my = *parts_;
  const QItemSelection selection = my.view->selectionModel()->selection();
  QItemSelectionRange range =
      selection.isEmpty() ? QItemSelectionRange(my.view->currentIndex()) : selection.front();
  if (!range.isValid()) return;
  const std::int64_t count = range.height();
  if (count * range.width() > kMostCopiedCells) {
    Q_EMIT failed({ErrorCode::InvalidArgument,
                   kTooMuchToCopy,
                   {words::toUtf8(words::count(count * range.width())),
                    words::toUtf8(words::count(kMostCopiedCells))}});
    return;
  }
  std::vector<int> columns;  // hidden ones are not copied
  for (int column = range.left(); column <= range.right(); ++column)
    if (!my.view->isColumnHidden(column)) columns.push_back(column);
  QString names;
  if (headings == Headings::With) {
    QStringList list;
    for (const int column : columns) list.push_back(onOneLine(columnName(column)));
    names = list.join('\t') + '\n';
  }
  const auto put = [names, count, width = columns.size(), headings](QString text) {
    // A single cell is pasted into a line of text more often than into a sheet.
    if (count == 1 && width == 1 && headings == Headings::Without) text.chop(1);
    QGuiApplication::clipboard()->setText(names + text);
  };
  CellRows here;
  for (int row = range.top(); row <= range.bottom() && std::ssize(here) < WindowModel::kPageRows; ++row)
    if (const auto* cells = my.model->cells(row)) here.push_back(*cells);
  if (std::ssize(here) == count) {
    put(textOf(here, columns));
    return;
  }
  const std::int64_t begin = my.model->base() + range.top();
  const auto shown = count > kCopyShown ? jobs::Shown::Strip : jobs::Shown::Quiet;
  my.copying.start(
      this, {.title = tr("Copying %1 rows").arg(words::count(count)), .shown = shown},
      [project = my.project, window = my.model->sharedWindow(), begin, count,
       columns](JobContext& job) -> Result<QString> {
        const auto database = project->tables();
        if (!database) return forward(database);
        QString text;
        for (std::int64_t done = 0; done < count; done += kCopiedAtOnce) {
          job.report(static_cast<double>(done) / static_cast<double>(count), kCopying);
          const auto rows =
              window->read(**database, begin + done, std::min(kCopiedAtOnce, count - done), job);
          if (!rows) return forward(rows);
          text += textOf(*rows, columns);
        }
        return text;
      },
      [this, put](Result<QString> text) {
        if (text)
          put(std::move(*text));
        else if (text.error().code != ErrorCode::Cancelled)
          Q_EMIT failed(text.error());
      });
}

void DataTable::exportRows() {
  Parts& my = *parts_;
  if (my.model->window() == nullptr) return;
  const QString file =
      widgets::askSaveFile(this, tr("Export the rows shown"), words::toQt(my.table.name) + ".csv",
                           tr("Tables (*.csv *.tsv *.parquet *.xlsx *.json *.ndjson)"));
  if (file.isEmpty()) return;
  std::vector<std::string> columns;
  for (int column = 0; column < my.model->columnCount(); ++column)
    if (!my.view->isColumnHidden(column)) columns.push_back(words::toUtf8(columnName(column)));
  my.exporting.start(
      this, {.title = tr("Exporting to %1").arg(file)},
      [project = my.project, sql = my.model->window()->select(columns),
       path = std::filesystem::path(file.toStdString())](JobContext& job) -> Result<std::int64_t> {
        const auto database = project->tables();
        if (!database) return forward(database);
        // Whether an older file may be replaced was asked with its name.
        const auto report =
            data::exportQuery(**database, sql, path, {.on_existing = data::OnExistingFile::Replace}, job);
        if (!report) return forward(report);
        return report->rows;
      },
      [this, file](const Result<std::int64_t>& rows) {
        if (rows)
          Q_EMIT exported(file, *rows);
        else if (rows.error().code != ErrorCode::Cancelled)
          Q_EMIT failed(rows.error());
      });
}

}  // namespace lodestone::tables
