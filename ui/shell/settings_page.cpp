// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/settings_page.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSettings>
#include <QSpinBox>
#include <QVBoxLayout>

#include "core/learn/engine.h"
#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

namespace lodestone::shell {
namespace {

constexpr auto kLanguageKey = "language";
constexpr auto kThemeKey = "theme";

Language languageOf(const QString& code) {
  if (code == "zh_CN") return Language::Chinese;
  if (code == "en") return Language::English;
  return words::systemLanguage();
}

theme::Mode modeOf(const QString& code) {
  if (code == "light") return theme::Mode::Light;
  if (code == "dark") return theme::Mode::Dark;
  return theme::Mode::System;
}

void choose(QComboBox* box, const QVariant& data) {
  const int at = box->findData(data);
  box->setCurrentIndex(at < 0 ? 0 : at);
}

}  // namespace

void applySettings(studio::Studio& studio) {
  words::setLanguage(languageOf(studio.settings().value(kLanguageKey).toString()));
  theme::apply(modeOf(studio.settings().value(kThemeKey).toString()));
}

SettingsPage::SettingsPage(studio::Studio& studio, QWidget* parent)
    : Page(parent),
      studio_(studio),
      language_(new QComboBox(this)),
      theme_(new QComboBox(this)),
      name_(new QLineEdit(this)),
      device_(new QComboBox(this)),
      threads_(new QSpinBox(this)),
      keys_title_(theme::label(theme::Role::Section)),
      keys_(theme::label(theme::Role::Body)),
      form_(new QFormLayout) {
  setObjectName(id());
  build();
  connect(language_, &QComboBox::activated, this, [this] {
    studio_.settings().setValue(kLanguageKey, language_->currentData());
    words::setLanguage(languageOf(language_->currentData().toString()));
  });
  connect(theme_, &QComboBox::activated, this, [this] {
    studio_.settings().setValue(kThemeKey, theme_->currentData());
    theme::apply(modeOf(theme_->currentData().toString()));
  });
  connect(name_, &QLineEdit::editingFinished, this, [this] {
    if (name_->text().trimmed() != studio_.userName()) studio_.setUserName(name_->text());
  });
  connect(device_, &QComboBox::activated, this,
          [this] { studio_.setDevice(device_->currentData().toString()); });
  connect(threads_, &QSpinBox::valueChanged, this,
          [this](int count) { studio_.settings().setValue("threads", count); });
  words::say(this, [this] { showTexts(); });
}

void SettingsPage::build() {
  language_->setObjectName("settingsLanguage");
  theme_->setObjectName("settingsTheme");
  name_->setObjectName("settingsName");
  device_->setObjectName("settingsDevice");
  threads_->setObjectName("settingsThreads");
  threads_->setRange(0, 1024);
  form_->setHorizontalSpacing(theme::kSpace5);
  form_->setVerticalSpacing(theme::kSpace3);
  form_->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  form_->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  for (QWidget* each : std::initializer_list<QWidget*>{language_, theme_, name_, device_, threads_}) {
    auto* words = new QLabel(this);
    words->setBuddy(each);
    words->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Expanding);  // in the middle of its field
    form_->addRow(words, each);
  }
  auto* card = new widgets::Card(this);
  card->body()->addLayout(form_);
  auto* shortcuts = new widgets::Card(this);
  keys_->setTextFormat(Qt::RichText);
  shortcuts->body()->addWidget(keys_title_);
  shortcuts->body()->addWidget(keys_);
  auto* content = new QWidget;
  auto* column = new QVBoxLayout(content);
  column->setContentsMargins(theme::kSpace4, theme::kSpace2, theme::kSpace4, theme::kSpace5);
  column->setSpacing(theme::kSpace4);
  card->setMaximumWidth(720);
  shortcuts->setMaximumWidth(720);
  column->addWidget(card);
  column->addWidget(shortcuts);
  column->addStretch();
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  outer->addWidget(widgets::scrolled(content, "settingsScroll"));
}

