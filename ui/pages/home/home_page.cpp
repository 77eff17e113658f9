// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/home/home_page.h"

#include <QAction>
#include <QComboBox>
#include <QDir>
#include <QFileInfo>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSettings>
#include <QStandardPaths>
#include <QToolButton>
#include <QVBoxLayout>
#include <cmath>
#include <filesystem>
#include <limits>

#include "core/pipeline/templates.h"
#include "core/project/model_records.h"
#include "core/project/pipeline_records.h"
#include "core/project/strategy_records.h"
#include "ui/theme/theme.h"
#include "ui/widgets/dialogs.h"
#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

namespace lodestone::pages {
namespace {

constexpr int kCardWidth = 250;
constexpr const char* kWay[] = {"data", "pipeline", "models", "strategies", "review"};
const QString kEnding = ".lodestone";

QString defaultFolder() {
  const QString documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
  return QFileInfo(documents).isDir() ? documents : QDir::homePath();
}

/// A folder that is not there yet: lodestone-demo, lodestone-demo-2, ...
QString freeFolder(const QString& parent, const QString& name) {
  QString path = QDir(parent).filePath(name);
  for (int number = 2; QFileInfo::exists(path); ++number)
    path = QDir(parent).filePath(QString("%1-%2").arg(name).arg(number));
  return path;
}

std::int64_t bytesOf(const std::filesystem::path& folder, JobContext& job) {
  std::int64_t sum = 0;
  std::error_code ignored;  // a file that goes while we look counts nothing
  for (std::filesystem::recursive_directory_iterator it(folder, ignored), end;
       it != end && !job.stopRequested(); it.increment(ignored))
    if (it->is_regular_file(ignored)) sum += static_cast<std::int64_t>(it->file_size(ignored));
  return sum;
}

QLabel* fieldLabel(QWidget* parent, QWidget* buddy) {
  QLabel* label = theme::label(theme::Role::Caption, parent);
  label->setBuddy(buddy);
  return label;
}

}  // namespace

struct HomePage::Overview {
  std::int64_t tables = 0;
  std::int64_t rows = 0;
  std::int64_t models = 0;
  double best_auc = std::numeric_limits<double>::quiet_NaN();
  std::int64_t strategies = 0;
  std::int64_t drafts = 0;
  std::int64_t waiting = 0;
  std::int64_t approved = 0;
  bool has_chart = false;
  std::string last_run;  ///< its state; empty: none yet
  std::string last_run_at;
};

HomePage::HomePage(studio::Studio& studio, QWidget* parent)
    : Page(parent),
      studio_(studio),
      reading_(studio.jobs()),
      measuring_(studio.jobs()),
      open_(new QAction(this)),
      demo_(new QAction(this)),
      notice_(new widgets::Notice(this)) {
  setObjectName(id());
  auto* content = new QWidget;
  auto* column = new QVBoxLayout(content);
  column->setContentsMargins(theme::kSpace4, theme::kSpace2, theme::kSpace4, theme::kSpace5);
  column->setSpacing(theme::kSpace4);
  column->addWidget(notice_);
  column->addWidget(buildProject());
  recent_title_ = theme::label(theme::Role::Section, content);
  no_recent_ = theme::label(theme::Role::Body, content);
  no_recent_->setProperty("role", "caption");
  no_recent_->setWordWrap(true);
  auto* recent = new QWidget(content);
  recent_ = new widgets::FlowLayout(recent, kCardWidth);
  column->addWidget(buildStart());
  column->addWidget(recent_title_);
  column->addWidget(no_recent_);
  column->addWidget(recent);
  column->addWidget(buildWay());
  column->addStretch(1);
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  outer->addWidget(widgets::scrolled(content, "homeScroll"));
  addActions();

  connect(&studio_, &studio::Studio::projectChanged, this, &HomePage::showProject);
  for (const auto news : {&studio::Studio::tablesChanged, &studio::Studio::modelsChanged,
                          &studio::Studio::runsChanged, &studio::Studio::strategiesChanged})
    connect(&studio_, news, this, &HomePage::readOverview);
  connect(&studio_.jobs(), &jobs::Jobs::progressed, this, &HomePage::followJob);
  connect(&studio_.jobs(), &jobs::Jobs::ended, this, &HomePage::followJob);
  words::say(this, [this] { showTexts(); });
  connect(&words::notifier(), &words::Notifier::changed, this, &HomePage::showProject);
  showProject();
  const QString left_open = studio_.settings().value("recent/open").toString();
  if (!left_open.isEmpty() && QFileInfo::exists(left_open))
    notice_->say(
        widgets::Notice::Kind::Info,
        [name = QFileInfo(left_open).completeBaseName()] {
          return tr("Lodestone did not close properly last time, with “%1” open. All that was reported "
                    "as saved is there.")
              .arg(name);
        },
        [] { return tr("Open it again"); }, [this, left_open] { studio_.openProject(left_open); });
}

HomePage::~HomePage() = default;

// --- building ---

QWidget* HomePage::buildProject() {
  project_ = new QWidget(this);
  auto* column = new QVBoxLayout(project_);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(theme::kSpace3);
  auto* row = new QHBoxLayout;
  auto* texts = new QVBoxLayout;
  texts->setSpacing(2);
  project_title_ = theme::label(theme::Role::Section, project_);
  next_text_ = theme::label(theme::Role::Body, project_);
  next_text_->setObjectName("nextText");
  next_text_->setProperty("role", "caption");
  next_text_->setWordWrap(true);
  texts->addWidget(project_title_);
  texts->addWidget(next_text_);
  row->addLayout(texts, 1);
  next_ = new QPushButton(project_);
  next_->setObjectName("nextStep");
  widgets::makePrimary(next_);
  connect(next_, &QPushButton::clicked, this, [this] { studio_.go(next_page_, next_what_); });
  row->addWidget(next_, 0, Qt::AlignBottom);
  column->addLayout(row);
  auto* cards = new QHBoxLayout;
  cards->setSpacing(theme::kSpace3);
  for (const char* page : kWay) {
    auto* card = new widgets::Card(project_);
    card->setObjectName(QString("overview_") + page);
    card->setPressable(true);
    auto* head = new QHBoxLayout;
    auto* picture = new QLabel(card);
    theme::paintWith(picture, [picture, page] {
      picture->setPixmap(theme::pixmap(page, theme::tokens().text2, 20, picture->devicePixelRatioF()));
    });
    Place place{card, theme::label(theme::Role::Caption, card), theme::label(theme::Role::Section, card),
                theme::label(theme::Role::Caption, card)};
    head->addWidget(picture);
    head->addWidget(place.title, 1);
    card->body()->addLayout(head);
    card->body()->addWidget(place.figure);
    place.note->setWordWrap(true);
    place.note->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    card->body()->addWidget(place.note, 1);
    connect(card, &widgets::Card::pressed, this, [this, page] { studio_.go(page); });
    places_.emplace(page, place);
    cards->addWidget(card, 1);
  }
  column->addLayout(cards);
  return project_;
}

QWidget* HomePage::buildStart() {
  auto* row_of_cards = new QWidget(this);
  auto* row = new QHBoxLayout(row_of_cards);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(theme::kSpace3);

  auto* making = new widgets::Card(row_of_cards);
  new_title_ = theme::label(theme::Role::Section, making);
  name_ = new QLineEdit(making);
  folder_ = new QLineEdit(defaultFolder(), making);
  browse_ = new QPushButton(making);
  template_ = new QComboBox(making);
  create_ = new QPushButton(making);
  complaint_ = theme::label(theme::Role::Caption, making);
  template_help_ = theme::label(theme::Role::Caption, making);
  template_help_->setWordWrap(true);
  complaint_->setWordWrap(true);
  name_->setObjectName("newName");
  folder_->setObjectName("newFolder");
  template_->setObjectName("newTemplate");
  browse_->setObjectName("newBrowse");
  create_->setObjectName("newCreate");
  complaint_->setObjectName("newComplaint");
  widgets::makePrimary(create_);
  name_label_ = fieldLabel(making, name_);
  folder_label_ = fieldLabel(making, folder_);
  template_label_ = fieldLabel(making, template_);
  auto* grid = new QGridLayout;
  grid->setHorizontalSpacing(theme::kSpace3);
  grid->setVerticalSpacing(theme::kSpace2);
  grid->addWidget(name_label_, 0, 0);
  grid->addWidget(name_, 0, 1, 1, 2);
  grid->addWidget(folder_label_, 1, 0);
  grid->addWidget(folder_, 1, 1);
  grid->addWidget(browse_, 1, 2);
  grid->addWidget(template_label_, 2, 0);
  grid->addWidget(template_, 2, 1, 1, 2);
  grid->addWidget(template_help_, 3, 1, 1, 2);
  grid->setColumnStretch(1, 1);
  making->body()->addWidget(new_title_);
  making->body()->addLayout(grid);
  making->body()->addStretch();
  auto* last = new QHBoxLayout;
  last->addWidget(complaint_, 1);
  last->addWidget(create_);
  making->body()->addLayout(last);
  row->addWidget(making, 3);

  auto* demo = new widgets::Card(row_of_cards);
  demo_title_ = theme::label(theme::Role::Section, demo);
  demo_text_ = theme::label(theme::Role::Body, demo);
  demo_text_->setProperty("role", "caption");
  demo_text_->setWordWrap(true);
  demo_text_->setAlignment(Qt::AlignTop | Qt::AlignLeft);
  demo_button_ = new QPushButton(demo);
  demo_button_->setObjectName("demoButton");
  progress_ = new QProgressBar(demo);
  progress_->setObjectName("homeProgress");
  progress_->setTextVisible(false);
  progress_text_ = theme::label(theme::Role::Caption, demo);
  progress_text_->setWordWrap(true);
  demo->body()->addWidget(demo_title_);
  demo->body()->addWidget(demo_text_, 1);
  demo->body()->addWidget(progress_text_);
  demo->body()->addWidget(progress_);
  demo_cancel_ = new QPushButton(demo);
  demo_cancel_->setObjectName("homeCancel");
  connect(demo_cancel_, &QPushButton::clicked, this, [this] { studio_.jobs().cancel(studio_.openingJob()); });
  auto* demo_buttons = new QHBoxLayout;
  demo_buttons->addStretch();
  demo_buttons->addWidget(demo_cancel_);
  demo_buttons->addWidget(demo_button_);
  demo->body()->addLayout(demo_buttons);
  row->addWidget(demo, 2);
  row_of_cards->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);

