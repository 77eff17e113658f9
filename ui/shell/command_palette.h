// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QList>
#include <functional>
#include <vector>

class QAction;
class QLineEdit;
class QListView;
class QStandardItemModel;

namespace lodestone::shell {

/// One thing that can be found and done.
struct Command {
  QString group;   ///< "Pages", "Data", ...
  QString text;    ///< "Import a file"
  QString keys;    ///< its shortcut, for show
  QString icon;    ///< a name for theme::icon; empty: none
  QString reason;  ///< why it cannot be done now; empty: it can
  std::function<void()> run;
};

/// Ctrl+K: type some letters of a command, a page, a table, a model or a strategy; Enter does it.
class CommandPalette : public QDialog {
  Q_OBJECT
 public:
  explicit CommandPalette(QWidget* parent);
  /// What there is to find; asked for each time it opens.
  void setSource(const std::function<std::vector<Command>()>& source) { source_ = source; }
  void popUp();
  /// For tests: what is listed now.
  QStringList listed() const;

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void filter(const QString& typed);
  void runCurrent();

  std::function<std::vector<Command>()> source_;
  std::vector<Command> commands_;
  std::vector<std::size_t> order_;
  QLineEdit* edit_;
  QListView* list_;
  QStandardItemModel* model_;
};

/// How well what was typed fits a text: 0 not at all; higher for whole words and beginnings. All of its words
/// must be in the text, in any order; letters of one word may have gaps.
int fit(const QString& typed, const QString& text);

}  // namespace lodestone::shell
