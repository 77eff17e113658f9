// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/studio/studio.h"
#include "ui/widgets/widgets.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace lodestone::pages {

/// Name, folder and pipeline of a project to be; what is wrong is said while it is typed.
class NewProject : public widgets::Card {
  Q_OBJECT
 public:
  explicit NewProject(studio::Studio& studio, QWidget* parent = nullptr);
  QLineEdit* nameEdit() const { return name_; }
  /// The folder that is named there, or the user's documents where that is none.
  QString parentFolder() const;

 private:
  void build();
  void showTexts();
  void offerTemplates();
  void check();
  void create();

  studio::Studio& studio_;
  QLabel* title_;
  QLineEdit* name_;
  QLineEdit* folder_;
  QPushButton* browse_;
  QComboBox* template_;
  QPushButton* create_;
  QLabel* complaint_;
  QLabel* template_help_;
  QLabel* name_label_;
  QLabel* folder_label_;
  QLabel* template_label_;
};

}  // namespace lodestone::pages