  connect(name_, &QLineEdit::textChanged, this, &HomePage::checkNewName);
  connect(folder_, &QLineEdit::textChanged, this, &HomePage::checkNewName);
  connect(name_, &QLineEdit::returnPressed, this, &HomePage::createProject);
  connect(create_, &QPushButton::clicked, this, &HomePage::createProject);
  connect(template_, &QComboBox::currentIndexChanged, this,
          [this] { template_help_->setText(template_->currentData(Qt::UserRole + 1).toString()); });
  connect(browse_, &QPushButton::clicked, this, [this] {
    const QString chosen = widgets::askFolder(this, tr("Where the project will be"));
    if (!chosen.isEmpty()) folder_->setText(chosen);
  });
  connect(demo_button_, &QPushButton::clicked, this, &HomePage::makeDemo);
  return row_of_cards;
}

/// What a newcomer sees where the recent projects will be.
QWidget* HomePage::buildWay() {
  way_ = new QWidget(this);
  way_->setObjectName("homeWay");
  auto* column = new QVBoxLayout(way_);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(theme::kSpace3);
  way_title_ = theme::label(theme::Role::Section, way_);
  column->addWidget(way_title_);
  auto* row = new QHBoxLayout;
  row->setSpacing(theme::kSpace3);
  for (const char* page : kWay) {
    auto* card = new widgets::Card(way_);
    auto* head = new QHBoxLayout;
    auto* picture = new QLabel(card);
    theme::paintWith(picture, [picture, page] {
      picture->setPixmap(theme::pixmap(page, theme::tokens().text2, 20, picture->devicePixelRatioF()));
    });
    Step step{theme::label(theme::Role::Body, card), theme::label(theme::Role::Caption, card)};
    QFont bold = step.title->font();
    bold.setWeight(QFont::DemiBold);
    step.title->setFont(bold);
    head->addWidget(picture);
    head->addWidget(step.title, 1);
    step.text->setWordWrap(true);
    step.text->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    card->body()->addLayout(head);
    card->body()->addWidget(step.text, 1);
    steps_.push_back(step);
    row->addWidget(card, 1);
  }
  column->addLayout(row);
  way_->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
  return way_;
}

