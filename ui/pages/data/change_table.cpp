// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/data/change_table.h"

#include <QAbstractTableModel>
#include <QCoreApplication>
#include <QHeaderView>
#include <algorithm>
#include <optional>

#include "ui/tables/cells.h"
#include "ui/theme/theme.h"
#include "ui/words/words.h"

namespace lodestone::pages {
namespace {

constexpr int kMostWidth = 260;

std::optional<std::size_t> indexOf(const std::vector<data::ColumnInfo>& columns, const std::string& name) {
  const auto found =
      std::find_if(columns.begin(), columns.end(), [&](const auto& one) { return one.name == name; });
  if (found == columns.end()) return std::nullopt;
  return static_cast<std::size_t>(found - columns.begin());
}

}  // namespace

/// The first column is the row's number; then the columns that changed, then the others.
class ChangeTable::Changes : public QAbstractTableModel {
  Q_DECLARE_TR_FUNCTIONS(lodestone::pages::ChangeTable)
 public:
  using QAbstractTableModel::QAbstractTableModel;

  void set(const data::StepPreview& step) {
    beginResetModel();
    step_ = step;
    columns_.clear();
    for (const data::ColumnInfo& column : step.columns_after)
      columns_.push_back({column.name, indexOf(step.columns_before, column.name), columns_.size()});
    for (std::size_t i = 0; i < step.columns_before.size(); ++i)
      if (!indexOf(step.columns_after, step.columns_before[i].name))
        columns_.push_back({step.columns_before[i].name, i, std::nullopt});
    std::stable_partition(columns_.begin(), columns_.end(), [this](const Column& column) {
      return std::any_of(step_.changes.begin(), step_.changes.end(),
                         [&](const auto& change) { return changes(change, column); });
    });
    endResetModel();
  }

  int rowCount(const QModelIndex& parent = {}) const override {
    return parent.isValid() ? 0 : static_cast<int>(step_.changes.size());
  }
  int columnCount(const QModelIndex& parent = {}) const override {
    return parent.isValid() || columns_.empty() ? 0 : static_cast<int>(columns_.size()) + 1;
  }

  QVariant headerData(int section, Qt::Orientation orientation, int role) const override {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section >= columnCount()) return {};
    return section == 0 ? tr("Row") : words::toQt(columns_[static_cast<std::size_t>(section - 1)].name);
  }

  QVariant data(const QModelIndex& index, int role) const override {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const data::RowChange& change = step_.changes[static_cast<std::size_t>(index.row())];
    const bool gone = change.after.empty();
    if (index.column() == 0) {
      if (role == Qt::DisplayRole)
        return words::count(change.row) + (gone                    ? ' ' + tr("(removed)")
                                           : change.before.empty() ? ' ' + tr("(new)")
                                                                   : QString());
      if (role == Qt::ForegroundRole) return gone ? theme::tokens().fail : theme::tokens().text2;
      return {};
    }
    const Column& column = columns_[static_cast<std::size_t>(index.column() - 1)];
    const bool changed = !gone && changes(change, column);
    switch (role) {
      case Qt::DisplayRole:
      case Qt::ToolTipRole:
        return text(change, column, changed);
      case Qt::ForegroundRole:
        return changed ? theme::tokens().accent : gone ? theme::tokens().text2 : theme::tokens().text;
      case Qt::FontRole: {
        QFont font = theme::font(theme::Role::Body);
        font.setStrikeOut(gone);
        font.setBold(changed);
        return font;
      }
      default:
        return {};
    }
  }

 private:
  struct Column {
    std::string name;
    std::optional<std::size_t> before, after;
  };
  static bool changes(const data::RowChange& change, const Column& column) {
    return std::find(change.cells.begin(), change.cells.end(), column.name) != change.cells.end();
  }
  QString cell(const std::vector<Json>& cells, const std::optional<std::size_t>& at,
               const std::vector<data::ColumnInfo>& columns) const {
    return at && *at < cells.size() ? tables::cellText(cells[*at], columns[*at]) : QString();
  }
  QString text(const data::RowChange& change, const Column& column, bool changed) const {
    const QString before = cell(change.before, column.before, step_.columns_before);
    const QString after = cell(change.after, column.after, step_.columns_after);
    if (change.after.empty()) return before;
    if (!changed || change.before.empty() || !column.before) return after;
    return before + QStringLiteral(" → ") + (column.after ? after : QStringLiteral("–"));
  }

  data::StepPreview step_;
  std::vector<Column> columns_;
};

ChangeTable::ChangeTable(QWidget* parent) : QTableView(parent), changes_(new Changes(this)) {
  setModel(changes_);
  verticalHeader()->hide();
  verticalHeader()->setDefaultSectionSize(theme::kTableRowHeight);
  setSelectionBehavior(QAbstractItemView::SelectRows);
  setEditTriggers(QAbstractItemView::NoEditTriggers);
  setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
  setTabKeyNavigation(false);
  setWordWrap(false);
  connect(&theme::notifier(), &theme::Notifier::changed, this, [this] { viewport()->update(); });
  connect(&words::notifier(), &words::Notifier::changed, this, [this] { viewport()->update(); });
}

ChangeTable::~ChangeTable() = default;

void ChangeTable::setChanges(const data::StepPreview& step) {
  changes_->set(step);
  resizeColumnsToContents();
  for (int column = 0; column < changes_->columnCount(); ++column)
    setColumnWidth(column, std::min(kMostWidth, columnWidth(column)));
}

void ChangeTable::clear() {
  changes_->set({});
}

}  // namespace lodestone::pages
