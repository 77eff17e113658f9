// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/main_window.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QButtonGroup>
#include <QCloseEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QSettings>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QTextEdit>
#include <QToolButton>
#include <QUndoGroup>
#include <QVBoxLayout>
#include <algorithm>
#include <array>

#include "ui/pages/data/data_page.h"
#include "ui/pages/home/home_page.h"
#include "ui/pages/models/models_page.h"
#include "ui/pages/pipeline/pipeline_page.h"
#include "ui/pages/review/review_page.h"
#include "ui/pages/strategies/strategies_page.h"
#include "ui/shell/command_palette.h"
#include "ui/shell/jobs_strip.h"
#include "ui/shell/page_header.h"
#include "ui/shell/rail.h"
#include "ui/shell/settings_page.h"
#include "ui/shell/single_instance.h"
#include "ui/theme/theme.h"
#include "ui/widgets/dialogs.h"
#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

namespace lodestone::shell {
namespace {

constexpr int kInspectorWidth = 320;
constexpr int kFrameHeight = 32;     ///< about what the title bar takes of the screen
constexpr int kNarrowWindow = 1280;  ///< the rail has words above this width

QFrame* line(QWidget* parent, bool vertical) {
  auto* made = new QFrame(parent);
  made->setProperty("surface", "line");
  if (vertical)
    made->setFixedWidth(1);
  else
    made->setFixedHeight(1);
  return made;
}

/// A page, or in its place what to do while there is no project.
QWidget* framed(studio::Page* page, studio::Studio& studio) {
  if (!page->needsProject()) return page;
  auto* frame = new QStackedWidget;
  auto* none = new widgets::EmptyState("folder", frame);
  QPushButton* home = none->addButton(page->id() + "GoHome");
  QObject::connect(home, &QPushButton::clicked, &studio, [&studio] { studio.go("home"); });
  words::say(none, [none, home] {
    none->setTexts(MainWindow::tr("No project is open"),
                   MainWindow::tr("Open one, start a new one, or look at the demo shop first."));
    home->setText(MainWindow::tr("Go to Home"));
  });
  frame->addWidget(page);
  frame->addWidget(none);
  const auto choose = [frame, &studio] { frame->setCurrentIndex(studio.project() ? 0 : 1); };
  choose();
  QObject::connect(&studio, &studio::Studio::projectChanged, frame, choose);
  return frame;
}

/// False for a text with nothing to take back, or nothing to bring back: the keys are the page's then.
bool hasOwnSteps(const QObject* field, bool undo) {
  const auto of_document = [undo](const QTextDocument& text) {
    return undo ? text.isUndoAvailable() : text.isRedoAvailable();
  };
  if (const auto* line = qobject_cast<const QLineEdit*>(field))
    return undo ? line->isUndoAvailable() : line->isRedoAvailable();
  if (const auto* text = qobject_cast<const QPlainTextEdit*>(field)) return of_document(*text->document());
  if (const auto* text = qobject_cast<const QTextEdit*>(field)) return of_document(*text->document());
  return true;
}

/// Of buttons of which one is pressed, only that one is a stop; the arrow keys go to the others.
bool isTabStop(const QWidget* widget) {
  if (!widget->isVisible() || !widget->isEnabled() || widget->focusProxy() != nullptr) return false;
  const auto* button = qobject_cast<const QAbstractButton*>(widget);
  if (button != nullptr && button->isCheckable() && button->focusPolicy() != Qt::NoFocus) {
    const QButtonGroup* group = button->group();
    if (group == nullptr ? button->autoExclusive() : group->exclusive() && group->checkedButton() != nullptr)
      return button->isChecked();
  }
  return (widget->focusPolicy() & Qt::TabFocus) != 0;
}

}  // namespace

MainWindow::MainWindow(studio::Studio& studio, QWidget* parent)
    : QMainWindow(parent),
      studio_(studio),
      instance_(std::make_unique<SingleInstance>()),
      rail_(new Rail(this)),
      header_(new PageHeader(this)),
      notice_(new widgets::Notice(this)),
      splitter_(new QSplitter(Qt::Horizontal, this)),
      stack_(new QStackedWidget(this)),
      inspectors_(new QStackedWidget(this)),
      strip_(new JobsStrip(studio.jobs(), this)),
      palette_(new CommandPalette(this)),
      undo_(new QUndoGroup(this)),
      inspector_action_(new QAction(this)) {
  setObjectName("mainWindow");
  auto* middle = new QWidget(this);
  auto* column = new QVBoxLayout(middle);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  auto* notice_place = new QVBoxLayout;
  notice_place->setContentsMargins(theme::kSpace4, 0, theme::kSpace4, 0);
  notice_place->addWidget(notice_);
  stack_->setObjectName("pages");
  inspectors_->setObjectName("inspectors");
  inspectors_->setProperty("surface", "panel");
  inspectors_->setAttribute(Qt::WA_StyledBackground);
  splitter_->setObjectName("inspectorSplitter");
  splitter_->addWidget(stack_);
  splitter_->addWidget(inspectors_);
  splitter_->setStretchFactor(0, 1);
  splitter_->setStretchFactor(1, 0);
  splitter_->setChildrenCollapsible(false);
  splitter_->setHandleWidth(1);
  column->addWidget(header_);
  column->addLayout(notice_place);
  column->addWidget(splitter_, 1);
  auto* row = new QHBoxLayout;
  row->setSpacing(0);
  row->addWidget(rail_);
  row->addWidget(line(this, true));
  row->addWidget(middle, 1);
  auto* all = new QWidget(this);
  auto* outer = new QVBoxLayout(all);
  outer->setContentsMargins(0, 0, 0, 0);
  outer->setSpacing(0);
  outer->addLayout(row, 1);
  outer->addWidget(line(this, false));
  outer->addWidget(strip_);
  setCentralWidget(all);
  setMinimumSize(960, 600);

  addPages();
  addActions();
  connect(&studio_, &studio::Studio::goRequested, this, &MainWindow::showPage);
  connect(&studio_, &studio::Studio::projectChanged, this, &MainWindow::showProject);
  connect(&studio_, &studio::Studio::failed, this, [this](const Error& error) { notice_->showError(error); });
  connect(instance_.get(), &SingleInstance::raiseRequested, this, [this] {
    setWindowState(windowState() & ~Qt::WindowMinimized);
    show();
    raise();
    activateWindow();
  });
  studio_.setLetGo([this] { return mayLetGo(tr("Stop it")); });
  qApp->installEventFilter(this);
  restore();
  words::say(this, [this] { refreshHeader(); });
}

MainWindow::~MainWindow() {
  studio_.setLetGo({});
}

void MainWindow::addPages() {
  using namespace pages;  // NOLINT(google-build-using-namespace): the list reads as the rail does
  pages_ = {new HomePage(studio_),    new DataPage(studio_),       new PipelinePage(studio_),
            new ModelsPage(studio_),  new StrategiesPage(studio_), new ReviewPage(studio_),
            new SettingsPage(studio_)};
  for (std::size_t i = 0; i < pages_.size(); ++i) {
    studio::Page* page = pages_[i];
    const QString id = page->id();
    rail_->addPlace(id, page->icon(), page == pages_.back() ? Rail::Place::Bottom : Rail::Place::Top);
    stack_->addWidget(framed(page, studio_));
    QWidget* inspector = page->inspector();
    inspectors_->addWidget(inspector != nullptr ? inspector : new QWidget(inspectors_));
    if (page->undoStack() != nullptr) undo_->addStack(page->undoStack());
    auto* go = new QAction(this);
    go->setObjectName("go_" + id);
    if (page != pages_.back())
      go->setShortcut(QKeySequence(Qt::ALT | static_cast<Qt::Key>(Qt::Key_1 + static_cast<int>(i))));
    else
      go->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Comma));
    go->setIcon(theme::icon(page->icon()));
    connect(go, &QAction::triggered, this, [this, id] { showPage(id); });
    addAction(go);
    words::say(this, [this, go, page, id] {
      go->setText(page->title());
      rail_->setTitle(id, page->title(), go->shortcut().toString(QKeySequence::NativeText));
    });
    connect(page, &studio::Page::headerChanged, this, [this, page] {
      if (page == currentPage()) refreshHeader();
    });
  }
  connect(rail_, &Rail::chosen, this, [this](const QString& id) { showPage(id); });
}

