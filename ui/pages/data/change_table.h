// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

#include "core/data/recipe.h"

namespace lodestone::pages {

/// Some rows that a cleaning step changes: "old → new" in the cells that change, rows that go away struck
/// out, new rows marked.
class ChangeTable : public QTableView {
  Q_OBJECT
 public:
  explicit ChangeTable(QWidget* parent = nullptr);
  ~ChangeTable() override;
  void setChanges(const data::StepPreview& step);
  void clear();

 private:
  class Changes;
  Changes* changes_;
};

}  // namespace lodestone::pages
