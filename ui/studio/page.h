// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QVariant>
#include <QWidget>

class QAction;
class QSettings;
class QUndoStack;

namespace lodestone::studio {

/// A place of the rail. The shell shows its title and line above it, its main actions at the header's right,
/// and its inspector beside it. Texts are asked for again whenever headerChanged() is sent or the language
/// changes.
class Page : public QWidget {
  Q_OBJECT
 public:
  using QWidget::QWidget;

  virtual QString id() const = 0;     ///< "data": also the objectName, the settings' group and go()'s name
  virtual QString icon() const = 0;   ///< for theme::icon
  virtual QString title() const = 0;  ///< "Data"
  virtual QString line() const = 0;   ///< what this page is about now: project, table, run
  /// At the right of the header; the first is the primary button. All of QWidget::actions() are in the
  /// command palette.
  virtual QList<QAction*> headerActions() const { return {}; }
  /// Owned by the page until the shell takes it over; null: none.
  virtual QWidget* inspector() { return nullptr; }
  /// Shown; what: see Studio::go. Called with an invalid variant when the user chose it in the rail.
  virtual void opened(const QVariant& what) { Q_UNUSED(what); }
  virtual QUndoStack* undoStack() { return nullptr; }
  /// Where typing is expected first; null: the page itself.
  virtual QWidget* firstFocus() { return nullptr; }
  /// True while the page cannot do without a project: the shell shows "open a project" instead of it then.
  virtual bool needsProject() const { return true; }
  /// Splitters, columns, sort: in a group of the settings that is the page's own.
  virtual void saveState(QSettings& settings) const { Q_UNUSED(settings); }
  virtual void restoreState(const QSettings& settings) { Q_UNUSED(settings); }
  /// Asked before the project or the window closes: text that is not on disk yet is written now. False: it
  /// could not be, and the page says why.
  virtual bool saveNow() { return true; }

 Q_SIGNALS:
  void headerChanged();
};

}  // namespace lodestone::studio
