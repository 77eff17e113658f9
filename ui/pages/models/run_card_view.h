// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <optional>

#include "core/project/model_records.h"

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace lodestone::widgets {
class StateBadge;
}

namespace lodestone::pages {

/// What a model was trained from and how: all that is needed to train it again. Can be copied as text.
class RunCardView : public QWidget {
  Q_OBJECT
 public:
  explicit RunCardView(QWidget* parent = nullptr);
  void setRecord(const std::optional<project::ModelRecord>& record);
  /// An entry a line, name and value with a tab between.
  QString text() const;

 private:
  void show();

  std::optional<project::ModelRecord> record_;
  QLabel* title_;
  widgets::StateBadge* badge_;
  QPushButton* copy_;
  QLabel* message_;
  QWidget* entries_;
};

}  // namespace lodestone::pages