void HomePage::showWay() {
  way_title_->setText(tr("The way of a campaign"));
  const QString titles[] = {tr("Data"), tr("Pipeline"), tr("Models"), tr("Strategies"), tr("Review")};
  const QString texts[] = {
      tr("Import what the shop exports, look at it, say what its columns mean."),
      tr("One flowchart from the rows to the strategies: set it up, run it, see every step."),
      tr("Train on this computer, watch it learn, choose the threshold in money."),
      tr("Who gets which offer, with the effect that is predicted and how sure it is."),
      tr("A second pair of eyes approves; what is approved can be exported."),
  };
  for (std::size_t i = 0; i < steps_.size(); ++i) {
    steps_[i].title->setText(QString("%1. %2").arg(i + 1).arg(titles[i]));
    steps_[i].text->setText(texts[i]);
  }
}

void HomePage::addActions() {
  open_->setObjectName("openProject");
  open_->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O));
  open_->setIcon(theme::icon("open"));
  connect(open_, &QAction::triggered, this, &HomePage::openFolder);
  demo_->setObjectName("openDemo");
  demo_->setIcon(theme::icon("demo"));
  connect(demo_, &QAction::triggered, this, &HomePage::makeDemo);
  addAction(open_);
  addAction(demo_);
}

// --- texts ---

