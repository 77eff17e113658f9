// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/strategies/strategy_form.h"

#include <QCalendarWidget>
#include <QComboBox>
#include <QDateEdit>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QSignalBlocker>
#include <QStyle>
#include <QTabWidget>
#include <QTimer>
#include <QVBoxLayout>
#include <cmath>
#include <tuple>

#include "core/base/text.h"
#include "core/campaign/rule.h"
#include "core/campaign/scored_tables.h"
#include "core/campaign/wording.h"
#include "ui/pages/strategies/labels.h"
#include "ui/pages/strategies/text_box.h"
#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

namespace lodestone::pages {

namespace {

constexpr auto kDateFormat = "yyyy-MM-dd";

/// What was typed as a number, in the locale's way or with a plain point.
bool readNumber(const QString& text, double& value) {
  bool ok = false;
  value = QLocale().toDouble(text.trimmed(), &ok);
  if (!ok) value = QLocale::c().toDouble(text.trimmed(), &ok);
  return ok && std::isfinite(value);
}

QString plain(double value) {
  return words::toQt(campaign::plainNumber(campaign::roundSignificant(value, 12)));
}

QString leastScore(const Json& content) {
  const auto rule =
      campaign::ruleFromJson(campaign::field(campaign::field(content, "audience"), "conditions"));
  if (!rule) return {};
  for (const auto& condition : *rule)
    if (condition.column == campaign::kScoreColumn && condition.comparison == campaign::Comparison::AtLeast)
      return plain(condition.value);
  return {};
}

bool sameValue(const QString& a, const QString& b) {
  double x = 0;
  double y = 0;
  if (readNumber(a, x) && readNumber(b, y)) return std::fabs(x - y) < 1e-12;
  return a.trimmed() == b.trimmed();
}

QBoxLayout* pair(QVBoxLayout* column) {
  auto* row = new QHBoxLayout;
  row->setSpacing(theme::kSpace3);
  column->addLayout(row);
  return row;
}

}  // namespace

StrategyForm::StrategyForm(QWidget* parent) : QWidget(parent) {
  setObjectName("strategyForm");
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, theme::kSpace2, 0, theme::kSpace2);
  column->setSpacing(theme::kSpace2);
  addLine(column, "title.en", "fieldTitleEn");
  addLine(column, "title.zh_CN", "fieldTitleZh");
  offer_ = addChoice(column, "offer.id", "fieldOffer");
  QBoxLayout* row = pair(column);
  addNumber(row, "offer.discount", "fieldDiscount", 0, 100, 100);
  addNumber(row, "offer.cost", "fieldOfferCost", 0, 1e9, 1);
  channel_ = addChoice(column, "channel", "fieldChannel");
  row = pair(column);
  addDate(row, "timing.start", "fieldStart");
  addDate(row, "timing.end", "fieldEnd");
  row = pair(column);
  addNumber(row, "budget", "fieldBudget", 0, 1e12, 1);
  addNumber(row, "audience.min_score", "fieldMinScore", 0, 1, 1);
  auto* rule = new TextBox(3, TextBox::Enter::Ends, this);
  Field& field = add(column, "audience.rule", rule, "fieldRule");
  field.shown = [rule] { return rule->toPlainText().simplified(); };
  field.show = [rule](const QString& text) { rule->setPlainText(text); };
  field.problem = [](const QString& text) {
    const auto read = campaign::parseRule(words::toUtf8(text));
    return read ? QString() : words::said(read.error());
  };
  connect(rule, &TextBox::editingFinished, this, [this, &field] { commit(field); });
  auto* messages = new QTabWidget(this);
  messages->setObjectName("fieldMessages");
  for (const char* language : {"en", "zh_CN"}) {
    auto* page = new QWidget;
    auto* inside = new QVBoxLayout(page);
    inside->setContentsMargins(0, theme::kSpace2, 0, 0);
    inside->setSpacing(theme::kSpace2);
    addMessage(inside, language);
    messages->addTab(page, QString());
  }
  column->addWidget(messages);
  column->addStretch();
  words::say(this, [this, messages] {
    messages->setTabText(0, tr("Message, English"));
    messages->setTabText(1, tr("Message, Chinese"));
    messages->setAccessibleName(tr("Message"));
    showTexts();
  });
  messages->setCurrentIndex(words::language() == Language::Chinese ? 1 : 0);
}

StrategyForm::~StrategyForm() = default;

