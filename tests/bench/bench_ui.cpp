// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The window's thread, measured from inside: bench_ui PROJECT TABLE SECONDS. While a model trains on all
// cores and the table scrolls, how long does each event take that the window handles? Prints one JSON object.
#include <QAbstractItemView>
#include <QScrollBar>
#include <QTimer>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "core/learn/engine.h"
#include "core/pipeline/model_workflow.h"
#include "tests/bench/bench_window.h"
#include "tests/bench/timed_application.h"
#include "ui/shell/main_window.h"
#include "ui/studio/studio.h"

namespace {

using namespace lodestone;  // NOLINT(google-build-using-namespace): one file, one program
using bench::kFrameMs;
using bench::quantile;
using bench::TimedApplication;
using bench::wait;

/// Trains on every core until it is stopped; epochs are counted.
void train(studio::Studio& studio, int& epochs) {
  studio.jobs().start(
      &studio, {.title = "training", .pool = jobs::Pool::Model},
      [project = studio.project(), &epochs](JobContext& job) -> Result<int> {
        if (const auto ready = learn::engine(); !ready) return forward(ready);
        pipeline::TrainRequest request;
        request.table = {"customers"};
        request.dataset.target = "email_consent";
        request.dataset.positive = "1";
        request.model.type = "mlp";
        request.model.parameters = {{"epochs", "1000"}};
        request.on_epoch = [&epochs](const learn::Epoch& epoch) { epochs = epoch.epoch; };
        const auto trained = pipeline::trainOnTable(*project, request, job);
        if (!trained) return forward(trained);
        return 0;
      },
      [](const Result<int>& ended) {
        if (!ended && ended.error().code != ErrorCode::Cancelled) {
          std::fprintf(stderr, "training failed: %s\n", ended.error().message(Language::English).c_str());
          std::exit(1);
        }
      });
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::fprintf(stderr, "usage: bench_ui PROJECT TABLE SECONDS\n");
    return 2;
  }
  if (qEnvironmentVariableIsEmpty("DISPLAY")) qputenv("QT_QPA_PLATFORM", "offscreen");
  TimedApplication application(argc, argv);
  QApplication::setApplicationName("lodestone-bench");
  const QString project = argv[1];
  bench::BenchWindow opened(project);
  if (!opened.open()) return 1;
  studio::Studio& studio = opened.studio();
  shell::MainWindow& window = opened.window();
  window.showPage("data", QString(argv[2]));
  wait(3000);
  QAbstractItemView* view = nullptr;
  for (auto* each : window.page("data")->findChildren<QAbstractItemView*>())
    if (each->isVisible() && each->model() != nullptr && each->model()->rowCount() > 100000) view = each;
  if (view == nullptr) {
    std::fprintf(stderr, "the table %s is not shown\n", argv[2]);
    return 1;
  }
  int epochs = 0;
  train(studio, epochs);
  for (int i = 0; i < 300 && epochs == 0; ++i) wait(100);
  QScrollBar* bar = view->verticalScrollBar();
  int step = 0;
  QTimer scrolling;
  // Small steps as a wheel makes them, and now and then a jump as a dragged bar makes it.
  QObject::connect(&scrolling, &QTimer::timeout, [&] {
    ++step;
    const int page = bar->maximum() / 97;
    bar->setValue(step % 40 == 0
                      ? static_cast<int>((static_cast<qint64>(step) * page) % std::max(1, bar->maximum()))
                      : bar->value() + bar->singleStep() * 3);
  });
  application.measuring = true;
  scrolling.start(16);
  wait(std::atoi(argv[3]) * 1000);
  application.measuring = false;
  scrolling.stop();
  std::vector<double>& times = application.times;
  std::sort(times.begin(), times.end());
  const auto within = std::upper_bound(times.begin(), times.end(), kFrameMs) - times.begin();
  std::sort(application.slow.begin(), application.slow.end(),
            [](const auto& a, const auto& b) { return a.ms > b.ms; });
  QByteArray slowest;
  for (std::size_t i = 0; i < std::min<std::size_t>(application.slow.size(), 8); ++i) {
    const auto& [event, ms, cpu_ms] = application.slow[i];
    slowest += QByteArray(i == 0 ? "" : ",") + "[\"" + event + "\"," + QByteArray::number(ms) + "," +
               QByteArray::number(cpu_ms) + "]";
  }
  std::printf(
      "{\"rows\":%d,\"scroll_steps\":%d,\"epochs\":%d,\"events\":%zu,\"p50_ms\":%.3f,\"p99_ms\":%.3f,"
      "\"p999_ms\":%.3f,\"max_ms\":%.3f,\"share_within_16_ms\":%.5f,\"slowest\":[%s]}\n",
      view->model()->rowCount(), step, epochs, times.size(), quantile(times, 0.5), quantile(times, 0.99),
      quantile(times, 0.999), times.back(), static_cast<double>(within) / static_cast<double>(times.size()),
      slowest.constData());
  studio.closeProject();
  return 0;
}