QString HomePage::title() const {
  return tr("Home");
}

QString HomePage::line() const {
  return studio_.project() ? studio_.folder() : tr("From a shop's exports to a campaign that you can defend");
}

QList<QAction*> HomePage::headerActions() const {
  return {open_};
}
QWidget* HomePage::firstFocus() {
  return studio_.project() ? static_cast<QWidget*>(next_) : name_;
}

void HomePage::showTexts() {
  open_->setText(tr("Open a project…"));
  open_->setToolTip(tr("Open a project's folder"));
  demo_->setText(tr("Make and open the demo shop"));
  recent_title_->setText(tr("Recent projects"));
  no_recent_->setText(tr("Projects that you open are listed here."));
  new_title_->setText(tr("New project"));
  name_label_->setText(tr("Name"));
  name_->setAccessibleName(tr("Name of the new project"));
  name_->setPlaceholderText(tr("spring-campaign"));
  folder_label_->setText(tr("Folder"));
  folder_->setAccessibleName(tr("Folder that the project is made in"));
  template_label_->setText(tr("Pipeline"));
  template_->setAccessibleName(tr("Pipeline to begin with"));
  browse_->setText(tr("Browse…"));
  browse_->setAccessibleName(tr("Choose the folder"));
  create_->setText(tr("Create"));
  demo_title_->setText(tr("Look at the demo shop"));
  demo_text_->setText(
      tr("Makes a shop with 50,000 customers, a million events and campaigns with a known truth, and walks "
         "the whole way "
         "from the files to strategies. Takes about half a minute, all on this computer."));
  demo_button_->setText(tr("Make the demo"));
  demo_cancel_->setText(tr("Cancel"));
  demo_cancel_->setToolTip(tr("Stop it; nothing is left half done"));
  progress_->setAccessibleName(tr("Progress of the demo"));
  const QString chosen = template_->count() > 0 ? template_->currentData().toString() : QString("s3");
  template_->clear();
  const auto offer = [this](const QString& name, const QString& title, const QString& help) {
    template_->addItem(title, name);
    template_->setItemData(template_->count() - 1, help, Qt::UserRole + 1);
  };
  offer("s3", tr("Strategy generation (S3)"),
        tr("Collect, preprocess, extract features, train, predict, make strategies, evaluate, optimise. The "
           "place to begin."));
  offer("s2", tr("Precision marketing (S2)"), tr("User profiles and recommendation with a feedback loop."));
  offer("s1", tr("Strategy and effect prediction (S1)"),
        tr("Strategies and their effects with a feedback loop."));
  offer("s0", tr("Marketing automation (S0)"),
        tr("From collection to the automated campaign in eleven steps."));
  offer("", tr("Empty"), tr("Begin with data; choose a pipeline later."));
  template_->setCurrentIndex(std::max(0, template_->findData(chosen)));
  template_help_->setText(template_->currentData(Qt::UserRole + 1).toString());
  places_.at("data").title->setText(tr("Data"));
  places_.at("pipeline").title->setText(tr("Pipeline"));
  places_.at("models").title->setText(tr("Models"));
  places_.at("strategies").title->setText(tr("Strategies"));
  places_.at("review").title->setText(tr("Review"));
  showWay();
  checkNewName();
  followJob();
}

