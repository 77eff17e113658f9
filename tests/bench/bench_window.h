// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "tests/bench/timed_application.h"
#include "ui/shell/main_window.h"
#include "ui/studio/studio.h"
#include "ui/theme/theme.h"
#include "ui/words/words.h"

namespace lodestone::bench {

/// The window on one project: English, light, 1280x720. Needs the application.
class BenchWindow {
 public:
  explicit BenchWindow(const QString& project) : studio_(project + "-bench.ini") {
    words::setLanguage(Language::English);
    theme::apply(theme::Mode::Light);
    window_ = std::make_unique<shell::MainWindow>(studio_);
    window_->resize(1280, 720);
    window_->show();
    studio_.openProject(project);
    for (int i = 0; i < 500 && !studio_.project(); ++i) wait(20);
  }
  /// The project could be opened.
  bool open() const { return studio_.project() != nullptr; }
  studio::Studio& studio() { return studio_; }
  shell::MainWindow& window() { return *window_; }

 private:
  studio::Studio studio_;
  std::unique_ptr<shell::MainWindow> window_;
};

}  // namespace lodestone::bench
