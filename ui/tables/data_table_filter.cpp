// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAction>
#include <QItemSelectionModel>

#include "core/data/column_values.h"
#include "ui/tables/cells.h"
#include "ui/tables/data_table_parts.h"
#include "ui/tables/filter_bar.h"
#include "ui/tables/filter_editor.h"
#include "ui/tables/filter_words.h"
#include "ui/tables/find_bar.h"
#include "ui/tables/window_view.h"
#include "ui/words/words.h"

// What DataTable does about its filter, and about finding cells.
namespace lodestone::tables {
namespace {

constexpr std::size_t kOfferedValues = 100;

struct Found {
  std::optional<data::CellPlace> place;
  std::shared_ptr<const data::RowSearch> search;  // where all rows had to be looked at anyway
};

}  // namespace

void DataTable::connectFilter() {
  Parts& my = *parts_;
  connect(my.filter_bar, &FilterBar::editWanted, this, &DataTable::changeCondition);
  connect(my.filter_bar, &FilterBar::removeWanted, this, &DataTable::removeCondition);
  connect(my.filter_bar, &FilterBar::clearWanted, this, [this] { setFilter({}); });
  connect(my.filter_editor, &FilterEditor::applied, this, &DataTable::addCondition);
  connect(my.filter_editor, &FilterEditor::expressionApplied, this, [this](const QString& expression) {
    data::RowFilter changed = filter();
    changed.expression = words::toUtf8(expression);
    setFilter(changed);
  });
  connect(my.filter_editor, &FilterEditor::valuesWanted, this, &DataTable::readValues);
  connect(my.filter_editor, &FilterEditor::closed, this, [this] { parts_->view->setFocus(); });
}

void DataTable::buildFilterActions() {
  Parts& my = *parts_;
  my.filter_column =
      addCommand("filterColumn", QKeySequence("Ctrl+Shift+L"), [this] { editFilter(currentColumn()); });
  my.filter_expression = addCommand("filterExpression", {}, [this] {
    if (parts_->model->window() == nullptr) return;
    parts_->filter_editor->openForExpression(words::toQt(filter().expression));
  });
  my.filter_only = addCommand("filterOnlyThis", {}, [this] { filterByCell(data::CellTest::Equals); });
  my.filter_without = addCommand("filterWithoutThis", {}, [this] { filterByCell(data::CellTest::Differs); });
  my.filter_clear = addCommand("filterNone", {}, [this] { setFilter({}); });
  words::say(this, [this] {
    parts_->filter_column->setText(tr("Filter by this column…"));
    parts_->filter_expression->setText(tr("Filter by an expression…"));
    parts_->filter_only->setText(tr("Only rows with this value"));
    parts_->filter_without->setText(tr("Only rows without this value"));
    parts_->filter_clear->setText(tr("Show all rows"));
  });
}

void DataTable::editFilter(const QString& column) {
  if (parts_->model->window() == nullptr) return;
  const auto conditions = filter().conditions;
  for (std::size_t i = 0; i < conditions.size(); ++i)
    if (words::toQt(conditions[i].column) == column) {
      changeCondition(static_cast<int>(i));
      return;
    }
  parts_->edited = -1;
  parts_->filter_editor->openFor(column);
}

void DataTable::changeCondition(int at) {
  const data::RowFilter now = filter();
  if (at < 0) {
    parts_->filter_editor->openForExpression(words::toQt(now.expression));
  } else if (static_cast<std::size_t>(at) < now.conditions.size()) {
    parts_->edited = at;
    parts_->filter_editor->openFor(now.conditions[static_cast<std::size_t>(at)]);
  }
}

void DataTable::removeCondition(int at) {
  data::RowFilter changed = filter();
  if (at < 0)
    changed.expression.clear();
  else if (at < std::ssize(changed.conditions))
    changed.conditions.erase(changed.conditions.begin() + at);
  setFilter(changed);
  parts_->view->setFocus();
}

/// In the place of the one that is changed, if it is about the same column; else another one.
void DataTable::addCondition(const data::Condition& condition) {
  data::RowFilter changed = filter();
  const auto at = static_cast<std::size_t>(std::max(0, parts_->edited));
  if (parts_->edited >= 0 && at < changed.conditions.size() &&
      changed.conditions[at].column == condition.column)
    changed.conditions[at] = condition;
  else
    changed.conditions.push_back(condition);
  if (changed == filter()) {
    parts_->filter_editor->close();
    return;
  }
  setFilter(changed);
}

void DataTable::filterByCell(data::CellTest test) {
  const QModelIndex index = parts_->view->currentIndex();
  const std::vector<Json>* row = index.isValid() ? parts_->model->cells(index.row()) : nullptr;
  if (row == nullptr) return;
  const Json& cell = row->at(static_cast<std::size_t>(index.column()));
  data::Condition condition{words::toUtf8(columnName(index.column())), test};
  if (cell.is_null())
    condition.test = test == data::CellTest::Equals ? data::CellTest::Missing : data::CellTest::NotMissing;
  else
    condition.values = {cell.is_string() ? cell.get<std::string>() : dumpJson(cell)};
  parts_->edited = -1;
  addCondition(condition);
}

void DataTable::readValues(const QString& column) {
  parts_->reading_values.start(
      this, {.title = {}, .shown = jobs::Shown::Quiet},
      [project = parts_->project, table = parts_->table,
       name = words::toUtf8(column)](JobContext& job) -> Result<std::vector<data::TopValue>> {
        const auto database = project->tables();
        if (!database) return forward(database);
        return data::frequentValues(**database, table, name, kOfferedValues, job);
      },
      [this, column](const Result<std::vector<data::TopValue>>& values) {
        // They are a help to typing: without them it is only typing.
        if (values) parts_->filter_editor->setValues(column, *values);
      });
}

// --- finding cells ---

void DataTable::connectFind() {
  Parts& my = *parts_;
  connect(my.find_bar, &FindBar::textChanged, this, [this] { startFind(data::Way::HereOrNext); });
  connect(my.find_bar, &FindBar::nextWanted, this, &DataTable::findNext);
  connect(my.find_bar, &FindBar::previousWanted, this, &DataTable::findPrevious);
  connect(my.find_bar, &FindBar::closed, this, [this] {
    endFind();
    parts_->view->setFocus();
  });
}

void DataTable::openFind() {
  if (parts_->model->window() == nullptr) return;
  parts_->find_bar->setColumn(currentColumn());
  parts_->find_bar->open();
}

void DataTable::findNext() {
  if (parts_->find_bar->isVisible() && !parts_->find_bar->text().isEmpty())
    startFind(data::Way::Next);
  else
    openFind();
}

void DataTable::findPrevious() {
  if (parts_->find_bar->isVisible() && !parts_->find_bar->text().isEmpty())
    startFind(data::Way::Previous);
  else
    openFind();
}

void DataTable::startFind(data::Way way) {
  Parts& my = *parts_;
  const QString text = my.find_bar->text();
  if (text.isEmpty() || my.model->window() == nullptr) {
    endFind();
    return;
  }
  const QString in_numbers = FilterWords::stored(text);
  data::CellText sought{.text = words::toUtf8(text), .in_numbers = words::toUtf8(in_numbers)};
  if (my.find_bar->oneColumn()) {
    sought.columns = {words::toUtf8(currentColumn())};
  } else {
    for (int column = 0; column < my.model->columnCount(); ++column)
      if (!my.view->isColumnHidden(column)) sought.columns.push_back(words::toUtf8(columnName(column)));
  }
  if (!(sought == my.sought) || my.search_window != my.model->sharedWindow()) {
    my.search = nullptr;
    my.counting.stop();
  }
  my.sought = sought;
  my.search_window = my.model->sharedWindow();
  my.delegate->setMarked(text, in_numbers, my.find_bar->oneColumn() ? columnPlace(currentColumn()) : -1);
  my.view->viewport()->update();
  my.find_bar->saySearching();
  const QModelIndex now = my.view->currentIndex();
  const data::CellPlace from{my.model->base() + std::max(0, now.row()),
                             static_cast<std::size_t>(std::max(0, now.column()))};
  my.finding.start(
      this, {.title = {}, .shown = jobs::Shown::Quiet},
      [project = my.project, window = my.search_window, sought, from, way,
       known = my.search](JobContext& job) -> Result<Found> {
        const auto database = project->tables();
        if (!database) return forward(database);
        Found found{{}, known};
        if (!found.search) {
          auto near = data::RowSearch::near(**database, *window, sought, from, way, job);
          if (!near) return forward(near);
          if (*near) return Found{*near, nullptr};
          auto all = data::RowSearch::open(**database, *window, sought, job);
          if (!all) return forward(all);
          found.search = std::make_shared<const data::RowSearch>(std::move(*all));
        }
        auto place = found.search->next(**database, *window, from, way, job);
        if (!place) return forward(place);
        found.place = *place;
        return found;
      },
      [this](Result<Found> found) {
        if (!found) {
          parts_->find_bar->sayNothing();
          if (found.error().code != ErrorCode::Cancelled) Q_EMIT failed(found.error());
          return;
        }
        if (found->search) parts_->search = found->search;
        if (found->place)
          goToPlace(*found->place);
        else
          parts_->find_bar->sayNotFound();
      });
}

void DataTable::goToPlace(const data::CellPlace& place) {
  Parts& my = *parts_;
  const QModelIndex index = my.model->index(my.model->reach(place.row), static_cast<int>(place.column));
  my.view->selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect);
  my.view->scrollTo(index, QAbstractItemView::EnsureVisible);
  sayRows();
  if (my.search)
    my.find_bar->sayFound(my.search->position(place.row), my.search->count());
  else
    countFound();
}

