// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/pipeline/chart_editor.h"

#include <QFontDatabase>
#include <QHelpEvent>
#include <QPainter>
#include <QTextBlock>
#include <QToolTip>
#include <algorithm>

#include "ui/pages/pipeline/chart_highlighter.h"
#include "ui/theme/theme.h"

namespace lodestone::pages {

class ChartEditor::LineNumbers : public QWidget {
 public:
  explicit LineNumbers(ChartEditor* editor) : QWidget(editor), editor_(editor) {}
  QSize sizeHint() const override { return {editor_->numbersWidth(), 0}; }

 protected:
  void paintEvent(QPaintEvent* event) override { editor_->paintNumbers(event); }

 private:
  ChartEditor* editor_;
};

ChartEditor::ChartEditor(QWidget* parent) : QPlainTextEdit(parent), numbers_(new LineNumbers(this)) {
  setLineWrapMode(NoWrap);
  setFrameShape(NoFrame);
  setTabChangesFocus(true);
  new ChartHighlighter(document());
  theme::paintWith(this, [this] {
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    const QFont body = theme::font(theme::Role::Body);
    font.setPixelSize(body.pixelSize());
    setFont(font);
    arrange();
    mark();
    numbers_->update();
  });
  connect(this, &QPlainTextEdit::blockCountChanged, this, &ChartEditor::arrange);
  connect(this, &QPlainTextEdit::cursorPositionChanged, this, &ChartEditor::mark);
  connect(this, &QPlainTextEdit::updateRequest, this, [this](const QRect& rect, int dy) {
    if (dy != 0)
      numbers_->scroll(0, dy);
    else
      numbers_->update(0, rect.y(), numbers_->width(), rect.height());
  });
}

int ChartEditor::numbersWidth() const {
  int digits = 2;
  for (int count = blockCount(); count >= 100; count /= 10) ++digits;
  return fontMetrics().horizontalAdvance(u'9') * digits + 2 * theme::kSpace2;
}

void ChartEditor::arrange() {
  setViewportMargins(numbersWidth(), 0, 0, 0);
  const QRect inside = contentsRect();
  numbers_->setGeometry(inside.left(), inside.top(), numbersWidth(), inside.height());
}

void ChartEditor::resizeEvent(QResizeEvent* event) {
  QPlainTextEdit::resizeEvent(event);
  arrange();
}

void ChartEditor::changeEvent(QEvent* event) {
  QPlainTextEdit::changeEvent(event);
  if (event->type() == QEvent::FontChange) arrange();
}

void ChartEditor::paintNumbers(QPaintEvent* event) {
  const theme::Tokens& tokens = theme::tokens();
  QPainter painter(numbers_);
  painter.fillRect(event->rect(), tokens.surface);
  painter.setFont(font());
  const int current = textCursor().blockNumber();
  for (QTextBlock block = firstVisibleBlock(); block.isValid(); block = block.next()) {
    const QRectF place = blockBoundingGeometry(block).translated(contentOffset());
    if (place.top() > event->rect().bottom()) break;
    if (!block.isVisible() || place.bottom() < event->rect().top()) continue;
    const bool wrong = block.blockNumber() + 1 == problem_line_;
    painter.setPen(wrong ? tokens.fail : block.blockNumber() == current ? tokens.text : tokens.text2);
    const QRectF line(0, place.top(), numbers_->width() - theme::kSpace2, place.height());
    painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, QString::number(block.blockNumber() + 1));
    if (wrong) {
      painter.setBrush(tokens.fail);
      painter.setPen(Qt::NoPen);
      painter.drawRect(QRectF(0, place.top(), 3, place.height()));
    }
  }
}

void ChartEditor::markProblem(int line, int column, const QString& why) {
  problem_line_ = line;
  problem_column_ = column;
  problem_ = why;
  mark();
  numbers_->update();
}

void ChartEditor::clearProblem() {
  problem_line_ = 0;
  problem_.clear();
  mark();
  numbers_->update();
}

void ChartEditor::mark() {
  const theme::Tokens& tokens = theme::tokens();
  QList<QTextEdit::ExtraSelection> marks;
  QTextEdit::ExtraSelection line;
  QColor tint = tokens.accent;
  tint.setAlphaF(0.07F);
  line.format.setBackground(tint);
  line.format.setProperty(QTextFormat::FullWidthSelection, true);
  line.cursor = textCursor();
  line.cursor.clearSelection();
  marks << line;
  if (problem_line_ > 0) {
    const QTextBlock block = document()->findBlockByNumber(std::min(problem_line_, blockCount()) - 1);
    const int length = std::max(block.length() - 1, 0);
    int from = problem_column_ > 0 ? std::min(problem_column_ - 1, std::max(length - 1, 0)) : 0;
    int to = problem_column_ > 0 ? from + 1 : length;
    const QString text = block.text();
    while (problem_column_ > 0 && to < length && text[to].isLetterOrNumber()) ++to;
    QTextEdit::ExtraSelection wave;
    wave.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
    wave.format.setUnderlineColor(tokens.fail);
    QColor back = tokens.fail;
    back.setAlphaF(0.14F);
    wave.format.setBackground(back);
    wave.cursor = QTextCursor(block);
    wave.cursor.setPosition(block.position() + from);
    wave.cursor.setPosition(block.position() + std::min(std::max(to, from), length), QTextCursor::KeepAnchor);
    marks << wave;
  }
  setExtraSelections(marks);
}

void ChartEditor::showPosition(int position) {
  QTextCursor cursor = textCursor();
  cursor.setPosition(std::clamp(position, 0, document()->characterCount() - 1));
  setTextCursor(cursor);
  ensureCursorVisible();
}

bool ChartEditor::findNext(const QString& text, bool backwards) {
  if (text.isEmpty()) return true;
  const QTextDocument::FindFlags flags = backwards ? QTextDocument::FindBackward : QTextDocument::FindFlags();
  if (find(text, flags)) return true;
  const QTextCursor before = textCursor();
  moveCursor(backwards ? QTextCursor::End : QTextCursor::Start);
  if (find(text, flags)) return true;
  setTextCursor(before);
  return false;
}

bool ChartEditor::event(QEvent* event) {
  if (event->type() == QEvent::ToolTip && problem_line_ > 0) {
    const auto* help = static_cast<QHelpEvent*>(event);
    const QTextCursor at = cursorForPosition(help->pos() - QPoint(numbersWidth(), 0));
    if (at.blockNumber() + 1 == problem_line_) {
      QToolTip::showText(help->globalPos(), problem_, this);
      return true;
    }
  }
  return QPlainTextEdit::event(event);
}

}  // namespace lodestone::pages