StrategyForm::Field& StrategyForm::add(QBoxLayout* into, const std::string& path, QWidget* control,
                                       const QString& object_name) {
  auto field = std::make_unique<Field>();
  field->path = path;
  field->control = control;
  field->label = theme::label(theme::Role::Caption, this);
  field->label->setBuddy(control);
  field->complaint = theme::label(theme::Role::Body, this);
  complaining(field->complaint)->setObjectName(object_name + "Complaint");
  field->complaint->hide();
  control->setObjectName(object_name);
  control->installEventFilter(this);
  auto* cell = new QVBoxLayout;
  cell->setSpacing(2);
  cell->addWidget(field->label);
  if (auto* text = qobject_cast<TextBox*>(control)) {
    // The style sheet gives every text a small least height: what stands round it keeps it as high as its
    // lines.
    auto* room = new QWidget(this);
    room->setMinimumHeight(text->sizeHint().height());
    room->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    auto* inside = new QVBoxLayout(room);
    inside->setContentsMargins(0, 0, 0, 0);
    inside->addWidget(text);
    cell->addWidget(room);
  } else {
    cell->addWidget(control);
  }
  cell->addWidget(field->complaint);
  const bool beside = into->direction() == QBoxLayout::LeftToRight;
  into->addLayout(cell, beside ? 1 : 0);
  if (beside) into->setAlignment(cell, Qt::AlignTop);
  fields_.push_back(std::move(field));
  return *fields_.back();
}

QLineEdit* StrategyForm::addLine(QBoxLayout* into, const std::string& path, const QString& object_name) {
  auto* line = new QLineEdit(this);
  Field& field = add(into, path, line, object_name);
  field.shown = [line] { return line->text().trimmed(); };
  field.show = [line](const QString& text) {
    line->setText(text);
    line->setCursorPosition(0);
  };
  field.problem = [](const QString& text) {
    return text.isEmpty() ? tr("This must not be empty.") : QString();
  };
  connect(line, &QLineEdit::editingFinished, this, [this, &field] { commit(field); });
  return line;
}

QLineEdit* StrategyForm::addNumber(QBoxLayout* into, const std::string& path, const QString& object_name,
                                   double low, double high, double factor) {
  auto* line = new QLineEdit(this);
  line->setAlignment(Qt::AlignRight);
  Field& field = add(into, path, line, object_name);
  field.shown = [line, factor] {
    double value = 0;
    return readNumber(line->text(), value) ? plain(value / factor) : line->text().trimmed();
  };
  field.show = [line, factor](const QString& text) {
    double value = 0;
    line->setText(readNumber(text, value) ? plain(value * factor) : text);
  };
  field.problem = [this, low, high, factor](const QString& text) {
    return numberProblem(text, low, high, factor);
  };
  connect(line, &QLineEdit::editingFinished, this, [this, &field] { commit(field); });
  return line;
}

QString StrategyForm::numberProblem(const QString& text, double low, double high, double factor) const {
  double value = 0;
  const bool reads = readNumber(text, value);
  if (text.isEmpty() || !reads) return tr("This must be a number; it is “%1”.").arg(text);
  value *= factor;
  if (value >= low && value <= high) return {};
  return high < 1e6 ? tr("This must be from %1 to %2; it is %3.").arg(plain(low), plain(high), plain(value))
                    : tr("This must not be below %1; it is %2.").arg(plain(low), plain(value));
}

QComboBox* StrategyForm::addChoice(QBoxLayout* into, const std::string& path, const QString& object_name) {
  auto* choice = new QComboBox(this);
  choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  choice->setMinimumContentsLength(8);
  Field& field = add(into, path, choice, object_name);
  field.shown = [choice] { return choice->currentData().toString(); };
  field.show = [choice](const QString& id) {
    const QSignalBlocker quiet(choice);
    // What the catalogue has no more is still what was decided.
    if (choice->findData(id) < 0) choice->addItem(id, id);
    choice->setCurrentIndex(choice->findData(id));
  };
  field.problem = [](const QString&) { return QString(); };
  connect(choice, &QComboBox::activated, this, [this, &field] { commit(field); });
  return choice;
}

