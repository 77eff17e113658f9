// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/studio/page.h"
#include "ui/studio/studio.h"

class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QSpinBox;

namespace lodestone::shell {

/// Language, theme, name, device and threads. Each change holds at once.
class SettingsPage : public studio::Page {
  Q_OBJECT
 public:
  explicit SettingsPage(studio::Studio& studio, QWidget* parent = nullptr);

  QString id() const override { return "settings"; }
  QString icon() const override { return "settings"; }
  QString title() const override;
  QString line() const override;
  bool needsProject() const override { return false; }
  void opened(const QVariant& what) override;
  QWidget* firstFocus() override;

 private:
  void build();
  void showTexts();
  void showDevices();

  studio::Studio& studio_;
  QComboBox* language_;
  QComboBox* theme_;
  QLineEdit* name_;
  QComboBox* device_;
  QSpinBox* threads_;
  QLabel* keys_title_;
  QLabel* keys_;
  QFormLayout* form_;
  bool devices_asked_ = false;
};

/// Language and theme as the settings have them, for the start.
void applySettings(studio::Studio& studio);

}  // namespace lodestone::shell