void MainWindow::addActions() {
  const auto add = [this](const QString& name, const QKeySequence& keys, const QString& icon,
                          const auto& what) {
    auto* action = new QAction(theme::icon(icon), QString(), this);
    action->setObjectName(name);
    action->setShortcut(keys);
    connect(action, &QAction::triggered, this, what);
    addAction(action);
    return action;
  };
  QAction* search =
      add("search", QKeySequence(Qt::CTRL | Qt::Key_K), "search", [this] { palette_->popUp(); });
  QAction* close = add("closeProject", QKeySequence(Qt::CTRL | Qt::Key_W), "close", [this] {
    if (mayLetGo(tr("Stop it"))) studio_.closeProject();
  });
  QAction* quit = add("quit", QKeySequence::Quit, "close", [this] { this->close(); });
  QAction* next_part = add("nextPart", QKeySequence(Qt::Key_F6), "arrow-right", [this] {
    // rail -> page -> inspector -> rail
    QWidget* now = QApplication::focusWidget();
    QWidget* target = rail_;
    if (now != nullptr && rail_->isAncestorOf(now))
      target = currentPage()->firstFocus() != nullptr ? currentPage()->firstFocus() : stack_->currentWidget();
    else if (now != nullptr && !inspectors_->isAncestorOf(now) && inspectors_->isVisible())
      target = inspectors_->currentWidget();
    if (target->focusPolicy() == Qt::NoFocus || target == rail_)
      for (QWidget* each : target->findChildren<QWidget*>())
        if ((each->focusPolicy() & Qt::TabFocus) != 0 && each->isVisible() && each->isEnabled()) {
          target = each;
          break;
        }
    target->setFocus(Qt::TabFocusReason);
  });
  inspector_action_->setObjectName("inspector");
  inspector_action_->setCheckable(true);
  inspector_action_->setShortcut(QKeySequence(Qt::Key_F9));
  inspector_action_->setIcon(theme::icon("inspector"));
  addAction(inspector_action_);
  connect(inspector_action_, &QAction::triggered, this, &MainWindow::openInspector);
  QAction* undo = undo_->createUndoAction(this);
  QAction* redo = undo_->createRedoAction(this);
  undo->setShortcut(QKeySequence::Undo);
  redo->setShortcut(QKeySequence::Redo);
  undo->setIcon(theme::icon("undo"));
  redo->setIcon(theme::icon("redo"));
  addAction(undo);
  addAction(redo);

  auto* language = new QToolButton(this);
  language->setObjectName("languageButton");
  connect(language, &QToolButton::clicked, this, [this] {
    const bool chinese = words::language() == Language::Chinese;
    studio_.settings().setValue("language", chinese ? "en" : "zh_CN");
    words::setLanguage(chinese ? Language::English : Language::Chinese);
  });
  auto* look = new QToolButton(this);
  look->setObjectName("themeButton");
  look->setIcon(theme::icon("theme"));
  connect(look, &QToolButton::clicked, this, [this] {
    studio_.settings().setValue("theme", theme::isDark() ? "light" : "dark");
    theme::apply(theme::isDark() ? theme::Mode::Light : theme::Mode::Dark);
  });
  auto* inspector = new QToolButton(this);
  inspector->setObjectName("inspectorButton");
  inspector->setDefaultAction(inspector_action_);
  inspector->setToolButtonStyle(Qt::ToolButtonIconOnly);
  for (QToolButton* each : {language, look, inspector}) strip_->addTool(each);

  connect(header_, &PageHeader::searchPressed, palette_, &CommandPalette::popUp);
  palette_->setSource([this] { return commands(); });
  words::say(this, [=, this] {
    search->setText(tr("Find a command"));
    close->setText(tr("Close the project"));
    quit->setText(tr("Quit"));
    next_part->setText(tr("Next part of the window"));
    inspector_action_->setText(tr("Inspector"));
    inspector_action_->setToolTip(tr("Show or hide the inspector (F9)"));
    inspector->setAccessibleName(tr("Inspector"));
    language->setText(words::language() == Language::Chinese ? "EN" : "中文");
    language->setToolTip(tr("Switch to Chinese"));
    language->setAccessibleName(tr("Switch to Chinese"));
    look->setToolTip(tr("Switch between light and dark"));
    look->setAccessibleName(look->toolTip());
    undo->setText(tr("Undo"));
    redo->setText(tr("Redo"));
  });
}

