// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/studio/studio.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <chrono>
#include <map>
#include <thread>
#include <utility>

#include "core/base/file.h"
#include "core/campaign/generate.h"
#include "core/learn/engine.h"
#include "core/pipeline/demo_project.h"
#include "core/pipeline/templates.h"
#include "core/project/model_records.h"
#include "core/project/strategy_records.h"
#include "ui/print/print.h"
#include "ui/studio/saved_settings.h"
#include "ui/words/words.h"

namespace lodestone::studio {
namespace {

constexpr int kMostRecent = 12;
constexpr auto kRecentKey = "recent/projects";
constexpr auto kOpenKey = "recent/open";  // set while a project is open: after a crash it is still there

std::filesystem::path pathOf(const QString& text) {
  return {words::toUtf8(text)};
}

QString nameOf(const QString& folder) {
  QString name = QFileInfo(folder).fileName();
  if (name.endsWith(".lodestone")) name.chop(10);
  return name;
}

using Opened = std::shared_ptr<project::Project>;

Result<Opened> opened(Result<project::Project> project, const data::DatabaseOptions& options) {
  if (!project) return forward(project);
  auto made = std::make_shared<project::Project>(std::move(*project));
  made->setDatabaseOptions(options);
  return made;
}

/// Until the project that was open has closed its files: it may be the one that is asked for.
Result<> waitUntilGone(const std::weak_ptr<const void>& leaving, JobContext& job) {
  while (!leaving.expired()) {
    if (auto go_on = job.checkpoint(); !go_on) return forward(go_on);
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return {};
}

}  // namespace

Studio::Studio(const QString& settings_file, QObject* parent)
    : QObject(parent),
      settings_(settings_file.isEmpty() ? std::make_unique<SavedSettings>()
                                        : std::make_unique<SavedSettings>(settings_file)),
      jobs_(std::make_unique<jobs::Jobs>()),
      looking_(std::make_unique<jobs::Latest>(*jobs_)) {
  for (const auto news :
       {&Studio::projectChanged, &Studio::tablesChanged, &Studio::modelsChanged, &Studio::strategiesChanged})
    connect(this, news, this, &Studio::lookAround);
  connect(&words::notifier(), &words::Notifier::changed, this, &Studio::lookAround);
}

Studio::~Studio() {
  jobs_->stopAll();
  settings_->remove(kOpenKey);
}

QString Studio::folder() const {
  return project_ ? words::toQt(project_->folder().string()) : QString();
}
QString Studio::projectName() const {
  return nameOf(folder());
}
int Studio::threads() const {
  return settings_->value("threads", 0).toInt();
}

data::DatabaseOptions Studio::databaseOptions() const {
  return {.threads = threads()};
}

void Studio::openProject(const QString& folder) {
  if (!mayGo()) return;
  closeProject();
  const data::DatabaseOptions options = databaseOptions();
  opening_ = jobs_->start(
      this, {.title = tr("Opening %1").arg(nameOf(folder))},
      [path = pathOf(QDir(folder).absolutePath()), options,
       leaving = leaving_](JobContext& job) -> Result<Opened> {
        if (const auto gone = waitUntilGone(leaving, job); !gone) return forward(gone);
        return opened(project::Project::open(path), options);
      },
      [this](Result<Opened> project) {
        opening_ = 0;
        if (project)
          adopt(*project);
        else
          report(project.error());
      });
}

void Studio::createProject(const QString& folder, const QString& chart) {
  if (!mayGo()) return;
  closeProject();
  const data::DatabaseOptions options = databaseOptions();
  const Language language = words::language();
  opening_ = jobs_->start(
      this, {.title = tr("Making %1").arg(nameOf(folder))},
      [path = pathOf(QDir(folder).absolutePath()), options, language,
       chart = words::toUtf8(chart)](JobContext&) -> Result<Opened> {
        std::string text;
        if (!chart.empty()) {
          auto read = pipeline::chartTemplate(chart, language);
          if (!read) return forward(read);
          text = std::move(*read);
        }
        auto made = opened(project::Project::create(path), options);
        if (!made || text.empty()) return made;
        if (const auto written = writeFileAtomically(path / "pipeline.mmd", text); !written) {
          made->reset();  // closes its files
          std::error_code ignored;
          std::filesystem::remove_all(path, ignored);  // it was empty or not there before
          return forward(written);
        }
        return made;
      },
      [this](Result<Opened> project) {
        opening_ = 0;
        if (project)
          adopt(*project);
        else
          report(project.error());
      });
}

void Studio::makeDemo(const QString& parent_folder) {
  if (!mayGo()) return;
  closeProject();
  pipeline::DemoProjectOptions options;
  options.language = words::language();
  options.shop.data_language = words::language();
  options.device = words::toUtf8(device());
  options.by = words::toUtf8(userName());
  options.database = databaseOptions();
  options.write_pdf = print::writePdf;
  opening_ = jobs_->start(
      this, {.title = tr("Making the demo shop"), .pool = jobs::Pool::Model, .pausable = jobs::Pausable::Yes},
      [path = pathOf(QDir(parent_folder).absolutePath()), options](JobContext& job) -> Result<Opened> {
        if (const auto ready = learn::engine(options.database.threads); !ready) return forward(ready);
        const auto made = pipeline::makeDemoProject(path, options, job);
        if (!made) return forward(made);
        return opened(project::Project::open(made->folder), options.database);
      },
      [this](Result<Opened> project) {
        opening_ = 0;
        if (project)
          adopt(*project);
        else
          report(project.error());
      });
}

void Studio::closeProject() {
  if (opening_ != 0) jobs_->retire(opening_);
  opening_ = 0;
  if (!project_) return;
  jobs_->retireAll();
  // The project's own count is nought before its files are closed: this one is not.
  auto closing = std::make_shared<const int>();
  leaving_ = closing;
  // Closing writes the tables' log into their file, which takes its time.
  jobs_->start(
      nullptr, {.title = tr("Closing the project"), .shown = jobs::Shown::Quiet},
      [project = std::exchange(project_, nullptr),
       closing = std::move(closing)](JobContext& job) mutable -> Result<> {
        // Pages and stopped work let go of it first, so that it is closed here and not where they are.
        while (project.use_count() > 1 && !job.stopRequested())
          std::this_thread::sleep_for(std::chrono::milliseconds(5));
        project.reset();
        closing.reset();
        return {};
      },
      [](const Result<>&) {});
  settings_->remove(kOpenKey);
  Q_EMIT projectChanged();
}

void Studio::lookAround() {
  findable_.clear();
  if (!project_) return;
  looking_->start(
      this, {.title = tr("Looking"), .shown = jobs::Shown::Quiet},
      [project = project_, language = words::language()](JobContext&) -> Result<std::vector<Found>> {
        std::vector<Found> found;
        const auto database = project->tables();
        if (!database) return forward(database);
        const auto tables = (*database)->tables();
        if (!tables) return forward(tables);
        for (const auto& table : *tables) {
          const QString name = words::toQt(table.table.name);
          found.push_back({"table", name, "table", "data", name});
        }
        const auto models = project->models().list();
        if (!models) return forward(models);
        for (const auto& model : *models) {
          const QString id = words::toQt(model.id);
          found.push_back(
              {"model", QString("%1 · %2").arg(id, words::toQt(model.table)), "models", "models", id});
        }
        const auto strategies = project->strategies().list();
        if (!strategies) return forward(strategies);
        for (const auto& strategy : *strategies) {
          const QString id = words::toQt(strategy.id);
          found.push_back({"strategy", id + " · " + words::toQt(campaign::strategyTitle(strategy, language)),
                           "strategies", "strategies", id});
        }
        return found;
      },
      [this](Result<std::vector<Found>> found) {
        if (!found) return;  // the pages that show these say what is wrong with them
        findable_ = std::move(*found);
        const std::map<QString, QString> groups{
            {"table", tr("Table")}, {"model", tr("Model")}, {"strategy", tr("Strategy")}};
        for (Found& each : findable_) each.group = groups.at(each.group);
      });
}

void Studio::adopt(std::shared_ptr<project::Project> project) {
  project_ = std::move(project);
  remember(folder());
  settings_->setValue(kOpenKey, folder());
  Q_EMIT projectChanged();
}

QList<Recent> Studio::recent() const {
  QList<Recent> list;
  for (const QVariant& entry : settings_->value(kRecentKey).toList()) {
    const QVariantMap map = entry.toMap();
    const QString folder = map["folder"].toString();
    list.append({folder, nameOf(folder), map["opened"].toDateTime(), map["strategies"].toInt(),
                 map["waiting"].toInt()});
  }
  return list;
}

void Studio::remember(const QString& folder) {
  QVariantList kept{QVariantMap{{"folder", folder}, {"opened", QDateTime::currentDateTime()}}};
  for (const QVariant& entry : settings_->value(kRecentKey).toList())
    if (entry.toMap()["folder"].toString() != folder && kept.size() < kMostRecent) kept.append(entry);
  settings_->setValue(kRecentKey, kept);
}

void Studio::forgetRecent(const QString& folder) {
  QVariantList kept;
  for (const QVariant& entry : settings_->value(kRecentKey).toList())
    if (entry.toMap()["folder"].toString() != folder) kept.append(entry);
  settings_->setValue(kRecentKey, kept);
}

void Studio::rememberCounts(int strategies, int waiting) {
  QVariantList kept = settings_->value(kRecentKey).toList();
  for (QVariant& entry : kept) {
    QVariantMap map = entry.toMap();
    if (map["folder"].toString() != folder()) continue;
    map["strategies"] = strategies;
    map["waiting"] = waiting;
    entry = map;
  }
  settings_->setValue(kRecentKey, kept);
}

QString Studio::userName() const {
  const QString named = settings_->value("user/name").toString();
  if (!named.isEmpty()) return named;
  const QString login = qEnvironmentVariable("USER", qEnvironmentVariable("LOGNAME"));
  return login.isEmpty() ? "analyst" : login;
}

void Studio::setUserName(const QString& name) {
  settings_->setValue("user/name", name.trimmed());
  Q_EMIT userChanged();
}

QString Studio::device() const {
  return settings_->value("device", "auto").toString();
}
void Studio::setDevice(const QString& device) {
  settings_->setValue("device", device);
}
void Studio::keepFigure(const QString& file, const pipeline::FigureSubject& subject) {
  const bool shows_nothing = subject.of.empty() && subject.run == 0 && subject.chart.empty();
  if (project_ == nullptr || shows_nothing) return;
  jobs_->start(
      this, {.title = {}, .pool = jobs::Pool::Data, .shown = jobs::Shown::Quiet},
      [project = project_, path = pathOf(file), subject](JobContext& job) {
        return pipeline::recordFigure(*project, path, subject, job);
      },
      [this](const Result<>& kept) {
        if (!kept) report(kept.error());
      });
}

void Studio::go(const QString& page, const QVariant& what) {
  Q_EMIT goRequested(page, what);
}

void Studio::report(const Error& error) {
  if (error.code != ErrorCode::Cancelled) Q_EMIT failed(error);
}

}  // namespace lodestone::studio
