// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>

class QToolButton;
class QVBoxLayout;

namespace lodestone::shell {

/// The places of the program, one button each: icons with words, or icons alone where the window is narrow.
class Rail : public QWidget {
  Q_OBJECT
 public:
  explicit Rail(QWidget* parent = nullptr);
  /// at_end: below the others, such as the settings.
  enum class Place { Top, Bottom };
  void addPlace(const QString& id, const QString& icon, Place place);
  /// Told again when the language changes.
  void setTitle(const QString& id, const QString& title, const QString& shortcut);
  void setCurrent(const QString& id);
  void setWide(bool wide);

 Q_SIGNALS:
  void chosen(const QString& id);

 protected:
  void keyPressEvent(QKeyEvent* event) override;

 private:
  QToolButton* find(const QString& id) const;
  QVBoxLayout* layout_;
  QList<QToolButton*> buttons_;
  int at_top_ = 0;
  bool wide_ = true;
};

}  // namespace lodestone::shell
