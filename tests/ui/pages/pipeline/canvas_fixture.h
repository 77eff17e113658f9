// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QApplication>
#include <QMouseEvent>
#include <algorithm>
#include <memory>

#include "tests/ui/pages/pipeline/pipeline_window.h"
#include "ui/pages/pipeline/chart_scene.h"
#include "ui/pages/pipeline/edge_item.h"
#include "ui/pages/pipeline/frame_item.h"
#include "ui/words/words.h"

namespace lodestone::test {

inline constexpr const char* kChart =
    "%% keep me\n"
    "graph TD\n"
    "A[Collect data] --> B[Preprocess]\n"
    "B --> C[Extract features]\n"
    "%% and me\n"
    "C --> D[Model training]\n";

inline constexpr const char* kFrames =
    "flowchart LR\n"
    "subgraph one [Before]\nA[Collect data] --> B[Preprocess]\nend\n"
    "subgraph two [After]\nC[Extract features] --> D[Model training]\nend\n"
    "B --> C\nD --> A\n";

/// A chart in the window, and mouse and keys on its canvas as a user has them.
class CanvasFixture : public QObject {
 protected:
  void begin() { studio_ = makeStudio(); }
  void end() {
    window_.reset();
    studio_.reset();
    words::setLanguage(qEnvironmentVariableIsSet("LODESTONE_CHINESE") ? Language::Chinese
                                                                      : Language::English);
  }
  Window& open(const QByteArray& chart);
  QString text() { return window_->text()->toPlainText(); }
  pages::ChartCanvas* canvas() { return window_->canvas(); }
  QPoint at(const QString& node) { return canvas()->mapFromScene(canvas()->nodeBox(node).center()); }
  QPoint handle(const QString& node) {
    return canvas()->mapFromScene(canvas()->chart().node(node)->handle());
  }
  /// Of a subgraph.
  QPoint title(const QString& frame) {
    const QRectF box = canvas()->chart().frames().value(frame)->box();
    return canvas()->mapFromScene(QPointF(box.center().x(), box.top() + 10));
  }
  void hover(const QPoint& place, Qt::MouseButtons buttons = {}) {
    QMouseEvent event(QEvent::MouseMove, place, canvas()->viewport()->mapToGlobal(place), Qt::NoButton,
                      buttons, Qt::NoModifier);
    QApplication::sendEvent(canvas()->viewport(), &event);
  }
  void pull(const QPoint& place) { hover(place, Qt::LeftButton); }
  void drag(const QPoint& from, const QPoint& to, Qt::KeyboardModifiers keys = {}) {
    hover(from);
    QTest::mousePress(canvas()->viewport(), Qt::LeftButton, keys, from);
    pull(from + (to - from) / 2);
    pull(to);
    QTest::mouseRelease(canvas()->viewport(), Qt::LeftButton, keys, to);
  }
  void click(const QString& node, Qt::KeyboardModifiers keys = {}) {
    QTest::mouseClick(canvas()->viewport(), Qt::LeftButton, keys, at(node));
  }
  bool joined(const QString& from, const QString& to) {
    const auto& edges = canvas()->chart().edges();
    return std::any_of(edges.begin(), edges.end(), [&](const pages::EdgeItem* edge) {
      return edge->start() == from && edge->end() == to;
    });
  }
  std::unique_ptr<studio::Studio> studio_;
  std::unique_ptr<Window> window_;
};

inline Window& CanvasFixture::open(const QByteArray& chart) {
  const QString folder = emptyProject();
  write(folder + "/pipeline.mmd", chart);
  if (!openAndWait(*studio_, folder)) qFatal("the project does not open");
  window_ = std::make_unique<Window>(*studio_);
  if (!QTest::qWaitFor([this] { return window_->count() > 0; }, 20000))
    qFatal("the chart is not drawn: %s", qPrintable(window_->notice("run_notice")->text()));
  canvas()->setFocus();
  return *window_;
}

}  // namespace lodestone::test
