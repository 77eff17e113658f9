// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "core/data/new_table.h"
#include "ui/jobs/jobs.h"

class QCheckBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;

namespace lodestone::pages {

/// The foot of a panel that makes a new table: what will come out, its name, the button that makes it, and
/// progress and cancel while that runs.
class TableMaker : public QWidget {
  Q_OBJECT
 public:
  explicit TableMaker(jobs::Jobs& jobs, QWidget* parent = nullptr);

  /// A name to begin with.
  void suggest(const QString& name);
  void setSummary(const QString& text);
  void setButton(const QString& text);
  /// Why it cannot be made now; empty: it can, once it has a name.
  void setObjection(const QString& reason);
  data::NewTable target() const;

  /// Runs the work with progress here and in the jobs strip; then done(Result<T>).
  template <class Work, class Done>
  void run(const QString& title, Work work, Done done) {
    running_ = jobs_.start(this, {.title = title}, std::move(work), [this, done](auto result) {
      ended();
      done(std::move(result));
    });
    begun();
  }

 Q_SIGNALS:
  void wanted();  ///< the user asks for the table

 private:
  void begun();
  void ended();
  void check();

  jobs::Jobs& jobs_;
  jobs::JobId running_ = 0;
  QString objection_;
  QLabel* summary_;
  QLabel* name_label_;
  QLineEdit* name_;
  QCheckBox* replace_;
  QProgressBar* progress_;
  QPushButton *cancel_, *make_;
};

}  // namespace lodestone::pages
