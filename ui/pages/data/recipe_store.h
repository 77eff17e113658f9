// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <map>
#include <memory>
#include <string>

#include "core/data/recipe.h"
#include "core/project/project.h"
#include "ui/jobs/jobs.h"

class QUndoStack;

namespace lodestone::pages {

/// The cleaning recipe that is being made for each table. Every change can be undone and is kept in the
/// project at once, so that closing the window loses nothing.
class RecipeStore : public QObject {
  Q_OBJECT
 public:
  RecipeStore(jobs::Jobs& jobs, QUndoStack& undo, QObject* parent);

  /// Reads what the project keeps; by: who is on record for changes.
  void setProject(const std::shared_ptr<project::Project>& project, const QString& by);
  data::Recipe of(const QString& table) const;
  /// what: as it stands behind "Undo".
  void change(const QString& table, const data::Recipe& recipe, const QString& what);

 Q_SIGNALS:
  void changed(const QString& table);
  void failed(const lodestone::Error& error);

 private:
  class Command;
  void apply(const std::string& table, const data::Recipe& recipe);
  void read();
  void writeNext();

  jobs::Jobs& jobs_;
  QUndoStack& undo_;
  jobs::Latest reading_;
  std::shared_ptr<project::Project> project_;
  std::string by_;
  std::map<std::string, data::Recipe> recipes_;  // by table
  std::map<std::string, data::Recipe> waiting_;  // to be written
  jobs::JobId writing_ = 0;
};

}  // namespace lodestone::pages
