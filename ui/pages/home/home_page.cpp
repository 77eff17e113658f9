// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/home/home_page.h"

#include <QAction>
#include <QDir>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSettings>
#include <QVBoxLayout>

#include "ui/pages/home/new_project.h"
#include "ui/pages/home/project_overview.h"
#include "ui/pages/home/recent_projects.h"
#include "ui/pages/home/steps.h"
#include "ui/theme/theme.h"
#include "ui/widgets/dialogs.h"
#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

namespace lodestone::pages {
namespace {

/// A folder that is not there yet: lodestone-demo, lodestone-demo-2, ...
QString freeFolder(const QString& parent, const QString& name) {
  QString path = QDir(parent).filePath(name);
  for (int number = 2; QFileInfo::exists(path); ++number)
    path = QDir(parent).filePath(QString("%1-%2").arg(name).arg(number));
  return path;
}

}  // namespace

HomePage::HomePage(studio::Studio& studio, QWidget* parent)
    : Page(parent),
      studio_(studio),
      open_(new QAction(this)),
      demo_(new QAction(this)),
      notice_(new widgets::Notice(this)),
      overview_(new ProjectOverview(studio, this)),
      new_(new NewProject(studio, this)),
      recent_(new RecentProjects(studio, this)),
      steps_(new Steps(this)) {
  setObjectName(id());
  steps_->setObjectName("homeWay");
  auto* begin = new QWidget(this);
  begin->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
  auto* beginnings = new QHBoxLayout(begin);
  beginnings->setContentsMargins(0, 0, 0, 0);
  beginnings->setSpacing(theme::kSpace3);
  beginnings->addWidget(new_, 3);
  beginnings->addWidget(buildDemo(), 2);
  auto* content = new QWidget;
  auto* column = new QVBoxLayout(content);
  column->setContentsMargins(theme::kSpace4, theme::kSpace2, theme::kSpace4, theme::kSpace5);
  column->setSpacing(theme::kSpace4);
  for (QWidget* part : std::initializer_list<QWidget*>{notice_, overview_, begin, recent_, steps_})
    column->addWidget(part);
  column->addStretch(1);
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  outer->addWidget(widgets::scrolled(content, "homeScroll"));
  addActions();

  connect(overview_, &ProjectOverview::failed, this,
          [this](const Error& error) { notice_->showError(error); });
  connect(recent_, &RecentProjects::changed, this, &HomePage::showRecent);
  connect(&studio_, &studio::Studio::projectChanged, this, &HomePage::showProject);
  connect(&studio_.jobs(), &jobs::Jobs::progressed, this, &HomePage::followJob);
  connect(&studio_.jobs(), &jobs::Jobs::ended, this, &HomePage::followJob);
  words::say(this, [this] { showTexts(); });
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

QWidget* HomePage::buildDemo() {
  auto* demo = new widgets::Card(this);
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
  connect(demo_button_, &QPushButton::clicked, this, &HomePage::makeDemo);
  return demo;
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
  return studio_.project() ? static_cast<QWidget*>(overview_->nextStep()) : new_->nameEdit();
}

void HomePage::showTexts() {
  open_->setText(tr("Open a project…"));
  open_->setToolTip(tr("Open a project's folder"));
  demo_->setText(tr("Make and open the demo shop"));
  demo_title_->setText(tr("Look at the demo shop"));
  demo_text_->setText(
      tr("Makes a shop with 50,000 customers, a million events and campaigns with a known truth, and walks "
         "the whole way "
         "from the files to strategies. Takes about half a minute, all on this computer."));
  demo_button_->setText(tr("Make the demo"));
  demo_cancel_->setText(tr("Cancel"));
  demo_cancel_->setToolTip(tr("Stop it; nothing is left half done"));
  progress_->setAccessibleName(tr("Progress of the demo"));
  followJob();
}

void HomePage::showProject() {
  overview_->setVisible(studio_.project() != nullptr);
  if (studio_.project()) {
    notice_->clear();
    overview_->read();
    // What was asked for is there: the next step is what Enter should do.
    if (const QWidget* focused = window()->focusWidget();
        isVisible() && (focused == nullptr || isAncestorOf(focused)))
      firstFocus()->setFocus();
  }
  showRecent();
  Q_EMIT headerChanged();
}

void HomePage::showRecent() {
  recent_->refresh();
  const bool first_time = !recent_->any() && studio_.project() == nullptr;
  steps_->setVisible(first_time);
  recent_->setVisible(!first_time);
}

void HomePage::opened(const QVariant& what) {
  showRecent();
  if (what.toString() == "new") new_->nameEdit()->setFocus();
}

void HomePage::openFolder() {
  const QString folder = widgets::askFolder(this, tr("Open a project (a folder that ends in .lodestone)"));
  if (!folder.isEmpty()) studio_.openProject(folder);
}

void HomePage::makeDemo() {
  if (studio_.busyWithProject()) return;
  studio_.makeDemo(freeFolder(new_->parentFolder(), "lodestone-demo"));
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
