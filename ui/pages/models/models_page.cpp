// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/models/models_page.h"

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QItemSelectionModel>
#include <QPushButton>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "core/learn/engine.h"
#include "core/learn/model_type.h"
#include "core/pipeline/lineage.h"
#include "core/pipeline/model_workflow.h"
#include "ui/charts/chart.h"
#include "ui/pages/models/compare_view.h"
#include "ui/pages/models/model_view.h"
#include "ui/pages/models/model_words.h"
#include "ui/pages/models/run_card_view.h"
#include "ui/pages/models/runs_table.h"
#include "ui/pages/models/threshold_view.h"
#include "ui/pages/models/training_form.h"
#include "ui/pages/models/training_panel.h"
#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

namespace lodestone::pages {
namespace {

/// How often the window takes what a training told.
constexpr int kNewsMs = 50;

/// How many epochs the request will run; 0 where the type has none.
int epochsOf(const pipeline::TrainRequest& request) {
  const auto type = learn::modelType(request.model.type);
  if (!type) return 0;
  const auto values = checkParameters((*type)->parameters, request.model.parameters, (*type)->id);
  if (!values || !values->all().contains("epochs")) return 0;
  return static_cast<int>(values->integer("epochs"));
}

/// Loads LibTorch where it is not loaded, says which device it is, and trains.
Result<std::string> runTraining(project::Project& project, pipeline::TrainRequest request, int threads,
                                const std::shared_ptr<TrainingFeed>& feed, JobContext& job) {
  const auto engine = learn::engine(threads);
  if (!engine) return forward(engine);
  const std::vector<learn::DeviceInfo> devices = (*engine)->devices();
  const auto choice = learn::chooseDevice(request.model.device, devices);
  if (!choice) return forward(choice);
  TrainingFeed::Device device{choice->id, choice->fallback, choice->args};
  for (const learn::DeviceInfo& each : devices)
    if (each.id == choice->id && !each.name.empty()) device.name = each.name;
  feed->runsOn(device);
  request.on_begin = [feed](const std::string& model) { feed->begun(model); };
  request.on_epoch = [feed](const learn::Epoch& epoch) { feed->add(epoch); };
  const auto report = pipeline::trainOnTable(project, request, job);
  if (!report) return forward(report);
  return report->record.id;
}

}  // namespace

ModelsPage::ModelsPage(studio::Studio& studio, QWidget* parent)
    : Page(parent), studio_(studio), listing_(studio.jobs()), loading_(studio.jobs()) {
  setObjectName("models");
  makeActions();
  build();
  news_timer_.setInterval(kNewsMs);
  connect(&news_timer_, &QTimer::timeout, this, &ModelsPage::takeNews);
  connect(&studio_, &studio::Studio::projectChanged, this, &ModelsPage::projectChanged);
  connect(&studio_, &studio::Studio::modelsChanged, this, &ModelsPage::readModels);
  connect(&studio_, &studio::Studio::runsChanged, this, &ModelsPage::readModels);  // stages train, too
  connect(&studio_, &studio::Studio::tablesChanged, form_, &TrainingForm::refresh);
  connect(&studio_.jobs(), &jobs::Jobs::progressed, this, &ModelsPage::jobProgressed);
  connect(form_, &TrainingForm::changed, this, &ModelsPage::showEnabled);
  connect(form_, &TrainingForm::tablesRead, this, &ModelsPage::showEnabled);
  connect(runs_, &RunsTable::currentIdChanged, this, &ModelsPage::choose);
  connect(runs_->selectionModel(), &QItemSelectionModel::selectionChanged, this, &ModelsPage::showEnabled);
  words::say(this, [this] { showTexts(); });
  projectChanged();
}

ModelsPage::~ModelsPage() {
  // Closing takes the focus from a field, which ends its editing: nobody is here to be told any more.
  disconnect(form_, nullptr, this, nullptr);
  disconnect(runs_, nullptr, this, nullptr);
  disconnect(runs_->selectionModel(), nullptr, this, nullptr);
}

void ModelsPage::makeActions() {
  const auto make = [this](const QString& name, const QString& icon, const QKeySequence& keys) {
    auto* action = new QAction(theme::icon(icon), QString(), this);
    action->setObjectName(name);
    action->setShortcut(keys);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    addAction(action);
    return action;
  };
  train_ = make("train", "run", QKeySequence(Qt::CTRL | Qt::Key_Return));
  pause_ = make("pause_training", "pause", QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_P));
  cancel_ = make("cancel_training", "cancel", QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_X));
  compare_ = make("compare_models", "compare", QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_M));
  copy_card_ = make("copy_card", "copy", QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_C));  // tables have Shift
  lineage_ = make("model_lineage", "history", QKeySequence(Qt::CTRL | Qt::Key_L));
  connect(train_, &QAction::triggered, this, &ModelsPage::train);
  connect(lineage_, &QAction::triggered, this, [this] { Q_EMIT studio_.lineageWanted(runs_->currentId()); });
  connect(pause_, &QAction::triggered, this, &ModelsPage::pauseOrResume);
  connect(cancel_, &QAction::triggered, this, [this] { studio_.jobs().cancel(training_); });
  connect(compare_, &QAction::triggered, this, &ModelsPage::compare);
  connect(copy_card_, &QAction::triggered, this, [this] {
    if (card_) QGuiApplication::clipboard()->setText(card_->text());
  });
}

