// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QGraphicsItem>

namespace lodestone::pages {

/// A subgraph: a titled frame behind its nodes.
class FrameItem : public QGraphicsItem {
 public:
  FrameItem(const QString& title, const QRectF& box);
  QRectF boundingRect() const override;
  void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

 private:
  QString title_;
  QRectF box_;
};

}  // namespace lodestone::pages
