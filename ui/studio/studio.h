// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <QStringList>
#include <QVariant>
#include <filesystem>
#include <functional>
#include <memory>

#include "core/pipeline/lineage.h"
#include "core/project/project.h"
#include "ui/jobs/jobs.h"

class QSettings;

// What all pages share: the open project, the jobs, the settings, and the news of what changed.
namespace lodestone::studio {

/// A project that was open once.
struct Recent {
  QString folder;
  QString name;
  QDateTime opened;
  int strategies = 0;  ///< when it was last looked at
  int waiting = 0;     ///< of them for review
};

/// A thing of the project that can be gone to: a table, a model, a strategy.
struct Found {
  QString group;  ///< "Table"
  QString text;
  QString icon;
  QString page;
  QVariant what;  ///< see Studio::go
};

/// Lives in the window's thread.
class Studio : public QObject {
  Q_OBJECT
 public:
  /// settings_file: empty for the user's own; tests and pictures bring one.
  explicit Studio(const QString& settings_file = {}, QObject* parent = nullptr);
  ~Studio() override;

  jobs::Jobs& jobs() { return *jobs_; }
  QSettings& settings() { return *settings_; }

  /// Null while none is open. Work takes a copy of the pointer, so that the project lives as long as the
  /// work.
  std::shared_ptr<project::Project> project() const { return project_; }
  QString folder() const;       ///< of the open project; empty when none is
  QString projectName() const;  ///< the folder's name without ".lodestone"

  /// These run as jobs; projectChanged() or failed() follows. Opening closes the one that is open.
  void openProject(const QString& folder);
  /// chart: a name of pipeline::chartTemplate, or empty for none. Its text becomes pipeline.mmd.
  void createProject(const QString& folder, const QString& chart);
  /// Makes the demo shop and its project in a new folder below the parent, with progress, and opens it.
  void makeDemo(const QString& parent_folder);
  /// Stops what runs on it, and lets it go. The files are closed in a worker thread, as soon as nothing uses
  /// them any more; opening waits for that.
  void closeProject();
  /// Asked before another project takes the place of the open one, or of one that is being made; false: it
  /// stays.
  void setLetGo(std::function<bool()> may_go) { may_go_ = std::move(may_go); }
  bool busyWithProject() const { return opening_ != 0; }
  /// The job that makes or opens a project now; 0: none.
  jobs::JobId openingJob() const { return opening_; }

  QList<Recent> recent() const;
  void forgetRecent(const QString& folder);
  /// What the list of recent projects will say of the open one.
  void rememberCounts(int strategies, int waiting);

  /// Who reviews and edits; the login name until it is set.
  QString userName() const;
  void setUserName(const QString& name);
  /// "auto", "cpu", "cuda:N": what the user chose for training.
  QString device() const;
  void setDevice(const QString& device);
  int threads() const;  ///< for DuckDB and LibTorch; 0: all

  /// Shows a page. what: depends on the page, such as a table's name, a model's or a strategy's id.
  void go(const QString& page, const QVariant& what = {});
  /// The project's tables, models and strategies, as the last look at them found.
  const std::vector<Found>& findable() const { return findable_; }
  /// Keeps in a job what a picture shows that was just written, so that it can be followed back.
  void keepFigure(const QString& file, const pipeline::FigureSubject& subject);
  /// Something that has no place of its own on a page.
  void report(const Error& error);

 Q_SIGNALS:
  void projectChanged();     ///< another one, or none
  void tablesChanged();      ///< imported, replaced, dropped, roles set
  void modelsChanged();      ///< trained, or a training ended otherwise
  void runsChanged();        ///< a pipeline run ended
  void strategiesChanged();  ///< made, edited, reviewed, exported
  void userChanged();
  void goRequested(const QString& page, const QVariant& what);
  void lineageWanted(const QString& what);  ///< a table, model, strategy or file, as pipeline::lineageOf
  void failed(const lodestone::Error& error);

 private:
  bool mayGo() const { return !may_go_ || may_go_(); }
  void adopt(std::shared_ptr<project::Project> project);
  void remember(const QString& folder);
  void lookAround();
  data::DatabaseOptions databaseOptions() const;

  std::unique_ptr<QSettings> settings_;
  std::unique_ptr<jobs::Jobs> jobs_;
  std::shared_ptr<project::Project> project_;
  std::weak_ptr<const void> leaving_;  ///< lives until the project that was closed last has closed its files
  std::unique_ptr<jobs::Latest> looking_;
  std::vector<Found> findable_;
  jobs::JobId opening_ = 0;
  std::function<bool()> may_go_;
};

}  // namespace lodestone::studio
