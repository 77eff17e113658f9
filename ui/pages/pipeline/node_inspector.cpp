// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/pipeline/node_inspector.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStackedLayout>
#include <QVBoxLayout>
#include <algorithm>

#include "core/learn/model_type.h"
#include "ui/forms/parameter_form.h"
#include "ui/forms/undo_guard.h"
#include "ui/pages/pipeline/stage_parameters.h"
#include "ui/theme/theme.h"
#include "ui/words/words.h"

namespace lodestone::pages {

namespace {

/// A line break of a label, in a field of one line.
const QString kBreak = QStringLiteral(" ⏎ ");

QLabel* wrapped(theme::Role role, QWidget* parent, const char* name) {
  QLabel* label = theme::label(role, parent);
  label->setObjectName(name);
  label->setWordWrap(true);
  label->setTextInteractionFlags(Qt::TextSelectableByMouse);
  return label;
}

}  // namespace

NodeInspector::NodeInspector(QWidget* parent) : QWidget(parent) {
  setObjectName("node_inspector");
  build();
  words::say(this, [this] { showTexts(); });
  showNothing({});
}

void NodeInspector::build() {
  places_ = new QStackedLayout(this);
  auto* nothing = new QWidget(this);
  auto* nothing_column = new QVBoxLayout(nothing);
  nothing_column->setContentsMargins(theme::kSpace4, theme::kSpace4, theme::kSpace4, theme::kSpace4);
  empty_ = wrapped(theme::Role::Caption, nothing, "inspector_empty");
  nothing_column->addWidget(empty_);
  nothing_column->addStretch();
  content_ = new QWidget(this);
  auto* column = new QVBoxLayout(content_);
  column->setContentsMargins(theme::kSpace4, theme::kSpace4, theme::kSpace4, theme::kSpace4);
  column->setSpacing(theme::kSpace2);

  id_ = wrapped(theme::Role::Caption, content_, "node_id");
  label_title_ = theme::label(theme::Role::Caption, content_);
  label_ = new QLineEdit(content_);
  label_->setObjectName("node_label");
  label_title_->setBuddy(label_);
  badge_ = new widgets::StateBadge(content_);
  badge_->setObjectName("node_state");
  when_ = wrapped(theme::Role::Caption, content_, "node_when");
  notice_ = new widgets::Notice(content_);
  notice_->setObjectName("node_notice");
  message_ = wrapped(theme::Role::Body, content_, "node_message");
  stage_title_ = theme::label(theme::Role::Caption, content_);
  stage_ = new QComboBox(content_);
  stage_->setObjectName("node_stage");
  stage_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  stage_->setMinimumContentsLength(12);
  stage_title_->setBuddy(stage_);
  help_ = wrapped(theme::Role::Caption, content_, "node_help");
  form_title_ = theme::label(theme::Role::Section, content_);
  form_ = new forms::ParameterForm(content_);
  form_->setObjectName("node_form");
  suggestion_ = wrapped(theme::Role::Caption, content_, "node_suggestion");
  use_suggestion_ = new QPushButton(content_);
  use_suggestion_->setObjectName("node_use_suggestion");
  apply_title_ = theme::label(theme::Role::Caption, content_);
  apply_ = new QComboBox(content_);
  apply_->setObjectName("node_apply");
  apply_->addItem({}, false);
  apply_->addItem({}, true);
  apply_title_->setBuddy(apply_);
  apply_now_ = new QPushButton(content_);
  apply_now_->setObjectName("node_apply_now");
  apply_now_->setIcon(theme::icon("check"));
  widgets::makePrimary(apply_now_);
  ports_ = new PortList(content_);
  run_ = new QPushButton(content_);
  run_->setObjectName("node_run_to_here");
  run_->setIcon(theme::icon("run-to"));

  column->addWidget(id_);
  column->addWidget(label_title_);
  column->addWidget(label_);
  column->addWidget(badge_);
  column->addWidget(notice_);
  column->addWidget(message_);
  column->addWidget(when_);
  column->addWidget(apply_now_);
  column->addWidget(run_);
  column->addSpacing(theme::kSpace2);
  column->addWidget(stage_title_);
  column->addWidget(stage_);
  column->addWidget(help_);
  column->addWidget(suggestion_);
  column->addWidget(use_suggestion_);
  column->addSpacing(theme::kSpace2);
  column->addWidget(ports_);
  column->addSpacing(theme::kSpace2);
  column->addWidget(apply_title_);
  column->addWidget(apply_);
  column->addSpacing(theme::kSpace2);
  column->addWidget(form_title_);
  column->addWidget(form_);
  column->addStretch();

  places_->addWidget(nothing);
  places_->addWidget(widgets::scrolled(content_, "node_inspector_scroll"));
  connect(label_, &QLineEdit::editingFinished, this, [this] {
    if (!view_ || !label_->isModified()) return;
    label_->setModified(false);
    Q_EMIT labelEdited(node(), label_->text().replace(kBreak, QStringLiteral("\n")));
  });
  forms::forgetStepsWhenDone(label_);
  connect(stage_, &QComboBox::activated, this, &NodeInspector::stageChosen);
  connect(form_, &forms::ParameterForm::changed, this, &NodeInspector::parameterChanged);
  connect(run_, &QPushButton::clicked, this, &NodeInspector::runToHere);
  connect(use_suggestion_, &QPushButton::clicked, this, &NodeInspector::useSuggestion);
  connect(apply_now_, &QPushButton::clicked, this, &NodeInspector::applyWanted);
  connect(ports_, &PortList::nodePicked, this, &NodeInspector::nodePicked);
  connect(apply_, &QComboBox::activated, this, [this](int index) {
    if (!view_ || view_->manual == (index == 1)) return;
    view_->manual = index == 1;
    Q_EMIT bindingEdited(binding());
  });
}

QString NodeInspector::node() const {
  return view_ ? words::toQt(view_->outlook.node) : QString();
}

void NodeInspector::focusLabel() {
  label_->setFocus(Qt::OtherFocusReason);
  label_->selectAll();
}

void NodeInspector::showNothing(const QString& why) {
  view_.reset();
  form_of_.clear();
  nothing_ = why;
  empty_->setText(why.isEmpty() ? tr("Select a node of the chart to see and set what it does.") : why);
  places_->setCurrentIndex(0);
}

void NodeInspector::showNode(const NodeView& view) {
  const bool same = view_ && view_->outlook.node == view.outlook.node;
  view_ = view;
  if (!same) label_->setModified(false);
  showTexts();
  places_->setCurrentIndex(1);
}

void NodeInspector::setReadOnly(const QString& why) {
  read_only_ = why;
  if (view_) showTexts();
}

void NodeInspector::showTexts() {
  label_title_->setText(tr("Label"));
  label_->setAccessibleName(tr("Label"));
  stage_title_->setText(tr("What it does"));
  stage_->setAccessibleName(tr("What it does"));
  form_title_->setText(tr("Parameters"));
  run_->setText(tr("Run to here"));
  setAccessibleName(tr("Node"));
  if (!view_) {
    empty_->setText(nothing_.isEmpty() ? tr("Select a node of the chart to see and set what it does.")
                                       : nothing_);
    return;
  }
  const NodeStatus& status = view_->status;
  id_->setText(tr("Node %1").arg(node()));
  if (!label_->isModified())
    label_->setText(words::toQt(view_->outlook.label).replace(QStringLiteral("\n"), kBreak));
  label_->setReadOnly(!read_only_.isEmpty());
  label_->setToolTip(read_only_);
  badge_->setState(status.state, status.note());
  const bool hindered = view_->outlook.problem.has_value();
  QStringList figures{hindered ? QString() : status.figures(), view_->when};
  figures.removeAll(QString());
  when_->setText(figures.join(u'\n'));
  when_->setVisible(!figures.isEmpty());
  const QString wrong = hindered                                 ? words::said(*view_->outlook.problem)
                        : status.state == widgets::State::Failed ? status.message
                                                                 : QString();
  // One that was closed stays closed until there is something else to say.
  if (const QString key = node() + u'\n' + wrong; key != noticed_) {
    noticed_ = key;
    if (wrong.isEmpty())
      notice_->clear();
    else if (hindered && view_->tables.isEmpty() && view_->outlook.problem->code == ErrorCode::NotFound)
      notice_->showText(widgets::Notice::Kind::Warning, wrong, tr("Import data"),
                        [this] { Q_EMIT importWanted(); });
    else
      notice_->showText(hindered ? widgets::Notice::Kind::Warning : widgets::Notice::Kind::Failure, wrong);
  }
  const bool as_text = !hindered && status.state != widgets::State::Failed && !status.message.isEmpty();
  message_->setText(as_text ? status.message : QString());
  message_->setVisible(as_text);
  showStages();
  showForm();
  ports_->setPorts(view_->ports);
  showSuggestion();
  showApply();
  widgets::enableOrSay(run_, view_->run_blocked);
  if (view_->run_blocked.isEmpty()) run_->setToolTip(tr("Runs this node and what it needs (Shift+F5)"));
}

void NodeInspector::showStages() {
  const pipeline::NodeOutlook& of = view_->outlook;
  const QString key = words::toQt(of.node + "\n" + of.label + "\n" + (of.type != nullptr ? of.type->id : "") +
                                  (of.by_label ? "\nlabel" : "\n") + words::toUtf8(read_only_) + "\n" +
                                  std::string(languageCode(words::language())));
  if (key == stages_of_) return;  // a list that is open stays open while a run tells its progress
  stages_of_ = key;
  const QSignalBlocker quiet(stage_);
  stage_->clear();
  const pipeline::StageType* by_label = pipeline::stageTypeForLabel(view_->outlook.label).bound();
  stage_->addItem(by_label != nullptr ? tr("As its label says: %1").arg(words::said(by_label->title))
                                      : tr("Not configured"),
                  QString());
  for (const pipeline::StageType& type : pipeline::stageTypes()) {
    stage_->addItem(words::said(type.title), words::toQt(type.id));
    stage_->setItemData(stage_->count() - 1, words::said(type.help), Qt::ToolTipRole);
  }
  const pipeline::StageType* type = view_->outlook.type;
  stage_->setCurrentIndex(
      type == nullptr || view_->outlook.by_label ? 0 : std::max(0, stage_->findData(words::toQt(type->id))));
  widgets::enableOrSay(stage_, read_only_);
  help_->setText(type != nullptr ? words::said(type->help)
                                 : tr("No stage is known by this label. Choose what the node does."));
}

/// What the label seems to say, where that is not sure enough to be taken unasked.
void NodeInspector::showSuggestion() {
  const pipeline::LabelMatch& match = view_->outlook.suggestion;
  const bool shown = view_->outlook.type == nullptr && match.type != nullptr;
  suggestion_->setVisible(shown);
  use_suggestion_->setVisible(shown);
  if (!shown) return;
  suggestion_->setText(tr("Its label may mean “%1” (%2 sure).")
                           .arg(words::said(match.type->title), words::percent(match.confidence, 0)));
  use_suggestion_->setText(tr("Use this stage"));
  widgets::enableOrSay(use_suggestion_, read_only_);
  if (read_only_.isEmpty()) use_suggestion_->setToolTip(words::said(match.type->help));
}

void NodeInspector::useSuggestion() {
  if (!view_ || view_->outlook.suggestion.type == nullptr) return;
  pipeline::NodeBinding bound = binding();
  bound.stage = view_->outlook.suggestion.type->id;
  Q_EMIT bindingEdited(bound);
}

void NodeInspector::showApply() {
  const bool runs = view_->outlook.type != nullptr;
  const bool waits = view_->status.state == widgets::State::Waiting;
  apply_title_->setVisible(runs);
  apply_->setVisible(runs);
  apply_title_->setText(tr("When it runs"));
  apply_->setAccessibleName(tr("When it runs"));
  apply_->setItemText(0, tr("By itself"));
  apply_->setItemText(1, tr("When somebody applies it"));
  apply_->setCurrentIndex(view_->manual ? 1 : 0);
  widgets::enableOrSay(apply_, read_only_);
  if (read_only_.isEmpty())
    apply_->setToolTip(tr("A run stops before a node that is applied by hand, until somebody asks for it"));
  apply_now_->setVisible(waits);
  apply_now_->setText(tr("Apply"));
  widgets::enableOrSay(apply_now_, view_->run_blocked);
  if (view_->run_blocked.isEmpty())
    apply_now_->setToolTip(tr("Runs this node and what follows it (Ctrl+Enter)"));
}

void NodeInspector::showForm() {
  const pipeline::StageType* type = view_->outlook.type;
  const std::vector<Parameter> shown =
      type != nullptr ? shownParameters(*type, view_->outlook.given) : std::vector<Parameter>();
  form_title_->setVisible(!shown.empty());
  form_->setVisible(!shown.empty());
  if (type == nullptr) {
    form_of_.clear();
    return;
  }
  std::string made_for = view_->outlook.node + "\n" + type->id;
  for (const Parameter& parameter : shown) made_for += "\n" + parameter.id + "=" + parameter.default_value;
  const bool anew = made_for != form_of_;
  if (anew || offered_ != view_->tables + view_->columns) {
    offered_ = view_->tables + view_->columns;
    form_->setTables(view_->tables);
    form_->setColumns(view_->columns);
  }
  if (anew)
    form_->setParameters(shown, view_->outlook.given, view_->outlook.node);
  else if (shown_values_ != view_->outlook.given)  // what is being typed stays while a run tells its progress
    form_->setValues(view_->outlook.given);
  form_of_ = made_for;
  shown_values_ = view_->outlook.given;
  form_->setReadOnly(!read_only_.isEmpty());
  const auto query = view_->outlook.given.find("query");
  const bool asks = query != view_->outlook.given.end() && !query->second.empty();
  for (const Parameter& parameter : shown)
    if (parameter.kind == ParameterKind::Table)
      form_->setPlaceholder(parameter.id, asks ? tr("None: the query gives the rows") : QString());
}

pipeline::NodeBinding NodeInspector::binding() const {
  pipeline::NodeBinding bound;
  bound.node = view_->outlook.node;
  if (view_->outlook.type != nullptr && !view_->outlook.by_label) bound.stage = view_->outlook.type->id;
  bound.parameters = {view_->outlook.given.begin(), view_->outlook.given.end()};
  bound.manual = view_->manual;
  return bound;
}

void NodeInspector::stageChosen(int index) {
  if (!view_ || index < 0) return;
  pipeline::NodeBinding bound = binding();
  const std::string id = words::toUtf8(stage_->itemData(index).toString());
  if (bound.stage == id) return;
  bound.stage = id;
  const pipeline::StageType* now = id.empty() ? pipeline::stageTypeForLabel(view_->outlook.label).bound()
                                              : pipeline::stageType(id).value_or(nullptr);
  // What the new stage does not know would only be an error.
  std::erase_if(bound.parameters, [&](const auto& given) {
    return now == nullptr || parameterOf(now->parameters, given.first) == nullptr;
  });
  Q_EMIT bindingEdited(bound);
}

void NodeInspector::parameterChanged(const QString& id, const QString& value) {
  if (!view_ || view_->outlook.type == nullptr) return;
  pipeline::NodeBinding bound = binding();
  const std::string name = words::toUtf8(id);
  const auto given = std::find_if(bound.parameters.begin(), bound.parameters.end(),
                                  [&](const auto& parameter) { return parameter.first == name; });
  if (value.isEmpty()) {
    if (given == bound.parameters.end()) return;
    bound.parameters.erase(given);
  } else if (given == bound.parameters.end()) {
    bound.parameters.emplace_back(name, words::toUtf8(value));
  } else {
    given->second = words::toUtf8(value);
  }
  if (view_->outlook.type->id == kTrainStage && name == kModelParameter) {
    const auto model = learn::modelType(words::toUtf8(value));
    std::erase_if(bound.parameters, [&](const auto& parameter) {
      return parameter.first != kModelParameter &&
             (!model || parameterOf((*model)->parameters, parameter.first) == nullptr);
    });
  }
  view_->outlook.given = {bound.parameters.begin(), bound.parameters.end()};
  shown_values_ = view_->outlook.given;
  Q_EMIT bindingEdited(bound);
}

}  // namespace lodestone::pages