void ModelsPage::build() {
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  across_ = new QSplitter(Qt::Horizontal, this);
  across_->setObjectName("models_across");
  across_->setChildrenCollapsible(false);
  outer->addWidget(across_);
  form_ = new TrainingForm(studio_, across_);
  across_->addWidget(form_);
  down_ = new QSplitter(Qt::Vertical, across_);
  down_->setObjectName("models_down");
  down_->setChildrenCollapsible(false);
  across_->addWidget(down_);
  across_->setStretchFactor(0, 0);
  across_->setStretchFactor(1, 1);

  auto* top = new QWidget(down_);
  auto* column = new QVBoxLayout(top);
  column->setContentsMargins(theme::kSpace4, theme::kSpace4, theme::kSpace4, theme::kSpace1);
  column->setSpacing(theme::kSpace2);
  notice_ = new widgets::Notice(top);
  column->addWidget(notice_);
  stack_ = new QStackedWidget(top);
  stack_->addWidget(new QWidget(stack_));  // while nothing is known yet
  column->addWidget(stack_, 1);
  no_tables_ = new widgets::EmptyState("data", stack_);
  no_tables_->setObjectName("no_tables");
  connect(no_tables_->addButton("go_import"), &QPushButton::clicked, this,
          [this] { studio_.go("data", "import"); });
  no_models_ = new widgets::EmptyState("models", stack_);
  no_models_->setObjectName("no_models");
  connect(no_models_->addButton("train_first"), &QPushButton::clicked, this, [this] {
    if (form_->problem().isEmpty()) return train();
    form_->firstFocus()->setFocus();
  });
  panel_ = new TrainingPanel(pause_, cancel_, stack_);
  model_ = new ModelView(studio_, stack_);
  comparison_ = new CompareView(stack_);
  for (QWidget* place :
       {static_cast<QWidget*>(no_tables_), static_cast<QWidget*>(no_models_), static_cast<QWidget*>(panel_),
        static_cast<QWidget*>(model_), static_cast<QWidget*>(comparison_)})
    stack_->addWidget(place);
  const auto keep = [this](const QWidget& place, const std::function<QStringList()>& models) {
    for (const charts::Chart* chart : place.findChildren<charts::Chart*>())
      connect(chart, &charts::Chart::saved, this, [this, models](const QString& file) {
        pipeline::FigureSubject subject;
        for (const QString& model : models())
          if (!model.isEmpty()) subject.of.push_back({words::toUtf8(model)});
        studio_.keepFigure(file, subject);
      });
  };
  keep(*panel_, [this] { return QStringList(trained_model_); });
  keep(*model_, [this] { return QStringList(runs_->currentId()); });
  keep(*comparison_, [this] { return comparison_->ids(); });
  down_->addWidget(top);

  auto* below = new QWidget(down_);
  auto* lower = new QVBoxLayout(below);
  lower->setContentsMargins(theme::kSpace4, theme::kSpace1, theme::kSpace4, theme::kSpace2);
  runs_ = new RunsTable(below);
  runs_->setObjectName("runs");
  runs_->addActions({copy_card_, lineage_});
  runs_->setContextMenuPolicy(Qt::ActionsContextMenu);
  lower->addWidget(runs_);
  down_->addWidget(below);
  below->hide();  // until there is one
  constexpr int kFormWidth = 270;
  constexpr int kRunsHeight = 120;
  across_->setSizes({kFormWidth, 3 * kFormWidth});
  down_->setStretchFactor(0, 1);
  down_->setStretchFactor(1, 0);
  down_->setSizes({4 * kRunsHeight, kRunsHeight});
}

