// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/review/review_page.h"

#include <QAction>
#include <QPushButton>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>
#include <QVBoxLayout>
#include <functional>

#include "core/data/database.h"
#include "ui/pages/review/difference_view.h"
#include "ui/pages/review/export_panel.h"
#include "ui/pages/review/review_inspector.h"
#include "ui/pages/review/review_queue.h"
#include "ui/pages/review/strategy_view.h"
#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

namespace lodestone::pages {

using project::ReviewAction;
using widgets::Notice;

namespace {

constexpr std::size_t kProblemsTold = 3;
constexpr int kQueueWidth = 260;

}  // namespace

ReviewPage::ReviewPage(studio::Studio& studio, QWidget* parent)
    : Page(parent),
      studio_(studio),
      queue_reading_(studio.jobs()),
      details_reading_(studio.jobs()),
      verifying_(studio.jobs()),
      inspector_(new ReviewInspector) {
  setObjectName(id());
  buildPage();
  makeCommands();
  connectParts();
  words::say(this, [this] { showTexts(); });
  projectIsOther();
}

ReviewPage::~ReviewPage() {
  if (inspector_ != nullptr && inspector_->parent() == nullptr) delete inspector_;
}

void ReviewPage::buildPage() {
  notice_ = new Notice;
  notice_->setObjectName("reviewNotice");
  blank_ = new QWidget;
  empty_ = new widgets::EmptyState("review");
  empty_->setObjectName("nothingToReview");
  go_ = empty_->addButton("goToStrategies");
  queue_ = new ReviewQueue;
  document_ = new StrategyView(studio_);
  difference_ = new DifferenceView;
  export_ = new ExportPanel(studio_);
  tabs_ = new QTabWidget;
  tabs_->setObjectName("reviewTabs");
  tabs_->addTab(document_, {});
  tabs_->addTab(difference_, {});
  splitter_ = new QSplitter(Qt::Horizontal);
  splitter_->setObjectName("reviewSplitter");
  splitter_->setChildrenCollapsible(false);
  splitter_->addWidget(queue_);
  splitter_->addWidget(tabs_);
  splitter_->setStretchFactor(0, 0);
  splitter_->setStretchFactor(1, 1);
  splitter_->setSizes({kQueueWidth, 4 * kQueueWidth});
  stack_ = new QStackedWidget;
  for (QWidget* each : std::initializer_list<QWidget*>{blank_, empty_, splitter_, export_})
    stack_->addWidget(each);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  auto* notice_place = new QVBoxLayout;
  notice_place->setContentsMargins(theme::kSpace4, 0, theme::kSpace4, 0);
  notice_place->addWidget(notice_);
  layout->addLayout(notice_place);
  layout->addWidget(stack_, 1);
}

QAction* ReviewPage::command(const char* name, const char* keys, const std::function<void()>& triggered) {
  auto* made = new QAction(this);
  made->setObjectName(name);
  if (*keys != 0) made->setShortcut(QKeySequence(QString::fromLatin1(keys)));
  made->setShortcutContext(Qt::WidgetWithChildrenShortcut);
  connect(made, &QAction::triggered, this, triggered);
  addAction(made);
  inspector_->addAction(made);  // typing a comment is where a decision is made
  return made;
}

void ReviewPage::makeCommands() {
  commands_ = {.approve = command("actionApprove", "Ctrl+Shift+A", [this] { step(ReviewAction::Approve); }),
               .request = command("actionRequestChanges", "Ctrl+Shift+C",
                                  [this] { step(ReviewAction::RequestChanges); }),
               .reject = command("actionReject", "Ctrl+Shift+R", [this] { step(ReviewAction::Reject); }),
               .submit = command("actionSubmit", "Ctrl+Shift+S", [this] { step(ReviewAction::Submit); }),
               .comment = command("actionComment", "Ctrl+Return", [this] { addComment(); }),
               .next = command("actionNext", "Alt+Down", [this] { queue_->step(1); }),
               .previous = command("actionPrevious", "Alt+Up", [this] { queue_->step(-1); }),
               .difference = command("actionDifference", "Ctrl+Shift+D",
                                     [this] { tabs_->setCurrentIndex(tabs_->currentIndex() == 0 ? 1 : 0); }),
               .exporting = command("actionExport", "Ctrl+Shift+E", [this] { openExport(); }),
               .verify = command("actionVerify", "", [this] { verify(); })};
  commands_.exporting->setIcon(theme::icon("export"));
  commands_.verify->setIcon(theme::icon("check"));
}

void ReviewPage::connectParts() {
  connect(go_, &QPushButton::clicked, this, [this] { studio_.go("strategies"); });
  connect(queue_, &ReviewQueue::currentChanged, this, [this](const QString& id) { readDetails(id); });
  connect(inspector_, &ReviewInspector::stepAsked, this, [this](ReviewAction action) { step(action); });
  connect(inspector_, &ReviewInspector::commentAsked, this, [this] { addComment(); });
  connect(inspector_, &ReviewInspector::reviewerChanged, this,
          [this](const QString& name) { studio_.setUserName(name); });
  connect(inspector_, &ReviewInspector::rulesChanged, this, [this] { showRules(); });
  connect(export_, &ExportPanel::closed, this, [this] { closeExport(); });
  connect(&studio_, &studio::Studio::projectChanged, this, [this] { projectIsOther(); });
  connect(&studio_, &studio::Studio::strategiesChanged, this, [this] { readQueue(); });
  connect(&studio_, &studio::Studio::userChanged, this,
          [this] { inspector_->setReviewer(studio_.userName()); });
  inspector_->setReviewer(studio_.userName());
}

// --- texts ---

QString ReviewPage::title() const {
  return tr("Review");
}

QString ReviewPage::line() const {
  if (!loaded_) return studio_.projectName();
  const int waiting = queue_->model().countOf(QueueFilter::Waiting);
  const int all = queue_->model().countOf(QueueFilter::All);
  return tr("%1 · %2 of %3 strategies wait for review")
      .arg(studio_.projectName(), words::count(waiting), words::count(all));
}

void ReviewPage::showTexts() {
  empty_->setTexts(
      tr("Nothing to review yet"),
      tr("Strategies are made from a model's predictions. Once there are some, they are reviewed and "
         "exported here."));
  go_->setText(tr("Go to strategies"));
  go_->setToolTip(tr("Opens the page on which strategies are made"));
  tabs_->setTabText(0, tr("Document"));
  tabs_->setTabText(1, tr("Difference"));
  tabs_->setTabToolTip(1,
                       tr("Two versions side by side (%1)").arg(commands_.difference->shortcut().toString()));
  tabs_->setAccessibleName(tr("The chosen strategy"));
  commands_.approve->setText(tr("Approve the strategy"));
  commands_.request->setText(tr("Request changes to the strategy"));
  commands_.reject->setText(tr("Reject the strategy"));
  commands_.submit->setText(tr("Send the strategy to review"));
  commands_.comment->setText(tr("Add the comment"));
  commands_.next->setText(tr("Next strategy of the queue"));
  commands_.previous->setText(tr("Previous strategy of the queue"));
  commands_.difference->setText(tr("Show the document or the difference"));
  for (QAction* each : {commands_.exporting, commands_.verify}) widgets::enableOrSay(each, {});
  commands_.exporting->setText(tr("Export…"));
  commands_.exporting->setToolTip(tr("Writes audiences and reports, with a preview (%1)")
                                      .arg(commands_.exporting->shortcut().toString()));
  commands_.verify->setText(tr("Verify"));
  commands_.verify->setToolTip(
      tr("Checks that nothing in this project was changed behind its back: contents, history, "
         "models, reports, tables"));
  showRules();
  Q_EMIT headerChanged();
}

void ReviewPage::showRules() {
  if (commands_.verify == nullptr) return;
  widgets::enableOrSay(commands_.approve, inspector_->whyNot(ReviewAction::Approve));
  widgets::enableOrSay(commands_.request, inspector_->whyNot(ReviewAction::RequestChanges));
  widgets::enableOrSay(commands_.reject, inspector_->whyNot(ReviewAction::Reject));
  widgets::enableOrSay(commands_.submit, inspector_->whyNot(ReviewAction::Submit));
  widgets::enableOrSay(commands_.comment, inspector_->whyNoComment());
  const bool any = !queue_->model().strategies().empty();
  widgets::enableOrSay(commands_.exporting, any ? QString() : tr("There is no strategy to export."));
  widgets::enableOrSay(commands_.verify, studio_.project() == nullptr ? tr("No project is open.")
                                         : verifying_.running()       ? tr("The project is being verified.")
                                                                      : QString());
}

QList<QAction*> ReviewPage::headerActions() const {
  return {commands_.exporting, commands_.verify};
}
QWidget* ReviewPage::inspector() {
  return inspector_;
}
QWidget* ReviewPage::firstFocus() {
  return queue_->list();
}

// --- reading ---

void ReviewPage::projectIsOther() {
  details_reading_.stop();
  verifying_.stop();
  details_.reset();
  loaded_ = false;
  inspector_->setDetails(nullptr);
  inspector_->setSaving(false);
  inspector_->clearComment();
  notice_->clear();
  export_->setActive(false);
  queue_->setStrategies({});
  stack_->setCurrentWidget(blank_);
  readQueue();
  showRules();
  Q_EMIT headerChanged();
}

void ReviewPage::readQueue() {
  const auto project = studio_.project();
  if (project == nullptr) {
    queue_reading_.stop();
    return;
  }
  queue_reading_.start(
      this, {tr("Reading the strategies"), jobs::Pool::Data, jobs::Shown::Quiet},
      [project](JobContext&) { return project->strategies().list(); },
      [this](Result<std::vector<project::StrategyVersion>> strategies) {
        if (strategies)
          showQueue(std::move(*strategies));
        else
          notice_->showError(strategies.error());
      });
}

void ReviewPage::showQueue(std::vector<project::StrategyVersion> strategies) {
  loaded_ = true;
  const QString before = queue_->currentId();
  queue_->setStrategies(std::move(strategies));
  if (!wanted_.isEmpty()) queue_->select(wanted_);
  wanted_.clear();
  const QString now = queue_->currentId();
  if (!now.isEmpty() && now == before) readDetails(now);
  const bool any = !queue_->model().strategies().empty();
  const bool exporting = stack_->currentWidget() == export_ && any;
  if (!exporting) stack_->setCurrentWidget(any ? static_cast<QWidget*>(splitter_) : empty_);
  export_->setStrategies(queue_->model().strategies(), now);
  showRules();
  Q_EMIT headerChanged();
}

void ReviewPage::readDetails(const QString& id) {
  const auto project = studio_.project();
  if (project == nullptr || id.isEmpty()) {
    details_reading_.stop();
    details_.reset();
    inspector_->setDetails(nullptr);
    return;
  }
  details_reading_.start(
      this, {tr("Reading %1").arg(id), jobs::Pool::Data, jobs::Shown::Quiet},
      [project, wanted = words::toUtf8(id)](JobContext&) { return pages::readDetails(*project, wanted); },
      [this](Result<StrategyDetails> details) {
        if (details)
          showDetails(std::move(*details));
        else
          notice_->showError(details.error());
      });
}

void ReviewPage::showDetails(StrategyDetails details) {
  const bool other = details_ == nullptr || details_->newest().id != details.newest().id;
  if (other) inspector_->clearComment();  // it was about another strategy
  details_ = std::make_shared<const StrategyDetails>(std::move(details));
  document_->setStrategy(details_->newest());
  difference_->setVersions(details_->versions);
  inspector_->setDetails(details_);
  export_->setStrategies(queue_->model().strategies(), words::toQt(details_->newest().id));
}

void ReviewPage::opened(const QVariant& what) {
  const QString id = what.toString();
  if (id.isEmpty()) return;
  closeExport();
  if (queue_->model().strategy(id) != nullptr)
    queue_->select(id);
  else
    wanted_ = id;
}

// --- acting ---

void ReviewPage::step(ReviewAction action) {
  const auto project = studio_.project();
  if (project == nullptr || !inspector_->whyNot(action).isEmpty()) return;
  inspector_->setSaving(true);
  const std::string id = details_->newest().id;
  studio_.jobs().start(
      this, {tr("Saving the decision"), jobs::Pool::Data, jobs::Shown::Quiet},
      [project, id, action, by = words::toUtf8(studio_.userName()),
       comment = words::toUtf8(inspector_->comment())](JobContext&) {
        return project->strategies().review(id, action, by, comment);
      },
      [this, action, project](Result<project::StrategyVersion> after) {
        if (project != studio_.project()) return;
        inspector_->setSaving(false);
        if (after)
          stepTaken(action, *after);
        else
          notice_->showError(after.error());
      });
}

void ReviewPage::stepTaken(ReviewAction action, const project::StrategyVersion& strategy) {
  const QString id = words::toQt(strategy.id);
  inspector_->clearComment();
  const QString next = action == ReviewAction::Submit ? QString() : queue_->model().waitingAfter(id);
  QString text;
  Notice::Kind kind = Notice::Kind::Ok;
  switch (action) {
    case ReviewAction::Submit:
      text = tr("%1 is in review: another person decides now.").arg(id);
      break;
    case ReviewAction::Approve:
      text = tr("%1 approved. Editing it later makes a new draft.").arg(id);
      break;
    case ReviewAction::RequestChanges:
      text = tr("%1 went back with changes requested. Editing it makes a new draft.").arg(id);
      kind = Notice::Kind::Info;
      break;
    case ReviewAction::Reject:
      text = tr("%1 rejected. Editing it makes a new draft.").arg(id);
      kind = Notice::Kind::Info;
      break;
  }
  if (action != ReviewAction::Submit)
    text += ' ' + (next.isEmpty() ? tr("Nothing else waits for review.") : tr("Next: %1.").arg(next));
  notice_->showText(kind, text, tr("Open on Strategies"), [this, id] { studio_.go("strategies", id); });
  wanted_ = next;
  Q_EMIT studio_.strategiesChanged();
}

void ReviewPage::addComment() {
  const auto project = studio_.project();
  if (project == nullptr || !inspector_->whyNoComment().isEmpty()) return;
  inspector_->setSaving(true);
  studio_.jobs().start(
      this, {tr("Saving the comment"), jobs::Pool::Data, jobs::Shown::Quiet},
      [project, id = details_->newest().id, by = words::toUtf8(studio_.userName()),
       text = words::toUtf8(inspector_->comment())](JobContext&) {
        return project->strategies().comment(id, by, text);
      },
      [this, project](Result<> kept) {
        if (project != studio_.project()) return;
        inspector_->setSaving(false);
        if (!kept) {
          notice_->showError(kept.error());
          return;
        }
        inspector_->clearComment();
        Q_EMIT studio_.strategiesChanged();
      });
}

void ReviewPage::openExport() {
  if (queue_->model().strategies().empty()) return;
  notice_->clear();
  stack_->setCurrentWidget(export_);
  export_->setActive(true);
}

void ReviewPage::closeExport() {
  if (stack_->currentWidget() != export_) return;
  export_->setActive(false);
  stack_->setCurrentWidget(splitter_);
  queue_->list()->setFocus();
}

void ReviewPage::verify() {
  const auto project = studio_.project();
  if (project == nullptr) return;
  verifying_.start(
      this, {tr("Verifying the project"), jobs::Pool::Data, jobs::Shown::Strip},
      [project](JobContext& job) -> Result<std::vector<Error>> {
        auto problems = project->verify();
        if (!problems) return forward(problems);
        if (auto go = job.checkpoint(); !go) return forward(go);
        auto tables = project->tables();
        if (!tables) return forward(tables);
        const auto sound = (*tables)->checkIntegrity(job);
        if (!sound && sound.error().code == ErrorCode::Cancelled) return forward(sound);
        if (!sound) problems->push_back(sound.error());
        return problems;
      },
      [this](Result<std::vector<Error>> problems) {
        verifying_.stop();
        showRules();
        if (!problems) {
          notice_->showError(problems.error());
          return;
        }
        if (problems->empty()) {
          notice_->showText(Notice::Kind::Ok,
                            tr("All is as it was recorded: contents, history, models, reports and "
                               "tables."));
          return;
        }
        QStringList lines{tr("%n problem(s) found:", nullptr, static_cast<int>(problems->size()))};
        for (std::size_t i = 0; i < problems->size() && i < kProblemsTold; ++i)
          lines << "• " + words::said((*problems)[i]);
        if (problems->size() > kProblemsTold)
          lines << tr("and %n more", nullptr, static_cast<int>(problems->size() - kProblemsTold));
        notice_->showText(Notice::Kind::Failure, lines.join('\n'));
      });
  showRules();
}

// --- between visits ---

void ReviewPage::saveState(QSettings& settings) const {
  settings.setValue("splitter", splitter_->saveState());
  settings.setValue("filter", static_cast<int>(queue_->filter()));
  settings.setValue("tab", tabs_->currentIndex());
  settings.setValue("onlyChanges", difference_->onlyChanges());
  export_->saveState(settings);
}

void ReviewPage::restoreState(const QSettings& settings) {
  if (settings.contains("splitter")) splitter_->restoreState(settings.value("splitter").toByteArray());
  const int filter = settings.value("filter", static_cast<int>(QueueFilter::All)).toInt();
  if (filter >= 0 && filter <= static_cast<int>(QueueFilter::All))
    queue_->setFilter(static_cast<QueueFilter>(filter));
  tabs_->setCurrentIndex(settings.value("tab", 0).toInt());
  difference_->setOnlyChanges(settings.value("onlyChanges", true).toBool());
  export_->restoreState(settings);
}

}  // namespace lodestone::pages
