// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <vector>

#include "ui/studio/page.h"
#include "ui/studio/studio.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QVBoxLayout;

namespace lodestone::widgets {
class Card;
class FlowLayout;
class Notice;
}  // namespace lodestone::widgets

namespace lodestone::pages {

/// Where everybody begins: the open project with its next step, recent ones as cards, a new one from a
/// template, the demo shop. Nothing is opened by itself.
class HomePage : public studio::Page {
  Q_OBJECT
 public:
  explicit HomePage(studio::Studio& studio, QWidget* parent = nullptr);
  ~HomePage() override;

  QString id() const override { return "home"; }
  QString icon() const override { return "home"; }
  QString title() const override;
  QString line() const override;
  QList<QAction*> headerActions() const override;
  bool needsProject() const override { return false; }
  void opened(const QVariant& what) override;
  QWidget* firstFocus() override;

 private:
  struct Overview;  ///< what the open project has

  QWidget* buildProject();
  QWidget* buildStart();
  QWidget* buildWay();
  void addActions();
  void showTexts();
  void showWay();
  void showProject();
  void readOverview();
  void showOverview(const Overview& overview);
  void showRecent();
  void readSizes();
  void openFolder();
  void createProject();
  void checkNewName();
  void makeDemo();
  void followJob();

  studio::Studio& studio_;
  jobs::Latest reading_;
  jobs::Latest measuring_;
  QAction* open_;
  QAction* demo_;
  widgets::Notice* notice_;
  QWidget* project_;  ///< the open project's part
  QLabel* project_title_;
  QLabel* next_text_;
  QPushButton* next_;
  struct Place {
    widgets::Card* card;
    QLabel* title;
    QLabel* figure;
    QLabel* note;
  };
  std::map<QString, Place> places_;  ///< by page
  struct Step {
    QLabel* title;
    QLabel* text;
  };
  QWidget* way_;  ///< for a newcomer, who has no recent projects yet
  QLabel* way_title_;
  std::vector<Step> steps_;
  QString next_page_;
  QVariant next_what_;
  QLabel* recent_title_;
  QLabel* no_recent_;
  widgets::FlowLayout* recent_;
  QLabel* new_title_;
  QLabel* name_label_;
  QLabel* folder_label_;
  QLabel* template_label_;
  QLineEdit* name_;
  QLineEdit* folder_;
  QPushButton* browse_;
  QComboBox* template_;
  QLabel* template_help_;
  QLabel* complaint_;
  QPushButton* create_;
  QLabel* demo_title_;
  QLabel* demo_text_;
  QPushButton* demo_button_;
  QPushButton* demo_cancel_;
  QProgressBar* progress_;
  QLabel* progress_text_;
  std::map<QString, QLabel*> sizes_;  ///< of the recent cards, by folder
};

}  // namespace lodestone::pages
