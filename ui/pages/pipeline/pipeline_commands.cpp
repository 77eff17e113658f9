// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the user can order on the page: actions, menus, runs, templates, files.
#include <QAction>
#include <QActionGroup>
#include <QFileInfo>
#include <QMenu>
#include <QScrollBar>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QTextDocument>

#include "core/base/file.h"
#include "core/pipeline/lineage.h"
#include "core/pipeline/templates.h"
#include "ui/pages/pipeline/canvas_commands.h"
#include "ui/pages/pipeline/chart_canvas.h"
#include "ui/pages/pipeline/chart_editor.h"
#include "ui/pages/pipeline/chart_export.h"
#include "ui/pages/pipeline/chart_file.h"
#include "ui/pages/pipeline/chart_run.h"
#include "ui/pages/pipeline/find_bar.h"
#include "ui/pages/pipeline/lineage_dialog.h"
#include "ui/pages/pipeline/node_inspector.h"
#include "ui/pages/pipeline/pipeline_page.h"
#include "ui/pages/pipeline/run_output.h"
#include "ui/pages/pipeline/template_gallery.h"
#include "ui/pages/pipeline/text_change.h"
#include "ui/theme/theme.h"
#include "ui/widgets/dialogs.h"
#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

namespace lodestone::pages {

using widgets::Notice;

namespace {

constexpr int kMostCycles = 5;

}  // namespace

void PipelinePage::makeActions() {
  const auto make = [this](const char* name, const char* icon, const QList<QKeySequence>& keys,
                           const std::function<void()>& done) {
    auto* action = new QAction(theme::icon(icon), {}, this);
    action->setObjectName(name);
    action->setShortcuts(keys);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(action, &QAction::triggered, this, done);
    addAction(action);
    inspector_->addAction(action);  // the inspector is not within the page
    return action;
  };
  run_all_ = make("run", "run", {QKeySequence(Qt::Key_F5)}, [this] { run(RunRequest()); });
  run_to_ = make("run_to", "run-to", {QKeySequence(Qt::SHIFT | Qt::Key_F5)}, [this] {
    run({chosen_, {}, {}});
  });
  cancel_ = make("cancel_run", "cancel", {QKeySequence(Qt::Key_Escape)}, [this] { run_->cancel(); });
  const auto step = [this](const std::function<void()>& back_or_forth) {
    QScrollBar* across = editor_->horizontalScrollBar();
    const int stood = across->value();
    back_or_forth();
    if (!editor_->hasFocus()) across->setValue(stood);  // who looks elsewhere sees no jump
  };
  undo_ = make("undo", "undo", {QKeySequence::Undo}, [this, step] { step([this] { editor_->undo(); }); });
  redo_ = make("redo", "redo", {QKeySequence::Redo}, [this, step] { step([this] { editor_->redo(); }); });
  complete_ =
      make("complete", "text", {QKeySequence(Qt::CTRL | Qt::Key_Space)}, [this] { editor_->complete(); });
  comment_ = make("comment", "comment", {QKeySequence(Qt::CTRL | Qt::Key_Slash)},
                  [this] { editor_->toggleComment(); });
  find_ = make("find", "search", {QKeySequence::Find}, [this] { find_bar_->begin(); });
  fit_ = make("fit", "fit", {QKeySequence(Qt::CTRL | Qt::Key_0)}, [this] { canvas_->fit(); });
  zoom_in_ = make("zoom_in", "zoom-in",
                  {QKeySequence(Qt::CTRL | Qt::Key_Plus), QKeySequence(Qt::CTRL | Qt::Key_Equal)},
                  [this] { canvas_->zoomIn(); });
  zoom_out_ =
      make("zoom_out", "zoom-out", {QKeySequence(Qt::CTRL | Qt::Key_Minus)}, [this] { canvas_->zoomOut(); });
  undo_->setEnabled(false);
  redo_->setEnabled(false);
  connect(editor_->document(), &QTextDocument::undoAvailable, undo_, &QAction::setEnabled);
  connect(editor_->document(), &QTextDocument::redoAvailable, redo_, &QAction::setEnabled);
  makeMenu();
}

void PipelinePage::makeMenu() {
  makeRunCommands();
  more_ = new QAction(theme::icon("more"), {}, this);
  more_->setObjectName("more");
  more_menu_ = new QMenu(this);
  more_->setMenu(more_menu_);
  templates_menu_ = more_menu_->addMenu(theme::icon("template"), QString());
  for (const std::string& name : pipeline::chartTemplateNames()) {
    QAction* action = templates_menu_->addAction(QString());
    action->setObjectName("use_template_" + words::toQt(name));
    action->setData(words::toQt(name));
    connect(action, &QAction::triggered, this,
            [this, action] { useTemplate(action->data().toString(), false); });
    templates_ << action;
  }
  open_gallery_ = more_menu_->addAction(theme::icon("template"), QString());
  open_gallery_->setObjectName("open_gallery");
  connect(open_gallery_, &QAction::triggered, this, [this] { showGallery(true); });
  open_file_ = more_menu_->addAction(theme::icon("open"), QString());
  open_file_->setObjectName("open_chart");
  connect(open_file_, &QAction::triggered, this, &PipelinePage::openFile);
  more_menu_->addSeparator();
  for (const char* ending : {"svg", "png", "pdf", "mmd"}) {
    QAction* action = more_menu_->addAction(theme::icon("export"), QString());
    action->setObjectName(QStringLiteral("export_") + QString::fromLatin1(ending));
    action->setData(QString::fromLatin1(ending));
    connect(action, &QAction::triggered, this, [this, action] { exportAs(action->data().toString()); });
    exports_ << action;
  }
  export_dark_ = more_menu_->addAction(QString());
  export_dark_->setObjectName("export_dark");
  export_dark_->setCheckable(true);
  more_menu_->addSeparator();
  cycles_menu_ = more_menu_->addMenu(theme::icon("refresh"), QString());
  auto* group = new QActionGroup(this);
  for (int cycles = 0; cycles <= kMostCycles; ++cycles) {
    QAction* action = cycles_menu_->addAction(QString());
    action->setObjectName(QStringLiteral("cycles_%1").arg(cycles));
    action->setData(cycles);
    action->setCheckable(true);
    group->addAction(action);
    connect(action, &QAction::triggered, this, [this, cycles] {
      edit([cycles](pipeline::ChartDocument& document) {
        return document.setCycles(cycles == 0 ? std::nullopt : std::optional<std::int64_t>(cycles));
      });
    });
    cycles_ << action;
  }
  more_menu_->addSeparator();
  more_menu_->addActions({run_commands_->from(), run_commands_->retry(), run_commands_->apply()});
  show_lineage_ = more_menu_->addAction(theme::icon("history"), QString());
  show_lineage_->setObjectName("show_lineage");
  show_lineage_->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_L));
  show_lineage_->setShortcutContext(Qt::WidgetWithChildrenShortcut);
  connect(show_lineage_, &QAction::triggered, this, [this] { output_->showLineage(); });
  file_lineage_ = more_menu_->addAction(theme::icon("history"), QString());
  file_lineage_->setObjectName("file_lineage");
  connect(file_lineage_, &QAction::triggered, this, [this] {
    const QString file =
        widgets::askOpenFile(this, tr("An exported file or a saved picture"), tr("All files (*)"));
    if (!file.isEmpty()) showLineageOf(file);
  });
  ignore_cache_ = more_menu_->addAction(QString());
  ignore_cache_->setObjectName("ignore_cache");
  ignore_cache_->setCheckable(true);
  addActions(templates_ + exports_ + cycles_);
  addActions({open_file_, open_gallery_, show_lineage_, file_lineage_, export_dark_, ignore_cache_});
}