QString ModelsPage::title() const {
  return tr("Models");
}

QString ModelsPage::line() const {
  if (training()) return trainingTitle();
  if (records_.empty()) return tr("Train a model, and see on rows that it never saw how good it is");
  return tr("%n training(s)", nullptr, static_cast<int>(records_.size()));
}

QString ModelsPage::trainingTitle() const {
  return tr("Training %1 to predict %2").arg(typeTitle(training_plan_.type), words::toQt(training_target_));
}

QList<QAction*> ModelsPage::headerActions() const {
  return {train_, compare_};
}

QWidget* ModelsPage::inspector() {
  if (!card_) {
    card_ = new RunCardView(this);
    if (const auto* now = record(runs_->currentId())) card_->setRecord(*now);
  }
  return card_;
}

QWidget* ModelsPage::firstFocus() {
  return records_.empty() ? form_->firstFocus() : runs_;
}

void ModelsPage::opened(const QVariant& what) {
  const QString model = what.toString();
  if (model.isEmpty()) return;
  wanted_ = model;
  if (record(model) != nullptr) {
    runs_->selectId(model);
    wanted_.clear();
  } else {
    readModels();
  }
}

void ModelsPage::showTexts() {
  const auto say = [](QAction* action, const QString& text, const QString& tip) {
    widgets::enableOrSay(action, QString());  // brings its own tooltip back, to be replaced
    action->setText(text);
    const QString keys = action->shortcut().toString(QKeySequence::NativeText);
    action->setToolTip(keys.isEmpty() ? tip : tr("%1 (%2)").arg(tip, keys));
  };
  say(train_, tr("Train"), tr("Train a model as the form says"));
  const auto* job = studio_.jobs().view(training_);
  const bool held = job != nullptr && job->state == jobs::JobView::State::Paused;
  say(pause_, held ? tr("Resume") : tr("Pause"),
      held ? tr("Go on with the training") : tr("Hold the training"));
  pause_->setIcon(theme::icon(held ? "play" : "pause"));
  say(cancel_, tr("Cancel training"), tr("Stop the training; its epochs are kept"));
  say(compare_, tr("Compare"), tr("Show the two selected models beside each other"));
  say(copy_card_, tr("Copy run card"), tr("Copy the run card as text"));
  say(lineage_, tr("Where it came from"), tr("From the model back to its rows and their files"));
  no_tables_->setTexts(tr("There is no table to learn from"),
                       tr("Import your customers, orders or campaign results first."));
  no_tables_->findChild<QPushButton*>("go_import")->setText(tr("Import data"));
  no_models_->setTexts(
      tr("No model yet"),
      tr("Choose on the left what to predict. A simple baseline always trains beside the model, and "
         "both are measured on rows that neither has seen."));
  no_models_->findChild<QPushButton*>("train_first")->setText(tr("Train the first model"));
  if (error_) notice_->showError(*error_);
  if (training()) panel_->setTitle(trainingTitle());
  showEnabled();
  Q_EMIT headerChanged();
}

void ModelsPage::projectChanged() {
  forgetTraining();
  loading_.stop();
  listed_ = false;
  records_.clear();
  runs_->setRecords({});
  stack_->setCurrentIndex(0);
  error_.reset();
  notice_->clear();
  if (card_) card_->setRecord({});
  form_->projectChanged();
  readModels();
}

void ModelsPage::readModels() {
  const auto project = studio_.project();
  if (!project) {
    listing_.stop();
    return showModels({});
  }
  listing_.start(
      this, {.title = tr("Reading the models"), .shown = jobs::Shown::Quiet},
      [project](JobContext&) { return project->models().list(); },
      [this](const Result<std::vector<project::ModelRecord>>& records) {
        if (records) return showModels(*records);
        if (records.error().code == ErrorCode::Cancelled) return;
        error_ = records.error();
        notice_->showError(*error_);
      });
}

