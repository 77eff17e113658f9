// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QMarginsF>
#include <QPainter>
#include <QRectF>
#include <QSizeF>
#include <functional>
#include <memory>
#include <vector>

#include "core/campaign/report.h"

class QPaintDevice;
class QTextLayout;

namespace lodestone::print {

/// What is on one page, in device units: to be painted in order.
using Drawing = std::function<void(QPainter&)>;
using Page = std::vector<Drawing>;

/// Chinese fonts that a report may use, best first.
inline constexpr const char* kChineseFamilies[] = {"Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC",
                                                   "WenQuanYi Zen Hei"};

/// The fonts of a report: one with Latin letters first, one with Chinese ones behind it.
QFont reportFont(double points, QFont::Weight weight = QFont::Normal);

/// Lays the blocks of a report out on pages of a device: keeps figures whole and sets two narrow ones side by
/// side, repeats a table's header on each page, and never parts a heading from what follows it. The device
/// must outlive the pages.
class Flow {
 public:
  /// body: where blocks may stand on each page, in device units. unit: device units of one point.
  Flow(QPaintDevice& device, const QRectF& body, double unit);

  /// InvalidArgument naming the figure when its SVG cannot be read.
  Result<> add(const campaign::Block& block);
  /// All that was added; nothing can be added after it.
  std::vector<Page> takePages();

 private:
  struct Cell;
  struct Columns;
  struct Picture;

  Result<> put(const campaign::Paragraph& paragraph);
  Result<> put(const campaign::Notice& notice);
  Result<> put(const campaign::Table& table);
  Result<> put(const campaign::Figure& figure);

  void newPage();
  void space(double points);
  /// A page with at least that height left, in device units.
  void need(double height);
  std::shared_ptr<QTextLayout> layOut(const QString& text, const QFont& font, double width,
                                      Qt::Alignment alignment) const;
  void putText(const QString& text, const QFont& font, const QColor& colour);
  /// The headings that wait, on a page where at least so much of what follows has room, in device units.
  void putHeadings(double next);
  /// The narrow figures that wait for a neighbour.
  void putPictures();
  Columns columnsOf(const campaign::Table& table, double points) const;
  std::vector<Cell> rowOf(const std::vector<std::string>& texts, const Columns& columns,
                          const QFont& font) const;
  void putRow(const std::vector<Cell>& row, const Columns& columns, bool header);

  QPaintDevice& device_;
  QRectF body_;
  double unit_;
  double y_ = 0;
  std::vector<Page> pages_;
  std::vector<campaign::Heading> headings_;
  std::vector<std::shared_ptr<Picture>> pictures_;
};

}  // namespace lodestone::print