QList<QAction*> PipelinePage::headerActions() const {
  if (!file_->exists()) return {};
  if (run_->running()) return {run_commands_->pause(), cancel_, more_};
  return {run_all_, run_to_, more_};
}

QWidget* PipelinePage::inspector() {
  return inspector_;
}

QWidget* PipelinePage::firstFocus() {
  return file_->exists() ? static_cast<QWidget*>(canvas_) : static_cast<QWidget*>(gallery_);
}

void PipelinePage::opened(const QVariant& what) {
  const QString node = what.toString();
  if (node.isEmpty()) return;
  if (good_.outlook.find(words::toUtf8(node)) != nullptr)
    choose(node, From::Elsewhere);
  else
    wanted_ = node;
}

void PipelinePage::saveState(QSettings& settings) const {
  settings.setValue("across", across_->saveState());
  settings.setValue("down", down_->saveState());
}

void PipelinePage::restoreState(const QSettings& settings) {
  across_->restoreState(settings.value("across").toByteArray());
  down_->restoreState(settings.value("down").toByteArray());
}

QString PipelinePage::whyNoRun() const {
  if (studio_.project() == nullptr) return tr("Open a project first.");
  if (!file_->exists()) return tr("The project has no flowchart yet.");
  if (run_->running()) return tr("A run is going on.");
  if (reading_.problem) return tr("Mend the text first: line %1.").arg(words::count(reading_.problem->line));
  return {};
}

