// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "core/campaign/catalogue.h"

class QLabel;
class QLineEdit;
class QPushButton;
class QTableView;

namespace lodestone::pages {

class CatalogueModel;

/// The offers and channels that strategies are made of, with margin and currency. Nothing is kept until it is
/// saved.
class CatalogueEditor : public QWidget {
  Q_OBJECT
 public:
  explicit CatalogueEditor(QWidget* parent = nullptr);
  /// What the project has; what was edited and not saved stays.
  void setSaved(const campaign::Catalogue& catalogue);
  bool changed() const { return changed_; }
  /// What is wrong with it now; empty when it can be saved.
  QString problem() const;
  /// Only while there is no problem.
  campaign::Catalogue catalogue() const;
  /// It was saved as it is.
  void accept();

 Q_SIGNALS:
  void saveRequested();
  void edited();

 private:
  QWidget* makeTable(CatalogueModel* model, QTableView* view, QLabel* title, QPushButton* add,
                     QPushButton* remove);
  void revert();
  void touch();
  void showTexts();
  void showState();

  campaign::Catalogue saved_;
  bool changed_ = false;
  CatalogueModel* offers_;
  CatalogueModel* channels_;
  QTableView* offers_view_;
  QTableView* channels_view_;
  QLabel* offers_title_;
  QLabel* channels_title_;
  QPushButton* add_offer_;
  QPushButton* remove_offer_;
  QPushButton* add_channel_;
  QPushButton* remove_channel_;
  QLabel* margin_label_;
  QLineEdit* margin_;
  QLabel* currency_label_;
  QLineEdit* currency_;
  QLabel* problem_;
  QPushButton* save_;
  QPushButton* revert_;
};

}  // namespace lodestone::pages
