// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAction>
#include <QFile>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <algorithm>

#include "tests/ui/support/ui_test.h"
#include "ui/forms/parameter_form.h"
#include "ui/pages/pipeline/chart_canvas.h"
#include "ui/pages/pipeline/pipeline_page.h"
#include "ui/widgets/widgets.h"

// The page in a window, for tests.
namespace lodestone::test {

inline QByteArray bytesOf(const QString& file) {
  QFile in(file);
  return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
}

inline void write(const QString& file, const QByteArray& bytes) {
  QFile out(file);
  if (!out.open(QIODevice::WriteOnly) || out.write(bytes) != bytes.size()) qFatal("cannot write");
}

/// The page with its inspector beside it, as the shell shows them.
struct Window {
  explicit Window(studio::Studio& studio) : page(new pages::PipelinePage(studio)) {
    auto* row = new QHBoxLayout(&frame);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(page, 1);
    QWidget* inspector = page->inspector();
    inspector->setFixedWidth(320);
    row->addWidget(inspector);
    inspector->show();
    frame.resize(1224, 620);
    frame.show();
    frame.activateWindow();
    if (!QTest::qWaitForWindowActive(&frame)) qFatal("the window does not become active");
  }
  template <class T>
  T* find(const char* name) {
    T* found = frame.findChild<T*>(name);
    if (found == nullptr) qFatal("no %s", name);
    return found;
  }
  QPlainTextEdit* text() { return find<QPlainTextEdit>("chart_text"); }
  pages::ChartCanvas* canvas() { return find<pages::ChartCanvas>("chart_canvas"); }
  forms::ParameterForm* form() { return find<forms::ParameterForm>("node_form"); }
  widgets::Notice* notice(const char* name) { return find<widgets::Notice>(name); }
  int count() { return static_cast<int>(canvas()->nodeIds().size()); }
  QAction* action(const char* name) { return find<QAction>(name); }
  void type(const QString& all) {
    text()->selectAll();
    text()->insertPlainText(all);
  }
  /// Types into a control of the form, as a user does.
  void set(const char* parameter, const QString& value) {
    auto* editor = find<QWidget>(qPrintable(QString("parameter_") + parameter));
    auto* line = qobject_cast<QLineEdit*>(editor);
    if (line == nullptr) line = editor->findChild<QLineEdit*>();
    if (line == nullptr) qFatal("%s has no line", parameter);
    line->setFocus();
    line->selectAll();
    QTest::keyClicks(line, value);
    QTest::keyClick(line, Qt::Key_Return);
  }
  bool all(widgets::State state) {
    const QStringList ids = canvas()->nodeIds();
    return !ids.isEmpty() && std::all_of(ids.begin(), ids.end(), [&](const QString& id) {
      return canvas()->status(id).state == state;
    });
  }

  QWidget frame;
  pages::PipelinePage* page;
};

}  // namespace lodestone::test