// --- the open project ---

void HomePage::showProject() {
  project_->setVisible(studio_.project() != nullptr);
  project_title_->setText(studio_.projectName());
  if (studio_.project()) {
    notice_->clear();
    readOverview();
    // What was asked for is there: the next step is what Enter should do.
    if (const QWidget* focused = window()->focusWidget();
        isVisible() && (focused == nullptr || isAncestorOf(focused)))
      next_->setFocus();
  }
  showRecent();
  Q_EMIT headerChanged();
}

void HomePage::readOverview() {
  if (!studio_.project()) return;
  reading_.start(
      this, {.title = tr("Reading the project"), .shown = jobs::Shown::Quiet},
      [project = studio_.project()](JobContext&) -> Result<Overview> {
        Overview seen;
        const auto database = project->tables();
        if (!database) return forward(database);
        const auto tables = (*database)->tables();
        if (!tables) return forward(tables);
        seen.tables = static_cast<std::int64_t>(tables->size());
        for (const auto& table : *tables) seen.rows += table.rows;
        const auto models = project->models().list();
        if (!models) return forward(models);
        for (const auto& model : *models) {
          if (model.state != project::TrainingState::Done) continue;
          ++seen.models;
          const auto test = model.metrics.find("test");
          const double auc = test == model.metrics.end() ? NAN : words::figure(*test, "roc_auc");
          if (!(seen.best_auc >= auc)) seen.best_auc = auc;
        }
        const auto strategies = project->strategies().list();
        if (!strategies) return forward(strategies);
        using State = project::StrategyState;
        for (const auto& strategy : *strategies) {
          ++seen.strategies;
          seen.drafts += strategy.state == State::Draft || strategy.state == State::ChangesRequested ? 1 : 0;
          seen.waiting += strategy.state == State::InReview ? 1 : 0;
          seen.approved += strategy.state == State::Approved ? 1 : 0;
        }
        const auto runs = project->pipelines().runs();
        if (!runs) return forward(runs);
        for (const auto& run : *runs)
          if (seen.last_run_at <= run.started_at) {
            seen.last_run_at = run.started_at;
            seen.last_run = run.state;
          }
        seen.has_chart = std::filesystem::exists(project->folder() / "pipeline.mmd");
        return seen;
      },
      [this](const Result<Overview>& seen) {
        if (seen)
          showOverview(*seen);
        else
          notice_->showError(seen.error());
      });
}

