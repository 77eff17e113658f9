// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/pipeline/chart_editor.h"

#include <QFontDatabase>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QTextBlock>
#include <QToolTip>
#include <algorithm>

#include "ui/pages/pipeline/chart_highlighter.h"
#include "ui/pages/pipeline/chart_scan.h"
#include "ui/pages/pipeline/completion_popup.h"
#include "ui/theme/theme.h"

namespace lodestone::pages {

namespace {

constexpr std::size_t kMostHints = 200;

}  // namespace

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
  const auto wave = [&](int position, int length, const QColor& colour, float tint_share) {
    QTextEdit::ExtraSelection under;
    under.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
    under.format.setUnderlineColor(colour);
    QColor back = colour;
    back.setAlphaF(tint_share);
    if (tint_share > 0) under.format.setBackground(back);
    under.cursor = QTextCursor(document());
    under.cursor.setPosition(position);
    under.cursor.setPosition(position + length, QTextCursor::KeepAnchor);
    marks << under;
  };
  const int last = document()->characterCount() - 1;
  for (const TextHint& hint : hints_)
    if (hint.position + hint.length <= last) wave(hint.position, hint.length, tokens.warn, 0);
  if (problem_line_ > 0) {
    int length = 0;
    const int position = problemPosition(length);
    wave(position, length, tokens.fail, 0.14F);
  }
  setExtraSelections(marks);
}

/// From the column to the end of the word there; all of the line where no column is known.
int ChartEditor::problemPosition(int& length) const {
  const QTextBlock block = document()->findBlockByNumber(std::min(problem_line_, blockCount()) - 1);
  const QString text = block.text();
  const int size = static_cast<int>(text.size());
  const int from = problem_column_ > 0 ? std::min(problem_column_ - 1, std::max(size - 1, 0)) : 0;
  int to = problem_column_ > 0 ? from + 1 : size;
  while (problem_column_ > 0 && to < size && text[to].isLetterOrNumber()) ++to;
  length = std::min(std::max(to, from), size) - from;
  return block.position() + from;
}

void ChartEditor::setHints(std::vector<TextHint> hints) {
  if (hints.size() > kMostHints) hints.resize(kMostHints);
  hints_ = std::move(hints);
  mark();
}

QString ChartEditor::explanationAt(int position) const {
  if (problem_line_ > 0 && document()->findBlock(position).blockNumber() + 1 == problem_line_)
    return problem_;
  for (const TextHint& hint : hints_)
    if (position >= hint.position && position <= hint.position + hint.length) return hint.why;
  return {};
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
  if (event->type() == QEvent::ToolTip) {
    const auto* help = static_cast<QHelpEvent*>(event);
    const QTextCursor at = cursorForPosition(viewport()->mapFrom(this, help->pos()));
    if (const QString why = explanationAt(at.position()); !why.isEmpty())
      QToolTip::showText(help->globalPos(), why, this);
    else
      QToolTip::hideText();
    return true;
  }
  if (popup_ != nullptr && popup_->isVisible()) {
    if (event->type() == QEvent::Hide) popup_->hide();
    // Before Tab goes to the next control, and Escape to the page's command.
    if (event->type() == QEvent::ShortcutOverride &&
        static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
      event->accept();
      return true;
    }
    if (event->type() == QEvent::KeyPress && popup_->takeKey(*static_cast<QKeyEvent*>(event))) {
      event->accept();
      return true;
    }
  }
  return QPlainTextEdit::event(event);
}

// --- what fits ---

CompletionPopup& ChartEditor::popup() {
  if (popup_ == nullptr) {
    popup_ = new CompletionPopup(window());
    connect(this, &QObject::destroyed, popup_, &QObject::deleteLater);
    connect(popup_, &QObject::destroyed, this, [this] { popup_ = nullptr; });
    connect(popup_, &CompletionPopup::accepted, this, &ChartEditor::insertCompletion);
  }
  return *popup_;
}

void ChartEditor::complete() {
  offer(true);
}