void PipelinePage::enableActions() {
  const QString why = whyNoRun();
  widgets::enableOrSay(run_all_, why);
  widgets::enableOrSay(run_to_, why.isEmpty() && chosen_.isEmpty() ? tr("Select a node first.") : why);
  cancel_->setEnabled(run_->running());
  run_commands_->enable();
  widgets::enableOrSay(show_lineage_, chosen_.isEmpty() ? tr("Select a node first.") : QString());
  showCycleRule();
  const QString none = file_->exists() ? QString() : tr("The project has no flowchart yet.");
  for (QAction* action : exports_) widgets::enableOrSay(action, none);
  const QString wrong =
      reading_.problem ? tr("Mend the text first: line %1.").arg(words::count(reading_.problem->line)) : none;
  const auto cycles = good_.outlook.cycles.value_or(0);
  for (QAction* action : cycles_) {
    widgets::enableOrSay(action, wrong);
    action->setChecked(action->data().toInt() == cycles);
  }
  for (QAction* action : {complete_, comment_, find_, fit_, zoom_in_, zoom_out_})
    action->setEnabled(file_->exists());
  commands_->enable();
}

void PipelinePage::run(const RunRequest& request) {
  if (!whyNoRun().isEmpty()) return;
  run_notice_->clear();
  output_->showNewestRun();
  pipeline::RunOptions options;
  options.to = words::toUtf8(request.to);
  options.from = words::toUtf8(request.from);
  for (const QString& node : request.apply) options.apply.push_back(words::toUtf8(node));
  options.cache = ignore_cache_->isChecked() ? pipeline::Cache::Ignore : pipeline::Cache::Use;
  options.device = words::toUtf8(studio_.device());
  options.by = words::toUtf8(studio_.userName());
  const QString title = !request.to.isEmpty()     ? tr("Run to %1").arg(request.to)
                        : !request.from.isEmpty() ? tr("Run from %1").arg(request.from)
                                                  : tr("Run of the flowchart");
  run_->start(studio_.project(), words::toUtf8(rawText(*editor_->document())), options, studio_.threads(),
              title);
  enableActions();
  Q_EMIT headerChanged();
}

void PipelinePage::runEnded(const pipeline::RunReport& report) {
  history_due_ = true;
  if (report.error && report.error->code != ErrorCode::Cancelled) {
    run_notice_->showError(*report.error);
    if (!report.error->where.stage.empty()) choose(words::toQt(report.error->where.stage), From::Elsewhere);
  } else if (report.state == "cancelled") {
    run_notice_->say(Notice::Kind::Info,
                     [] { return tr("Cancelled. What was done is kept; run again to go on."); });
  } else if (report.state == "waiting") {
    run_notice_->say(
        Notice::Kind::Info, [] { return tr("The run waits: a node is applied by hand."); },
        [] { return tr("Apply"); }, [this] { run_commands_->apply()->trigger(); });
  } else if (!report.strategies.empty()) {
    const auto made = static_cast<int>(report.strategies.size());
    run_notice_->say(
        Notice::Kind::Ok, [made] { return tr("The run is done: %n strategies.", nullptr, made); },
        [] { return tr("Open in Strategies"); }, [this] { studio_.go("strategies"); });
  } else {
    run_notice_->say(Notice::Kind::Ok, [] { return tr("The run is done."); });
  }
  showStatuses();  // the node can be run and applied again
  enableActions();
  Q_EMIT headerChanged();
  Q_EMIT studio_.runsChanged();
  Q_EMIT studio_.strategiesChanged();
  Q_EMIT studio_.modelsChanged();
  Q_EMIT studio_.tablesChanged();
}

