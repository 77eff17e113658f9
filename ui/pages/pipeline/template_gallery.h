// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>
#include <vector>

class QLabel;
class QPushButton;

namespace lodestone::widgets {
class Card;
class EmptyState;
}  // namespace lodestone::widgets

namespace lodestone::pages {

/// What a chart of the program is called: "s3" is "Strategy generation".
QString templateTitle(const QString& name);

/// The place of a project without a chart: the charts that the program brings, and the way to a file of one's
/// own.
class TemplateGallery : public QWidget {
  Q_OBJECT
 public:
  explicit TemplateGallery(QWidget* parent = nullptr);

 Q_SIGNALS:
  void chosen(const QString& name);
  void fileWanted();

 private:
  struct Entry {
    QString name;
    widgets::Card* card;
    QLabel* title;
    QLabel* steps;
  };
  void showTexts();

  widgets::EmptyState* empty_;
  QPushButton* open_;
  std::vector<Entry> entries_;
};

}  // namespace lodestone::pages
