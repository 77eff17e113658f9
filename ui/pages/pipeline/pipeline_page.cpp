// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/pipeline/pipeline_page.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QTextBlock>
#include <QTextDocument>
#include <QVBoxLayout>
#include <algorithm>

#include "core/pipeline/givers.h"
#include "ui/pages/pipeline/canvas_commands.h"
#include "ui/pages/pipeline/chart_canvas.h"
#include "ui/pages/pipeline/chart_editor.h"
#include "ui/pages/pipeline/chart_file.h"
#include "ui/pages/pipeline/chart_places.h"
#include "ui/pages/pipeline/chart_run.h"
#include "ui/pages/pipeline/cycles_view.h"
#include "ui/pages/pipeline/find_bar.h"
#include "ui/pages/pipeline/node_inspector.h"
#include "ui/pages/pipeline/node_states.h"
#include "ui/pages/pipeline/port_words.h"
#include "ui/pages/pipeline/run_bar.h"
#include "ui/pages/pipeline/run_output.h"
#include "ui/pages/pipeline/template_gallery.h"
#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

namespace lodestone::pages {

using widgets::Notice;

namespace {

constexpr int kReadAfterMs = 120;   // of typing
constexpr int kMoreThanTyped = 20;  // characters at once: pasted, undone, cut

jobs::JobSpec quiet() {
  return {{}, jobs::Pool::Data, jobs::Shown::Quiet};
}

}  // namespace

PipelinePage::PipelinePage(studio::Studio& studio, QWidget* parent)
    : Page(parent),
      studio_(studio),
      reading_job_(studio.jobs()),
      layout_job_(studio.jobs()),
      edit_job_(studio.jobs()),
      tables_job_(studio.jobs()),
      history_job_(studio.jobs()) {
  setObjectName(id());
  read_timer_.setSingleShot(true);
  read_timer_.setInterval(kReadAfterMs);
  build();
  makeActions();
  makeCommands();
  connectParts();
  words::say(this, [this] { showTexts(); });
  openProject();
}

PipelinePage::~PipelinePage() {
  // The shell may have taken it over; without a shell it has no parent.
  if (inspector_life_ != nullptr && inspector_life_->parent() == nullptr) delete inspector_life_;
}

QString PipelinePage::title() const {
  return tr("Pipeline");
}

QString PipelinePage::line() const {
  if (studio_.project() == nullptr) return {};
  QStringList parts = {studio_.projectName()};
  if (file_ != nullptr && file_->exists() && good_.document != nullptr) {
    parts << tr("%n node(s)", nullptr, static_cast<int>(good_.outlook.nodes.size()));
    if (run_->running())
      parts << tr("running");
    else if (const RunEntry* last = history_.lastRun())
      parts << tr("last run: %1, %2").arg(widgets::stateWord(widgets::stateOf(last->state)), last->when());
    else
      parts << tr("not run yet");
  }
  return parts.join(QStringLiteral(" · "));
}

void PipelinePage::build() {
  places_ = new QStackedWidget(this);
  gallery_ = new TemplateGallery;
  down_ = new QSplitter(Qt::Vertical);
  down_->setObjectName("pipeline_down");
  auto* above = new QWidget;
  across_ = new QSplitter(Qt::Horizontal);
  across_->setObjectName("pipeline_across");
  across_->addWidget(buildText());
  across_->addWidget(buildCanvas());
  across_->setStretchFactor(0, 1);  // of a wide window the text gets its share
  across_->setStretchFactor(1, 3);
  across_->setSizes({300, 600});
  across_->setChildrenCollapsible(true);
  output_ = new RunOutput(studio_);
  find_bar_ = new FindBar(*editor_, *canvas_, above);
  auto* finding = new QVBoxLayout(above);
  finding->setContentsMargins(0, 0, 0, 0);
  finding->setSpacing(0);
  finding->addWidget(find_bar_);
  finding->addWidget(across_, 1);
  down_->addWidget(above);
  down_->addWidget(output_);
  down_->setStretchFactor(0, 1);
  down_->setStretchFactor(1, 0);
  down_->setSizes({400, 220});
  places_->addWidget(new QWidget);
  places_->addWidget(widgets::scrolled(gallery_, "template_gallery_scroll"));
  places_->addWidget(down_);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(places_);
  inspector_ = new NodeInspector;
  inspector_life_ = inspector_;
  inspector_->hide();  // until the shell shows it
  file_ = new ChartFile(studio_.jobs(), *editor_->document(), this);
  run_ = new ChartRun(studio_.jobs(), this);
}

QWidget* PipelinePage::buildText() {
  auto* place = new QWidget;
  editor_ = new ChartEditor(place);
  editor_->setObjectName("chart_text");
  problem_ = new Notice(place);
  problem_->setObjectName("text_problem");
  outside_ = new Notice(place);
  outside_->setObjectName("file_changed");
  outside_choices_ = new QWidget(place);
  load_theirs_ = new QPushButton(outside_choices_);
  load_theirs_->setObjectName("load_theirs");
  keep_mine_ = new QPushButton(outside_choices_);
  keep_mine_->setObjectName("keep_mine");
  auto* choices = new QHBoxLayout(outside_choices_);
  choices->setContentsMargins(theme::kSpace2, theme::kSpace2, theme::kSpace2, theme::kSpace2);
  choices->addWidget(load_theirs_);
  choices->addWidget(keep_mine_);
  outside_choices_->hide();
  auto* column = new QVBoxLayout(place);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(outside_);
  column->addWidget(outside_choices_);
  column->addWidget(editor_, 1);
  column->addWidget(problem_);
  return place;
}

QWidget* PipelinePage::buildCanvas() {
  auto* place = new QWidget;
  run_notice_ = new Notice(place);
  run_notice_->setObjectName("run_notice");
  canvas_ = new ChartCanvas(place);
  auto* column = new QVBoxLayout(place);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(run_notice_);
  run_place_ = column;
  column->addWidget(canvas_, 1);
  return place;
}

void PipelinePage::connectParts() {
  connect(&studio_, &studio::Studio::projectChanged, this, &PipelinePage::openProject);
  connect(&studio_, &studio::Studio::lineageWanted, this, &PipelinePage::showLineageOf);
  connect(&studio_, &studio::Studio::tablesChanged, this, &PipelinePage::readTables);
  connect(&studio_, &studio::Studio::tablesChanged, this, &PipelinePage::readHistory);
  connect(&studio_, &studio::Studio::runsChanged, this, &PipelinePage::readHistory);
  connect(&read_timer_, &QTimer::timeout, this, &PipelinePage::read);
  connect(editor_->document(), &QTextDocument::contentsChange, this, [this](int, int removed, int added) {
    if (std::abs(added - removed) > kMoreThanTyped) read_timer_.setInterval(0);
  });
  connect(editor_->document(), &QTextDocument::contentsChanged, this, &PipelinePage::textChanged);
  connect(editor_, &QPlainTextEdit::cursorPositionChanged, this, &PipelinePage::followCursor);
  editor_->setCompletionSource([this] { return completionSource(); });
  connect(file_, &ChartFile::loaded, this, &PipelinePage::showFile);
  connect(file_, &ChartFile::failed, this, [this](const Error& error) { run_notice_->showError(error); });
  connect(file_, &ChartFile::changedOutside, this, [this] {
    outside_->showText(Notice::Kind::Warning,
                       tr("Another program has changed pipeline.mmd. Nothing is saved until you choose."));
    outside_choices_->show();
  });
  const auto decided = [this] {
    outside_->clear();
    outside_choices_->hide();
    read();
  };
  connect(load_theirs_, &QPushButton::clicked, this, [this, decided] {
    file_->takeTheirs();
    decided();
  });
  connect(keep_mine_, &QPushButton::clicked, this, [this, decided] {
    file_->keepMine();
    decided();
  });
  connect(canvas_, &ChartCanvas::nodeChosen, this,
          [this](const QString& node) { choose(node, From::Canvas); });
  connect(canvas_, &ChartCanvas::nodeOpened, this, [this](const QString& node) {
    choose(node, From::Canvas);
    inspector_->focusLabel();
  });
  connect(output_, &RunOutput::nodePicked, this,
          [this](const QString& node) { choose(node, From::Elsewhere); });
  connect(inspector_, &NodeInspector::labelEdited, this, [this](const QString& node, const QString& label) {
    edit([&](pipeline::ChartDocument& document) {
      return document.setLabel(words::toUtf8(node), words::toUtf8(label));
    });
  });
  connect(inspector_, &NodeInspector::bindingEdited, this, [this](const pipeline::NodeBinding& bound) {
    edit([&](pipeline::ChartDocument& document) { return document.setBinding(bound); });
  });
  connect(inspector_, &NodeInspector::runToHere, run_to_, &QAction::trigger);
  connect(inspector_, &NodeInspector::importWanted, this,
          [this] { studio_.go(QStringLiteral("data"), QStringLiteral("import")); });
  connect(inspector_, &NodeInspector::applyWanted, this, [this] { run_commands_->apply()->trigger(); });
  connect(inspector_, &NodeInspector::nodePicked, this,
          [this](const QString& node) { choose(node, From::Elsewhere); });
  connect(output_, &RunOutput::runShown, this, &PipelinePage::showRun);
  connect(&output_->cycles(), &CyclesView::ruleEdited, this, &PipelinePage::editCycleRule);
  connect(gallery_, &TemplateGallery::chosen, this, &PipelinePage::useTemplate);
  connect(gallery_, &TemplateGallery::fileWanted, this, &PipelinePage::openFile);
  connect(gallery_, &TemplateGallery::returnWanted, this, [this] { showGallery(false); });
  connect(run_, &ChartRun::changed, this, [this] {
    run_bar_->setVisible(run_->running());
    if (run_->running()) run_bar_->showProgress(run_->progress());
    showStatuses();
    Q_EMIT headerChanged();
  });
  connect(run_, &ChartRun::recorded, this, [this] { output_->setLive(run_->records()); });
  connect(run_, &ChartRun::ended, run_bar_, &QWidget::hide);
  connect(run_, &ChartRun::refused, run_bar_, &QWidget::hide);
  connect(run_, &ChartRun::ended, this, &PipelinePage::runEnded);
  connect(run_, &ChartRun::refused, this, &PipelinePage::runRefused);
}

void PipelinePage::showTexts() {
  editor_->setAccessibleName(tr("Text of the flowchart"));
  load_theirs_->setText(tr("Load the file"));
  load_theirs_->setToolTip(tr("Shows the file's text here; Undo brings yours back"));
  keep_mine_->setText(tr("Keep my text"));
  keep_mine_->setToolTip(tr("Writes the text shown here over the file"));
  across_->setAccessibleName(tr("Text and drawing"));
  run_all_->setText(tr("Run"));
  run_all_->setToolTip(tr("Run all of the chart; what has not changed is taken from earlier runs"));
  run_to_->setText(tr("Run to here"));
  run_to_->setToolTip(tr("Run the selected node and what it needs"));
  cancel_->setText(tr("Cancel the run"));
  more_->setText(tr("More"));
  more_->setToolTip(tr("Templates, files, cycles"));
  templates_menu_->setTitle(tr("Use a template"));
  for (QAction* action : templates_)
    action->setText(tr("Template: %1").arg(templateTitle(action->data().toString())));
  cycles_menu_->setTitle(tr("Times round a cycle"));
  for (QAction* action : cycles_)
    action->setText(action->data().toInt() == 0 ? tr("Times round a cycle: standard (2)")
                                                : tr("Times round a cycle: %1").arg(action->data().toInt()));
  ignore_cache_->setText(tr("Run everything anew"));
  ignore_cache_->setToolTip(tr("Ignore what earlier runs left"));
  open_file_->setText(tr("Open a Mermaid file…"));
  open_gallery_->setText(tr("Templates, node by node…"));
  show_lineage_->setText(tr("Show lineage"));
  show_lineage_->setToolTip(tr("Where what the selected node left came from"));
  file_lineage_->setText(tr("Where a file came from…"));
  file_lineage_->setToolTip(tr("Leads from an exported file or a saved picture back to the data"));
  for (QAction* action : exports_)
    action->setText(tr("Export as %1…").arg(action->data().toString().toUpper()));
  export_dark_->setText(tr("Export on a dark ground"));
  export_dark_->setToolTip(tr("Drawings are on white unless this is on"));
  undo_->setText(tr("Undo"));
  redo_->setText(tr("Redo"));
  complete_->setText(tr("What fits here"));
  complete_->setToolTip(tr("Lists what may stand at the cursor of the text"));
  comment_->setText(tr("Comment in the text"));
  comment_->setToolTip(tr("Makes the selected lines comments, or lines again"));
  find_->setText(tr("Find in the text and the nodes"));
  fit_->setText(tr("Show all of the chart"));
  zoom_in_->setText(tr("Zoom in"));
  zoom_out_->setText(tr("Zoom out"));
  if (outside_->isVisible()) Q_EMIT file_->changedOutside();
  showProblem();
  showStatuses();
  enableActions();
}

// --- the project and its file ---

void PipelinePage::openProject() {
  run_->drop();
  history_due_ = false;
  const auto project = studio_.project();
  reading_job_.stop();
  layout_job_.stop();
  edit_job_.stop();
  history_job_.stop();
  tables_job_.stop();
  tables_.clear();
  history_ = {};
  reading_ = good_ = {};
  drawn_.clear();
  chosen_.clear();
  readFolds();
  canvas_->clearChart();
  canvas_->setOutdated({});
  output_->clear();
  inspector_->showNothing({});
  for (Notice* notice : {problem_, outside_, run_notice_}) notice->clear();
  outside_choices_->hide();
  places_->setCurrentIndex(0);
  file_->open(project == nullptr ? QString() : words::toQt((project->folder() / "pipeline.mmd").string()));
  readTables();
  readHistory();
  enableActions();
}

void PipelinePage::readTables() {
  const auto project = studio_.project();
  if (project == nullptr) return;
  tables_job_.start(
      this, quiet(), [project](JobContext&) { return pipeline::knownTables(*project); },
      [this](const Result<std::vector<pipeline::KnownTable>>& tables) {
        if (!tables) {
          if (tables.error().code != ErrorCode::Cancelled) run_notice_->showError(tables.error());
          return;
        }
        tables_ = *tables;
        gallery_->setTables(tables_);
        read();
      });
}

void PipelinePage::readHistory() {
  const auto project = studio_.project();
  if (project == nullptr) return;
  history_job_.start(
      this, quiet(), [project](JobContext& job) { return pages::readHistory(*project, job); },
      [this](const Result<RunHistory>& history) {
        history_due_ = false;
        if (!history) {
          if (history.error().code != ErrorCode::Cancelled) run_notice_->showError(history.error());
          return;
        }
        history_ = *history;
        history_.newest = pipeline::historyOf(good_.outlook, history_.charts);
        if (!run_->running()) output_->setHistory(history_);
        showStatuses();
        enableActions();
        Q_EMIT headerChanged();
      });
}

void PipelinePage::showFile(bool exists) {
  showGallery(!exists);
  read();
  enableActions();
  Q_EMIT headerChanged();
}

bool PipelinePage::saveNow() {
  if (QWidget* focus = window()->focusWidget(); focus != nullptr && inspector_->isAncestorOf(focus))
    focus->clearFocus();  // what is typed there is part of the text
  return file_->flush();
}

// --- text to chart ---

void PipelinePage::textChanged() {
  if (file_->exists()) read_timer_.start();
}

void PipelinePage::read() {
  read_timer_.stop();
  read_timer_.setInterval(kReadAfterMs);
  if (!file_->exists() || studio_.project() == nullptr) return;
  const int revision = editor_->document()->revision();
  reading_job_.start(
      this, quiet(),
      [text = words::toUtf8(rawText(*editor_->document())),
       tables = tables_](JobContext&) -> Result<ChartReading> { return readChartText(text, tables); },
      [this, revision](Result<ChartReading> reading) {
        if (!reading) return;
        if (reading->document != nullptr) good_revision_ = revision;
        take(std::move(*reading));
      });
}

void PipelinePage::take(ChartReading reading) {
  reading_.problem = reading.problem;
  if (reading.document != nullptr) {
    good_ = std::move(reading);
    followHistory();
    drawIfNew();
  }
  showProblem();
  if (!wanted_.isEmpty() && good_.outlook.find(words::toUtf8(wanted_)) != nullptr) {
    const QString node = wanted_;
    wanted_.clear();
    choose(node, From::Elsewhere);
  } else if (good_.document != nullptr && good_.outlook.find(words::toUtf8(chosen_)) == nullptr) {
    chosen_.clear();
    // Who has deleted it on the canvas is not led away from there.
    if (!good_.outlook.nodes.empty() && !canvas_->hasFocus())
      choose(words::toQt(good_.outlook.nodes.front().node), From::Elsewhere);
  }
  followCursor();
  showStatuses();
  enableActions();
  Q_EMIT headerChanged();
}

void PipelinePage::showHints() {
  std::vector<TextHint> hints;
  if (placesHold())
    for (const pipeline::NodeOutlook& node : good_.outlook.nodes) {
      const QString id = words::toQt(node.node);
      const int position = node.problem ? good_.places->positionOf(id) : -1;
      if (position >= 0) hints.push_back({position, static_cast<int>(id.size()), words::said(*node.problem)});
    }
  if (const auto& wrong = good_.outlook.problem; wrong && placesHold())
    if (const QTextBlock line =
            editor_->document()->findBlockByNumber(static_cast<int>(wrong->where.line.value_or(1)) - 1);
        line.isValid())
      hints.push_back({line.position(), line.length() - 1, words::said(*wrong)});
  editor_->setHints(std::move(hints));
}

CompletionSource PipelinePage::completionSource() {
  CompletionSource source;
  source.reading = &good_;
  for (const pipeline::KnownTable& table : tables_) source.tables << words::toQt(table.name);
  source.metrics = CyclesView::metrics();
  source.columns = [this](const QString& node) {
    const pipeline::NodeOutlook* known = good_.outlook.find(words::toUtf8(node));
    return known != nullptr ? columnsFor(*known) : QStringList();
  };
  return source;
}

void PipelinePage::showProblem() {
  showHints();
  if (!reading_.problem) {
    if (const auto& wrong = good_.outlook.problem)
      problem_->showText(
          Notice::Kind::Warning,
          tr("Line %1: %2").arg(words::count(wrong->where.line.value_or(1)), words::said(*wrong)));
    else
      problem_->clear();
    editor_->clearProblem();
    canvas_->setOutdated({});
    inspector_->setReadOnly({});
    return;
  }
  const TextProblem& wrong = *reading_.problem;
  QString text;
  if (wrong.syntax) {
    text = words::toQt(wrong.syntax->message(words::language()));  // names the place and what fits there
    canvas_->setOutdated(good_.document != nullptr
                             ? tr("The text has a mistake. This is the last chart that read.")
                             : tr("The text has a mistake. The chart appears when it is mended."));
    inspector_->setReadOnly(tr("Mend the text first: line %1.").arg(words::count(wrong.line)));
  } else if (wrong.binding) {
    text = tr("Line %1: %2").arg(words::count(wrong.line), words::said(*wrong.binding));
    canvas_->setOutdated({});
    inspector_->setReadOnly(tr("Mend the text first: line %1.").arg(words::count(wrong.line)));
  }
  problem_->showText(Notice::Kind::Failure, text);
  editor_->markProblem(wrong.line, wrong.column, text);
}

// --- one node ---

void PipelinePage::choose(const QString& node, From from) {
  if (node.isEmpty()) return;
  chosen_ = node;
  if (from != From::Canvas) canvas_->choose(node);
  if (from != From::Text && placesHold()) {
    following_ = true;
    const QTextCursor cursor = editor_->textCursor();
    const int position = good_.places->positionOf(node);
    if (position >= 0 && good_.places->nodeAt(cursor.position(), cursor.blockNumber() + 1) != node)
      editor_->showPosition(position);
    following_ = false;
  }
  showNode();
  enableActions();
}

/// Whether the places of what was read last are those of the text that is shown.
bool PipelinePage::placesHold() const {
  return good_.places != nullptr && good_revision_ == editor_->document()->revision();
}

void PipelinePage::followCursor() {
  if (following_ || !editor_->hasFocus() || !placesHold()) return;
  const QTextCursor cursor = editor_->textCursor();
  const QString node = good_.places->nodeAt(cursor.position(), cursor.blockNumber() + 1);
  if (!node.isEmpty() && node != chosen_) choose(node, From::Text);
}

void PipelinePage::showStatuses() {
  const bool live = run_->running() || history_due_;
  statuses_ = output_->run() != 0 && !live
                  ? statusesOfRun(good_.outlook, output_->stages())
                  : nodeStatuses(good_.outlook, history_, live ? &run_->statuses() : nullptr);
  canvas_->setStatuses(statuses_);
  showNode();
}

QStringList PipelinePage::columnsFor(const pipeline::NodeOutlook& node) const {
  QStringList columns;
  if (node.source) {
    for (const std::string& column : node.source->columns) columns << words::toQt(column);
    return columns;
  }
  const auto& graph = good_.outlook.graph;
  const auto at = std::find(graph.ids.begin(), graph.ids.end(), node.node);
  if (at == graph.ids.end()) return columns;
  const std::vector<bool> before = graph.ancestors(static_cast<std::size_t>(at - graph.ids.begin()));
  for (const std::size_t other : graph.order()) {
    if (!before[other] || graph.ids[other] == node.node) continue;
    if (const QStringList left = history_.columnsOf(graph.ids[other]); !left.isEmpty()) columns = left;
  }
  return columns;
}

std::vector<PortView> PipelinePage::portsOf(const pipeline::NodeOutlook& node) const {
  std::vector<PortView> ports;
  const auto& graph = good_.outlook.graph;
  const auto at = std::find(graph.ids.begin(), graph.ids.end(), node.node);
  if (node.type == nullptr || at == graph.ids.end()) return ports;
  std::vector<const pipeline::StageType*> types;
  for (const pipeline::NodeOutlook& other : good_.outlook.nodes) types.push_back(other.type);
  for (const pipeline::PortFeed& feed :
       pipeline::feeds(graph, types, static_cast<std::size_t>(at - graph.ids.begin()))) {
    PortView port{words::said(feed.port->title), portWord(feed.port->kind), true, feed.port->optional, {}};
    for (const std::size_t giver : feed.nodes)
      port.from.push_back(
          {words::toQt(graph.ids[giver]), words::toQt(graph.labels[giver]).replace(u'\n', u' ')});
    ports.push_back(std::move(port));
  }
  for (const pipeline::Port& port : node.type->outputs)
    ports.push_back({words::said(port.title), portWord(port.kind), false, false, {}});
  return ports;
}

void PipelinePage::showNode() {
  // What was edited a moment ago is not read yet: the older reading would take it out of the form again, and
  // the next edit would then take it out of the text.
  if (reading_job_.running() && inspector_->node() == chosen_) return;
  const pipeline::NodeOutlook* node = good_.outlook.find(words::toUtf8(chosen_));
  if (node == nullptr) {
    inspector_->showNothing({});
    output_->setNode({}, {});
    return;
  }
  NodeView view;
  view.outlook = *node;
  const auto status = statuses_.find(chosen_);
  if (status != statuses_.end()) view.status = status->second;
  for (const pipeline::KnownTable& table : tables_) view.tables << words::toQt(table.name);
  view.columns = columnsFor(*node);
  view.ports = portsOf(*node);
  view.manual = good_.manual.contains(node->node);
  view.run_blocked = whyNoRun();
  const auto history = history_.newest.find(node->node);
  if (history != history_.newest.end()) {
    const auto run = std::find_if(history_.runs.begin(), history_.runs.end(), [&](const RunEntry& entry) {
      return entry.id == history->second.run && !entry.finished_at.empty();
    });
    view.when = tr("Last run: %1")
                    .arg(words::moment(run != history_.runs.end() ? run->finished_at : history->second.at));
    if (const auto memory = history->second.record.memory; memory && !history->second.record.cached)
      view.when +=
          QStringLiteral("\n") + tr("Memory: %1 at most").arg(QLocale().formattedDataSize(*memory, 0));
  }
  inspector_->showNode(view);
  output_->setNode(chosen_, words::toQt(node->label).replace(QStringLiteral("\n"), QStringLiteral(" ")));
}

}  // namespace lodestone::pages