void ModelsPage::showModels(const std::vector<project::ModelRecord>& records) {
  records_ = records;
  listed_ = true;
  runs_->parentWidget()->setVisible(!records.empty());
  runs_->setRecords(records);
  if (!records.empty())
    form_->suggest(words::toQt(records.back().table), words::toQt(records.back().target),
                   words::toQt(textOf(records.back().card, "positive")));
  if (!wanted_.isEmpty() && record(wanted_) != nullptr) {
    runs_->selectId(wanted_);
    wanted_.clear();
  } else if (runs_->currentId().isEmpty() && !records.empty() && !training()) {
    runs_->selectId(words::toQt(records.back().id));
  } else if (const QString now = runs_->currentId(); !now.isEmpty()) {
    // What became of it may have changed.
    const auto* state = record(now);
    const ModelDataPointer& shown = model_->model();
    if (state != nullptr &&
        (!shown || shown->record.id != state->id || shown->record.state != state->state) &&
        !(training() && now == trained_model_))
      load(now);
  }
  if (const auto* now = record(runs_->currentId()); card_ && now != nullptr) card_->setRecord(*now);
  showEnabled();
  Q_EMIT headerChanged();
}

const project::ModelRecord* ModelsPage::record(const QString& model) const {
  const std::string id = words::toUtf8(model);
  for (const project::ModelRecord& each : records_)
    if (each.id == id) return &each;
  return nullptr;
}

void ModelsPage::choose(const QString& model) {
  const auto* now = record(model);
  if (card_) card_->setRecord(now == nullptr ? std::nullopt : std::optional(*now));
  showEnabled();
  if (now == nullptr) return;
  if (training() && model == trained_model_) return showPlace(panel_);
  load(model);
}

void ModelsPage::load(const QString& model) {
  const auto project = studio_.project();
  if (!project) return;
  if (const auto* now = record(model); card_ && now != nullptr) card_->setRecord(*now);
  loading_.start(
      this, {.title = tr("Reading %1").arg(model), .shown = jobs::Shown::Quiet},
      [project, id = words::toUtf8(model)](JobContext& job) { return loadModelData(*project, id, job); },
      [this, model](const Result<ModelDataPointer>& loaded) {
        if (!loaded) {
          if (loaded.error().code == ErrorCode::Cancelled) return;
          error_ = loaded.error();
          return notice_->showError(*error_);
        }
        error_.reset();
        notice_->clear();
        model_->setModel(*loaded);
        showPlace(model_);
      });
}

void ModelsPage::compare() {
  const auto project = studio_.project();
  const QStringList two = runs_->selectedIds();
  if (!project || two.size() != 2) return;
  using Two = std::pair<ModelDataPointer, ModelDataPointer>;
  loading_.start(
      this, {.title = tr("Reading %1 and %2").arg(two[0], two[1]), .shown = jobs::Shown::Quiet},
      [project, first = words::toUtf8(two[0]),
       second = words::toUtf8(two[1])](JobContext& job) -> Result<Two> {
        const auto one = loadModelData(*project, first, job);
        if (!one) return forward(one);
        const auto other = loadModelData(*project, second, job);
        if (!other) return forward(other);
        return Two{*one, *other};
      },
      [this](const Result<Two>& loaded) {
        if (!loaded) {
          if (loaded.error().code == ErrorCode::Cancelled) return;
          error_ = loaded.error();
          return notice_->showError(*error_);
        }
        comparison_->setModels(loaded->first, loaded->second);
        showPlace(comparison_);
      });
}

void ModelsPage::showPlace(QWidget* place) {
  stack_->setCurrentWidget(place);
}

void ModelsPage::train() {
  const auto project = studio_.project();
  if (!project || training() || !form_->problem().isEmpty()) return;
  const pipeline::TrainRequest request = form_->request();
  feed_ = std::make_shared<TrainingFeed>();
  trained_model_.clear();
  error_.reset();
  notice_->clear();
  training_plan_ = request.model;
  training_target_ = request.dataset.target;
  panel_->begin(trainingTitle(), epochsOf(request));
  training_ = studio_.jobs().start(
      this, {trainingTitle(), jobs::Pool::Model, jobs::Shown::Strip, jobs::Pausable::Yes},
      [project, request, threads = studio_.threads(), feed = feed_](JobContext& job) {
        return runTraining(*project, request, threads, feed, job);
      },
      [this](const Result<std::string>& model) { trainingEnded(model); });
  loading_.stop();
  runs_->clearSelection();
  showPlace(panel_);
  news_timer_.start();
  showTexts();
}

