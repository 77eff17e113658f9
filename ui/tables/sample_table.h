// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>
#include <vector>

#include "core/data/database.h"

namespace lodestone::tables {

class ColumnHeader;

/// A few rows of data held in memory, as DataTable shows them: the sample of an import, the answer of a
/// stage.
class SampleTable : public QTableView {
  Q_OBJECT
 public:
  explicit SampleTable(QWidget* parent = nullptr);
  ~SampleTable() override;
  /// Widths stay where the columns' names are those of before.
  void setSample(const std::vector<data::ColumnInfo>& columns, const std::vector<std::vector<Json>>& rows);
  /// The selected cells as tab-separated text, with the names of their columns.
  void copySelection() const;

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  bool viewportEvent(QEvent* event) override;
  int sizeHintForColumn(int column) const override;

 private:
  class Sample;
  Sample* sample_;
  ColumnHeader* header_;
};

}  // namespace lodestone::tables
