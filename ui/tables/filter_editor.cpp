// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tables/filter_editor.h"

#include <QComboBox>
#include <QCompleter>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStringListModel>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/tables/cells.h"
#include "ui/tables/filter_words.h"
#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

namespace lodestone::tables {
namespace {

constexpr int kColumnCharacters = 18;
constexpr int kOffered = 40;

}  // namespace

FilterEditor::FilterEditor(QWidget* parent) : QFrame(parent) {
  setObjectName("filterEditor");
  build();
  connect(column_, &QComboBox::currentIndexChanged, this, &FilterEditor::chooseColumn);
  connect(test_, &QComboBox::currentIndexChanged, this, &FilterEditor::arrange);
  connect(apply_, &QPushButton::clicked, this, &FilterEditor::apply);
  connect(close_, &QToolButton::clicked, this, &FilterEditor::close);
  connect(value_menu_, &QMenu::aboutToShow, this, &FilterEditor::fillValueMenu);
  for (QLineEdit* edit : {value_, second_}) {
    connect(edit, &QLineEdit::returnPressed, this, &FilterEditor::apply);
    connect(edit, &QLineEdit::textEdited, error_, &QLabel::hide);
  }
  words::say(this, [this] { say(); });
  hide();
}

void FilterEditor::build() {
  const auto edit = [this](const char* name) {
    auto* made = new QLineEdit(this);
    made->setObjectName(name);
    made->setClearButtonEnabled(true);
    return made;
  };
  column_ = new QComboBox(this);
  column_->setObjectName("filterColumn");
  column_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  column_->setMinimumContentsLength(kColumnCharacters);
  test_ = new QComboBox(this);
  test_->setObjectName("filterTest");
  value_ = edit("filterValue");
  and_ = theme::label(theme::Role::Caption, this);
  second_ = edit("filterSecondValue");
  offered_ = new QStringListModel(this);
  auto* completer = new QCompleter(offered_, this);
  completer->setCaseSensitivity(Qt::CaseInsensitive);
  completer->setFilterMode(Qt::MatchContains);
  value_->setCompleter(completer);
  pick_ = new QToolButton(this);
  pick_->setObjectName("filterPickValues");
  pick_->setIcon(theme::icon("list"));
  pick_->setPopupMode(QToolButton::InstantPopup);
  value_menu_ = new QMenu(pick_);
  pick_->setMenu(value_menu_);
  apply_ = new QPushButton(this);
  apply_->setObjectName("filterApply");
  close_ = new QToolButton(this);
  close_->setObjectName("filterClose");
  close_->setIcon(theme::icon("close"));
  error_ = theme::label(theme::Role::Caption, this);
  error_->setObjectName("filterError");
  error_->setWordWrap(true);
  error_->hide();
  theme::paintWith(error_, [this] { error_->setStyleSheet("color: " + theme::tokens().fail.name()); });
  auto* line = new QHBoxLayout;
  line->setSpacing(theme::kSpace2);
  for (QWidget* part : {static_cast<QWidget*>(column_), static_cast<QWidget*>(test_)}) line->addWidget(part);
  line->addWidget(value_, 1);
  line->addWidget(and_);
  line->addWidget(second_, 1);
  line->addWidget(pick_);
  line->addWidget(apply_);
  line->addWidget(close_);
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(theme::kSpace2, theme::kSpace1, theme::kSpace2, theme::kSpace1);
  all->setSpacing(theme::kSpace1);
  all->addLayout(line);
  all->addWidget(error_);
}

void FilterEditor::say() {
  setAccessibleName(tr("Filter the rows"));
  column_->setAccessibleName(tr("Column"));
  test_->setAccessibleName(tr("Condition"));
  value_->setAccessibleName(tr("Value"));
  second_->setAccessibleName(tr("Upper value"));
  and_->setText(tr("and"));
  pick_->setAccessibleName(tr("Choose from the most frequent values"));
  pick_->setToolTip(tr("Choose from the most frequent values"));
  apply_->setText(tr("Filter"));
  apply_->setToolTip(tr("Show only these rows (Enter)"));
  close_->setAccessibleName(tr("Close the filter line"));
  close_->setToolTip(tr("Close the filter line (Esc)"));
  if (column_->count() > 0) column_->setItemText(column_->count() - 1, tr("Own expression"));
  const auto kept = test();
  fillTests();
  test_->setCurrentIndex(std::max(0, test_->findData(static_cast<int>(kept))));
  arrange();
}

void FilterEditor::setColumns(const std::vector<data::ColumnInfo>& columns) {
  columns_ = columns;
  values_.clear();
  values_of_.clear();
  const QSignalBlocker quiet(column_);
  column_->clear();
  for (const data::ColumnInfo& one : columns_)
    column_->addItem(theme::icon(typeIcon(cellKind(one.type))), words::toQt(one.name));
  column_->addItem(tr("Own expression"));
  fillTests();
  arrange();
}

const data::ColumnInfo* FilterEditor::column() const {
  const auto at = static_cast<std::size_t>(std::max(0, column_->currentIndex()));
  return at < columns_.size() ? &columns_[at] : nullptr;
}

data::CellTest FilterEditor::test() const {
  return static_cast<data::CellTest>(test_->currentData().toInt());
}

void FilterEditor::fillTests() {
  const QSignalBlocker quiet(test_);
  test_->clear();
  if (const data::ColumnInfo* one = column())
    for (const data::CellTest test : FilterWords::tests(cellKind(one->type)))
      test_->addItem(FilterWords::test(test), static_cast<int>(test));
}

void FilterEditor::chooseColumn() {
  error_->hide();
  fillTests();
  arrange();
  if (const data::ColumnInfo* one = column(); one != nullptr && isVisible()) {
    const QString name = words::toQt(one->name);
    if (values_of_ != name) Q_EMIT valuesWanted(name);
  }
}

/// What the chosen test needs is there, and nothing else.
void FilterEditor::arrange() {
  const data::ColumnInfo* one = column();
  const int values = one == nullptr ? 1 : FilterWords::valueCount(test());
  const bool known = one != nullptr && values_of_ == words::toQt(one->name) && !values_.empty();
  QStringList offered;
  if (known && values == 1)
    for (const data::TopValue& value : values_) offered.push_back(words::toQt(value.value));
  offered_->setStringList(offered);
  test_->setVisible(one != nullptr);
  value_->setVisible(values != 0);
  and_->setVisible(values == 2);
  second_->setVisible(values == 2);
  pick_->setVisible(known && (values == 1 || values == -1));
  if (one == nullptr)
    value_->setPlaceholderText(tr("SQL over the columns, such as price * quantity > 100"));
  else if (values == -1)
    value_->setPlaceholderText(tr("Values with commas between them"));
  else if (cellKind(one->type) == CellKind::Time)
    value_->setPlaceholderText(QStringLiteral("2026-01-31"));
  else
    value_->setPlaceholderText({});
}

void FilterEditor::openFor(const QString& column) {
  const int at = column_->findText(column);
  error_->hide();
  value_->clear();
  second_->clear();
  show();
  column_->setCurrentIndex(std::max(0, at));
  chooseColumn();
  if (value_->isVisible())
    value_->setFocus();
  else
    test_->setFocus();
}

void FilterEditor::openFor(const data::Condition& condition) {
  openFor(words::toQt(condition.column));
  test_->setCurrentIndex(std::max(0, test_->findData(static_cast<int>(condition.test))));
  arrange();
  if (condition.test == data::CellTest::OneOf)
    value_->setText(FilterWords::line(condition.values));
  else if (!condition.values.empty())
    value_->setText(words::toQt(condition.values[0]));
  if (condition.values.size() == 2) second_->setText(words::toQt(condition.values[1]));
  value_->selectAll();
}

void FilterEditor::openForExpression(const QString& expression) {
  error_->hide();
  show();
  column_->setCurrentIndex(column_->count() - 1);
  chooseColumn();
  value_->setText(expression);
  value_->selectAll();
  value_->setFocus();
}

void FilterEditor::close() {
  hide();
  Q_EMIT closed();
}

void FilterEditor::setValues(const QString& column, const std::vector<data::TopValue>& values) {
  values_ = values;
  values_of_ = column;
  arrange();
}

void FilterEditor::fillValueMenu() {
  value_menu_->clear();
  const bool several = FilterWords::valueCount(test()) == -1;
  const auto chosen = FilterWords::values(value_->text());
  for (std::size_t i = 0; i < std::min<std::size_t>(values_.size(), kOffered); ++i) {
    const data::TopValue& value = values_[i];
    QString name = words::toQt(value.value).left(60);
    auto* action = value_menu_->addAction(name.replace("&", "&&") + "\t" + words::count(value.count));
    action->setCheckable(several);
    action->setChecked(several && std::find(chosen.begin(), chosen.end(), value.value) != chosen.end());
    connect(action, &QAction::triggered, this, [this, several, text = value.value] {
      if (!several) {
        value_->setText(words::toQt(text));
        return;
      }
      auto now = FilterWords::values(value_->text());
      if (const auto found = std::find(now.begin(), now.end(), text); found != now.end())
        now.erase(found);
      else
        now.push_back(text);
      value_->setText(FilterWords::line(now));
    });
  }
}

void FilterEditor::apply() {
  const data::ColumnInfo* one = column();
  if (one == nullptr) {
    Q_EMIT expressionApplied(value_->text().trimmed());
    return;
  }
  const CellKind kind = cellKind(one->type);
  const bool as_number =
      alignsRight(kind) && test() != data::CellTest::Contains && test() != data::CellTest::Matches;
  const auto stored = [&](const QString& text) {
    return words::toUtf8(as_number ? FilterWords::stored(text) : text);
  };
  data::Condition condition{one->name, test()};
  switch (FilterWords::valueCount(test())) {
    case 0:
      break;
    case -1:
      condition.values = FilterWords::values(value_->text());
      break;
    case 2:
      condition.values = {stored(value_->text()), stored(second_->text())};
      break;
    default:
      condition.values = {stored(value_->text())};
  }
  const bool empty = std::any_of(condition.values.begin(), condition.values.end(),
                                 [](const std::string& value) { return value.empty(); });
  const bool none = condition.values.empty() && FilterWords::valueCount(test()) != 0;
  if (none || (empty && test() != data::CellTest::Equals && test() != data::CellTest::Differs) ||
      (empty && kind != CellKind::Text)) {
    showError(tr("Type a value first"));
    value_->setFocus();
    return;
  }
  Q_EMIT applied(condition);
}

void FilterEditor::showError(const QString& text) {
  error_->setText(text);
  error_->show();
}

void FilterEditor::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape) {
    close();
    event->accept();
    return;
  }
  QFrame::keyPressEvent(event);
}

}  // namespace lodestone::tables
