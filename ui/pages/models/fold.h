// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QToolButton;

namespace lodestone::pages {

/// A heading that shows and hides what is under it.
class Fold : public QWidget {
  Q_OBJECT
 public:
  Fold(const QString& object_name, QWidget* content, QWidget* parent = nullptr);
  void setTitle(const QString& title);
  void setOpen(bool open);
  bool isOpen() const { return open_; }

 private:
  QToolButton* heading_;
  QWidget* content_;
  bool open_ = false;
};

}  // namespace lodestone::pages
