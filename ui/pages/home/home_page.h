// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/studio/page.h"
#include "ui/studio/studio.h"

class QLabel;
class QProgressBar;
class QPushButton;

namespace lodestone::widgets {
class Notice;
}  // namespace lodestone::widgets

namespace lodestone::pages {

class NewProject;
class ProjectOverview;
class RecentProjects;
class Steps;

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
  QWidget* buildDemo();
  void addActions();
  void showTexts();
  void showProject();
  void showRecent();
  void openFolder();
  void makeDemo();
  void followJob();

  studio::Studio& studio_;
  QAction* open_;
  QAction* demo_;
  widgets::Notice* notice_;
  ProjectOverview* overview_;  ///< of the open project
  NewProject* new_;
  RecentProjects* recent_;
  Steps* steps_;  ///< for a newcomer, who has no recent projects yet
  QLabel* demo_title_;
  QLabel* demo_text_;
  QPushButton* demo_button_;
  QPushButton* demo_cancel_;
  QProgressBar* progress_;
  QLabel* progress_text_;
};

}  // namespace lodestone::pages
