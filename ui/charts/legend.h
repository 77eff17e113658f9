// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPen>
#include <QWidget>
#include <vector>

namespace lodestone::charts {

enum class Marker { None, Disc, Square, Diamond, Triangle };
Marker markerOf(int index);
void paintMarker(QPainter& painter, Marker marker, const QPointF& centre, double radius);

struct LegendEntry {
  QString name;
  QPen pen;
  Marker marker = Marker::None;
};

/// Lines with their names, side by side, in as many rows as they need. Hidden while there are none.
class Legend : public QWidget {
 public:
  explicit Legend(QWidget* parent);
  void setEntries(const std::vector<LegendEntry>& entries);
  bool hasHeightForWidth() const override { return true; }
  int heightForWidth(int width) const override;
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;
  void paint(QPainter& painter, int width) const;

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  void takeLines();
  std::vector<QRect> arrange(int width) const;
  std::vector<LegendEntry> entries_;
};

}  // namespace lodestone::charts
