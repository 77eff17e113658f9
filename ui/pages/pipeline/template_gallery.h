// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>
#include <vector>

#include "core/pipeline/outlook.h"

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace lodestone::widgets {
class Card;
class EmptyState;
}  // namespace lodestone::widgets

namespace lodestone::pages {

/// What a chart of the program is called: "s3" is "Strategy generation".
QString templateTitle(const QString& name);

/// The charts that the program brings: what each is for, what every node of it does and needs; and the way to
/// a file of one's own. The place of a project without a chart, and to be come back to.
class TemplateGallery : public QWidget {
  Q_OBJECT
 public:
  explicit TemplateGallery(QWidget* parent = nullptr);

  /// The project's tables: whether a chart fits the demo shop's rows at once.
  void setTables(const std::vector<pipeline::KnownTable>& tables);
  /// There is a chart to go back to.
  void setReturns(bool returns);
  void select(const QString& name);

 Q_SIGNALS:
  /// bound: with what its nodes need on the demo shop.
  void chosen(const QString& name, bool bound);
  void fileWanted();
  void returnWanted();

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  struct Entry {
    QString name;
    widgets::Card* card;
    QLabel* title;
    QLabel* help;
  };
  void build();
  QWidget* buildDetails();
  void showTexts();
  void showDetails();
  void addNode(const pipeline::NodeOutlook& node);

  std::vector<pipeline::KnownTable> tables_;
  QString selected_;
  bool due_ = true;  ///< the details are not those of what is selected
  widgets::EmptyState* empty_;
  QPushButton* open_;
  QPushButton* return_;
  std::vector<Entry> entries_;
  widgets::Card* details_ = nullptr;
  QLabel* details_title_ = nullptr;
  QLabel* details_help_ = nullptr;
  QPushButton* use_ = nullptr;
  QPushButton* use_demo_ = nullptr;
  QWidget* nodes_ = nullptr;
  QVBoxLayout* nodes_column_ = nullptr;
};

}  // namespace lodestone::pages