std::vector<Command> MainWindow::commands() {
  std::vector<Command> list;
  const auto take = [&list](const QString& group, const QList<QAction*>& actions) {
    for (QAction* action : actions) {
      if (action->text().isEmpty() || action->isSeparator() || !action->isVisible() ||
          action->objectName() == "search")
        continue;
      QString reason;
      if (!action->isEnabled())
        reason = action->toolTip() != action->text() ? action->toolTip() : tr("not now");
      list.push_back({group,
                      action->text().remove('&'),
                      action->shortcut().toString(QKeySequence::NativeText),
                      {},
                      reason,
                      [action] { action->trigger(); }});
    }
  };
  take(currentPage()->title(), currentPage()->actions());
  take(tr("Window"), actions());
  for (studio::Page* page : pages_)
    if (page != currentPage() && (studio_.project() || !page->needsProject())) {
      const std::size_t before = list.size();
      take(page->title(), page->actions());
      // A command of another page brings that page to the front first.
      for (std::size_t i = before; i < list.size(); ++i)
        list[i].run = [this, id = page->id(), run = list[i].run] {
          showPage(id);
          run();
        };
    }
  for (const studio::Found& thing : studio_.findable())
    list.push_back(
        {thing.group, thing.text, {}, thing.icon, {}, [this, thing] { showPage(thing.page, thing.what); }});
  return list;
}

