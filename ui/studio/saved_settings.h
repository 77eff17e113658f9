// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSettings>
#include <QThreadPool>

namespace lodestone::studio {

/// Settings whose file is written by a worker: a write waits for the disk, and the window must not wait. What
/// is set is there at once; it is in the file soon after, and at the latest when this is gone.
class SavedSettings : public QSettings {
 public:
  /// Of this program.
  SavedSettings();
  explicit SavedSettings(const QString& ini_file);
  ~SavedSettings() override;
  SavedSettings(const SavedSettings&) = delete;
  SavedSettings& operator=(const SavedSettings&) = delete;

 protected:
  bool event(QEvent* event) override;

 private:
  QThreadPool writer_;
};

}  // namespace lodestone::studio
