// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>
#include <vector>

class QLabel;

namespace lodestone::widgets {
class Card;
}

namespace lodestone::pages {

/// The pages in the order of the work, by their ids.
inline constexpr const char* kPages[] = {"data", "pipeline", "models", "strategies", "review"};
/// Their titles, in that order and the language in use.
QStringList pageTitles();
/// The page's icon with a title beside it, as the first line of a card.
void addHead(widgets::Card& card, const char* page, QLabel* title);

/// What a newcomer sees where the recent projects will be: a card a page, in the order of the work.
class Steps : public QWidget {
  Q_OBJECT
 public:
  explicit Steps(QWidget* parent = nullptr);

 private:
  void showTexts();
  struct Step {
    QLabel* title;
    QLabel* text;
  };
  QLabel* title_;
  std::vector<Step> steps_;
};

}  // namespace lodestone::pages
