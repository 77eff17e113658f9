// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <map>

#include "ui/studio/studio.h"

class QLabel;

namespace lodestone::widgets {
class FlowLayout;
}

namespace lodestone::pages {

/// Projects that were open once, but for the one that is: a card each, with its size and what waits for
/// review.
class RecentProjects : public QWidget {
  Q_OBJECT
 public:
  explicit RecentProjects(studio::Studio& studio, QWidget* parent = nullptr);
  /// As the list is now.
  void refresh();
  bool any() const { return any_; }

 Q_SIGNALS:
  void changed();  ///< one was taken off the list

 private:
  QWidget* cardOf(const studio::Recent& recent);
  void readSizes();

  studio::Studio& studio_;
  jobs::Latest measuring_;
  QLabel* title_;
  QLabel* none_;
  widgets::FlowLayout* cards_;
  bool any_ = false;
  std::map<QString, QLabel*> sizes_;  ///< by folder
};

}  // namespace lodestone::pages