void HomePage::showOverview(const Overview& seen) {
  const auto show = [this](const QString& page, const QString& figure, const QString& note) {
    const Place& place = places_.at(page);
    place.figure->setText(figure);
    place.note->setText(note);
    place.card->setAccessibleName(QString("%1: %2, %3").arg(place.title->text(), figure, note));
  };
  show("data", tr("%n table(s)", nullptr, static_cast<int>(seen.tables)),
       tr("%1 rows").arg(words::count(seen.rows)));
  show("pipeline",
       seen.last_run.empty() ? tr("not run yet") : widgets::stateWord(widgets::stateOf(seen.last_run)),
       seen.last_run.empty() ? (seen.has_chart ? tr("ready to be set up") : tr("no pipeline yet"))
                             : tr("last run %1").arg(words::moment(seen.last_run_at)));
  show("models", tr("%n model(s)", nullptr, static_cast<int>(seen.models)),
       seen.models > 0 ? tr("best ROC AUC on test rows: %1").arg(words::number(seen.best_auc, 3))
                       : tr("none trained yet"));
  show("strategies", tr("%n strategies", nullptr, static_cast<int>(seen.strategies)),
       tr("%n draft(s)", nullptr, static_cast<int>(seen.drafts)));
  show("review", tr("%n waiting", nullptr, static_cast<int>(seen.waiting)),
       tr("%n approved", nullptr, static_cast<int>(seen.approved)));
  const auto next = [this](const QString& text, const QString& button, const QString& page,
                           const QVariant& what = {}) {
    next_text_->setText(text);
    next_->setText(button);
    next_page_ = page;
    next_what_ = what;
  };
  if (seen.tables == 0)
    next(tr("Next: load a shop's exports."), tr("Import data"), "data", "import");
  else if (seen.last_run.empty() && seen.models == 0)
    next(tr("Next: set the pipeline up on your tables and run it."), tr("Open the pipeline"), "pipeline");
  else if (seen.strategies == 0)
    next(tr("Next: let strategies be made from the predictions."), tr("Make strategies"), "strategies");
  else if (seen.waiting > 0)
    next(tr("Next: someone other than the author looks at what is in review."), tr("Review"), "review");
  else if (seen.approved > 0)
    next(tr("Next: export what was approved."), tr("Export"), "review");
  else
    next(tr("Next: look at the strategies, change what you must, and send them to review."),
         tr("Look at strategies"), "strategies");
  for (const studio::Recent& recent : studio_.recent())
    if (recent.folder == studio_.folder()) {
      studio_.settings().setValue("waiting/" + QString(recent.folder).replace('/', '|'),
                                  static_cast<int>(seen.waiting));
      studio_.settings().setValue("strategies/" + QString(recent.folder).replace('/', '|'),
                                  static_cast<int>(seen.strategies));
    }
}

// --- recent projects ---

void HomePage::showRecent() {
  widgets::clearLayout(recent_);
  sizes_.clear();
  bool any = false;
  for (const studio::Recent& recent : studio_.recent()) {
    if (recent.folder == studio_.folder()) continue;
    any = true;
    const bool there = QFileInfo::exists(recent.folder);
    auto* card = new widgets::Card(this);
    card->setObjectName("recent_" + recent.name);
    card->setPressable(there);
    card->setToolTip(recent.folder);
    auto* head = new QHBoxLayout;
    QLabel* name = theme::label(theme::Role::Body, card, recent.name);
    QFont bold = name->font();
    bold.setWeight(QFont::DemiBold);
    name->setFont(bold);
    auto* forget = new QToolButton(card);
    forget->setObjectName("forget_" + recent.name);
    forget->setIcon(theme::icon("close"));
    forget->setToolTip(tr("Take it off this list; the project stays where it is"));
    forget->setAccessibleName(tr("Take %1 off the list").arg(recent.name));
    head->addWidget(name, 1);
    head->addWidget(forget);
    card->body()->addLayout(head);
    QLabel* when = theme::label(theme::Role::Caption, card, tr("opened %1").arg(words::ago(recent.opened)));
    QLabel* size = theme::label(theme::Role::Caption, card,
                                there ? QString("…") : tr("The folder is not there any more"));
    card->body()->addWidget(when);
    card->body()->addWidget(size);
    if (there) sizes_[recent.folder] = size;
    const QString key = QString(recent.folder).replace('/', '|');
    const int waiting = studio_.settings().value("waiting/" + key, 0).toInt();
    const int strategies = studio_.settings().value("strategies/" + key, 0).toInt();
    card->body()->addWidget(theme::label(theme::Role::Caption, card,
                                         waiting > 0 ? tr("%n waiting for review", nullptr, waiting)
                                                     : tr("%n strategies", nullptr, strategies)));
    card->setAccessibleName(tr("Open %1").arg(recent.name));
    connect(card, &widgets::Card::pressed, this,
            [this, folder = recent.folder] { studio_.openProject(folder); });
    connect(forget, &QToolButton::clicked, this, [this, folder = recent.folder] {
      studio_.forgetRecent(folder);
      showRecent();
    });
    recent_->addWidget(card);
  }
  const bool first_time = !any && studio_.project() == nullptr;
  way_->setVisible(first_time);
  recent_title_->setVisible(!first_time);
  no_recent_->setVisible(!any && !first_time);
  recent_->parentWidget()->setVisible(any);
  readSizes();
}

