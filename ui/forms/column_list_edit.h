// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>

class QFrame;
class QLineEdit;
class QListWidget;
class QToolButton;

namespace lodestone::forms {

/// Some columns as text, "a,b,\"c,d\"", and a list to tick them in: the button beside it, or Alt+Down.
/// Columns that are not in the list may be typed.
class ColumnListEdit : public QWidget {
  Q_OBJECT
 public:
  explicit ColumnListEdit(QWidget* parent = nullptr);

  void setColumns(const QStringList& columns);
  /// As joinList writes it; without edited().
  void setText(const QString& text);
  QString text() const;
  QStringList chosen() const;
  void setChosen(const QStringList& columns);
  void setReadOnly(bool read_only);
  void setPlaceholderText(const QString& text);
  QLineEdit* lineEdit() const { return line_; }

 Q_SIGNALS:
  /// The user typed or ticked.
  void edited();

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void openList();
  void fillList();
  void takeTicks();
  void filter(const QString& words);

  QStringList columns_;
  QLineEdit* line_;
  QToolButton* button_;
  QFrame* popup_;
  QLineEdit* search_;
  QListWidget* list_;
};

}  // namespace lodestone::forms