void ChartEditor::offer(bool asked) {
  if (isReadOnly() || !source_) return;
  const Completions found = completionsAt(textCursor(), source_());
  const QString typed =
      textCursor().block().text().mid(textCursor().positionInBlock() - found.typed, found.typed);
  const bool written = found.items.size() == 1 && found.items.front().insert.trimmed() == typed;
  if (found.items.empty() || (!asked && (found.typed == 0 || written))) {
    if (popup_ != nullptr) popup_->hide();
    return;
  }
  if (asked && found.items.size() == 1 && !written) {
    popup().show(found, {}, true);
    popup().hide();
    insertCompletion(found.items.front());
    return;
  }
  QTextCursor begin = textCursor();
  begin.setPosition(begin.position() - found.typed);
  const QRect at = cursorRect(begin);
  popup().show(found, {viewport()->mapTo(window(), at.topLeft()), at.size()}, asked);
}

void ChartEditor::insertCompletion(const Completion& completion) {
  QTextCursor cursor = textCursor();
  cursor.setPosition(cursor.position() - popup().completions().typed, QTextCursor::KeepAnchor);
  cursor.insertText(completion.insert);
  setTextCursor(cursor);
}

void ChartEditor::keyPressEvent(QKeyEvent* event) {
  const bool open = popup_ != nullptr && popup_->isVisible();
  const int lines = blockCount();
  QPlainTextEdit::keyPressEvent(event);
  const QString typed = event->text();
  const bool word = !typed.isEmpty() &&
                    (typed[0].isLetterOrNumber() || QStringView(u"_-.:,").contains(typed[0])) &&
                    !(event->modifiers() & (Qt::ControlModifier | Qt::AltModifier));
  if (word || (open && event->key() == Qt::Key_Backspace && blockCount() == lines))
    offer(false);
  else if (open && (!typed.isEmpty() || event->key() == Qt::Key_Left || event->key() == Qt::Key_Right ||
                    event->key() == Qt::Key_Home || event->key() == Qt::Key_End))
    popup_->hide();
}

void ChartEditor::mousePressEvent(QMouseEvent* event) {
  if (popup_ != nullptr) popup_->hide();
  QPlainTextEdit::mousePressEvent(event);
}

void ChartEditor::focusOutEvent(QFocusEvent* event) {
  if (popup_ != nullptr) popup_->hide();
  QPlainTextEdit::focusOutEvent(event);
}

// --- comments ---

void ChartEditor::toggleComment() {
  if (isReadOnly()) return;
  QTextCursor cursor = textCursor();
  const int begin = std::min(cursor.anchor(), cursor.position());
  const int end = std::max(cursor.anchor(), cursor.position());
  QTextBlock last = document()->findBlock(end);
  if (end > begin && last.position() == end) last = last.previous();  // the selection ends before this line
  std::vector<QTextBlock> lines;
  for (QTextBlock line = document()->findBlock(begin); line.isValid(); line = line.next()) {
    if (!line.text().trimmed().isEmpty() && line.text().trimmed() != u"---") lines.push_back(line);
    if (line == last) break;
  }
  const auto sign = [](const QTextBlock& line) {
    return ChartHighlighter::stateBefore(line) == scan_state::kFrontMatter ? QStringLiteral("#")
                                                                           : QStringLiteral("%%");
  };
  const bool all = std::all_of(lines.begin(), lines.end(), [&](const QTextBlock& line) {
    return line.text().trimmed().startsWith(sign(line));
  });
  QTextCursor edit(document());
  edit.beginEditBlock();
  for (const QTextBlock& line : lines) {
    const QString text = line.text();
    int indent = 0;
    while (text[indent].isSpace()) ++indent;
    edit.setPosition(line.position() + indent);
    if (!all) {
      edit.insertText(sign(line) + u' ');
      continue;
    }
    int length = static_cast<int>(sign(line).size());
    if (indent + length < text.size() && text[indent + length] == u' ') ++length;
    edit.setPosition(edit.position() + length, QTextCursor::KeepAnchor);
    edit.removeSelectedText();
  }
  edit.endEditBlock();
}

}  // namespace lodestone::pages
