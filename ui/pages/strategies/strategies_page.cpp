// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/strategies/strategies_page.h"

#include <QAction>
#include <QComboBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalBlocker>
#include <QSplitter>
#include <QStackedWidget>
#include <QUndoStack>
#include <algorithm>

#include "core/campaign/wording.h"
#include "ui/pages/strategies/generate_panel.h"
#include "ui/pages/strategies/name_prompt.h"
#include "ui/pages/strategies/strategy_cards.h"
#include "ui/pages/strategies/strategy_comparison.h"
#include "ui/pages/strategies/strategy_editor.h"
#include "ui/pages/strategies/strategy_effects.h"
#include "ui/pages/strategies/strategy_form.h"
#include "ui/pages/strategies/strategy_inspector.h"
#include "ui/pages/strategies/strategy_order.h"
#include "ui/pages/strategies/strategy_summary.h"
#include "ui/tables/list_table.h"
#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

namespace lodestone::pages {

using widgets::Notice;

StrategiesPage::~StrategiesPage() {
  // What the shell took over is the shell's.
  if (inspector_ != nullptr && inspector_->parent() == nullptr) delete inspector_;
}

QString StrategiesPage::title() const {
  return tr("Strategies");
}

QString StrategiesPage::line() const {
  if (!loaded_) return studio_.projectName();
  const auto all = static_cast<int>(book_.strategies.size());
  return tr("%1 · %2").arg(studio_.projectName(), tr("%n strategies", nullptr, all));
}

QList<QAction*> StrategiesPage::headerActions() const {
  return {generate_action_, compare_action_};
}

QWidget* StrategiesPage::inspector() {
  return inspector_;
}

QUndoStack* StrategiesPage::undoStack() {
  return editor_->stack();
}

QWidget* StrategiesPage::firstFocus() {
  if (place_ == Place::NoPredictions) return run_pipeline_;
  if (place_ == Place::NoStrategies) return first_generate_;
  return view_ == View::Table ? static_cast<QWidget*>(table_) : search_;
}

void StrategiesPage::opened(const QVariant& what) {
  fresh_.clear();
  cards_->setFresh(fresh_);
  if (!what.isValid()) return;
  wanted_ = what.toString();
  if (place_ == Place::Generate || place_ == Place::Compare) showPlace(restingPlace());
  if (find(wanted_) == nullptr) {
    refresh();
    return;
  }
  const QString id = wanted_;
  wanted_.clear();
  select(id);
}

void StrategiesPage::saveState(QSettings& settings) const {
  settings.setValue("view", view_ == View::Table ? "table" : "cards");
  settings.setValue("effects", effects_action_->isChecked());
  settings.setValue("metric", static_cast<int>(effects_->metric()));
  settings.setValue("splitter", splitter_->saveState());
  settings.setValue("table", table_->horizontalHeader()->saveState());
  settings.setValue("sort", sort_->currentData());
  settings.setValue("state", state_filter_->currentData());
}

void StrategiesPage::restoreState(const QSettings& settings) {
  const int metric = settings.value("metric", 0).toInt();
  effects_->setMetric(
      kMetrics[static_cast<std::size_t>(std::clamp(metric, 0, static_cast<int>(kMetrics.size()) - 1))]);
  effects_action_->setChecked(settings.value("effects", true).toBool());
  header_state_ = settings.value("table").toByteArray();
  if (loaded_) fitTable(Fit::Anew);
  splitter_->restoreState(settings.value("splitter").toByteArray());
  sort_->setCurrentIndex(std::max(0, sort_->findData(settings.value("sort"))));
  state_filter_->setCurrentIndex(std::max(0, state_filter_->findData(settings.value("state"))));
  showView(settings.value("view").toString() == "table" ? View::Table : View::Cards);
  showStrategies();
}

// --- what there is ---

void StrategiesPage::projectChanged() {
  reading_.stop();
  reading_history_.stop();
  reviewing_.stop();
  editor_->clear();
  generate_->forget();
  book_ = {};
  loaded_ = false;
  selected_.clear();
  sending_.clear();
  fresh_.clear();
  notice_->clear();
  cards_->clear();
  inspector_->setStrategy(std::nullopt);
  showStrategies();
  showPlace(Place::Loading);
  refresh();
  Q_EMIT headerChanged();
}

void StrategiesPage::refresh() {
  const auto project = studio_.project();
  if (project == nullptr) return;
  const jobs::JobSpec spec{.title = tr("Reading the strategies"), .shown = jobs::Shown::Quiet};
  reading_.start(
      this, spec, [project](JobContext&) { return readBook(*project); },
      [this](Result<StrategyBook> book) {
        if (book)
          take(std::move(*book));
        else
          notice_->showError(book.error());
      });
}

void StrategiesPage::take(StrategyBook book) {
  const bool first = !loaded_;
  book_ = std::move(book);
  loaded_ = true;
  axes_ = sharedAxes(book_.strategies);
  generate_->setBook(book_);
  inspector_->setCatalogue(book_.catalogue);
  summary_->setStrategies(book_.strategies);
  compare_->setStrategies(book_.strategies, axes_);
  if (place_ != Place::Generate && place_ != Place::Compare) showPlace(restingPlace());
  if (place_ == Place::Compare && book_.strategies.size() < 2) showPlace(restingPlace());
  showStrategies();
  fitTable(first ? Fit::Anew : Fit::Grow);
  QString id = wanted_.isEmpty() ? selected_ : wanted_;
  wanted_.clear();
  if (find(id) == nullptr)
    id = book_.strategies.empty() ? QString() : words::toQt(book_.strategies.front().id);
  selected_.clear();  // it may be a newer version: shown anew
  select(id);
  Q_EMIT headerChanged();
}

const project::StrategyVersion* StrategiesPage::find(const QString& id) const {
  for (const auto& strategy : book_.strategies)
    if (words::toQt(strategy.id) == id) return &strategy;
  return nullptr;
}

bool StrategiesPage::passes(const project::StrategyVersion& strategy) const {
  const int state = state_filter_->currentData().toInt();
  if (state >= 0 && static_cast<int>(strategy.state) != state) return false;
  const QString wanted = search_->text().simplified();
  if (wanted.isEmpty()) return true;
  const QString text = QStringList{words::toQt(strategy.id),
                                   StrategyWords::title(strategy),
                                   StrategyWords::rule(strategy.content),
                                   StrategyWords::offer(strategy.content),
                                   StrategyWords::channel(strategy.content),
                                   words::toQt(strategy.decided_by)}
                           .join(' ');
  const QStringList parts = wanted.split(' ');
  return std::all_of(parts.begin(), parts.end(),
                     [&](const QString& part) { return text.contains(part, Qt::CaseInsensitive); });
}

std::vector<project::StrategyVersion> StrategiesPage::filtered() const {
  std::vector<project::StrategyVersion> shown;
  for (const auto& strategy : book_.strategies)
    if (passes(strategy)) shown.push_back(strategy);
  orderBy(shown, static_cast<StrategyOrder>(sort_->currentData().toInt()));
  return shown;
}

void StrategiesPage::showStrategies() {
  const auto shown = filtered();
  cards_->setFresh(fresh_);
  cards_->setStrategies(shown, axes_);
  table_->setRows(strategyRows(shown));
  effects_->setStrategies(shown, axes_);
  const bool none = shown.empty() && !book_.strategies.empty();
  if (none)
    views_->setCurrentWidget(no_match_);
  else
    views_->setCurrentWidget(view_ == View::Table ? static_cast<QWidget*>(table_) : cards_);
  effects_->setVisible(effects_action_->isChecked() && !none);
  showActions();
}

void StrategiesPage::fitTable(Fit fit) {
  const bool restored =
      fit == Fit::Anew && !header_state_.isEmpty() && table_->horizontalHeader()->restoreState(header_state_);
  // The states to come are longer than "draft".
  int widest = 0;
  for (int i = 1; i < state_filter_->count(); ++i)
    widest = std::max(widest, table_->fontMetrics().horizontalAdvance(state_filter_->itemText(i)));
  if (!restored && fit == Fit::Anew)
    table_->setColumnWidth(kStateColumn,
                           std::max(table_->columnWidth(kStateColumn), widest + 2 * theme::kSpace5));
  // Figures are never cut: their columns grow with them, and do not shrink.
  const QAbstractItemView& view = *table_;
  for (int column = kStateColumn + 1; column <= kLastFigureColumn; ++column)
    table_->setColumnWidth(column, std::max(table_->columnWidth(column), view.sizeHintForColumn(column)));
}

StrategiesPage::Place StrategiesPage::restingPlace() const {
  if (!loaded_) return Place::Loading;
  if (!book_.strategies.empty()) return Place::Work;
  return book_.canGenerate() ? Place::NoStrategies : Place::NoPredictions;
}

void StrategiesPage::showPlace(Place place) {
  place_ = place;
  places_->setCurrentIndex(static_cast<int>(place));
  showActions();
}

void StrategiesPage::showView(View view) {
  view_ = view;
  const bool table = view == View::Table;
  cards_button_->setChecked(!table);
  table_button_->setChecked(table);
  widgets::enableOrSay(sort_, {});
  sort_->setToolTip(tr("Order of the cards and of the chart"));
  widgets::enableOrSay(sort_, table ? tr("The table is sorted by its headers.") : QString());
  if (views_->currentWidget() != no_match_)
    views_->setCurrentWidget(table ? static_cast<QWidget*>(table_) : cards_);
}

void StrategiesPage::showActions() {
  const QString loading = loaded_ ? QString() : tr("The strategies are being read.");
  const bool none = book_.strategies.empty();
  QString generate = loading;
  if (generate.isEmpty() && !book_.canGenerate())
    generate = tr("There are no predictions yet. Run the pipeline or train a model first.");
  widgets::enableOrSay(generate_action_, generate);
  widgets::enableOrSay(compare_action_, !loading.isEmpty() ? loading
                                        : book_.strategies.size() < 2
                                            ? tr("There must be two strategies to compare.")
                                            : QString());
  const QString no_one = none ? tr("There are no strategies yet.") : QString();
  const QString no_selection = find(selected_) == nullptr ? tr("Select a strategy first.") : QString();
  for (QAction* action : {cards_action_, table_action_, effects_action_, search_action_})
    widgets::enableOrSay(action, no_one);
  for (QAction* action : {edit_action_, review_action_, lineage_action_})
    widgets::enableOrSay(action, no_selection);
  widgets::enableOrSay(submit_action_, inspector_ == nullptr ? no_selection : inspector_->submitProblem());
}

// --- one strategy ---

void StrategiesPage::select(const QString& id) {
  if (id == selected_) return;
  selected_ = id;
  cards_->select(id);
  if (table_->currentId() != id) table_->selectId(id);
  effects_->select(id);
  const auto* strategy = find(id);
  inspector_->setStrategy(strategy == nullptr ? std::nullopt : std::optional(*strategy));
  inspector_->setBusy(editor_->busy(id));
  readHistory();
  showActions();
}

void StrategiesPage::readHistory() {
  const auto project = studio_.project();
  if (project == nullptr || find(selected_) == nullptr) return;
  const std::string id = words::toUtf8(selected_);
  const jobs::JobSpec spec{.title = tr("Reading the history of %1").arg(selected_),
                           .shown = jobs::Shown::Quiet};
  reading_history_.start(
      this, spec, [project, id](JobContext&) { return pages::readHistory(*project, id); },
      [this](Result<StrategyHistory> history) {
        if (history)
          inspector_->setHistory(*history);
        else
          inspector_->notice()->showError(history.error());
      });
}

void StrategiesPage::openSelected() {
  inspector_->editNow();
}

void StrategiesPage::openGenerate() {
  showPlace(Place::Generate);
  generate_->focusFirst();
}

void StrategiesPage::openCompare() {
  const QStringList ids = view_ == View::Table ? table_->selectedIds() : cards_->selectedIds();
  compare_->setPair(ids.value(0, selected_), ids.value(1));
  showPlace(Place::Compare);
  compare_->focusFirst();
}

void StrategiesPage::closePanel() {
  showPlace(restingPlace());
  focusSelected();
}

void StrategiesPage::focusSelected() {
  if (place_ == Place::Work && view_ == View::Cards)
    cards_->focusCurrent();
  else if (QWidget* first = firstFocus())
    first->setFocus(Qt::OtherFocusReason);
}

void StrategiesPage::strategiesMade(const MadeStrategies& made) {
  fresh_ = QSet<QString>(made.ids.begin(), made.ids.end());
  wanted_ = made.ids.value(0);
  search_->clear();
  state_filter_->setCurrentIndex(0);
  std::vector<std::pair<std::string, QString>> channels;
  for (const auto& channel : book_.catalogue.channels)
    channels.emplace_back(channel.id, words::toQt(words::language() == Language::Chinese ? channel.title_zh
                                                                                         : channel.title_en));
  QStringList binding;
  for (const std::string& name : made.binding) binding.append(StrategyWords::limit(name, channels));
  QString text = tr("%n strategies made, as drafts.", nullptr, static_cast<int>(made.ids.size()));
  text += ' ' + (binding.isEmpty() ? tr("No limit binds.")
                                   : tr("Limits that bind: %1.").arg(binding.join(tr(", "))));
  if (made.unspent)
    text += ' ' + tr("%1 of the budget are left.")
                      .arg(words::money(*made.unspent, words::toQt(book_.catalogue.currency)));
  notice_->showText(Notice::Kind::Ok, text);
  showPlace(Place::Work);
  focusSelected();
  Q_EMIT studio_.strategiesChanged();
}

void StrategiesPage::edit(const std::vector<std::pair<std::string, std::string>>& changes) {
  const QString id = selected_;
  if (find(id) == nullptr) return;
  withName([this, id, changes] { editor_->edit(id, changes, StrategyEditor::Approval::Ask); });
}

void StrategiesPage::editDone(const QString& id) {
  if (id == selected_) inspector_->notice()->clear();
  Q_EMIT studio_.strategiesChanged();
  if (sending_ != id || editor_->busy(id)) return;
  sending_.clear();
  sendToReview(id);
}

void StrategiesPage::editFailed(const QString& id, const QString& path, const Error& error) {
  if (sending_ == id) sending_.clear();
  if (id != selected_) {
    notice_->showError(error);
    return;
  }
  if (error.code == ErrorCode::Cancelled) {
    inspector_->form()->restore();
    return;
  }
  if (inspector_->form()->complain(path, words::said(error))) return;
  inspector_->form()->allowRetry();
  inspector_->notice()->showError(error);
}

void StrategiesPage::askAboutApproval(const QString& id, const QString& approved_by,
                                      const std::function<void()>& proceed) {
  if (sending_ == id) sending_.clear();
  inspector_->form()->allowRetry();
  Notice* notice = id == selected_ ? inspector_->notice() : notice_;
  notice->showText(
      Notice::Kind::Warning,
      tr("%1 is approved by %2. Changing it makes a new draft, to which the approval does not carry over. "
         "Esc in the field brings the approved value back.")
          .arg(id, approved_by),
      tr("Edit anyway"), proceed);
}

void StrategiesPage::submit() {
  inspector_->form()->commitTyped();
  if (editor_->busy(selected_)) {
    sending_ = selected_;
    return;
  }
  if (!inspector_->submitProblem().isEmpty()) return;
  sendToReview(selected_);
}

void StrategiesPage::sendToReview(const QString& id) {
  withName([this, id] {
    const auto project = studio_.project();
    if (project == nullptr) return;
    const std::string by = words::toUtf8(studio_.userName());
    const std::string wanted = words::toUtf8(id);
    const jobs::JobSpec spec{.title = tr("Sending %1 to review").arg(id), .shown = jobs::Shown::Quiet};
    reviewing_.start(
        this, spec,
        [project, wanted, by](JobContext&) {
          return project->strategies().review(wanted, project::ReviewAction::Submit, by, {});
        },
        [this, id](Result<project::StrategyVersion> sent) {
          if (sent)
            Q_EMIT studio_.strategiesChanged();  // its state says the rest
          else
            (id == selected_ ? inspector_->notice() : notice_)->showError(sent.error());
        });
  });
}

void StrategiesPage::withName(const std::function<void()>& then) {
  if (!studio_.userName().trimmed().isEmpty()) {
    then();
    return;
  }
  inspector_->namePrompt()->ask([this, then](const QString& name) {
    studio_.setUserName(name);
    then();
  });
}

}  // namespace lodestone::pages
