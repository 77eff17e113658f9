// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A large chart in the window, measured from inside the event loop: bench_canvas PROJECT NODES. From opening
// the page, and from a text put into the open page, to the picture; then moving and zooming it: how long is
// each event that the window handles? Prints one JSON object.
#include <QGraphicsView>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QTextCursor>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "core/base/file.h"
#include "core/project/project.h"
#include "tests/bench/bench_window.h"
#include "tests/bench/timed_application.h"
#include "ui/pages/pipeline/chart_canvas.h"
#include "ui/shell/main_window.h"
#include "ui/studio/studio.h"

namespace {

using namespace lodestone;  // NOLINT(google-build-using-namespace): one file, one program
using bench::kFrameMs;
using bench::quantile;
using bench::TimedApplication;
using bench::wait;

/// A tree with cross edges, as a long campaign would be.
std::string chartOf(int nodes, const std::string& word) {
  std::string text = "flowchart TD\n";
  for (int i = 1; i < nodes; ++i)
    text += "N" + std::to_string(i / 3) + "[" + word + " " + std::to_string(i / 3) + "] --> N" +
            std::to_string(i) + "[" + word + " " + std::to_string(i) + "]\n";
  for (int i = 50; i < nodes; i += 50)
    text += "N" + std::to_string(i) + " -.-> N" + std::to_string(i - 40) + "\n";
  return text;
}

struct Phase {
  const char* what;
  double p50, p99, longest;
  std::size_t events, within;
};

Phase take(TimedApplication& application, const char* what) {
  application.measuring = false;
  std::sort(application.times.begin(), application.times.end());
  const auto& times = application.times;
  const auto within = std::upper_bound(times.begin(), times.end(), kFrameMs) - times.begin();
  return {what,
          quantile(times, 0.5),
          quantile(times, 0.99),
          application.longest(),
          times.size(),
          static_cast<std::size_t>(within)};
}

void wheel(QGraphicsView& view, int steps) {
  const QPointF middle = view.viewport()->rect().center();
  QWheelEvent event(middle, view.viewport()->mapToGlobal(middle), {}, {0, steps}, Qt::NoButton,
                    Qt::ControlModifier, Qt::NoScrollPhase, false);
  QApplication::sendEvent(view.viewport(), &event);
}

void replaceText(QPlainTextEdit& editor, const std::string& text) {
  QTextCursor cursor(editor.document());
  cursor.select(QTextCursor::Document);
  cursor.insertText(QString::fromStdString(text));
}

/// Waits until the chart is drawn; the time since the clock's start.
double untilDrawn(QGraphicsView& view, int nodes, const QElapsedTimer& clock) {
  for (int i = 0; i < 30000 && view.scene()->items().size() < nodes; ++i) wait(1);
  view.viewport()->repaint();
  return static_cast<double>(clock.nsecsElapsed()) / 1e6;
}

/// Drags the ground round in circles.
Phase pan(TimedApplication& application, QGraphicsView& view, const char* what) {
  application.measure();
  for (int step = 0; step < 180; ++step) {
    view.horizontalScrollBar()->setValue(view.horizontalScrollBar()->value() +
                                         static_cast<int>(24 * std::cos(step / 12.0)));
    view.verticalScrollBar()->setValue(view.verticalScrollBar()->value() +
                                       static_cast<int>(24 * std::sin(step / 12.0)));
    wait(8);
  }
  return take(application, what);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: bench_canvas PROJECT NODES\n");
    return 2;
  }
  if (qEnvironmentVariableIsEmpty("DISPLAY")) qputenv("QT_QPA_PLATFORM", "offscreen");
  TimedApplication application(argc, argv);
  QApplication::setApplicationName("lodestone-bench");
  const QString project = argv[1];
  if (const auto made = project::Project::create(argv[1]); !made) return 1;
  const int nodes = std::atoi(argv[2]);
  if (!writeFileAtomically(std::filesystem::path(argv[1]) / "pipeline.mmd", chartOf(nodes, "Step"))) return 1;
  bench::BenchWindow opened(project);
  if (!opened.open()) return 1;
  studio::Studio& studio = opened.studio();
  shell::MainWindow& window = opened.window();
  application.measure();
  QElapsedTimer clock;
  clock.start();
  window.showPage("pipeline");
  auto* view = window.page("pipeline")->findChild<pages::ChartCanvas*>("chart_canvas");
  const double opening = untilDrawn(*view, nodes, clock);
  wait(500);
  auto* editor = window.page("pipeline")->findChild<QPlainTextEdit*>("chart_text");
  replaceText(*editor, "flowchart TD\nA --> B\n");
  wait(1000);
  clock.start();
  replaceText(*editor, chartOf(nodes, "Part"));
  const double text = untilDrawn(*view, nodes, clock);
  wait(500);
  std::vector<Phase> phases = {take(application, "showing it")};
  // As after a run: words and rows at every node.
  std::map<QString, pages::NodeStatus> statuses;
  for (int i = 0; i < nodes; ++i) {
    pages::NodeStatus status;
    status.state = widgets::State::Done;
    status.has_run = true;
    status.rows_in = 12000;
    status.rows_out = 11000 + i;
    statuses.emplace("N" + QString::number(i), status);
  }
  application.measure();
  view->setStatuses(statuses);
  wait(500);
  phases.push_back(take(application, "showing what a run left"));
  phases.push_back(pan(application, *view, "moving it at a size that can be read"));
  application.measure();
  for (int step = 0; step < 240; ++step) {
    wheel(*view, step / 40 % 2 == 0 ? -60 : 60);
    wait(8);
  }
  phases.push_back(take(application, "zooming out and in"));
  for (int step = 0; step < 40; ++step) wheel(*view, -60);
  wait(200);
  phases.push_back(pan(application, *view, "moving it from far"));
  std::printf("{\"nodes\":%d,\"opening_to_picture_ms\":%.1f,\"text_to_picture_ms\":%.1f,\"phases\":[", nodes,
              opening, text);
  for (std::size_t i = 0; i < phases.size(); ++i)
    std::printf(
        "%s{\"what\":\"%s\",\"events\":%zu,\"p50_ms\":%.3f,\"p99_ms\":%.3f,\"longest_ms\":%.3f,"
        "\"share_within_16_ms\":%.5f}",
        i == 0 ? "" : ",", phases[i].what, phases[i].events, phases[i].p50, phases[i].p99, phases[i].longest,
        static_cast<double>(phases[i].within) /
            static_cast<double>(std::max<std::size_t>(phases[i].events, 1)));
  std::printf("]}\n");
  studio.closeProject();
  return 0;
}