/// The first cell is shown at once; how many there are is known a moment later.
void DataTable::countFound() {
  Parts& my = *parts_;
  my.find_bar->sayFound(std::nullopt, 0);
  if (my.counting.running()) return;
  my.counting.start(
      this, {.title = {}, .shown = jobs::Shown::Quiet},
      [project = my.project, window = my.search_window,
       sought = my.sought](JobContext& job) -> Result<Found> {
        const auto database = project->tables();
        if (!database) return forward(database);
        auto all = data::RowSearch::open(**database, *window, sought, job);
        if (!all) return forward(all);
        return Found{{}, std::make_shared<const data::RowSearch>(std::move(*all))};
      },
      [this](const Result<Found>& found) {
        if (!found) {
          if (found.error().code != ErrorCode::Cancelled) Q_EMIT failed(found.error());
          return;
        }
        parts_->search = found->search;
        const std::int64_t row = parts_->model->base() + parts_->view->currentIndex().row();
        if (const std::int64_t position = found->search->position(row); position > 0)
          parts_->find_bar->sayFound(position, found->search->count());
      });
}

void DataTable::endFind() {
  Parts& my = *parts_;
  my.finding.stop();
  my.counting.stop();
  my.sought = {};
  my.search = nullptr;
  my.search_window = nullptr;
  my.delegate->setMarked({}, {}, -1);
  my.find_bar->sayNothing();
  my.view->viewport()->update();
}

}  // namespace lodestone::tables