void PipelinePage::runRefused(const Error& error) {
  run_notice_->showError(error);
  showStatuses();
  if (!error.where.stage.empty()) choose(words::toQt(error.where.stage), From::Elsewhere);
  enableActions();
  Q_EMIT headerChanged();
}

void PipelinePage::useText(const std::string& text) {
  const bool fresh = !file_->exists();
  changeText(*editor_->document(), words::toQt(replaceAll(text, "\r\n", "\n")));
  file_->begin();
  if (fresh)
    showFile(true);
  else
    read();
  canvas_->setFocus();
}

void PipelinePage::useTemplate(const QString& name, bool bound) {
  const auto text = bound ? pipeline::boundTemplate(words::toUtf8(name), words::language())
                          : pipeline::chartTemplate(words::toUtf8(name), words::language());
  if (!text) {
    run_notice_->showError(text.error());
    return;
  }
  useText(*text);
  showGallery(false);
}

void PipelinePage::openFile() {
  const QString file = widgets::askOpenFile(this, tr("Open a Mermaid file"),
                                            tr("Mermaid flowcharts (*.mmd *.mermaid *.md);;All files (*)"));
  if (file.isEmpty()) return;
  studio_.jobs().start(
      this, {{}, jobs::Pool::Data, jobs::Shown::Quiet},
      [path = words::toUtf8(file)](JobContext&) { return readFile(path); },
      [this](const Result<std::string>& text) {
        if (text)
          useText(*text);
        else if (file_->exists())
          run_notice_->showError(text.error());
        else
          studio_.report(text.error());
      });
}

void PipelinePage::showLineageOf(const QString& what) {
  if (studio_.project() == nullptr) return;
  if (lineage_ == nullptr) lineage_ = new LineageDialog(studio_, window());
  lineage_->follow(what);
}

void PipelinePage::exportAs(const QString& ending) {
  const QString filter = ending == "svg"   ? tr("Drawing (*.svg)")
                         : ending == "png" ? tr("Picture (*.png)")
                         : ending == "pdf" ? tr("PDF (*.pdf)")
                                           : tr("Mermaid flowcharts (*.mmd)");
  QString file =
      widgets::askSaveFile(this, tr("Export the flowchart"), studio_.projectName() + "." + ending, filter);
  if (file.isEmpty()) return;
  if (QFileInfo(file).suffix().isEmpty()) file += "." + ending;
  const ExportLook look{.dark = export_dark_->isChecked(), .collapsed = collapsed()};
  const std::int64_t run = history_.runs.empty() ? 0 : history_.runs.front().id;
  studio_.jobs().start(
      this, {tr("Export of the flowchart"), jobs::Pool::Data, jobs::Shown::Quiet},
      [text = words::toUtf8(rawText(*editor_->document())), path = words::toUtf8(file), look, run,
       project = studio_.project()](JobContext& job) -> Result<> {
        if (auto written = exportChart(text, path, look, job); !written) return written;
        // What was run since it was changed last is what the drawing shows.
        const auto record = project->pipelines().run(run);
        const bool ran = record && record->chart == text;
        return pipeline::recordFigure(
            *project, path,
            ran ? pipeline::FigureSubject{.run = run} : pipeline::FigureSubject{.chart = text}, job);
      },
      [this, file](const Result<>& written) {
        if (written)
          run_notice_->say(Notice::Kind::Ok, [file] { return tr("Written: %1").arg(file); });
        else
          run_notice_->showError(written.error());
      });
}

}  // namespace lodestone::pages
