// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/review/block_view.h"

#include <QAbstractTextDocumentLayout>
#include <QElapsedTimer>
#include <QScrollBar>
#include <QTextOption>
#include <QTimer>
#include <QWheelEvent>
#include <cmath>

#include "ui/theme/theme.h"

namespace lodestone::pages {

namespace {

constexpr int kSliceMs = 6;  // of writing before the window gets its turn

}  // namespace

BlockView::BlockView(QWidget* parent) : QTextBrowser(parent) {
  setFrameShape(QFrame::NoFrame);
  setReadOnly(true);
  setOpenLinks(false);
  setUndoRedoEnabled(false);
  // Columns of tables are then as wide as their longest word, which stays whole.
  setWordWrapMode(QTextOption::WordWrap);
  setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setTextInteractionFlags(Qt::TextSelectableByMouse);
  setFocusPolicy(Qt::ClickFocus);
  setStyleSheet("QTextBrowser { background: transparent; border: none; padding: 0; }");
  setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
  connect(document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this,
          [this] { fitHeight(); });
  connect(&theme::notifier(), &theme::Notifier::changed, this, [this] { begin(); });
}

void BlockView::setBlocks(std::vector<campaign::Block> blocks) {
  steps_.clear();
  for (campaign::Block& block : blocks)
    steps_.push_back([given = std::move(block)](DocumentWriter& writer) { writer.add(given); });
  begin();
}

void BlockView::setContent(const std::function<void(DocumentWriter&)>& write) {
  steps_ = {write};
  begin();
}

void BlockView::begin() {
  next_ = 0;
  writer_ = std::make_unique<DocumentWriter>(*document());
  writeSome();
}

void BlockView::writeSome() {
  QElapsedTimer clock;
  clock.start();
  while (next_ < steps_.size() && clock.elapsed() < kSliceMs) steps_[next_++](*writer_);
  fitHeight();
  if (!complete())
    QTimer::singleShot(0, this, [this, writer = writer_.get()] {
      if (writer == writer_.get() && !complete()) writeSome();
    });
}

void BlockView::fitHeight() {
  const int bar = horizontalScrollBar()->maximum() > 0 ? horizontalScrollBar()->sizeHint().height() : 0;
  const int wanted = static_cast<int>(std::ceil(document()->size().height())) + bar;
  if (wanted != height() || minimumHeight() != wanted) setFixedHeight(std::max(1, wanted));
}

void BlockView::resizeEvent(QResizeEvent* event) {
  QTextBrowser::resizeEvent(event);
  fitHeight();
}

void BlockView::wheelEvent(QWheelEvent* event) {
  // The page around it scrolls, not the text.
  event->ignore();
}

}  // namespace lodestone::pages
