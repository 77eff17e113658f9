// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/review/export_form.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSettings>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/pages/review/review_data.h"
#include "ui/widgets/dialogs.h"
#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

namespace lodestone::pages {

using theme::Role;

ExportForm::ExportForm(QWidget* parent) : QWidget(parent) {
  setObjectName("exportForm");
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(theme::kSpace4, theme::kSpace4, theme::kSpace4, theme::kSpace4);
  column->setSpacing(theme::kSpace1);
  addWhich(*column);
  addFormats(*column);
  addPersonal(*column);
  addLanguageAndFolder(*column);
  column->addStretch(1);
  words::say(this, [this] { showTexts(); });
}

QLabel* ExportForm::addTitle(QVBoxLayout& column) {
  if (column.count() > 0) column.addSpacing(theme::kSpace3);
  auto* title = theme::label(Role::Caption);
  column.addWidget(title);
  return title;
}

void ExportForm::addWhich(QVBoxLayout& column) {
  which_title_ = addTitle(column);
  this_ = new QRadioButton;
  this_->setObjectName("exportThis");
  this_->setChecked(true);
  approved_ = new QRadioButton;
  approved_->setObjectName("exportApproved");
  all_ = new QRadioButton;
  all_->setObjectName("exportAll");
  auto* group = new QButtonGroup(this);
  for (QRadioButton* each : {this_, approved_, all_}) {
    group->addButton(each);
    column.addWidget(each);
    connect(each, &QRadioButton::toggled, this, [this](bool on) {
      if (on) Q_EMIT changed();
    });
  }
}

void ExportForm::addFormats(QVBoxLayout& column) {
  formats_title_ = addTitle(column);
  formats_ = {
      {{"csv", new QCheckBox}, {"json", new QCheckBox}, {"html", new QCheckBox}, {"pdf", new QCheckBox}}};
  for (const Format& each : formats_) {
    each.box->setObjectName(QString("format_") + QLatin1String(each.id));
    each.box->setChecked(true);
    column.addWidget(each.box);
    connect(each.box, &QCheckBox::toggled, this, [this] { Q_EMIT changed(); });
  }
}

void ExportForm::addPersonal(QVBoxLayout& column) {
  personal_title_ = addTitle(column);
  mask_ = new QRadioButton;
  mask_->setObjectName("personalMask");
  mask_->setChecked(true);
  allow_ = new QRadioButton;
  allow_->setObjectName("personalAllow");
  auto* group = new QButtonGroup(this);
  group->addButton(mask_);
  group->addButton(allow_);
  column.addWidget(mask_);
  column.addWidget(allow_);
  personal_help_ = theme::label(Role::Caption);
  personal_help_->setObjectName("personalHelp");
  personal_help_->setWordWrap(true);
  column.addWidget(personal_help_);
  connect(allow_, &QRadioButton::toggled, this, [this] {
    showTexts();
    Q_EMIT changed();
  });
}

void ExportForm::addLanguageAndFolder(QVBoxLayout& column) {
  language_title_ = addTitle(column);
  language_ = new QComboBox;
  language_->setObjectName("exportLanguage");
  language_->addItem(QStringLiteral("English"), static_cast<int>(Language::English));
  language_->addItem(QString::fromUtf8("简体中文"), static_cast<int>(Language::Chinese));
  language_->setCurrentIndex(words::language() == Language::Chinese ? 1 : 0);
  language_title_->setBuddy(language_);
  column.addWidget(language_);
  connect(language_, &QComboBox::currentIndexChanged, this, [this] { Q_EMIT changed(); });
  connect(language_, &QComboBox::activated, this, [this] { language_chosen_ = true; });
  folder_title_ = addTitle(column);
  auto* row = new QHBoxLayout;
  row->setSpacing(theme::kSpace2);
  folder_ = new QLineEdit;
  folder_->setObjectName("exportFolder");
  folder_title_->setBuddy(folder_);
  browse_ = new QPushButton;
  browse_->setObjectName("browseFolder");
  row->addWidget(folder_, 1);
  row->addWidget(browse_);
  column.addLayout(row);
  connect(folder_, &QLineEdit::textChanged, this, [this] {
    folder_->setToolTip(folder_->text());
    Q_EMIT folderChanged();
  });
  connect(browse_, &QPushButton::clicked, this, [this] {
    const QString chosen = widgets::askFolder(this, tr("Folder for the exported files"));
    if (!chosen.isEmpty()) folder_->setText(chosen);
  });
}

void ExportForm::showTexts() {
  which_title_->setText(tr("Strategies"));
  formats_title_->setText(tr("Files"));
  const std::array<QString, 4> names{tr("Audience as CSV"), tr("Strategy as JSON"),
                                     tr("Report as web page (HTML)"), tr("Report as PDF")};
  const std::array<QString, 4> tips{
      tr("One file for each strategy: its customers with score, offer and channel"),
      tr("One file for each strategy: all that was decided, for other programs"),
      tr("One page about all of them, with charts; needs nothing else to be read"),
      tr("The same report on pages of A4")};
  for (std::size_t i = 0; i < formats_.size(); ++i) {
    formats_[i].box->setText(names[i]);
    formats_[i].box->setToolTip(tips[i]);
  }
  personal_title_->setText(tr("Personal columns"));
  mask_->setText(tr("Mask"));
  mask_->setToolTip(tr("Addresses and numbers cannot be read from the files"));
  allow_->setText(tr("Write in full"));
  allow_->setToolTip(tr("Whoever has the files can write to these customers"));
  personal_help_->setText(allow_->isChecked() ? tr("Names, e-mail addresses and telephone numbers stand in "
                                                   "the CSV as they are. Keep the files safe and "
                                                   "delete them when they have been used.")
                                              : tr("Names, e-mail addresses and telephone numbers become "
                                                   "\"a***@e***\". Customers keep their number, so "
                                                   "that the sending system can find them."));
  language_title_->setText(tr("Language of the report"));
  if (!language_chosen_) language_->setCurrentIndex(words::language() == Language::Chinese ? 1 : 0);
  language_->setAccessibleName(tr("Language of the report"));
  language_->setToolTip(tr("In which report and messages are written"));
  folder_title_->setText(tr("Folder"));
  folder_->setAccessibleName(tr("Folder for the exported files"));
  browse_->setText(tr("Browse…"));
  browse_->setToolTip(tr("Choose another folder"));
  showWhich();
}

int ExportForm::approvedCount() const {
  return static_cast<int>(std::count_if(strategies_.begin(), strategies_.end(),
                                        [](const auto& each) { return isApproved(each.state); }));
}

void ExportForm::showWhich() {
  this_->setText(current_.isEmpty() ? tr("This one") : tr("This one (%1)").arg(current_));
  this_->setToolTip(tr("The strategy that the page shows"));
  approved_->setText(tr("All that are approved (%1)").arg(words::count(approvedCount())));
  all_->setText(tr("All (%1)").arg(words::count(static_cast<std::int64_t>(strategies_.size()))));
  all_->setToolTip(tr("What is not approved is marked DRAFT in every file"));
  widgets::enableOrSay(approved_, {});
  approved_->setToolTip(tr("None of their files is marked DRAFT"));
  if (approvedCount() == 0) {
    if (approved_->isChecked()) this_->setChecked(true);
    widgets::enableOrSay(approved_, tr("No strategy is approved yet."));
  }
}

void ExportForm::setStrategies(const std::vector<project::StrategyVersion>& strategies,
                               const QString& current) {
  strategies_ = strategies;
  current_ = current;
  showWhich();
}

void ExportForm::setFolder(const QString& folder) {
  folder_->setText(folder);
}
QString ExportForm::folder() const {
  return folder_->text().trimmed();
}

std::vector<std::string> ExportForm::ids() const {
  std::vector<std::string> ids;
  if (this_->isChecked() && !current_.isEmpty()) return {words::toUtf8(current_)};
  for (const auto& each : strategies_)
    if (all_->isChecked() || (approved_->isChecked() && isApproved(each.state))) ids.push_back(each.id);
  return ids;
}

campaign::ExportOptions ExportForm::options() const {
  campaign::ExportOptions options;
  options.folder = words::toUtf8(folder());
  options.formats.clear();
  for (const Format& each : formats_)
    if (each.box->isChecked()) options.formats.emplace_back(each.id);
  options.language = static_cast<Language>(language_->currentData().toInt());
  options.personal = allow_->isChecked() ? campaign::PersonalColumns::Allow : campaign::PersonalColumns::Mask;
  return options;
}

QString ExportForm::whyNot() const {
  if (ids().empty()) return tr("There is no strategy to export.");
  if (options().formats.empty()) return tr("Choose at least one kind of file.");
  return folder().isEmpty() ? tr("Choose a folder.") : QString();
}

void ExportForm::saveState(QSettings& settings) const {
  QStringList chosen;
  for (const Format& each : formats_)
    if (each.box->isChecked()) chosen << QLatin1String(each.id);
  settings.setValue("exportFormats", chosen);
}

/// Personal columns are masked at each start: writing them in full is decided each time.
void ExportForm::restoreState(const QSettings& settings) {
  if (!settings.contains("exportFormats")) return;
  const QStringList chosen = settings.value("exportFormats").toStringList();
  for (const Format& each : formats_) each.box->setChecked(chosen.contains(QLatin1String(each.id)));
}

}  // namespace lodestone::pages
