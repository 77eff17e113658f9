// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QSet>
#include <QStringList>
#include <QWidget>
#include <vector>

#include "ui/pages/strategies/strategy_words.h"

class QLabel;
class QScrollArea;

namespace lodestone::widgets {
class FlowLayout;
}

namespace lodestone::pages {

class StrategyCard;

/// Strategies as cards in a grid. The arrow keys move between them, Enter opens one, a press with Ctrl takes
/// a second one beside the current. At most kMostCards are shown; the rest is in the table.
class StrategyCards : public QWidget {
  Q_OBJECT
 public:
  static constexpr int kMostCards = 120;

  explicit StrategyCards(QWidget* parent = nullptr);
  /// In this order; cards that are there already stay where they can. axes: of all strategies, so that
  /// filtering leaves every dot where it is.
  void setStrategies(const std::vector<project::StrategyVersion>& strategies, const SharedAxes& axes);
  void setFresh(const QSet<QString>& ids);
  /// Another project: nothing of the old one stays.
  void clear();
  void select(const QString& id);
  QString currentId() const { return current_; }
  /// The current one, and the second one where there is one.
  QStringList selectedIds() const;
  void focusCurrent();

 Q_SIGNALS:
  void currentIdChanged(const QString& id);
  void opened(const QString& id);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  StrategyCard* cardFor(const QString& id);
  StrategyCard* card(const QString& id) const { return cards_.value(id, nullptr); }
  void pressed(StrategyCard* card);
  void move(StrategyCard* from, int key);
  void showSelection();
  void reveal();

  QScrollArea* area_;
  widgets::FlowLayout* flow_;
  QLabel* more_;
  QHash<QString, StrategyCard*> cards_;
  QStringList order_;
  QSet<QString> fresh_;
  QString current_;
  QString second_;
  int all_ = 0;
};

}  // namespace lodestone::pages
