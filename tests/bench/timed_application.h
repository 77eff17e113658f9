// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QApplication>
#include <QByteArray>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QTimer>
#include <algorithm>
#include <ctime>
#include <vector>

namespace lodestone::bench {

/// A picture each 1/60 s.
constexpr double kFrameMs = 16;

/// Of this thread alone: less than the wall's where another program had the processor.
inline double cpuMs() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

/// Times each event of the window's thread from outside, those that an event sends in turn not again.
class TimedApplication : public QApplication {
 public:
  using QApplication::QApplication;

  bool notify(QObject* receiver, QEvent* event) override {
    if (depth_ > 0 || !measuring) return QApplication::notify(receiver, event);
    ++depth_;
    const QByteArray name = QByteArray(receiver->metaObject()->className()) + " " +
                            QByteArray::number(static_cast<int>(event->type()));
    const double cpu_before = cpuMs();
    QElapsedTimer clock;
    clock.start();
    const bool handled = QApplication::notify(receiver, event);
    const double ms = static_cast<double>(clock.nsecsElapsed()) / 1e6;
    --depth_;
    times.push_back(ms);
    if (ms > kFrameMs) slow.push_back({name, ms, cpuMs() - cpu_before});
    return handled;
  }
  /// Starts anew.
  void measure() {
    times.clear();
    slow.clear();
    measuring = true;
  }
  double longest() const { return times.empty() ? 0 : *std::max_element(times.begin(), times.end()); }

  bool measuring = false;
  std::vector<double> times;
  struct Slow {
    QByteArray event;  ///< class of the receiver and QEvent::Type
    double ms;
    double cpu_ms;
  };
  std::vector<Slow> slow;

 private:
  int depth_ = 0;
};

/// Sorted ascending; p in 0..1.
inline double quantile(const std::vector<double>& sorted, double p) {
  return sorted.empty() ? 0 : sorted[static_cast<std::size_t>(p * static_cast<double>(sorted.size() - 1))];
}

inline void wait(int milliseconds) {
  QEventLoop loop;
  QTimer timer;
  QObject::connect(&timer, &QTimer::timeout, &loop, &QEventLoop::quit);
  timer.start(milliseconds);
  loop.exec();
}

}  // namespace lodestone::bench
