// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/data/import_panel.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTabWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "core/project/saved_records.h"
#include "ui/pages/data/import_columns.h"
#include "ui/pages/data/import_options.h"
#include "ui/pages/data/saved_menu.h"
#include "ui/tables/list_table.h"
#include "ui/tables/sample_table.h"
#include "ui/theme/theme.h"
#include "ui/widgets/dialogs.h"
#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

namespace lodestone::pages {
namespace {

constexpr int kFormWidth = 320;

}  // namespace

ImportPanel::ImportPanel(studio::Studio& studio, QWidget* parent)
    : QWidget(parent), studio_(studio), previewing_(studio.jobs()) {
  setObjectName("importPanel");
  build();
  connect(back_, &QToolButton::clicked, this, &ImportPanel::closed);
  connect(other_file_, &QPushButton::clicked, this, &ImportPanel::chooseFiles);
  connect(file_list_, &tables::ListTable::currentIdChanged, this, [this](const QString& id) {
    if (!id.isEmpty()) chooseFile(id.toInt());
  });
  connect(name_, &QLineEdit::textEdited, this, [this](const QString& text) {
    if (files_.empty()) return;
    files_[static_cast<std::size_t>(file_)].table = text.trimmed();
    showFiles();
    check();
  });
  connect(name_, &QLineEdit::returnPressed, this, [this] {
    if (import_->isEnabled()) start();
  });
  connect(replace_, &QCheckBox::toggled, this, [this] { check(); });
  connect(together_, &QCheckBox::toggled, this, [this] {
    showTogether();
    preview();
  });
  connect(options_, &ImportOptions::changed, this, &ImportPanel::preview);
  connect(columns_, &ImportColumns::changed, this, &ImportPanel::preview);
  connect(templates_, &SavedMenu::loaded, this, &ImportPanel::useTemplate);
  connect(templates_, &SavedMenu::said, this,
          [this](const QString& text) { notice_->showText(widgets::Notice::Kind::Ok, text); });
  connect(templates_, &SavedMenu::failed, this, [this](const Error& error) { notice_->showError(error); });
  connect(import_, &QPushButton::clicked, this, &ImportPanel::start);
  connect(cancel_, &QPushButton::clicked, this, [this] { studio_.jobs().cancel(running_); });
  connect(&studio_.jobs(), &jobs::Jobs::progressed, this, [this](jobs::JobId id) {
    const auto* view = id == running_ && running_ != 0 ? studio_.jobs().view(id) : nullptr;
    if (view == nullptr) return;
    progress_->setValue(static_cast<int>(view->fraction * 100));
    progress_text_->setText(view->what);
  });
  words::say(this, [this] { say(); });
  showRunning(false);
}

ImportPanel::~ImportPanel() = default;

void ImportPanel::build() {
  auto* middle = new QHBoxLayout;
  middle->setSpacing(theme::kSpace4);
  middle->addWidget(buildForm());
  middle->addWidget(buildSample(), 1);
  notice_ = new widgets::Notice(this);
  notice_->setObjectName("importNotice");
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(theme::kSpace4, theme::kSpace3, theme::kSpace4, theme::kSpace3);
  all->setSpacing(theme::kSpace3);
  all->addWidget(buildHead());
  all->addWidget(notice_);
  all->addLayout(middle, 1);
  all->addWidget(buildFoot());
}

QWidget* ImportPanel::buildHead() {
  auto* head = new QWidget(this);
  back_ = new QToolButton(head);
  back_->setObjectName("importBack");
  back_->setIcon(theme::icon("arrow-left"));
  back_->setAutoRaise(true);
  title_ = theme::label(theme::Role::Section, head);
  title_->setObjectName("importTitle");
  auto* layout = new QHBoxLayout(head);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(theme::kSpace2);
  layout->addWidget(back_);
  layout->addWidget(title_, 1);
  return head;
}

QWidget* ImportPanel::buildForm() {
  form_ = new QWidget(this);
  file_list_ = new tables::ListTable(form_);
  file_list_->setObjectName("importFiles");
  file_list_->setSelectionMode(QAbstractItemView::SingleSelection);
  other_file_ = new QPushButton(form_);
  other_file_->setObjectName("importOther");
  other_file_->setIcon(theme::icon("open"));
  together_ = new QCheckBox(form_);
  together_->setObjectName("importTogether");
  name_label_ = new QLabel(form_);
  name_ = new QLineEdit(form_);
  name_->setObjectName("importName");
  name_->setMaxLength(120);
  name_label_->setBuddy(name_);
  name_note_ = theme::label(theme::Role::Caption, form_);
  name_note_->setObjectName("importNameNote");
  name_note_->setWordWrap(true);
  replace_ = new QCheckBox(form_);
  replace_->setObjectName("importReplace");
  options_label_ = theme::label(theme::Role::Caption, form_);
  options_ = new ImportOptions(form_);
  templates_ = new SavedMenu(
      studio_, project::kSavedImportTemplate, [this] { return data::toJson(options()); }, form_);
  templates_->setObjectName("importTemplates");
  auto* layout = new QVBoxLayout(form_);
  layout->setContentsMargins(0, 0, theme::kSpace2, 0);
  layout->setSpacing(theme::kSpace2);
  layout->addWidget(other_file_);
  layout->addWidget(file_list_, 1);
  layout->addWidget(together_);
  layout->addSpacing(theme::kSpace1);
  layout->addWidget(name_label_);
  layout->addWidget(name_);
  layout->addWidget(name_note_);
  layout->addWidget(replace_);
  layout->addSpacing(theme::kSpace2);
  auto* reading = new QHBoxLayout;
  reading->addWidget(options_label_, 1);
  reading->addWidget(templates_);
  layout->addLayout(reading);
  layout->addWidget(options_);
  layout->addStretch();
  QWidget* scrolled = widgets::scrolled(form_, "importForm");
  scrolled->setFixedWidth(kFormWidth);
  return scrolled;
}

QWidget* ImportPanel::buildSample() {
  auto* right = new QWidget(this);
  sample_label_ = theme::label(theme::Role::Caption, right);
  sample_label_->setObjectName("importSampleNote");
  sample_ = new tables::SampleTable(right);
  sample_->setObjectName("importSample");
  columns_ = new ImportColumns(right);
  sample_tabs_ = new QTabWidget(right);
  sample_tabs_->setObjectName("importTabs");
  sample_tabs_->setDocumentMode(true);
  sample_tabs_->addTab(sample_, QString());
  sample_tabs_->addTab(columns_, QString());
  auto* layout = new QVBoxLayout(right);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(theme::kSpace1);
  layout->addWidget(sample_label_);
  layout->addWidget(sample_tabs_, 1);
  return right;
}

QWidget* ImportPanel::buildFoot() {
  auto* foot = new QWidget(this);
  progress_ = new QProgressBar(foot);
  progress_->setObjectName("importProgress");
  progress_->setRange(0, 100);
  progress_->setTextVisible(false);
  progress_->setMaximumWidth(240);
  progress_text_ = theme::label(theme::Role::Caption, foot);
  cancel_ = new QPushButton(foot);
  cancel_->setObjectName("importCancel");
  import_ = new QPushButton(foot);
  import_->setObjectName("importStart");
  widgets::makePrimary(import_);
  auto* layout = new QHBoxLayout(foot);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(theme::kSpace2);
  layout->addWidget(progress_);
  layout->addWidget(progress_text_, 1);
  layout->addStretch();
  layout->addWidget(cancel_);
  layout->addWidget(import_);
  return foot;
}

void ImportPanel::say() {
  back_->setToolTip(tr("Back to the tables (Esc)"));
  back_->setAccessibleName(tr("Back to the tables"));
  other_file_->setText(tr("Choose other files…"));
  other_file_->setToolTip(tr("Files can be dropped here too (Ctrl+O)"));
  name_label_->setText(tr("Name of the table"));
  name_->setAccessibleName(tr("Name of the table"));
  together_->setText(tr("One table of all files"));
  together_->setToolTip(tr("The rows of all files in one table: columns are matched by their names"));
  replace_->setText(tr("Replace the table of this name"));
  replace_->setToolTip(tr("The rows that are in it now are gone then"));
  options_label_->setText(tr("How the file is read"));
  templates_->setText(tr("Templates"));
  templates_->setToolTip(tr("Keep these settings under a name, and use those that are kept"));
  sample_tabs_->setTabText(0, tr("Rows"));
  sample_tabs_->setTabText(1, tr("Columns and types"));
  sample_->setAccessibleName(tr("Sample of the rows"));
  file_list_->setAccessibleName(tr("Files to import"));
  file_list_->setColumns({{tr("File")}, {tr("Table")}});
  progress_->setAccessibleName(tr("Progress of the import"));
  cancel_->setText(tr("Cancel import"));
  import_->setText(tr("Import"));
  showFiles();
  if (preview_error_) notice_->showError(*preview_error_);
  check();
}

void ImportPanel::setTakenNames(const QStringList& tables) {
  taken_ = tables;
  if (!files_.empty()) check();
}

QWidget* ImportPanel::firstField() const {
  return name_;
}

bool ImportPanel::importing() const {
  return running_ != 0;
}

bool ImportPanel::chooseFiles() {
  const QStringList files = widgets::askOpenFiles(
      this, tr("Import files"),
      tr("Tables (*.csv *.tsv *.txt *.tab *.json *.ndjson *.jsonl *.parquet *.xlsx *.xlsm *.sqlite *.sqlite3 "
         "*.db *.gz *.zip)") +
          ";;" + tr("All files (*)"));
  if (files.isEmpty()) return false;
  openFiles(files);
  return true;
}

void ImportPanel::openFiles(const QStringList& files) {
  if (importing() || files.isEmpty()) return;
  files_ = importFiles(files);
  replace_->setChecked(false);
  notice_->clear();
  const bool several = files_.size() > 1;
  file_list_->setVisible(several);
  together_->setVisible(several);
  {
    const QSignalBlocker quiet(together_);
    together_->setChecked(false);
  }
  options_->reset();
  options_->setAddress(!several && isAddress(files.front()));
  columns_->setChosen({});
  showTogether();
  showFiles();
  file_ = -1;
  if (several && file_list_->currentId() != "0") {
    file_list_->selectId("0");
  } else {
    chooseFile(0);
  }
}

void ImportPanel::showFiles() {
  std::vector<tables::ListRow> rows;
  for (std::size_t i = 0; i < files_.size(); ++i)
    rows.push_back(
        {QString::number(i), {{shownName(files_[i].file), {}, files_[i].file}, {files_[i].table}}});
  file_list_->setRows(rows);
  title_->setText(files_.size() == 1 ? tr("Import %1").arg(shownName(files_.front().file))
                                     : tr("Import %1 files").arg(words::count(std::ssize(files_))));
}

void ImportPanel::chooseFile(int file) {
  if (file < 0 || file >= static_cast<int>(files_.size()) || file == file_) return;
  file_ = file;
  name_->setText(files_[static_cast<std::size_t>(file)].table);
  preview();
}

void ImportPanel::preview() {
  if (files_.empty() || importing()) return;
  preview_ready_ = false;
  check();
  previewing_.start(
      this, {.title = {}, .shown = jobs::Shown::Quiet},
      [file = words::toUtf8(files_[static_cast<std::size_t>(file_)].file), options = options(),
       together = together(), files = files_](JobContext& job) {
        if (!together) return data::previewFile(file, options, job);
        std::vector<std::string> names;
        for (const ImportFile& one : files) names.push_back(words::toUtf8(one.file));
        return data::previewFiles(names, options, job);
      },
      [this](const Result<data::ImportPreview>& preview) { showPreview(preview); });
}

void ImportPanel::showPreview(const Result<data::ImportPreview>& preview) {
  if (!preview) {
    if (preview.error().code == ErrorCode::Cancelled) return;
    preview_error_ = preview.error();
    notice_->showError(preview.error());
    sample_->setSample({}, {});
    columns_->setColumns({});
    options_->setDetected(std::nullopt);
  } else {
    if (preview_error_) notice_->clear();
    preview_error_.reset();
    sample_->setSample(preview->columns, preview->sample);
    columns_->setColumns(preview->columns);
    options_->setDetected(preview->detected);
    detected_ = preview->detected;
  }
  preview_ready_ = preview.has_value();
  check();
}

bool ImportPanel::together() const {
  return files_.size() > 1 && together_->isChecked();
}

/// One way of reading is for one table.
void ImportPanel::showTogether() {
  const bool one = files_.size() == 1 || together();
  for (QWidget* part : {static_cast<QWidget*>(options_), static_cast<QWidget*>(options_label_),
                        static_cast<QWidget*>(templates_)})
    part->setVisible(one);
  sample_tabs_->setTabVisible(1, one);
  if (together() && file_ > 0) file_list_->selectId("0");
  check();
}

data::ImportOptions ImportPanel::options() const {
  data::ImportOptions options = options_->options();
  options.column_types = columns_->chosen();
  return options;
}

void ImportPanel::useTemplate(const Json& value, const QString& name) {
  const auto options = data::importOptionsFrom(value);
  if (!options) {
    notice_->showError(options.error());
    return;
  }
  options_->setOptions(*options);
  columns_->setChosen(options->column_types);
  notice_->showText(widgets::Notice::Kind::Info, tr("The file is read as %1 says").arg(name));
  preview();
}

/// What of the file is no data: "; 3 lines above the table and 1 below it are left out".
QString ImportPanel::leftOut() const {
  const auto above = static_cast<int>(detected_.preamble_lines);
  const auto below = static_cast<int>(detected_.footnote_lines);
  QStringList parts;
  if (above > 0) parts.push_back(tr("%n line(s) above the table", nullptr, above));
  if (below > 0) parts.push_back(tr("%n line(s) below it", nullptr, below));
  return parts.isEmpty() ? QString() : tr("; left out: %1").arg(parts.join(", "));
}

bool ImportPanel::taken(const QString& table) const {
  return std::any_of(taken_.begin(), taken_.end(),
                     [&](const QString& one) { return sameTableName(one, table); });
}

/// Why the import cannot start; empty: it can.
QString ImportPanel::objection() const {
  if (files_.empty()) return tr("Choose a file first");
  for (std::size_t i = 0; i < (together() ? 1 : files_.size()); ++i) {
    const QString& name = files_[i].table;
    if (name.isEmpty()) return tr("The table needs a name");
    for (std::size_t j = 0; j < i; ++j)
      if (sameTableName(files_[j].table, name)) return tr("Two tables would be called %1").arg(name);
    if (taken(name) && !replace_->isChecked())
      return tr("There is a table %1: choose another name, or replace it").arg(name);
  }
  if (preview_error_ && (files_.size() == 1 || together())) return tr("The file cannot be read");
  if (!preview_ready_ && !preview_error_) return tr("The file is still being looked at");
  return {};
}

void ImportPanel::check() {
  const bool any_taken = std::any_of(files_.begin(), together() ? files_.begin() + 1 : files_.end(),
                                     [this](const auto& one) { return taken(one.table); });
  replace_->setVisible(any_taken);
  const QString reason = objection();
  const bool about_names = !reason.isEmpty() && (preview_ready_ || preview_error_) &&
                           !(preview_error_ && files_.size() == 1 && reason == tr("The file cannot be read"));
  name_note_->setText(about_names ? reason : QString());
  name_note_->setVisible(about_names);
  if (importing()) return;
  widgets::enableOrSay(import_, reason);
  if (preview_ready_)
    sample_label_->setText(tr("The first rows as they would be imported") + leftOut());
  else
    sample_label_->setText(preview_error_ ? tr("There is nothing to show of this file")
                                          : tr("Looking at the file…"));
}

void ImportPanel::start() {
  const auto project = studio_.project();
  if (!project || importing() || !objection().isEmpty()) return;
  data::ImportOptions options = files_.size() == 1 || together() ? this->options() : data::ImportOptions();
  if (replace_->isChecked()) options.on_existing = data::OnExisting::Replace;
  notice_->clear();
  const QString title = files_.size() == 1 ? tr("Import of %1").arg(shownName(files_.front().file))
                                           : tr("Import of %1 files").arg(words::count(std::ssize(files_)));
  running_ = studio_.jobs().start(
      this, {.title = title},
      [project, files = files_, tables = together() ? Tables::OneTogether : Tables::OneEach,
       options](JobContext& job) { return runImport(*project, files, tables, options, job); },
      [this](const Result<ImportOutcome>& outcome) { finish(outcome); });
  showRunning(true);
}

void ImportPanel::finish(const Result<ImportOutcome>& outcome) {
  running_ = 0;
  showRunning(false);
  check();
  if (!outcome) {
    notice_->showError(outcome.error());
    return;
  }
  if (together() && !outcome->failure)
    files_.clear();
  else
    files_.erase(files_.begin(), files_.begin() + std::ssize(outcome->done));
  if (outcome->failure) {
    // Those that are done are tables now; the one that failed comes first of what is left.
    file_ = -1;
    showFiles();
    file_list_->setVisible(files_.size() > 1);
    chooseFile(0);
    if (outcome->failure->code != ErrorCode::Cancelled) notice_->showError(*outcome->failure);
  }
  Q_EMIT imported(*outcome);
}

void ImportPanel::showRunning(bool running) {
  progress_->setValue(0);
  progress_text_->clear();
  progress_->setVisible(running);
  cancel_->setVisible(running);
  for (QWidget* part : {static_cast<QWidget*>(form_), static_cast<QWidget*>(other_file_)})
    part->setEnabled(!running);
  if (running) widgets::enableOrSay(import_, tr("The import is running"));
}

void ImportPanel::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape && event->modifiers() == Qt::NoModifier) {
    event->accept();
    Q_EMIT closed();
    return;
  }
  QWidget::keyPressEvent(event);
}

}  // namespace lodestone::pages