QDateEdit* StrategyForm::addDate(QBoxLayout* into, const std::string& path, const QString& object_name) {
  auto* date = new QDateEdit(this);
  date->setCalendarPopup(true);
  date->setDisplayFormat(kDateFormat);
  Field& field = add(into, path, date, object_name);
  field.shown = [date] { return date->date().toString(kDateFormat); };
  field.show = [date](const QString& text) {
    const QSignalBlocker quiet(date);
    date->setDate(QDate::fromString(text, kDateFormat));
  };
  field.problem = [](const QString&) { return QString(); };
  connect(date, &QDateEdit::editingFinished, this, [this, &field] { commit(field); });
  // The calendar tells before the field has taken the day over.
  for (const auto chosen : {&QCalendarWidget::clicked, &QCalendarWidget::activated})
    connect(date->calendarWidget(), chosen, this,
            [this, &field] { QTimer::singleShot(0, this, [this, &field] { commit(field); }); });
  return date;
}

TextBox* StrategyForm::addText(QBoxLayout* into, const std::string& path, const QString& object_name) {
  auto* text = new TextBox(5, TextBox::Enter::BreaksLine, this);
  Field& field = add(into, path, text, object_name);
  field.shown = [text] { return text->toPlainText().trimmed(); };
  field.show = [text](const QString& value) { text->setPlainText(value); };
  field.problem = [](const QString& value) {
    return value.isEmpty() ? tr("This must not be empty.") : QString();
  };
  connect(text, &TextBox::editingFinished, this, [this, &field] { commit(field); });
  return text;
}

void StrategyForm::addMessage(QVBoxLayout* column, const char* language) {
  const std::string path = std::string("content.") + language + ".";
  const QString suffix = QString(language).startsWith("zh") ? "Zh" : "En";
  addLine(column, path + "subject", "fieldSubject" + suffix);
  addText(column, path + "body", "fieldBody" + suffix);
}

void StrategyForm::showTexts() {
  const QString currency = words::toQt(campaign::textField(strategy_.content, "currency"));
  const auto money = [&](const QString& text) {
    return currency.isEmpty() ? text : tr("%1 (%2)").arg(text, currency);
  };
  const std::vector<std::tuple<std::string, QString, QString>> texts{
      {"title.en", tr("Title, English"), tr("What the strategy is called in English")},
      {"title.zh_CN", tr("Title, Chinese"), tr("What the strategy is called in Chinese")},
      {"offer.id", tr("Offer"), tr("What the customers get, from the catalogue")},
      {"offer.discount", tr("Discount, %"), tr("Share of the order's value that is given away, 0 to 100")},
      {"offer.cost", money(tr("Cost each")), tr("Money for each conversion, beside the discount")},
      {"channel", tr("Channel"), tr("How the customers are addressed")},
      {"timing.start", tr("Starts"), tr("First day of the campaign")},
      {"timing.end", tr("Ends"), tr("Last day of the campaign")},
      {"budget", money(tr("Budget")), tr("The most that it may cost; a check fails beyond it")},
      {"audience.min_score", tr("Minimum score"), tr("Customers below it are left out, 0 to 1")},
      {"audience.rule", tr("Who"),
       tr("Conditions on the score and on columns, joined by and. Enter takes it over.")},
      {"content.en.subject", tr("Subject"), tr("Subject of the English message")},
      {"content.en.body", tr("Text"), tr("The English message")},
      {"content.zh_CN.subject", tr("Subject"), tr("Subject of the Chinese message")},
      {"content.zh_CN.body", tr("Text"), tr("The Chinese message")}};
  for (const auto& [path, label, tooltip] : texts) {
    Field* field = find(path);
    field->label->setText(label);
    field->control->setAccessibleName(label);
    field->tooltip = tooltip;
  }
  setLocked(locked_);
  showChoices();
}

void StrategyForm::showChoices() {
  const bool chinese = words::language() == Language::Chinese;
  const auto fill = [&](QComboBox* choice, const auto& entries) {
    const QSignalBlocker quiet(choice);
    const QString id = choice->currentData().toString();
    choice->clear();
    for (const auto& entry : entries)
      choice->addItem(words::toQt(chinese ? entry.title_zh : entry.title_en), words::toQt(entry.id));
    if (!id.isEmpty() && choice->findData(id) < 0)
      choice->addItem(tr("%1 (no longer in the catalogue)").arg(id), id);
    choice->setCurrentIndex(choice->findData(id));
  };
  fill(offer_, catalogue_.offers);
  fill(channel_, catalogue_.channels);
}

void StrategyForm::setCatalogue(const campaign::Catalogue& catalogue) {
  catalogue_ = catalogue;
  showChoices();
}

