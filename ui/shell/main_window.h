// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMainWindow>
#include <QVariant>
#include <memory>
#include <vector>

#include "ui/studio/page.h"
#include "ui/studio/studio.h"

class QLabel;
class QSplitter;
class QStackedWidget;
class QUndoGroup;

namespace lodestone::widgets {
class Notice;
}

namespace lodestone::shell {

class CommandPalette;
struct Command;
class JobsStrip;
class PageHeader;
class Rail;
class SingleInstance;

/// The frame round the pages: rail, header, inspector, jobs strip, command palette. Keeps geometry, splitters
/// and the page between starts.
class MainWindow : public QMainWindow {
  Q_OBJECT
 public:
  /// The studio must outlive it.
  explicit MainWindow(studio::Studio& studio, QWidget* parent = nullptr);
  ~MainWindow() override;

  /// Shows a page by its id; see Studio::go.
  void showPage(const QString& id, const QVariant& what = {});
  studio::Page* currentPage() const;
  studio::Page* page(const QString& id) const;
  const std::vector<studio::Page*>& pages() const { return pages_; }
  CommandPalette& palette() { return *palette_; }

 protected:
  void closeEvent(QCloseEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  /// Tab goes through the rail, the header, the page, the inspector and the strip, in this order, however
  /// late a control was made.
  bool focusNextPrevChild(bool next) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void addPages();
  void addActions();
  void restore();
  void keep();
  void showProject();
  void refreshHeader();
  void openInspector(bool open);
  bool savePages();
  /// Asks once whether running work may be stopped, and writes what is not on disk yet.
  bool mayLetGo(const QString& yes);
  std::vector<Command> commands();

  studio::Studio& studio_;
  std::unique_ptr<SingleInstance> instance_;
  std::vector<studio::Page*> pages_;
  Rail* rail_;
  PageHeader* header_;
  widgets::Notice* notice_;
  QSplitter* splitter_;
  QStackedWidget* stack_;  ///< pages, each in a frame of its own, or what stands in for it without a project
  QStackedWidget* inspectors_;  ///< in the pages' order
  JobsStrip* strip_;
  CommandPalette* palette_;
  QUndoGroup* undo_;
  QAction* inspector_action_;
};

}  // namespace lodestone::shell
