// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QGraphicsView>
#include <QObject>
#include <QPointer>
#include <functional>

#include "ui/pages/pipeline/connection_rules.h"

class QGraphicsPathItem;
class QLabel;

namespace lodestone::pages {

class ChartScene;

/// A connection while it is being made, with the mouse or with the keys: nodes that fit light up, and beside
/// the one that is aimed at stands what the connection does or why it cannot be.
class ConnectionDrag : public QObject {
  Q_OBJECT
 public:
  ConnectionDrag(QGraphicsView* view, ChartScene* scene);

  using Judges = std::function<Judge(const QString& from)>;
  void setJudges(Judges judges) { judges_ = std::move(judges); }

  bool active() const { return !from_.isEmpty(); }
  bool byKeys() const { return by_keys_; }
  const QString& from() const { return from_; }
  const QString& target() const { return target_; }
  QString hint() const;

  enum class How { Mouse, Keys };
  void begin(const QString& from, How how);
  /// The mouse is there, over that node or over none.
  void moveTo(const QPoint& position, const QString& over);
  /// The keys have chosen that node.
  void aim(const QString& target);
  /// Connects with what is aimed at where it fits; where it does not, a connection by keys goes on.
  void finish();
  void cancel();

 Q_SIGNALS:
  void connected(const QString& from, const QString& to);
  void refused(const QString& why);
  void ended();

 private:
  void light();
  void say(const QString& words, const QPoint& beside, bool fits);
  void drawTo(const QPointF& end, bool fits);

  QGraphicsView* view_;
  ChartScene* scene_;
  QLabel* hint_;
  QGraphicsPathItem* line_ = nullptr;  ///< of the scene, while active
  Judges judges_;
  Judge judge_;  ///< of the connection that is being made
  QString from_;
  QString target_;
  bool by_keys_ = false;
};

}  // namespace lodestone::pages
