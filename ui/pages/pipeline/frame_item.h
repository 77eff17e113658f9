// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QGraphicsItem>
#include <QStaticText>

namespace lodestone::pages {

/// A subgraph: a titled frame behind its nodes with a button that collapses it; collapsed, a stack of its own
/// with a summary of what is within.
class FrameItem : public QGraphicsItem {
 public:
  enum { Type = UserType + 3 };
  FrameItem(const QString& id, const QString& title, const QRectF& box, bool collapsed);

  const QString& id() const { return id_; }
  const QString& title() const { return title_; }
  QRectF box() const { return box_; }
  bool collapsed() const { return collapsed_; }
  /// What a collapsed one says under its title, and the colour of the worst state within.
  void setSummary(const QString& words, const QColor& colour);
  void setMarked(bool marked);
  void setHovered(bool hovered);
  bool onButton(const QPointF& scene_position) const { return button_.contains(scene_position); }
  QPointF button() const { return button_.center(); }
  /// On what one takes it by: its title, or anywhere when it is collapsed.
  bool onTitle(const QPointF& scene_position) const;
  void refresh();

  int type() const override { return Type; }
  QRectF boundingRect() const override;
  void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

 private:
  void makeWords();
  void paintButton(QPainter& painter) const;

  QString id_;
  QString title_;
  QString summary_;
  QColor summary_colour_;
  QRectF box_;
  QRectF button_;
  bool collapsed_;
  bool marked_ = false;
  bool hovered_ = false;
  bool words_made_ = false;
  QStaticText words_;
  QStaticText summary_words_;
  QFont font_;
  QFont summary_font_;
};

}  // namespace lodestone::pages
