// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/review/document_writer.h"

#include <QTextBlock>
#include <QTextDocument>
#include <QTextTable>
#include <algorithm>

#include "ui/pages/review/figure_object.h"
#include "ui/theme/theme.h"
#include "ui/words/words.h"

namespace lodestone::pages {

using theme::Role;

namespace {

constexpr int kLineHeight = 128;  // per cent
constexpr int kManyColumns = 5;   // from there on a table is set smaller
constexpr int kIconSize = 16;

struct NoticeLook {
  QString icon;
  QColor colour;
};

NoticeLook lookOf(campaign::Notice::Kind kind) {
  using Kind = campaign::Notice::Kind;
  const theme::Tokens& tokens = theme::tokens();
  switch (kind) {
    case Kind::Ok:
      return {"ok", tokens.ok};
    case Kind::Warning:
      return {"warning", tokens.warn};
    case Kind::Failure:
      return {"error", tokens.fail};
    case Kind::Draft:
      return {"draft", tokens.warn};
    case Kind::Info:
      break;
  }
  return {"info", tokens.info};
}

QColor tint(QColor colour, double share) {
  colour.setAlphaF(static_cast<float>(share));
  return colour;
}

QTextCharFormat characters(Role role, const QColor& colour, QFont::Weight weight = QFont::Normal) {
  QTextCharFormat format;
  QFont font = theme::font(role);
  if (role == Role::Body || role == Role::Caption) font.setWeight(weight);
  format.setFont(font);
  format.setForeground(colour);
  return format;
}

/// Where two texts differ: what is left of each without their common beginning and end, widened to whole
/// words.
struct Span {
  qsizetype begin = 0;
  qsizetype end = 0;
};

/// Letters and digits, and a point or comma inside a number. Chinese has no gaps between words: each letter
/// stands alone.
bool insideWord(const QString& text, qsizetype at) {
  constexpr char16_t kFirstWide = 0x2E80;
  const QChar c = text[at];
  if (c == '.' || c == ',')
    return at > 0 && at + 1 < text.size() && text[at - 1].isDigit() && text[at + 1].isDigit();
  return c.isLetterOrNumber() && c.unicode() < kFirstWide;
}

std::pair<Span, Span> differingParts(const QString& before, const QString& after) {
  const qsizetype shorter = std::min(before.size(), after.size());
  qsizetype head = 0;
  while (head < shorter && before[head] == after[head]) ++head;
  while (head > 0 && insideWord(before, head - 1)) --head;
  qsizetype tail = 0;
  while (tail < shorter - head && before[before.size() - 1 - tail] == after[after.size() - 1 - tail]) ++tail;
  while (tail > 0 && insideWord(before, before.size() - tail)) --tail;
  return {{head, before.size() - tail}, {head, after.size() - tail}};
}

void setBottomLine(QTextTable& table, int row, const QColor& colour) {
  for (int column = 0; column < table.columns(); ++column) {
    QTextTableCell cell = table.cellAt(row, column);
    QTextTableCellFormat format = cell.format().toTableCellFormat();
    format.setBottomBorder(1);
    format.setBottomBorderBrush(colour);
    format.setBottomBorderStyle(QTextFrameFormat::BorderStyle_Solid);
    cell.setFormat(format);
  }
}

void fillCell(QTextTableCell cell, const QColor& colour) {
  QTextCharFormat format = cell.format();
  format.setBackground(colour);
  cell.setFormat(format);
}

QString line(QString text) {
  return text.replace('\n', QChar::LineSeparator);
}

}  // namespace

DocumentWriter::DocumentWriter(QTextDocument& document) : document_(document), cursor_(&document) {
  document_.clear();
  document_.setDefaultFont(theme::font(Role::Body));
  document_.setDocumentMargin(0);
  cursor_ = QTextCursor(&document_);
}

void DocumentWriter::nextBlock(double space_above, double space_below) {
  QTextBlockFormat format;
  format.setTopMargin(begun_ ? space_above : 0);
  format.setBottomMargin(space_below);
  format.setLineHeight(kLineHeight, QTextBlockFormat::ProportionalHeight);
  cursor_.movePosition(QTextCursor::End);
  if (begun_)
    cursor_.insertBlock(format);
  else
    cursor_.setBlockFormat(format);
  begun_ = true;
}

void DocumentWriter::add(const campaign::Block& block) {
  if (const auto* made = std::get_if<campaign::Heading>(&block))
    heading(made->level, words::toQt(made->text));
  else if (const auto* text = std::get_if<campaign::Paragraph>(&block))
    paragraph(words::toQt(text->text));
  else if (const auto* note = std::get_if<campaign::Notice>(&block))
    notice(note->kind, words::toQt(note->text));
  else if (const auto* rows = std::get_if<campaign::Table>(&block))
    table(*rows);
  else if (const auto* picture = std::get_if<campaign::Figure>(&block))
    figure(*picture);
}

void DocumentWriter::heading(int level, const QString& text) {
  const Role role = level == 1 ? Role::Page : level == 2 ? Role::Section : Role::Body;
  nextBlock(level == 3 ? theme::kSpace4 : theme::kSpace5, theme::kSpace2);
  QTextBlockFormat format = cursor_.blockFormat();
  format.setHeadingLevel(level);
  cursor_.setBlockFormat(format);
  cursor_.insertText(text, characters(role, theme::tokens().text, QFont::DemiBold));
}

void DocumentWriter::paragraph(const QString& text) {
  nextBlock(theme::kSpace1, theme::kSpace2);
  cursor_.insertText(line(text), characters(Role::Body, theme::tokens().text));
}

QTextTable* DocumentWriter::insertTable(int rows, int columns) {
  cursor_.movePosition(QTextCursor::End);
  // Qt keeps an empty line behind each table: a thin one, which is the space between two of them.
  QTextBlockFormat thin;
  thin.setLineHeight(theme::kSpace2, QTextBlockFormat::FixedHeight);
  if (begun_)
    cursor_.insertBlock(thin);
  else
    cursor_.setBlockFormat(thin);
  begun_ = true;
  QTextTableFormat format;
  format.setBorder(0);
  format.setCellSpacing(0);
  format.setCellPadding(6);
  format.setWidth(QTextLength(QTextLength::PercentageLength, 100));
  QTextTable* table = cursor_.insertTable(rows, columns, format);
  cursor_.movePosition(QTextCursor::End);
  cursor_.setBlockFormat(thin);
  return table;
}

void DocumentWriter::writeCell(const QTextTableCell& cell, const QString& text, const QTextCharFormat& format,
                               Qt::Alignment alignment) {
  QTextCursor inside = cell.firstCursorPosition();
  QTextBlockFormat block;
  block.setAlignment(alignment);
  block.setLineHeight(kLineHeight - 8, QTextBlockFormat::ProportionalHeight);
  inside.setBlockFormat(block);
  inside.insertText(line(text), format);
}

void DocumentWriter::notice(campaign::Notice::Kind kind, const QString& text) {
  const NoticeLook look = lookOf(kind);
  QTextTable* made = insertTable(1, 2);
  QTextTableFormat format = made->format();
  format.setBottomMargin(theme::kSpace1);
  format.setColumnWidthConstraints({QTextLength(QTextLength::FixedLength, kIconSize + theme::kSpace2),
                                    QTextLength(QTextLength::VariableLength, 0)});
  made->setFormat(format);
  for (int column = 0; column < 2; ++column) fillCell(made->cellAt(0, column), tint(look.colour, 0.08));
  const QString name = "icon:" + look.icon + look.colour.name();
  constexpr qreal kRatio = 3;  // drawn smaller, sharp on dense screens
  document_.addResource(QTextDocument::ImageResource, QUrl(name),
                        theme::pixmap(look.icon, look.colour, kIconSize, kRatio).toImage());
  QTextImageFormat image;
  image.setName(name);
  image.setWidth(kIconSize);
  image.setHeight(kIconSize);
  made->cellAt(0, 0).firstCursorPosition().insertImage(image);
  writeCell(made->cellAt(0, 1), text, characters(Role::Body, theme::tokens().text), Qt::AlignLeft);
}

void DocumentWriter::table(const campaign::Table& content) {
  const int columns = static_cast<int>(content.header.size());
  if (columns == 0) return;
  QTextTable* made = insertTable(static_cast<int>(content.rows.size()) + 1, columns);
  QTextTableFormat whole = made->format();
  whole.setHeaderRowCount(1);
  if (columns == 2)
    whole.setColumnWidthConstraints(
        {QTextLength(QTextLength::PercentageLength, 26), QTextLength(QTextLength::PercentageLength, 74)});
  made->setFormat(whole);
  const theme::Tokens& tokens = theme::tokens();
  const Role role = columns > kManyColumns ? Role::Caption : Role::Body;
  const auto alignment = [&](int column) {
    const bool numeric = static_cast<std::size_t>(column) < content.numeric.size() &&
                         content.numeric[static_cast<std::size_t>(column)];
    return numeric ? Qt::AlignRight : Qt::AlignLeft;
  };
  for (int column = 0; column < columns; ++column)
    writeCell(made->cellAt(0, column), words::toQt(content.header[static_cast<std::size_t>(column)]),
              characters(Role::Caption, tokens.text2, QFont::DemiBold), alignment(column));
  setBottomLine(*made, 0, tokens.line);
  for (int row = 0; row < static_cast<int>(content.rows.size()); ++row) {
    const auto& cells = content.rows[static_cast<std::size_t>(row)];
    for (int column = 0; column < std::min(columns, static_cast<int>(cells.size())); ++column)
      writeCell(made->cellAt(row + 1, column), words::toQt(cells[static_cast<std::size_t>(column)]),
                characters(role, columns == 2 && column == 0 ? tokens.text2 : tokens.text),
                alignment(column));
    setBottomLine(*made, row + 1, tokens.line);
  }
}

void DocumentWriter::figure(const campaign::Figure& content) {
  nextBlock(theme::kSpace4, theme::kSpace1);
  cursor_.insertText(words::toQt(content.title),
                     characters(Role::Body, theme::tokens().text, QFont::DemiBold));
  nextBlock(0, 0);
  QTextBlockFormat plain = cursor_.blockFormat();
  plain.setLineHeight(0, QTextBlockFormat::SingleHeight);
  cursor_.setBlockFormat(plain);
  FigureObject::insert(cursor_, content.svg);
  if (content.summary.empty()) return;
  nextBlock(theme::kSpace1, theme::kSpace3);
  cursor_.insertText(line(words::toQt(content.summary)), characters(Role::Caption, theme::tokens().text2));
}

void DocumentWriter::comparison(const QString& before_title, const QString& after_title,
                                const QString& field_title, const std::vector<ComparedRow>& rows) {
  QTextTable* made = insertTable(static_cast<int>(rows.size()) + 1, 3);
  QTextTableFormat whole = made->format();
  whole.setHeaderRowCount(1);
  whole.setColumnWidthConstraints({QTextLength(QTextLength::PercentageLength, 24),
                                   QTextLength(QTextLength::PercentageLength, 38),
                                   QTextLength(QTextLength::PercentageLength, 38)});
  made->setFormat(whole);
  const theme::Tokens& tokens = theme::tokens();
  const auto head = characters(Role::Caption, tokens.text2, QFont::DemiBold);
  writeCell(made->cellAt(0, 0), field_title, head, Qt::AlignLeft);
  writeCell(made->cellAt(0, 1), before_title, head, Qt::AlignLeft);
  writeCell(made->cellAt(0, 2), after_title, head, Qt::AlignLeft);
  setBottomLine(*made, 0, tokens.line);
  const auto plain = characters(Role::Body, tokens.text);
  QTextCharFormat marked = characters(Role::Body, tokens.text, QFont::DemiBold);
  marked.setFontUnderline(true);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const ComparedRow& row = rows[i];
    const int at = static_cast<int>(i) + 1;
    setBottomLine(*made, at, tokens.line);
    writeCell(made->cellAt(at, 0), row.name, characters(Role::Body, tokens.text2), Qt::AlignLeft);
    const auto [was, is] = differingParts(row.before, row.after);
    const auto side = [&](int column, const QString& text, const Span& span) {
      const QTextTableCell cell = made->cellAt(at, column);
      const bool whole_text = row.word.isEmpty() || row.before.isEmpty() || row.after.isEmpty();
      writeCell(cell, whole_text ? text : text.left(span.begin), plain, Qt::AlignLeft);
      if (whole_text) return;
      QTextCursor end = cell.lastCursorPosition();
      end.insertText(line(text.mid(span.begin, span.end - span.begin)), marked);
      end.insertText(line(text.mid(span.end)), plain);
    };
    side(1, row.before.isEmpty() ? QStringLiteral("–") : row.before, was);
    side(2, row.after.isEmpty() ? QStringLiteral("–") : row.after, is);
    if (row.word.isEmpty()) continue;
    QTextCursor name = made->cellAt(at, 0).lastCursorPosition();
    name.insertText(QString(QChar::LineSeparator) + row.word,
                    characters(Role::Caption, tokens.warn, QFont::DemiBold));
    for (int column = 0; column < 3; ++column) fillCell(made->cellAt(at, column), tint(tokens.warn, 0.08));
  }
}

}  // namespace lodestone::pages
