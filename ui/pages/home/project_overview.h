// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QVariant>
#include <QWidget>
#include <map>

#include "ui/studio/studio.h"

class QLabel;
class QPushButton;

namespace lodestone::widgets {
class Card;
}

namespace lodestone::pages {

/// The open project at a glance: a card for each page with its figures, and the next step as a button. Reads
/// them anew with every news of the studio.
class ProjectOverview : public QWidget {
  Q_OBJECT
 public:
  explicit ProjectOverview(studio::Studio& studio, QWidget* parent = nullptr);
  QPushButton* nextStep() const { return next_; }
  /// Of the project that is open now.
  void read();

 Q_SIGNALS:
  void failed(const lodestone::Error& error);

 private:
  struct Figures;
  void show(const Figures& seen);
  void suggest(const Figures& seen);

  studio::Studio& studio_;
  jobs::Latest reading_;
  QLabel* title_;
  QLabel* next_text_;
  QPushButton* next_;
  struct Place {
    widgets::Card* card;
    QLabel* title;
    QLabel* figure;
    QLabel* note;
  };
  std::map<QString, Place> places_;  ///< by page
  QString next_page_;
  QVariant next_what_;
};

}  // namespace lodestone::pages