void SettingsPage::showTexts() {
  const auto word = [this](QWidget* field, const QString& text, const QString& tip) {
    if (auto* label = qobject_cast<QLabel*>(form_->labelForField(field))) label->setText(text);
    field->setAccessibleName(text);
    field->setToolTip(tip);
  };
  word(language_, tr("Language"), tr("Of the window, of messages and of reports"));
  word(theme_, tr("Appearance"), tr("Light, dark, or as the system has it"));
  word(name_, tr("Your name"), tr("Stands beside every edit, comment and decision of yours"));
  word(device_, tr("Train on"), tr("Where models are trained"));
  word(threads_, tr("Threads"), tr("For tables and training; holds for projects opened from now on"));
  threads_->setSpecialValueText(tr("All cores"));
  QStringList rows;
  const auto key = [&rows](const QString& keys, const QString& what) {
    rows << QString(
                "<tr><td style='padding:3px 24px 3px 0'><b>%1</b></td><td style='padding:3px 0'>%2</td></tr>")
                .arg(keys, what);
  };
  key("Ctrl+K", tr("find any command, page, table, model or strategy"));
  key("Alt+1 … Alt+6", tr("go to a page"));
  key("F6", tr("move between rail, page and inspector"));
  key("F9", tr("show or hide the inspector"));
  key("Ctrl+Z, Ctrl+Shift+Z", tr("undo, redo"));
  key("F5", tr("run the pipeline"));
  key("Ctrl+Return", tr("do the main thing of the page or form"));
  key("Esc", tr("close a panel, cancel what runs in it"));
  keys_title_->setText(tr("Keyboard"));
  keys_->setText("<table cellspacing=0 cellpadding=0>" + rows.join(QString()) + "</table>");
  const QSignalBlocker quiet_language(language_);
  const QSignalBlocker quiet_theme(theme_);
  language_->clear();
  language_->addItem(tr("As the system"), "");
  language_->addItem("English", "en");
  language_->addItem("简体中文", "zh_CN");
  choose(language_, studio_.settings().value(kLanguageKey, ""));
  theme_->clear();
  theme_->addItem(tr("As the system"), "");
  theme_->addItem(tr("Light"), "light");
  theme_->addItem(tr("Dark"), "dark");
  choose(theme_, studio_.settings().value(kThemeKey, ""));
  showDevices();
}

void SettingsPage::showDevices() {
  const QSignalBlocker quiet(device_);
  if (device_->count() == 0) {
    device_->addItem(QString(), "auto");
    device_->addItem(QString(), "cpu");
  }
  device_->setItemText(0, tr("The fastest there is"));
  device_->setItemText(1, tr("Processor (CPU)"));
  if (device_->findData(studio_.device()) < 0) device_->addItem(studio_.device(), studio_.device());
  choose(device_, studio_.device());
}

void SettingsPage::opened(const QVariant&) {
  const QSignalBlocker quiet_threads(threads_);
  name_->setText(studio_.userName());
  threads_->setValue(studio_.threads());
  if (devices_asked_) return;
  devices_asked_ = true;
  studio_.jobs().start(
      this, {.title = tr("Looking for devices"), .pool = jobs::Pool::Model, .shown = jobs::Shown::Quiet},
      [threads = studio_.threads()](JobContext&) -> Result<std::vector<learn::DeviceInfo>> {
        const auto engine = learn::engine(threads);
        if (!engine) return forward(engine);
        return (*engine)->devices();
      },
      [this](const Result<std::vector<learn::DeviceInfo>>& devices) {
        if (!devices) return;  // training says it aloud; here the choice is just shorter
        for (const auto& device : *devices)
          if (const QString id = words::toQt(device.id); device_->findData(id) < 0)
            device_->addItem(QString("%1 (%2)").arg(words::toQt(device.name), id), id);
        showDevices();
      });
}

QString SettingsPage::title() const {
  return tr("Settings");
}
QString SettingsPage::line() const {
  return tr("These apply at once, to all projects");
}
QWidget* SettingsPage::firstFocus() {
  return language_;
}

}  // namespace lodestone::shell
