// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/review/export_panel.h"

#include <QAction>
#include <QComboBox>
#include <QDesktopServices>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTabWidget>
#include <QTimer>
#include <QUrl>
#include <QVBoxLayout>

#include "ui/pages/review/block_view.h"
#include "ui/pages/review/export_form.h"
#include "ui/print/print.h"
#include "ui/tables/list_table.h"
#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

namespace lodestone::pages {

using theme::Role;

namespace {

constexpr int kPreviewDelayMs = 200;  // several changes in a row make one preview
constexpr int kFormWidth = 300;

QString sizeText(std::uintmax_t bytes) {
  return QLocale().formattedDataSize(static_cast<qint64>(bytes));
}

}  // namespace

ExportPanel::ExportPanel(studio::Studio& studio, QWidget* parent)
    : QWidget(parent),
      studio_(studio),
      reading_(studio.jobs()),
      wait_(new QTimer(this)),
      form_(new ExportForm),
      notice_(new widgets::Notice),
      title_(theme::label(Role::Section)),
      hint_(theme::label(Role::Caption)),
      busy_(new QProgressBar),
      tabs_(new QTabWidget),
      report_(new BlockView),
      no_report_(theme::label(Role::Body)),
      audience_choice_(new QComboBox),
      audience_line_(theme::label(Role::Caption)),
      audience_(new tables::ListTable),
      files_line_(theme::label(Role::Caption)),
      files_(new tables::ListTable),
      export_(new QPushButton),
      close_(new QPushButton),
      why_(theme::label(Role::Caption)) {
  setObjectName("exportPanel");
  export_->setObjectName("exportNow");
  widgets::makePrimary(export_);
  close_->setObjectName("closeExport");
  why_->setObjectName("exportWhyNot");
  why_->setWordWrap(true);
  auto* left = new QWidget;
  left->setFixedWidth(kFormWidth);
  auto* left_column = new QVBoxLayout(left);
  left_column->setContentsMargins(0, 0, 0, 0);
  left_column->setSpacing(0);
  left_column->addWidget(widgets::scrolled(form_, "exportFormArea"), 1);
  auto* foot = new QVBoxLayout;
  foot->setContentsMargins(theme::kSpace4, theme::kSpace2, theme::kSpace4, theme::kSpace4);
  foot->setSpacing(theme::kSpace2);
  foot->addWidget(why_);
  auto* buttons = new QHBoxLayout;
  buttons->setSpacing(theme::kSpace2);
  buttons->addWidget(export_, 1);
  buttons->addWidget(close_);
  foot->addLayout(buttons);
  left_column->addLayout(foot);
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  layout->addWidget(left);
  layout->addWidget(previewPart(), 1);

  wait_->setSingleShot(true);
  wait_->setInterval(kPreviewDelayMs);
  connect(wait_, &QTimer::timeout, this, [this] { readPreview(); });
  connect(form_, &ExportForm::changed, this, [this] {
    written_to_.clear();
    askPreview();
  });
  connect(form_, &ExportForm::folderChanged, this, [this] { showRules(); });
  connect(export_, &QPushButton::clicked, this, [this] { exportNow(); });
  connect(close_, &QPushButton::clicked, this, [this] { Q_EMIT closed(); });
  connect(audience_choice_, &QComboBox::currentIndexChanged, this, [this] { showAudience(); });
  leave_ = new QAction(this);
  leave_->setShortcut(Qt::Key_Escape);
  leave_->setShortcutContext(Qt::WidgetWithChildrenShortcut);
  addAction(leave_);
  connect(leave_, &QAction::triggered, this, [this] { Q_EMIT closed(); });
  words::say(this, [this] { showTexts(); });
}

QWidget* ExportPanel::previewPart() {
  auto* part = new QWidget;
  auto* column = new QVBoxLayout(part);
  column->setContentsMargins(theme::kSpace4, theme::kSpace4, theme::kSpace4, theme::kSpace4);
  column->setSpacing(theme::kSpace2);
  hint_->setWordWrap(true);
  hint_->setObjectName("previewHint");
  busy_->setObjectName("previewBusy");
  busy_->setRange(0, 0);
  busy_->setTextVisible(false);
  QSizePolicy keeps_room = busy_->sizePolicy();
  keeps_room.setRetainSizeWhenHidden(true);
  busy_->setSizePolicy(keeps_room);
  busy_->hide();
  notice_->setObjectName("exportNotice");
  column->addWidget(title_);
  column->addWidget(hint_);
  column->addWidget(busy_);
  column->addWidget(notice_);
  tabs_->setObjectName("previewTabs");
  report_->setObjectName("reportPreview");
  auto* report_page = new QWidget;
  auto* report_column = new QVBoxLayout(report_page);
  report_column->setContentsMargins(theme::kSpace2, theme::kSpace3, theme::kSpace4, theme::kSpace4);
  no_report_->setWordWrap(true);
  no_report_->hide();  // until a preview says so
  report_column->addWidget(no_report_);
  report_column->addWidget(report_);
  report_column->addStretch(1);
  auto* report_area = widgets::scrolled(report_page, "reportPreviewArea");
  report_area->setFocusPolicy(Qt::StrongFocus);
  tabs_->addTab(report_area, {});

  auto* audience_page = new QWidget;
  auto* audience_column = new QVBoxLayout(audience_page);
  audience_column->setContentsMargins(0, theme::kSpace3, 0, 0);
  audience_column->setSpacing(theme::kSpace2);
  audience_choice_->setObjectName("audienceChoice");
  audience_->setObjectName("audiencePreview");
  audience_line_->setWordWrap(true);
  audience_column->addWidget(audience_choice_, 0, Qt::AlignLeft);
  audience_column->addWidget(audience_line_);
  audience_column->addWidget(audience_, 1);
  tabs_->addTab(audience_page, {});

  auto* files_page = new QWidget;
  auto* files_column = new QVBoxLayout(files_page);
  files_column->setContentsMargins(0, theme::kSpace3, 0, 0);
  files_column->setSpacing(theme::kSpace2);
  files_->setObjectName("filesPreview");
  files_line_->setWordWrap(true);
  files_line_->setObjectName("filesLine");
  files_column->addWidget(files_line_);
  files_column->addWidget(files_, 1);
  tabs_->addTab(files_page, {});
  column->addWidget(tabs_, 1);
  return part;
}

void ExportPanel::showTexts() {
  title_->setText(tr("Preview of the export"));
  tabs_->setAccessibleName(tr("Preview of the export"));
  tabs_->setTabText(0, tr("Report"));
  tabs_->setTabText(1, tr("Audience"));
  tabs_->setTabText(2, tr("Files"));
  busy_->setAccessibleName(tr("The preview is being prepared"));
  report_->setAccessibleName(tr("The report as it will be written"));
  no_report_->setText(tr("No report is written with these choices."));
  audience_->setAccessibleName(tr("First rows of the audience as they will stand in the file"));
  audience_choice_->setAccessibleName(tr("Audience of which strategy"));
  audience_choice_->setToolTip(tr("Audience of which strategy"));
  files_->setAccessibleName(tr("Files that will be written"));
  widgets::enableOrSay(export_, {});
  export_->setText(tr("Export"));
  export_->setToolTip(tr("Writes the files and notes it in the history"));
  leave_->setText(tr("Close the export"));
  close_->setText(tr("Close"));
  close_->setToolTip(tr("Back to the review (Esc)"));
  files_->setColumns({{tr("File"), tables::ListColumn::Kind::Text},
                      {tr("Strategy"), tables::ListColumn::Kind::Text},
                      {tr("Size"), tables::ListColumn::Kind::Number},
                      {tr("Mark"), tables::ListColumn::Kind::State}});
  showRules();
  showAudience();
  if (written_to_.isEmpty()) showFiles();
}

void ExportPanel::showRules() {
  QString reason = form_->whyNot();
  if (writing_ != 0) reason = tr("The files are being written.");
  widgets::enableOrSay(export_, reason);
  why_->setText(reason);
  why_->setVisible(!reason.isEmpty());
  hint_->setText(reading_.running()      ? tr("The preview is being prepared…")
                 : written_to_.isEmpty() ? tr("Nothing has been written yet.")
                                         : tr("The files have been written."));
  busy_->setVisible(reading_.running());
}

void ExportPanel::setStrategies(const std::vector<project::StrategyVersion>& strategies,
                                const QString& current) {
  form_->setStrategies(strategies, current);
  askPreview();
}

void ExportPanel::setActive(bool active) {
  if (active && form_->folder().isEmpty() && studio_.project() != nullptr)
    form_->setFolder(words::toQt(studio_.project()->exportsFolder().string()));
  active_ = active;
  if (!active) {
    wait_->stop();
    reading_.stop();
    notice_->clear();
    written_to_.clear();
    return;
  }
  askPreview();
  form_->setFocus();
}

void ExportPanel::askPreview() {
  if (!active_ || writing_ != 0) return;
  wait_->start();
  showRules();
}

void ExportPanel::readPreview() {
  const auto project = studio_.project();
  const std::vector<std::string> ids = form_->ids();
  campaign::ExportOptions options = form_->options();
  if (project == nullptr || ids.empty()) return;
  options.write_pdf = print::writePdf;
  reading_.start(
      this, {tr("Preview of the export"), jobs::Pool::Data, jobs::Shown::Quiet},
      [project, ids, options](JobContext& job) {
        return campaign::previewExport(*project, ids, options, job);
      },
      [this](Result<campaign::ExportPreview> preview) {
        reading_.stop();
        if (!preview) {
          notice_->showError(preview.error());
        } else {
          if (notice_->kind() == widgets::Notice::Kind::Failure) notice_->clear();
          showPreview(std::move(*preview));
        }
        showRules();
      });
  showRules();
}

void ExportPanel::showPreview(campaign::ExportPreview preview) {
  preview_ = std::move(preview);
  const bool report = !preview_.report.blocks.empty();
  std::vector<campaign::Block> blocks;
  if (report) {
    blocks.emplace_back(campaign::Heading{1, preview_.report.title});
    blocks.insert(blocks.end(), preview_.report.blocks.begin(), preview_.report.blocks.end());
  }
  report_->setVisible(report);
  no_report_->setVisible(!report);
  report_->setBlocks(std::move(blocks));
  {
    const QSignalBlocker quiet(audience_choice_);
    const QString before = audience_choice_->currentText();
    audience_choice_->clear();
    for (const auto& each : preview_.audiences) audience_choice_->addItem(words::toQt(each.strategy));
    audience_choice_->setCurrentIndex(std::max(0, audience_choice_->findText(before)));
  }
  showAudience();
  if (written_to_.isEmpty()) showFiles();
}

void ExportPanel::showAudience() {
  const int chosen = audience_choice_->currentIndex();
  const bool any = chosen >= 0 && chosen < static_cast<int>(preview_.audiences.size());
  audience_choice_->setVisible(preview_.audiences.size() > 1);
  audience_->setVisible(any);
  if (!any) {
    audience_line_->setText(tr("No audience is written with these choices."));
    return;
  }
  const auto& sample = preview_.audiences[static_cast<std::size_t>(chosen)];
  std::vector<tables::ListColumn> columns;
  for (const std::string& name : sample.rows.front())
    columns.push_back({words::toQt(name), tables::ListColumn::Kind::Text});
  std::vector<tables::ListRow> rows;
  for (std::size_t i = 1; i < sample.rows.size(); ++i) {
    tables::ListRow row{QString::number(i), {}};
    for (const std::string& cell : sample.rows[i]) row.cells.push_back({words::toQt(cell)});
    rows.push_back(std::move(row));
  }
  const auto shown = static_cast<std::int64_t>(rows.size());
  audience_->setColumns(columns);
  audience_->setRows(rows);
  audience_line_->setText(
      shown < sample.customers
          ? tr("The first %1 of %2 customers of %3, as they will stand in the file.")
                .arg(words::count(shown), words::count(sample.customers), words::toQt(sample.strategy))
          : tr("All %1 customers of %2, as they will stand in the file.")
                .arg(words::count(shown), words::toQt(sample.strategy)));
}

tables::ListRow ExportPanel::fileRow(const QString& id, const QString& name, const std::string& strategy,
                                     std::uintmax_t bytes, bool draft) {
  const auto mark = draft ? widgets::State::Draft : widgets::State::Approved;
  return {id,
          {{name, {}, id},
           {strategy.empty() ? tr("all") : words::toQt(strategy)},
           {QLocale().formattedDataSize(static_cast<qint64>(bytes)), QVariant(static_cast<qlonglong>(bytes))},
           {draft ? QStringLiteral("DRAFT") : widgets::stateWord(mark), {}, {}, static_cast<int>(mark)}}};
}

void ExportPanel::showFiles() {
  std::vector<tables::ListRow> rows;
  std::uintmax_t total = 0;
  int drafts = 0;
  for (const auto& file : preview_.files) {
    total += file.bytes;
    drafts += file.draft ? 1 : 0;
    const QString name = words::toQt(file.name);
    rows.push_back(fileRow(name, name, file.strategy, file.bytes, file.draft));
  }
  const auto count = static_cast<int>(preview_.files.size());
  files_->setRows(rows);
  QString line = tr("%n file(s) will be written, %1 together.", nullptr, count).arg(sizeText(total));
  if (drafts > 0) line += ' ' + tr("%n of them carry the mark DRAFT.", nullptr, drafts);
  files_line_->setText(line);
}

void ExportPanel::exportNow() {
  const auto project = studio_.project();
  if (project == nullptr || !form_->whyNot().isEmpty() || writing_ != 0) return;
  wait_->stop();
  reading_.stop();
  notice_->clear();
  campaign::ExportOptions options = form_->options();
  options.by = words::toUtf8(studio_.userName());
  options.write_pdf = print::writePdf;
  writing_ = studio_.jobs().start(
      this, {tr("Exporting strategies"), jobs::Pool::Data, jobs::Shown::Strip},
      [project, ids = form_->ids(), options](JobContext& job) -> Result<std::vector<WrittenFile>> {
        const auto files = campaign::exportStrategies(*project, ids, options, job);
        if (!files) return forward(files);
        std::vector<WrittenFile> written;
        for (const campaign::ExportedFile& file : *files) {
          std::error_code error;
          const std::uintmax_t bytes = std::filesystem::file_size(file.path, error);
          written.push_back({file, error ? 0 : bytes});
        }
        return written;
      },
      [this](Result<std::vector<WrittenFile>> files) {
        writing_ = 0;
        if (files)
          showWritten(*files);
        else
          notice_->showError(files.error());
        showRules();
        if (files) Q_EMIT studio_.strategiesChanged();
      });
  showRules();
}

void ExportPanel::showWritten(const std::vector<WrittenFile>& files) {
  std::vector<tables::ListRow> rows;
  for (const auto& [file, bytes] : files)
    rows.push_back(fileRow(words::toQt(file.path.string()), words::toQt(file.path.filename().string()),
                           file.strategy, bytes, file.draft));
  files_->setRows(rows);
  written_to_ = form_->folder();
  const auto count = static_cast<int>(files.size());
  files_line_->setText(tr("%n file(s) in %1", nullptr, count).arg(written_to_));
  tabs_->setCurrentIndex(2);
  notice_->showText(widgets::Notice::Kind::Ok, tr("%n file(s) written.", nullptr, count), tr("Open folder"),
                    [folder = written_to_] { QDesktopServices::openUrl(QUrl::fromLocalFile(folder)); });
}

void ExportPanel::saveState(QSettings& settings) const {
  form_->saveState(settings);
}
void ExportPanel::restoreState(const QSettings& settings) {
  form_->restoreState(settings);
}

}  // namespace lodestone::pages