void HomePage::readSizes() {
  QStringList folders;
  for (const auto& [folder, label] : sizes_) folders << folder;
  if (folders.isEmpty()) return;
  measuring_.start(
      this, {.title = tr("Measuring projects"), .shown = jobs::Shown::Quiet},
      [folders](JobContext& job) -> Result<std::map<QString, std::int64_t>> {
        std::map<QString, std::int64_t> bytes;
        for (const QString& folder : folders) bytes[folder] = bytesOf(words::toUtf8(folder), job);
        if (auto go_on = job.checkpoint(); !go_on) return forward(go_on);
        return bytes;
      },
      [this](const Result<std::map<QString, std::int64_t>>& bytes) {
        if (!bytes) return;
        for (const auto& [folder, count] : *bytes)
          if (const auto label = sizes_.find(folder); label != sizes_.end())
            label->second->setText(QLocale().formattedDataSize(count, 1, QLocale::DataSizeTraditionalFormat));
      });
}

// --- doing ---

void HomePage::opened(const QVariant& what) {
  showRecent();
  if (what.toString() == "new") name_->setFocus();
}

void HomePage::openFolder() {
  const QString folder = widgets::askFolder(this, tr("Open a project (a folder that ends in .lodestone)"));
  if (!folder.isEmpty()) studio_.openProject(folder);
}

void HomePage::checkNewName() {
  const QString name = name_->text().trimmed();
  const QString path = QDir(folder_->text()).filePath(name + kEnding);
  QString problem;
  if (name.isEmpty())
    problem = tr("Give the project a name.");
  else if (name.contains('/') || name.startsWith('.'))
    problem = tr("A name has no slash and does not begin with a full stop.");
  else if (!QFileInfo(folder_->text()).isDir())
    problem = tr("There is no folder %1.").arg(folder_->text());
  else if (!QFileInfo(folder_->text()).isWritable())
    problem = tr("Nothing can be written to %1.").arg(folder_->text());
  else if (QFileInfo::exists(path))
    problem = tr("%1 is there already.").arg(QFileInfo(path).fileName());
  complaint_->setText(name.isEmpty() ? QString() : problem);
  widgets::enableOrSay(create_, problem);
  if (problem.isEmpty()) create_->setToolTip(path);
}

void HomePage::createProject() {
  if (!create_->isEnabled()) return;
  const QString path = QDir(folder_->text()).filePath(name_->text().trimmed() + kEnding);
  studio_.createProject(path, template_->currentData().toString());
  name_->clear();
}

void HomePage::makeDemo() {
  if (studio_.busyWithProject()) return;
  const QString parent = QFileInfo(folder_->text()).isDir() ? folder_->text() : defaultFolder();
  studio_.makeDemo(freeFolder(parent, "lodestone-demo"));
}

/// The demo's progress stands where it was asked for.
void HomePage::followJob() {
  const jobs::JobView* job = studio_.jobs().view(studio_.openingJob());
  progress_->setVisible(job != nullptr);
  progress_text_->setVisible(job != nullptr);
  const bool had_focus = demo_button_->hasFocus();
  const bool cancel_had_focus = demo_cancel_->hasFocus();
  demo_cancel_->setVisible(job != nullptr);
  widgets::enableOrSay(demo_button_, job != nullptr ? tr("A project is being opened") : QString());
  widgets::enableOrSay(demo_, job != nullptr ? tr("A project is being opened") : QString());
  if (had_focus && job != nullptr) demo_cancel_->setFocus();
  if (cancel_had_focus && job == nullptr) firstFocus()->setFocus();
  if (job == nullptr) return;
  demo_cancel_->setEnabled(job->state != jobs::JobView::State::Stopping);
  progress_->setRange(0, job->fraction > 0 ? 1000 : 0);
  progress_->setValue(static_cast<int>(job->fraction * 1000));
  progress_text_->setText(job->what.isEmpty() ? job->title : job->what);
}

}  // namespace lodestone::pages