studio::Page* MainWindow::currentPage() const {
  return pages_[static_cast<std::size_t>(stack_->currentIndex())];
}

studio::Page* MainWindow::page(const QString& id) const {
  for (studio::Page* page : pages_)
    if (page->id() == id) return page;
  return nullptr;
}

void MainWindow::showPage(const QString& id, const QVariant& what) {
  for (std::size_t i = 0; i < pages_.size(); ++i) {
    studio::Page* page = pages_[i];
    if (page->id() != id) continue;
    // Its shortcuts hold in the whole window, wherever the focus is.
    for (QAction* action : currentPage()->actions()) centralWidget()->removeAction(action);
    centralWidget()->addActions(page->actions());
    stack_->setCurrentIndex(static_cast<int>(i));
    inspectors_->setCurrentIndex(static_cast<int>(i));
    rail_->setCurrent(id);
    undo_->setActiveStack(page->undoStack());
    refreshHeader();
    if (studio_.project() || !page->needsProject()) {
      page->opened(what);
      if (QWidget* first = page->firstFocus(); first != nullptr && !what.isValid()) first->setFocus();
    }
    studio_.settings().setValue("window/page", id);
  }
}

void MainWindow::showProject() {
  instance_->listenFor(studio_.folder());
  notice_->clear();
  if (studio_.project() == nullptr)
    showPage("home");
  else if (currentPage()->needsProject())
    currentPage()->opened({});
  refreshHeader();
}

void MainWindow::refreshHeader() {
  studio::Page* page = currentPage();
  const bool there = studio_.project() || !page->needsProject();
  header_->setTexts(page->title(), there ? page->line() : QString());
  header_->setActions(there ? page->headerActions() : QList<QAction*>());
  const bool has_inspector = page->inspector() != nullptr && there;
  const bool open = studio_.settings().value("window/inspector", true).toBool();
  inspectors_->setVisible(has_inspector && open);
  inspector_action_->setChecked(has_inspector && open);
  widgets::enableOrSay(inspector_action_, has_inspector ? QString() : tr("This page has no inspector"));
  const QString name = studio_.projectName();
  setWindowTitle(name.isEmpty() ? QString("Lodestone") : QString("%1 – Lodestone").arg(name));
}

void MainWindow::openInspector(bool open) {
  studio_.settings().setValue("window/inspector", open);
  refreshHeader();
}

void MainWindow::restore() {
  QSettings& settings = studio_.settings();
  if (!restoreGeometry(settings.value("window/geometry").toByteArray()))
    resize(QSize(1280, 800).boundedTo(screen()->availableSize() - QSize(0, kFrameHeight)));
  if (!splitter_->restoreState(settings.value("window/splitter").toByteArray()))
    splitter_->setSizes({10 * kInspectorWidth, kInspectorWidth});
  for (studio::Page* page : pages_) {
    settings.beginGroup("page_" + page->id());
    page->restoreState(settings);
    settings.endGroup();
  }
  showPage("home");
}

