// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <cstdint>
#include <optional>

class QCheckBox;
class QLabel;
class QLineEdit;
class QTimer;
class QToolButton;

namespace lodestone::tables {

/// A line above a table in which a text is typed that is to be found in its cells. Tells what is wanted; its
/// owner finds, and tells it what was found. Hidden until it is opened.
class FindBar : public QFrame {
  Q_OBJECT
 public:
  explicit FindBar(QWidget* parent = nullptr);
  void open();
  void close();
  QString text() const;
  bool oneColumn() const;  ///< the current one only
  void setColumn(const QString& column);

  /// What stands beside the text.
  void sayNothing();
  void saySearching();
  void sayNotFound();
  /// position: 1 for the first row that has it; nothing while they are still counted.
  void sayFound(std::optional<std::int64_t> position, std::int64_t rows);

 Q_SIGNALS:
  void textChanged();  ///< or where it is looked for; a moment after the last key
  void nextWanted();
  void previousWanted();
  void closed();

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  enum class Told { Nothing, Searching, NotFound, Found };
  void say();
  void sayResult();
  void tell(Told told);

  QString column_;
  Told told_ = Told::Nothing;
  std::optional<std::int64_t> position_;
  std::int64_t rows_ = 0;
  QLineEdit* edit_;
  QCheckBox* one_column_;
  QToolButton* previous_;
  QToolButton* next_;
  QLabel* result_;
  QToolButton* close_;
  QTimer* typing_;
};

}  // namespace lodestone::tables
