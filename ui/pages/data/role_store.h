// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <deque>
#include <map>
#include <memory>
#include <string>

#include "core/project/project.h"
#include "ui/jobs/jobs.h"

class QUndoStack;

namespace lodestone::pages {

/// The roles of the tables as the page shows them; changes show at once and are written one after the other.
class RoleStore : public QObject {
  Q_OBJECT
 public:
  RoleStore(jobs::Jobs& jobs, QUndoStack& undo, QObject* parent);

  /// What the project says; changes that are still being written stay.
  void setAll(const std::shared_ptr<project::Project>& project,
              const std::map<std::string, project::Roles>& roles);
  project::Roles of(const std::string& table) const;

  /// Gives a column this role alone ("": none), and takes it from the column that has it; to be undone by the
  /// stack.
  void give(const std::string& table, const std::string& column, const std::string& role);
  /// Replaces the given roles, without undo; an empty column takes a role away.
  void apply(const std::string& table, const project::Roles& change);

 Q_SIGNALS:
  void changed(const QString& table);          ///< what of() says
  void written();                              ///< the project says so too
  void failed(const lodestone::Error& error);  ///< of() says what was asked for: read the project again

 private:
  struct Change {
    std::shared_ptr<project::Project> project;
    std::string table;
    project::Roles roles;
  };
  void writeNext();

  jobs::Jobs& jobs_;
  QUndoStack& undo_;
  std::shared_ptr<project::Project> project_;
  std::map<std::string, project::Roles> roles_;  // by table
  std::deque<Change> waiting_;
  jobs::JobId writing_ = 0;
};

}  // namespace lodestone::pages
