// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QTimer>
#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "core/data/row_window.h"
#include "core/project/project.h"
#include "ui/jobs/jobs.h"
#include "ui/tables/lru_cache.h"

namespace lodestone::tables {

using CellRows = std::vector<std::vector<Json>>;

/// A table of any length as a model. Cells that are not in memory say "…" and are asked for; one worker
/// reads, and when it is done it goes on with what is in sight then, so that rows scrolled past are never
/// read. Pages are kept as long as there is room. Only so many rows stand in the model at once, because views
/// pay for each; base() is the first.
class WindowModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  static constexpr std::int64_t kPageRows = 128;
  static constexpr std::size_t kPages = 64;
  /// A view takes 8 bytes and 7 nanoseconds for each row whenever the model is reset.
  static constexpr std::int64_t kMostRows = 10'000'000;
  /// So the model begins with so many rows, and so many come with each turn of the window's thread after.
  static constexpr std::int64_t kRowsATurn = 100'000;

  explicit WindowModel(jobs::Jobs& jobs, QObject* parent = nullptr, std::int64_t most_rows = kMostRows);
  ~WindowModel() override;

  /// first_rows: those from the top, so that there is something to see at once.
  void adopt(std::shared_ptr<project::Project> project, std::shared_ptr<const data::RowWindow> window,
             CellRows first_rows);
  void clear();

  const data::RowWindow* window() const { return window_.get(); }
  std::shared_ptr<const data::RowWindow> sharedWindow() const { return window_; }
  std::shared_ptr<project::Project> project() const { return project_; }
  /// Of the whole table, not of the model.
  std::int64_t tableRows() const { return window_ ? window_->info().rows : 0; }
  std::int64_t base() const { return base_; }
  bool holdsAll() const { return tableRows() <= most_rows_; }
  /// Rows that it holds a moment after it was given a window.
  std::int64_t mostRows() const { return std::min(tableRows(), most_rows_); }
  /// Makes the model hold the given row of the table; the model's row of it.
  int reach(std::int64_t table_row);

  /// Rows of the model in sight: they are fetched, and a page above and below.
  void setVisible(int first, int last);
  /// Null while it is not in memory.
  const std::vector<Json>* cells(int row) const;
  bool loading() const { return reading_.running(); }

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 Q_SIGNALS:
  void failed(const lodestone::Error& error);

 private:
  struct Range {
    std::int64_t first_page = 0, last_page = -1;
  };
  Range missing() const;
  void readNext();
  void grow(std::int64_t rows);
  void take(const Range& pages, CellRows rows);

  const std::int64_t most_rows_;
  std::shared_ptr<project::Project> project_;
  std::shared_ptr<const data::RowWindow> window_;
  std::int64_t base_ = 0;
  int rows_ = 0;
  int visible_first_ = 0, visible_last_ = -1;
  jobs::Jobs& jobs_;
  jobs::Latest reading_;
  QTimer growing_;
  bool broken_ = false;                                     // reading failed: not again by itself
  mutable LruCache<std::int64_t, CellRows> pages_{kPages};  // by rows of the table; reading counts as use
};

}  // namespace lodestone::tables
