// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <optional>

namespace lodestone::charts {

/// One interval as a dot on a given axis, without frame: for cards, where many share low and high.
class IntervalDot : public QWidget {
  Q_OBJECT
 public:
  explicit IntervalDot(QWidget* parent = nullptr);
  void setInterval(std::optional<double> value, double low, double high, double axis_low, double axis_high);
  QSize sizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  std::optional<double> value_;
  double low_ = 0, high_ = 0, axis_low_ = 0, axis_high_ = 1;
};

}  // namespace lodestone::charts