void MainWindow::keep() {
  QSettings& settings = studio_.settings();
  settings.setValue("window/geometry", saveGeometry());
  settings.setValue("window/splitter", splitter_->saveState());
  for (studio::Page* page : pages_) {
    settings.beginGroup("page_" + page->id());
    page->saveState(settings);
    settings.endGroup();
  }
  settings.sync();
}

bool MainWindow::savePages() {
  if (!studio_.project()) return true;
  for (studio::Page* page : pages_)
    if (!page->saveNow()) {
      showPage(page->id());
      return false;
    }
  return true;
}

bool MainWindow::mayLetGo(const QString& yes) {
  const int running = studio_.jobs().shownCount();
  if (running > 0 &&
      !widgets::confirm(this, tr("Work is running"),
                        tr("%n job(s) still run. Stopping them leaves nothing half done.", nullptr, running),
                        yes))
    return false;
  return savePages();
}

void MainWindow::closeEvent(QCloseEvent* event) {
  if (!mayLetGo(tr("Stop and close"))) {
    event->ignore();
    return;
  }
  keep();
  studio_.closeProject();
  event->accept();
}

bool MainWindow::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::ShortcutOverride) {
    const auto* key = static_cast<QKeyEvent*>(event);
    const bool undo = key->matches(QKeySequence::Undo);
    if ((undo || key->matches(QKeySequence::Redo)) && !hasOwnSteps(watched, undo)) {
      event->ignore();
      return true;
    }
  }
  if (event->type() == QEvent::KeyPress) {
    // Qt lets only Space press a button outside a dialog; who walks by Tab expects Enter to.
    const auto* key = static_cast<QKeyEvent*>(event);
    auto* button = qobject_cast<QAbstractButton*>(watched);
    const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    if (enter && key->modifiers().testAnyFlags(~Qt::KeyboardModifiers(Qt::KeypadModifier)) == false &&
        button != nullptr && button->window() == this) {
      if (!key->isAutoRepeat()) button->click();
      return true;
    }
  }
  return QMainWindow::eventFilter(watched, event);
}

bool MainWindow::focusNextPrevChild(bool next) {
  QWidget* from = focusWidget();
  const std::array<QWidget*, 6> parts{rail_, header_, notice_, stack_, inspectors_, strip_};
  std::array<QWidgetList, 6> stops;
  std::size_t here = parts.size();  // the part that the focus is in
  for (QWidget* each = nextInFocusChain(); each != this; each = each->nextInFocusChain()) {
    if (each != from && !isTabStop(each)) continue;
    const auto* part =
        std::find_if(parts.begin(), parts.end(), [each](QWidget* at) { return at->isAncestorOf(each); });
    if (part == parts.end()) continue;
    const auto index = static_cast<std::size_t>(part - parts.begin());
    stops[index].append(each);
    if (each == from) here = index;
  }
  QWidgetList order;
  // What is disabled under the user's hand gives the focus to a neighbour of the same part.
  const bool stay = here < parts.size() && !from->isEnabled() && stops[here].size() > 1;
  for (std::size_t i = 0; i < parts.size(); ++i)
    if (!stay || i == here) order += stops[i];
  if (order.isEmpty() || (order.size() == 1 && order.front() == from)) return false;
  const qsizetype at = order.indexOf(from);
  qsizetype to = at + (next ? 1 : -1);
  if (at < 0) to = next ? 0 : order.size() - 1;
  if (to >= order.size() && stay) to = at - 1;
  QWidget* target = order[(to + order.size()) % order.size()];
  target->setFocus(next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
  for (QWidget* over = target->parentWidget(); over != nullptr && over != this; over = over->parentWidget())
    if (auto* area = qobject_cast<QScrollArea*>(over)) area->ensureWidgetVisible(target);
  return true;
}

void MainWindow::resizeEvent(QResizeEvent* event) {
  QMainWindow::resizeEvent(event);
  rail_->setWide(width() > kNarrowWindow);
}

}  // namespace lodestone::shell