void ModelsPage::takeNews() {
  if (!feed_) return;
  const TrainingFeed::News news = feed_->take();
  if (news.device) studio_.jobs().setDevice(training_, words::toQt(news.device->name));
  panel_->take(news);
  if (news.model.empty()) return;
  trained_model_ = words::toQt(news.model);
  wanted_ = trained_model_;
  readModels();  // its row is there now
}

void ModelsPage::jobProgressed(jobs::JobId job) {
  if (job != training_ || !training()) return;
  const jobs::JobView* view = studio_.jobs().view(job);
  if (view == nullptr) return;
  panel_->showJob(*view);
  const bool held = view->state == jobs::JobView::State::Paused;
  runs_->setPaused(trained_model_, held);
  if (held != (pause_->property("held").toBool())) {
    pause_->setProperty("held", held);
    showTexts();
  }
}

void ModelsPage::pauseOrResume() {
  const jobs::JobView* view = studio_.jobs().view(training_);
  if (view == nullptr) return;
  if (view->state == jobs::JobView::State::Paused)
    studio_.jobs().resume(training_);
  else
    studio_.jobs().pause(training_);
}

void ModelsPage::trainingEnded(const Result<std::string>& result) {
  takeNews();
  const QString model = trained_model_;
  forgetTraining();
  if (result) {
    wanted_ = words::toQt(*result);
  } else {
    wanted_ = model;
    if (result.error().code != ErrorCode::Cancelled) {
      // What is wrong with the rows or the settings is said beside them.
      if (model.isEmpty()) {
        form_->showError(result.error());
      } else {
        error_ = result.error();
        notice_->showError(*error_);
      }
    }
  }
  if (stack_->currentWidget() == panel_ && model.isEmpty())
    showPlace(model_->model() ? static_cast<QWidget*>(model_) : no_models_);
  Q_EMIT studio_.modelsChanged();  // reads them again here, too
  // The row may be chosen already, so that choosing it changes nothing.
  if (!wanted_.isEmpty() && wanted_ == runs_->currentId()) load(wanted_);
}

void ModelsPage::forgetTraining() {
  training_ = 0;
  trained_model_.clear();
  feed_.reset();
  news_timer_.stop();
  runs_->setPaused({}, false);
  pause_->setProperty("held", false);
  showTexts();
}

void ModelsPage::showEnabled() {
  const bool running = training();
  widgets::enableOrSay(
      train_, running ? tr("A training is running: wait for its end, or cancel it.") : form_->problem());
  const QString none = running ? QString() : tr("No training is running.");
  widgets::enableOrSay(pause_, none);
  widgets::enableOrSay(cancel_, none);
  const QStringList selected = runs_->selectedIds();
  int done = 0;
  for (const QString& id : selected)
    if (const auto* each = record(id); each != nullptr && each->state == project::TrainingState::Done) ++done;
  widgets::enableOrSay(compare_, selected.size() == 2 && done == 2
                                     ? QString()
                                     : tr("Select two finished models in the list, with Ctrl held."));
  for (QAction* action : {copy_card_, lineage_})
    widgets::enableOrSay(action, selected.isEmpty() ? tr("Select a model in the list.") : QString());
  if (running) return;
  if (records_.empty() && listed_ && form_->isRead())
    showPlace(form_->hasTables() ? static_cast<QWidget*>(no_models_) : no_tables_);
}

void ModelsPage::saveState(QSettings& settings) const {
  settings.setValue("across", across_->saveState());
  settings.setValue("down", down_->saveState());
  settings.setValue("currency", model_->threshold().currency());
  form_->saveState(settings);
}

void ModelsPage::restoreState(const QSettings& settings) {
  across_->restoreState(settings.value("across").toByteArray());
  down_->restoreState(settings.value("down").toByteArray());
  model_->threshold().setCurrency(settings.value("currency").toString());
  form_->restoreState(settings);
}

}  // namespace lodestone::pages
