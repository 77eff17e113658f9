// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/forms/parameter_form.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/forms/parameter_control.h"
#include "ui/theme/theme.h"
#include "ui/words/words.h"

namespace lodestone::forms {
namespace {

constexpr int kResetIcon = 12;

/// What is wrong with one value, for its place under the control: by the title that stands there, and without
/// the owner, whom the form is about anyway.
QString complaintAbout(const Parameter& parameter, const QString& value, const std::string& owner) {
  Parameter titled = parameter;
  titled.id = std::string(parameter.title.in(words::language()));
  const auto checked = checkParameters({titled}, {{titled.id, words::toUtf8(value)}}, owner);
  if (checked) return {};
  QString text = words::said(checked.error());
  const QString prefix = words::toQt(owner);
  for (const QString& colon : {QStringLiteral(": "), QStringLiteral("：")})
    if (text.startsWith(prefix + colon)) text.remove(0, prefix.size() + colon.size());
  return text.left(1).toUpper() + text.mid(1);
}

}  // namespace

struct ParameterForm::Row {
  explicit Row(Parameter described) : parameter(std::move(described)) {}

  Parameter parameter;
  QWidget* box = nullptr;
  QLabel* title = nullptr;  // null where the control has it
  ParameterControl* control = nullptr;
  QToolButton* reset = nullptr;
  QLabel* complaint = nullptr;
  QString told;  // what changed() said last, or setValues

