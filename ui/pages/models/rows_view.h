// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/jobs/jobs.h"
#include "ui/pages/models/model_data.h"
#include "ui/studio/studio.h"

class QLabel;

namespace lodestone::tables {
class DataTable;
}
namespace lodestone::widgets {
class Notice;
}

namespace lodestone::pages {

/// The held-out rows of a model with their scores, best first. Read when it is first shown.
class RowsView : public QWidget {
  Q_OBJECT
 public:
  explicit RowsView(studio::Studio& studio, QWidget* parent = nullptr);
  ~RowsView() override;
  void setModel(const ModelDataPointer& model);

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  void load();
  void showTexts();

  studio::Studio& studio_;
  ModelDataPointer data_;
  std::string loaded_;  // the model whose rows are in the table, or on their way
  std::optional<Error> problem_;
  QLabel* protocol_;
  widgets::Notice* notice_;
  tables::DataTable* table_;
  jobs::Latest reading_;
};

}  // namespace lodestone::pages
