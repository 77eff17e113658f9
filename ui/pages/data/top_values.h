// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <vector>

#include "core/data/profile.h"

namespace lodestone::pages {

/// The most frequent values of a column, each with its count and its share, as a bar behind it too.
class TopValues : public QWidget {
  Q_OBJECT
 public:
  explicit TopValues(QWidget* parent = nullptr);
  /// of: all cells that are not missing; 0: the values alone, without counts.
  void setValues(const std::vector<data::TopValue>& values, std::int64_t of);
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;
  bool event(QEvent* event) override;

 private:
  int rowHeight() const;
  QString figures(const data::TopValue& value) const;

  std::vector<data::TopValue> values_;
  std::int64_t of_ = 0;
};

}  // namespace lodestone::pages