void StrategyForm::setStrategy(const project::StrategyVersion& strategy) {
  const bool same = strategy.id == strategy_.id;
  strategy_ = strategy;
  for (auto& field : fields_) {
    const bool typing = same && field->control->hasFocus() && !sameValue(field->shown(), field->recorded);
    field->recorded = words::toQt(recordedOf(field->path));
    field->sent.clear();
    if (typing && !sameValue(field->shown(), field->recorded)) continue;
    field->show(field->recorded);
    setComplaint(*field, {});
  }
  showTexts();
}

std::string StrategyForm::recordedOf(const std::string& path) const {
  if (path == "audience.min_score") return words::toUtf8(leastScore(strategy_.content));
  const Json* json = &strategy_.content;
  for (const std::string& part : split(path, '.')) json = &campaign::field(*json, part);
  if (json->is_string()) return json->get<std::string>();
  return json->is_number() ? words::toUtf8(plain(json->get<double>())) : std::string();
}

void StrategyForm::setLocked(const QString& reason) {
  locked_ = reason;
  for (auto& field : fields_) {
    widgets::enableOrSay(field->control, {});
    field->control->setToolTip(field->tooltip);
    widgets::enableOrSay(field->control, reason);
  }
}

StrategyForm::Field* StrategyForm::find(const std::string& path) {
  for (auto& field : fields_)
    if (field->path == path) return field.get();
  return nullptr;
}

bool StrategyForm::complain(const QString& path, const QString& text) {
  std::string wanted = words::toUtf8(path);
  if (wanted == "timing") wanted = "timing.end";
  if (wanted == "audience") wanted = "audience.rule";
  Field* field = find(wanted);
  if (field == nullptr) return false;
  setComplaint(*field, text);
  return true;
}

void StrategyForm::setComplaint(Field& field, const QString& text) {
  field.complaint->setText(text);
  field.complaint->setVisible(!text.isEmpty());
  field.control->setAccessibleDescription(text);
  if (field.control->property("invalid").toBool() == !text.isEmpty()) return;
  field.control->setProperty("invalid", !text.isEmpty());
  field.control->style()->unpolish(field.control);
  field.control->style()->polish(field.control);
}

void StrategyForm::commit(Field& field) {
  if (strategy_.id.empty() || !field.control->isEnabled()) return;
  const QString value = field.shown();
  if (sameValue(value, field.recorded)) {
    field.show(field.recorded);
    field.sent.clear();
    setComplaint(field, {});
    return;
  }
  if (!value.isEmpty() && value == field.sent) return;
  QString problem = field.problem(value);
  if (field.path == "audience.min_score" && value.isEmpty())
    problem = tr("To have no minimum, take it out of the rule below.");
  setComplaint(field, problem);
  if (!problem.isEmpty()) return;
  field.sent = value;
  Changes changes{{field.path, words::toUtf8(value)}};
  // Both days go together: one alone may not fit the other.
  for (const char* other : {"timing.start", "timing.end"})
    if (field.path.starts_with("timing.") && field.path != other)
      if (Field* day = find(other); !sameValue(day->shown(), day->recorded))
        changes.emplace_back(other, words::toUtf8(day->shown()));
  Q_EMIT committed(changes);
}

void StrategyForm::allowRetry() {
  for (auto& field : fields_) field->sent.clear();
}

void StrategyForm::restore() {
  allowRetry();
  for (auto& field : fields_) {
    field->show(field->recorded);
    setComplaint(*field, {});
  }
}

void StrategyForm::commitTyped() {
  for (auto& field : fields_)
    if (field->control->hasFocus()) commit(*field);
}

void StrategyForm::focusFirst() {
  QWidget* first = find("title.en")->control;
  if (words::language() == Language::Chinese) first = find("title.zh_CN")->control;
  first->setFocus(Qt::ShortcutFocusReason);
}

bool StrategyForm::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
    for (auto& field : fields_) {
      if (field->control != watched || sameValue(field->shown(), field->recorded)) continue;
      field->show(field->recorded);
      field->sent.clear();
      setComplaint(*field, {});
      return true;
    }
  }
  // The wheel scrolls the form, it does not change what it happens to pass over.
  if (event->type() == QEvent::Wheel && !qobject_cast<TextBox*>(watched)) {
    event->ignore();
    return true;
  }
  return QWidget::eventFilter(watched, event);
}

}  // namespace lodestone::pages