  QString usual() const { return words::toQt(parameter.default_value); }
};

ParameterForm::ParameterForm(QWidget* parent) : QWidget(parent), layout_(new QVBoxLayout(this)) {
  layout_->setContentsMargins(0, 0, 0, 0);
  layout_->setSpacing(theme::kSpace2);
  layout_->addStretch(1);
  words::say(this, [this] { showTexts(); });
  theme::paintWith(this, [this] {
    for (const auto& row : rows_) check(*row);
  });
}

ParameterForm::~ParameterForm() {
  // A window that closes takes the focus, which ends editing: the rows are gone by then.
  for (const auto& row : rows_) row->control->disconnect(this);
}

void ParameterForm::setParameters(const std::vector<Parameter>& parameters,
                                  const std::map<std::string, std::string>& values,
                                  const std::string& owner) {
  owner_ = owner;
  removeRows();
  for (const Parameter& parameter : parameters) addRow(parameter);
  setValues(values);
  showTexts();
  setReadOnly(read_only_);
}

void ParameterForm::removeRows() {
  for (const auto& row : rows_) {
    row->control->disconnect(this);  // hiding takes the focus, which ends editing
    layout_->removeWidget(row->box);
    row->box->hide();
    row->box->deleteLater();  // its own signal may have led here
  }
  rows_.clear();
}

void ParameterForm::addRow(const Parameter& parameter) {
  rows_.push_back(std::make_unique<Row>(parameter));
  Row& row = *rows_.back();
  const QString id = words::toQt(parameter.id);
  row.box = new QWidget(this);
  auto* lines = new QVBoxLayout(row.box);
  lines->setContentsMargins(0, 0, 0, 0);
  lines->setSpacing(theme::kSpace1 / 2);
  row.control = makeControl(parameter, row.box);
  row.control->editor()->setObjectName("parameter_" + id);
  row.reset = new QToolButton(row.box);
  row.reset->setObjectName("reset_" + id);
  row.reset->setIcon(theme::icon("undo"));
  row.reset->setIconSize(QSize(kResetIcon, kResetIcon));
  row.reset->setAutoRaise(true);
  row.reset->setFocusPolicy(Qt::StrongFocus);
  QSizePolicy kept = row.reset->sizePolicy();
  kept.setRetainSizeWhenHidden(true);
  row.reset->setSizePolicy(kept);
  // Beside the title, so that all fields are equally wide.
  auto* head = new QHBoxLayout;
  head->setSpacing(theme::kSpace1);
  lines->addLayout(head);
  if (row.control->hasTitle()) {
    head->addWidget(row.control, 1);
  } else {
    row.title = new QLabel(row.box);
    row.title->setBuddy(row.control->editor());
    row.title->setWordWrap(true);
    head->addWidget(row.title, 1);
    lines->addWidget(row.control);
  }
  head->addWidget(row.reset, 0, Qt::AlignBottom);
  row.complaint = new QLabel(row.box);  // no caption by role: those have a colour of their own
  row.complaint->setFont(theme::font(theme::Role::Caption));
  row.complaint->setTextFormat(Qt::PlainText);
  row.complaint->setObjectName("complaint_" + id);
  row.complaint->setWordWrap(true);
  row.complaint->hide();
  lines->addWidget(row.complaint);
  layout_->insertWidget(layout_->count() - 1, row.box);  // above the stretch
  offerNames(row);
  connect(row.control, &ParameterControl::typed, this, [this, at = &row] { check(*at); });
  connect(row.control, &ParameterControl::edited, this, [this, at = &row] { commit(*at); });
  connect(row.reset, &QToolButton::clicked, this, [this, at = &row] { reset(*at); });
}

void ParameterForm::offerNames(Row& row) const {
  const ParameterKind kind = row.parameter.kind;
  if (kind == ParameterKind::Table) row.control->setOptions(tables_);
  if (kind == ParameterKind::Column || kind == ParameterKind::ColumnList) row.control->setOptions(columns_);
}

void ParameterForm::setColumns(const QStringList& columns) {
  columns_ = columns;
  for (const auto& row : rows_) offerNames(*row);
}

void ParameterForm::setTables(const QStringList& tables) {
  tables_ = tables;
  for (const auto& row : rows_) offerNames(*row);
}

void ParameterForm::setValues(const std::map<std::string, std::string>& values) {
  for (const auto& row : rows_) {
    const auto given = values.find(row->parameter.id);
    row->told = given == values.end() ? row->usual() : words::toQt(given->second);
    row->control->setValue(row->told);
    check(*row);
  }
}

void ParameterForm::setPlaceholder(const std::string& id, const QString& text) {
  for (const auto& row : rows_)
    if (row->parameter.id == id) row->control->setPlaceholder(text);
}

void ParameterForm::setReadOnly(bool read_only) {
  read_only_ = read_only;
  for (const auto& row : rows_) {
    row->control->setReadOnly(read_only);
    check(*row);
  }
}

std::map<std::string, std::string> ParameterForm::values() const {
  std::map<std::string, std::string> values;
  for (const auto& row : rows_)
    if (const QString value = row->control->value(); value != row->usual())
      values[row->parameter.id] = words::toUtf8(value);
  return values;
}

QString ParameterForm::problem() const {
  for (const auto& row : rows_)
    if (!row->complaint->text().isEmpty()) return row->complaint->text();
  return {};
}

void ParameterForm::check(Row& row) {
  const QString value = row.control->value();
  const bool usual = value == row.usual();
  const QString complaint = usual ? QString() : complaintAbout(row.parameter, value, owner_);
  QPalette palette = row.complaint->palette();
  palette.setColor(QPalette::WindowText, theme::tokens().fail);
  row.complaint->setPalette(palette);
  row.complaint->setText(complaint);
  row.complaint->setVisible(!complaint.isEmpty());
  QWidget* editor = row.control->editor();
  if (editor->property("invalid").toBool() != !complaint.isEmpty()) {
    editor->setProperty("invalid", !complaint.isEmpty());
    editor->style()->unpolish(editor);  // a style sheet looks at properties only when told
    editor->style()->polish(editor);
  }
  row.reset->setVisible(!usual && !read_only_);
  if (const QString now = problem(); now != told_problem_) {
    told_problem_ = now;
    Q_EMIT problemChanged();
  }
}

void ParameterForm::commit(Row& row) {
  check(row);
  const QString value = row.control->value();
  if (value == row.told || !row.complaint->text().isEmpty()) return;
  row.told = value;
  // The receiver may replace the rows: nothing of this one is used after it.
  Q_EMIT changed(words::toQt(row.parameter.id), value == row.usual() ? QString() : value);
}

void ParameterForm::reset(Row& row) {
  row.control->setValue(row.usual());
  row.control->editor()->setFocus();  // the button that had it is about to hide
  commit(row);
}

void ParameterForm::showTexts() {
  for (const auto& row : rows_) {
    const Parameter& parameter = row->parameter;
    QString title = words::said(parameter.title);
    if (!parameter.unit.empty()) title = tr("%1 (%2)").arg(title, words::toQt(parameter.unit));
    QStringList help{words::said(parameter.help)};
    const auto bound = [](double value) { return words::toQt(formatNumber(value)); };
    if (parameter.minimum && parameter.maximum)
      help += tr("From %1 to %2.").arg(bound(*parameter.minimum), bound(*parameter.maximum));
    else if (parameter.minimum)
      help += tr("At least %1.").arg(bound(*parameter.minimum));
    else if (parameter.maximum)
      help += tr("At most %1.").arg(bound(*parameter.maximum));
    QString usual = row->usual();
    for (const ParameterChoice& choice : parameter.choices)
      if (choice.id == parameter.default_value) usual = words::said(choice.title);
    if (parameter.kind == ParameterKind::Flag) usual = usual == "true" ? tr("on") : tr("off");
    if (!usual.isEmpty() && parameter.kind != ParameterKind::Sql) help += tr("Default: %1.").arg(usual);
    if (row->title != nullptr) row->title->setText(title);
    row->control->showTexts();
    QWidget* editor = row->control->editor();
    editor->setAccessibleName(title);
    editor->setAccessibleDescription(help.join(" "));
    // Rich text wraps; plain lines would make a tooltip as wide as the help.
    QString shown;
    for (const QString& line : help)
      if (!line.isEmpty()) shown += "<p>" + line.toHtmlEscaped() + "</p>";
    editor->setToolTip(shown);
    if (row->title != nullptr) row->title->setToolTip(shown);
    row->reset->setAccessibleName(tr("Default of %1").arg(title));
    row->reset->setToolTip(tr("Back to the default"));
    check(*row);
  }
}

}  // namespace lodestone::forms
