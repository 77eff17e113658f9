// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/models/training_form.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QSettings>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <algorithm>

#include "core/learn/model_type.h"
#include "ui/forms/column_list_edit.h"
#include "ui/forms/parameter_form.h"
#include "ui/forms/wheel_guard.h"
#include "ui/pages/models/fold.h"
#include "ui/pages/models/model_words.h"
#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

namespace lodestone::pages {
namespace {

constexpr std::size_t kMostValues = 20;
constexpr double kPercent = 100;

/// How rows are divided and figures checked: the same for every model, so the page describes it and not the
/// model.
std::vector<Parameter> advancedParameters() {
  return {
      {.id = "test",
       .title = {"Held-out rows", "留出行"},
       .help = {"Share of the rows that no training sees and all figures are measured on.",
                "不参与任何训练、用来衡量所有指标的数据行比例。"},
       .kind = ParameterKind::Number,
       .default_value = "20",
       .minimum = 1,
       .maximum = 90,
       .unit = "%"},
      {.id = "validation",
       .title = {"Validation rows", "验证行"},
       .help = {"Share of the other rows that is watched while training.",
                "其余数据行中用于训练过程监控的比例。"},
       .kind = ParameterKind::Number,
       .default_value = "20",
       .minimum = 0,
       .maximum = 90,
       .unit = "%"},
      {.id = "group",
       .title = {"Keep together by", "按此列成组"},
       .help = {"Rows with one value in this column stay on one side of the split, such as all rows of one "
                "customer.",
                "该列取值相同的行始终分在同一侧，例如同一位客户的所有行。"},
       .kind = ParameterKind::Column},
      {.id = "folds",
       .title = {"Cross-validation", "交叉验证"},
       .help = {"Trains as often again on other parts of the rows, and tells how far the figures spread.",
                "在数据的不同部分上再训练相应次数，给出指标的波动范围。"},
       .kind = ParameterKind::Choice,
       .default_value = "0",
       .choices = {{"0", {"None", "不做"}},
                   {"3", {"3 folds", "3 折"}},
                   {"5", {"5 folds", "5 折"}},
                   {"10", {"10 folds", "10 折"}}}},
      {.id = "duplicates",
       .title = {"Drop duplicate rows", "去除重复行"},
       .help = {"Rows that are equal in all columns count once.", "所有列都相同的行只计一次。"},
       .kind = ParameterKind::Flag,
       .default_value = "true"},
      {.id = "seed",
       .title = {"Random seed", "随机种子"},
       .help = {"The same seed, data and device give the same figures.",
                "种子、数据和设备都相同，结果就相同。"},
       .kind = ParameterKind::Integer,
       .default_value = "42",
       .minimum = 0,
       .maximum = 9e15},
  };
}

QComboBox* combo(const QString& name, QWidget* parent) {
  auto* box = new QComboBox(parent);
  box->setObjectName(name);
  box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  box->setMinimumContentsLength(8);
  forms::guardWheel(box);
  return box;
}

}  // namespace

TrainingForm::TrainingForm(studio::Studio& studio, QWidget* parent)
    : QWidget(parent),
      studio_(studio),
      reading_(studio.jobs()),
      counting_(studio.jobs()),
      notice_(new widgets::Notice(this)),
      title_(theme::label(theme::Role::Section, this)),
      table_(combo("train_table", this)),
      table_note_(theme::label(theme::Role::Caption, this)),
      target_(combo("train_target", this)),
      positive_(combo("train_positive", this)),
      positive_note_(theme::label(theme::Role::Caption, this)),
      exclude_(new forms::ColumnListEdit(this)),
      exclude_note_(theme::label(theme::Role::Caption, this)),
      type_(combo("train_type", this)),
      type_note_(theme::label(theme::Role::Caption, this)),
      parameters_(new forms::ParameterForm),
      advanced_(new forms::ParameterForm) {
  setObjectName("training_form");
  exclude_->setObjectName("train_exclude");
  build();
  for (const learn::ModelType& type : learn::modelTypes()) type_->addItem(QString(), words::toQt(type.id));
  if (const int mlp = type_->findData("mlp"); mlp >= 0) type_->setCurrentIndex(mlp);
  advanced_->setParameters(advancedParameters(), {}, "training");
  for (QComboBox* box : {table_, target_, positive_})  // what the form itself sets is blocked
    connect(box, &QComboBox::currentIndexChanged, this, [this] { chosen_ = true; });
  connect(exclude_, &forms::ColumnListEdit::edited, this, [this] { chosen_ = true; });
  connect(table_, &QComboBox::currentIndexChanged, this, &TrainingForm::tableChosen);
  connect(target_, &QComboBox::currentIndexChanged, this, &TrainingForm::targetChosen);
  connect(positive_, &QComboBox::currentTextChanged, this, &TrainingForm::userChanged);
  connect(exclude_, &forms::ColumnListEdit::edited, this, &TrainingForm::userChanged);
  connect(type_, &QComboBox::currentIndexChanged, this, &TrainingForm::typeChosen);
  for (const forms::ParameterForm* form : {parameters_, advanced_}) {
    connect(form, &forms::ParameterForm::changed, this, &TrainingForm::userChanged);
    connect(form, &forms::ParameterForm::problemChanged, this, &TrainingForm::userChanged);
  }
  typeChosen();
  words::say(this, [this] { showTexts(); });
}

TrainingForm::~TrainingForm() = default;

void TrainingForm::build() {
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  auto* content = new QWidget(this);
  auto* column = new QVBoxLayout(content);
  column->setContentsMargins(theme::kSpace4, theme::kSpace4, theme::kSpace3, theme::kSpace4);
  column->setSpacing(theme::kSpace1);
  column->addWidget(title_);
  column->addWidget(notice_);
  const auto field = [&](const char* label, QWidget* editor, QLabel* note) {
    auto* name = new QLabel(content);
    name->setBuddy(editor);
    labels_.emplace_back(name, label);
    column->addSpacing(theme::kSpace2);
    column->addWidget(name);
    column->addWidget(editor);
    if (note == nullptr) return;
    note->setWordWrap(true);
    note->setMinimumWidth(0);
    column->addWidget(note);
  };
  field(QT_TR_NOOP("Table"), table_, table_note_);
  field(QT_TR_NOOP("Predict"), target_, nullptr);
  field(QT_TR_NOOP("Value to predict"), positive_, positive_note_);
  field(QT_TR_NOOP("Leave out"), exclude_, exclude_note_);
  field(QT_TR_NOOP("Model"), type_, type_note_);
  parameters_fold_ = new Fold("train_parameters", parameters_, content);
  advanced_fold_ = new Fold("train_advanced", advanced_, content);
  column->addSpacing(theme::kSpace2);
  column->addWidget(parameters_fold_);
  column->addWidget(advanced_fold_);
  column->addStretch(1);
  outer->addWidget(widgets::scrolled(content, "training_form_scroll"));
}

void TrainingForm::refresh() {
  const auto project = studio_.project();
  if (!project) {
    reading_.stop();
    counting_.stop();
    showTables({});
    read_ = false;
    return;
  }
  reading_.start(
      this, {.title = tr("Reading the tables"), .shown = jobs::Shown::Quiet},
      [project](JobContext& job) -> Result<std::vector<Table>> {
        auto database = project->tables();
        if (!database) return forward(database);
        const auto infos = (*database)->tables();
        if (!infos) return forward(infos);
        std::vector<Table> tables;
        for (const data::TableInfo& info : *infos) {
          if (auto ok = job.checkpoint(); !ok) return forward(ok);
          const auto roles = project->roles(info.table.name);
          if (!roles) return forward(roles);
          tables.push_back({info, *roles});
        }
        return tables;
      },
      [this](Result<std::vector<Table>> tables) {
        if (tables) return showTables(std::move(*tables));
        if (tables.error().code != ErrorCode::Cancelled) showError(tables.error());
        Q_EMIT tablesRead();
      });
}

void TrainingForm::projectChanged() {
  chosen_ = false;
  suggested_.clear();
  refresh();
}

void TrainingForm::suggest(const QString& table, const QString& target, const QString& positive) {
  const std::map<QString, QString> suggested = {{"table", table}, {"target", target}, {"positive", positive}};
  if (suggested == suggested_) return;
  suggested_ = suggested;
  if (read_ && !chosen_) showTables(std::vector<Table>(tables_));
}

bool TrainingForm::hasTable(const std::map<QString, QString>& plan) const {
  const auto name = plan.find("table");
  return name != plan.end() && std::any_of(tables_.begin(), tables_.end(), [&](const Table& each) {
           return words::toQt(each.info.table.name) == name->second;
         });
}

void TrainingForm::showTables(std::vector<Table> tables) {
  QString before = table_->currentText();
  tables_ = std::move(tables);
  read_ = true;
  if (hasTable(wanted_))
    chosen_ = true;
  else if (!chosen_ && hasTable(suggested_))
    wanted_ = suggested_;
  if (const auto wanted = wanted_.find("table"); wanted != wanted_.end()) before = wanted->second;
  {
    const QSignalBlocker quiet(table_);
    table_->clear();
    for (const Table& each : tables_) table_->addItem(words::toQt(each.info.table.name));
    int at = table_->findText(before);
    if (at < 0) {
      // A table that says what is to be predicted comes first.
      const auto told = std::find_if(tables_.begin(), tables_.end(),
                                     [](const Table& each) { return each.roles.contains("target"); });
      at = told == tables_.end() ? (tables_.empty() ? -1 : 0) : static_cast<int>(told - tables_.begin());
    }
    table_->setCurrentIndex(at);
  }
  tableChosen();
  Q_EMIT tablesRead();
}

const TrainingForm::Table* TrainingForm::table() const {
  const int at = table_->currentIndex();
  return at < 0 || at >= static_cast<int>(tables_.size()) ? nullptr : &tables_[static_cast<std::size_t>(at)];
}

void TrainingForm::tableChosen() {
  const Table* now = table();
  QString before = target_->currentText();
  QStringList excluded = exclude_->chosen();
  std::map<std::string, std::string> advanced = advanced_->values();
  if (now != nullptr && !wanted_.empty() && words::toQt(now->info.table.name) == wanted_["table"]) {
    before = wanted_["target"];
    exclude_->setText(wanted_["exclude"]);
    excluded = exclude_->chosen();
  }
  QStringList columns;
  if (now != nullptr)
    for (const data::ColumnInfo& column : now->info.columns) columns += words::toQt(column.name);
  {
    const QSignalBlocker quiet(target_);
    target_->clear();
    for (const QString& column : columns) {
      target_->addItem(column);
      target_->setItemData(target_->count() - 1, columnTip(column), Qt::ToolTipRole);
    }
    int at = before.isEmpty() ? -1 : target_->findText(before);
    if (at < 0 && now != nullptr && now->roles.contains("target"))
      at = target_->findText(words::toQt(now->roles.at("target")));
    target_->setCurrentIndex(at);
  }
  excluded.removeIf([&](const QString& column) { return !columns.contains(column); });
  exclude_->setColumns(columns);
  exclude_->setChosen(excluded);
  advanced_->setColumns(columns);
  if (advanced.contains("group") && !columns.contains(words::toQt(advanced["group"]))) {
    advanced.erase("group");
    advanced_->setValues(advanced);
  }
  targetChosen();
}

QString TrainingForm::columnTip(const QString& column) const {
  const Table* now = table();
  if (now == nullptr) return {};
  QString type;
  for (const data::ColumnInfo& info : now->info.columns)
    if (words::toQt(info.name) == column) type = words::toQt(info.type);
  for (const auto& [role, name] : now->roles)
    if (words::toQt(name) == column) return tr("%1, role %2").arg(type, words::toQt(role));
  return type;
}

void TrainingForm::targetChosen() {
  const QString of = table_->currentText() + '\n' + target_->currentText();
  kept_positive_ = of == values_of_ ? positive_->currentText() : QString();
  values_of_ = of;
  values_.reset();
  const QSignalBlocker quiet(positive_);
  positive_->clear();
  positive_->setEditable(false);
  readValues();
  userChanged();
}

void TrainingForm::readValues() {
  const auto project = studio_.project();
  const Table* now = table();
  if (!project || now == nullptr || target_->currentIndex() < 0) return counting_.stop();
  const std::string from = data::quoted(now->info.table);
  const std::string column = data::quoteIdentifier(words::toUtf8(target_->currentText()));
  counting_.start(
      this, {.title = tr("Counting values"), .shown = jobs::Shown::Quiet},
      [project, from, column](JobContext& job) -> Result<Values> {
        auto database = project->tables();
        if (!database) return forward(database);
        const auto all = (*database)->rows("SELECT count(" + column + ") FROM " + from, job);
        if (!all) return forward(all);
        const auto counts = (*database)->rows(
            "SELECT CAST(" + column + " AS VARCHAR) AS v, count(*) AS n FROM " + from + " WHERE " + column +
                " IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT " + std::to_string(kMostValues + 1),
            job);
        if (!counts) return forward(counts);
        Values values;
        values.rows = all->rows.at(0).at(0).get<std::int64_t>();
        for (const auto& row : counts->rows)
          values.counts.emplace_back(words::toQt(row.at(0).get<std::string>()),
                                     row.at(1).get<std::int64_t>());
        values.more = values.counts.size() > kMostValues;
        return values;
      },
      [this](const Result<Values>& values) {
        if (!values) return showError(values.error());
        values_ = *values;
        showValues();
      });
}

void TrainingForm::showValues() {
  {
    const QSignalBlocker quiet(positive_);
    positive_->clear();
    positive_->setEditable(values_->more);
    QString usual;
    for (const auto& [value, count] : values_->counts) {
      positive_->addItem(value);
      if (words::toUtf8(value) > words::toUtf8(usual)) usual = value;  // as core chooses it of two
    }
    int at = -1;
    if (const auto wanted = wanted_.find("positive");
        wanted != wanted_.end() && wanted_["target"] == target_->currentText())
      at = positive_->findText(wanted->second);
    if (at < 0 && !kept_positive_.isEmpty()) at = positive_->findText(kept_positive_);
    if (at < 0 && values_->counts.size() == 2) at = positive_->findText(usual);
    positive_->setCurrentIndex(at);
    if (values_->more && at < 0) positive_->setEditText(kept_positive_);
  }
  wanted_.clear();  // all of it is used now
  userChanged();
}

void TrainingForm::typeChosen() {
  const auto type = learn::modelType(words::toUtf8(type_->currentData().toString()));
  if (!type) return;
  std::map<std::string, std::string> kept;
  for (const auto& [id, value] : parameters_->values())
    for (const Parameter& parameter : (*type)->parameters)
      if (parameter.id == id) kept[id] = value;
  parameters_->setParameters((*type)->parameters, kept, (*type)->id);
  parameters_fold_->setVisible(!(*type)->parameters.empty());
  type_note_->setText(words::said((*type)->help));
  userChanged();
}

void TrainingForm::userChanged() {
  error_.reset();
  notice_->clear();
  showNotes();
  Q_EMIT changed();
}

QString TrainingForm::problem() const {
  if (table() == nullptr) return tr("Import a table first.");
  if (target_->currentIndex() < 0) return tr("Choose the column to predict.");
  if (!values_) return tr("Counting the column's values…");
  if (values_->rows == 0) return tr("“%1” has no values.").arg(target_->currentText());
  if (values_->counts.size() < 2)
    return tr("“%1” has only one value, so there is nothing to tell apart.").arg(target_->currentText());
  if (positive_->currentText().trimmed().isEmpty()) return tr("Choose the value to predict.");
  if (const QString wrong = parameters_->problem(); !wrong.isEmpty()) return wrong;
  return advanced_->problem();
}

pipeline::TrainRequest TrainingForm::request() const {
  pipeline::TrainRequest request;
  const Table* now = table();
  if (now == nullptr) return request;
  request.table = now->info.table;
  request.dataset.target = words::toUtf8(target_->currentText());
  request.dataset.positive = words::toUtf8(positive_->currentText().trimmed());
  for (const QString& column : exclude_->chosen())
    if (column != target_->currentText()) request.dataset.exclude.push_back(words::toUtf8(column));
  request.model.type = words::toUtf8(type_->currentData().toString());
  request.model.parameters = parameters_->values();
  request.model.device = words::toUtf8(studio_.device());
  const auto checked = checkParameters(advancedParameters(), advanced_->values(), "training");
  if (!checked) return request;
  request.dataset.test_fraction = checked->number("test") / kPercent;
  request.dataset.validation_fraction = checked->number("validation") / kPercent;
  request.dataset.group = checked->text("group");
  request.dataset.duplicates =
      checked->flag("duplicates") ? learn::Duplicates::Drop : learn::Duplicates::Keep;
  request.dataset.seed = static_cast<std::uint64_t>(checked->integer("seed"));
  request.model.cross_validation = static_cast<int>(checked->number("folds"));
  return request;
}

void TrainingForm::showError(const Error& error) {
  if (error.code == ErrorCode::Cancelled) return;
  error_ = error;
  notice_->showError(error);
}

QWidget* TrainingForm::firstFocus() const {
  return target_->currentIndex() < 0 ? target_ : table_;
}

QString TrainingForm::tableNote() const {
  const Table* now = table();
  if (now == nullptr) return {};
  return tr("%1 rows, %2 columns")
      .arg(words::count(now->info.rows), words::count(static_cast<std::int64_t>(now->info.columns.size())));
}

QString TrainingForm::positiveNote() const {
  if (!values_ || values_->rows == 0) return {};
  const QString value = positive_->currentText().trimmed();
  for (const auto& [each, count] : values_->counts)
    if (each == value)
      return tr("%1 of %2 rows (%3)")
          .arg(words::count(count), words::count(values_->rows),
               words::percent(static_cast<double>(count) / static_cast<double>(values_->rows)));
  if (values_->more)
    return tr("It has more than %1 values. A model tells one of them from all others.")
        .arg(words::count(static_cast<std::int64_t>(kMostValues)));
  if (values_->counts.size() > 2)
    return tr("It has %1 values. A model tells one of them from all others.")
        .arg(words::count(static_cast<std::int64_t>(values_->counts.size())));
  return {};
}

QString TrainingForm::excludeNote() const {
  const Table* now = table();
  if (now == nullptr) return {};
  Frame frame;
  for (const data::ColumnInfo& column : now->info.columns)
    frame.columns.push_back({column.name, ColumnKind::Number, {}, {}, {}});
  const learn::DatasetPlan plan = pipeline::withoutRoleColumns(request().dataset, now->roles, frame);
  QStringList by_role;
  for (const std::string& column : plan.exclude)
    if (!exclude_->chosen().contains(words::toQt(column))) by_role += words::toQt(column);
  return by_role.isEmpty() ? QString() : tr("By their role also: %1").arg(by_role.join(", "));
}

void TrainingForm::showNotes() {
  table_note_->setText(tableNote());
  const QString problem_here = target_->currentIndex() >= 0 && values_ ? problem() : QString();
  const bool of_values = values_ && (values_->rows == 0 || values_->counts.size() < 2);
  positive_note_->setText(of_values ? problem_here : positiveNote());
  exclude_note_->setText(excludeNote());
  for (QLabel* note : {table_note_, positive_note_, exclude_note_}) note->setVisible(!note->text().isEmpty());
  // A complaint is not left behind a closed heading.
  if (!parameters_->problem().isEmpty()) parameters_fold_->setOpen(true);
  if (!advanced_->problem().isEmpty()) advanced_fold_->setOpen(true);
  widgets::enableOrSay(positive_,
                       target_->currentIndex() < 0 ? tr("Choose the column to predict first.") : QString());
}

void TrainingForm::showTexts() {
  title_->setText(tr("New model"));
  for (const auto& [label, text] : labels_) label->setText(tr(text));
  table_->setAccessibleName(tr("Table"));
  table_->setPlaceholderText(tr("No table yet"));
  target_->setAccessibleName(tr("Column to predict"));
  target_->setPlaceholderText(tr("Choose a column"));
  target_->setToolTip(tr("The column whose value the model learns to predict"));
  widgets::enableOrSay(positive_, QString());  // brings its own tooltip back, to be replaced
  positive_->setAccessibleName(tr("Value to predict"));
  positive_->setPlaceholderText(tr("Choose a value"));
  positive_->setToolTip(tr("The model gives each row the probability of this value"));
  exclude_->lineEdit()->setAccessibleName(tr("Columns to leave out"));
  exclude_->lineEdit()->setToolTip(
      tr("What is known only afterwards, or must not decide. Names of persons and the like are left out by "
         "themselves."));
  exclude_->setPlaceholderText(tr("None"));
  type_->setAccessibleName(tr("Model"));
  for (int at = 0; at < type_->count(); ++at)
    type_->setItemText(at, typeTitle(words::toUtf8(type_->itemData(at).toString())));
  if (const auto type = learn::modelType(words::toUtf8(type_->currentData().toString())))
    type_note_->setText(words::said((*type)->help));
  parameters_fold_->setTitle(tr("Settings of the model"));
  advanced_fold_->setTitle(tr("Advanced"));
  if (error_) notice_->showError(*error_);
  showNotes();
}

void TrainingForm::saveState(QSettings& settings) const {
  settings.setValue("form/table", table_->currentText());
  settings.setValue("form/target", target_->currentText());
  settings.setValue("form/positive", positive_->currentText());
  settings.setValue("form/exclude", exclude_->text());
  settings.setValue("form/type", type_->currentData());
  settings.setValue("form/parameters_open", parameters_fold_->isOpen());
  settings.setValue("form/advanced_open", advanced_fold_->isOpen());
  const auto save = [&](const QString& group, const forms::ParameterForm& form) {
    QVariantMap values;
    for (const auto& [id, value] : form.values()) values[words::toQt(id)] = words::toQt(value);
    settings.setValue(group, values);
  };
  save("form/parameters", *parameters_);
  save("form/advanced", *advanced_);
}

void TrainingForm::restoreState(const QSettings& settings) {
  for (const char* key : {"table", "target", "positive", "exclude"})
    if (const QString value = settings.value(QString("form/") + key).toString(); !value.isEmpty())
      wanted_[key] = value;
  if (const int at = type_->findData(settings.value("form/type")); at >= 0) type_->setCurrentIndex(at);
  parameters_fold_->setOpen(settings.value("form/parameters_open", false).toBool());
  advanced_fold_->setOpen(settings.value("form/advanced_open", false).toBool());
  const auto restore = [&](const QString& group, forms::ParameterForm& form) {
    std::map<std::string, std::string> values;
    const QVariantMap saved = settings.value(group).toMap();
    for (auto each = saved.begin(); each != saved.end(); ++each)
      values[words::toUtf8(each.key())] = words::toUtf8(each.value().toString());
    form.setValues(values);
  };
  restore("form/parameters", *parameters_);
  restore("form/advanced", *advanced_);
}

}  // namespace lodestone::pages
