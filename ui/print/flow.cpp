// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/print/flow.h"

#include <QFontMetricsF>
#include <QSvgRenderer>
#include <QTextLayout>
#include <algorithm>
#include <cmath>
#include <memory>

namespace lodestone::print {
namespace {

constexpr Text kNoSvg{"The figure \"{0}\" of the report cannot be drawn: its SVG is not readable.",
                      "报告中的图“{0}”无法绘制：其 SVG 无法读取。"};

constexpr double kBody = 9.5;
constexpr double kSmall = 8;
constexpr double kCellPadding = 3;      // points
constexpr qsizetype kPlainFigure = 14;  // characters

const QColor kInk(0x1f, 0x29, 0x33);
const QColor kQuiet(0x5b, 0x67, 0x75);
const QColor kRule(0xc9, 0xd1, 0xda);
const QColor kHeaderFill(0xee, 0xf2, 0xf6);

QString fromUtf8(const std::string& text) {
  return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

struct NoticeColours {
  QColor edge;
  QColor fill;
};

NoticeColours coloursOf(campaign::Notice::Kind kind) {
  using Kind = campaign::Notice::Kind;
  switch (kind) {
    case Kind::Draft:
      return {QColor(0xb4, 0x53, 0x09), QColor(0xff, 0xf4, 0xe0)};
    case Kind::Ok:
      return {QColor(0x1b, 0x7f, 0x4b), QColor(0xe8, 0xf6, 0xee)};
    case Kind::Warning:
      return {QColor(0xb4, 0x8a, 0x00), QColor(0xff, 0xf9, 0xdb)};
    case Kind::Failure:
      return {QColor(0xb3, 0x26, 0x1e), QColor(0xfd, 0xec, 0xea)};
    case Kind::Info:
      return {QColor(0x1f, 0x5f, 0xa8), QColor(0xe9, 0xf2, 0xfc)};
  }
  return {kInk, Qt::white};
}

double heightOf(const QTextLayout& layout) {
  return layout.lineCount() == 0 ? 0 : layout.boundingRect().height();
}

Drawing drawText(std::shared_ptr<QTextLayout> layout, const QPointF& at, const QColor& colour) {
  return [layout = std::move(layout), at, colour](QPainter& painter) {
    painter.setPen(colour);
    layout->draw(&painter, at);
  };
}

Drawing fillBox(const QRectF& box, const QColor& colour) {
  return [box, colour](QPainter& painter) { painter.fillRect(box, colour); };
}

}  // namespace

QFont reportFont(double points, QFont::Weight weight) {
  QStringList families{QStringLiteral("DejaVu Sans")};
  for (const char* family : kChineseFamilies) families << QString::fromLatin1(family);
  families << QStringLiteral("sans-serif");
  QFont font(families);
  font.setPointSizeF(points);
  font.setWeight(weight);
  font.setHintingPreference(QFont::PreferNoHinting);
  return font;
}

struct Flow::Cell {
  std::shared_ptr<QTextLayout> text;
  double height = 0;
};

struct Flow::Columns {
  std::vector<double> widths;
  std::vector<bool> numeric;
};

Flow::Flow(QPaintDevice& device, const QRectF& body, double unit)
    : device_(device), body_(body), unit_(unit) {
  newPage();
}

void Flow::newPage() {
  pages_.emplace_back();
  y_ = body_.top();
}

void Flow::space(double points) {
  if (y_ > body_.top()) y_ += points * unit_;
}

void Flow::need(double height) {
  if (y_ > body_.top() && y_ + height > body_.bottom()) newPage();
}

std::shared_ptr<QTextLayout> Flow::layOut(const QString& text, const QFont& font, double width,
                                          Qt::Alignment alignment) const {
  QString lines = text;
  lines.replace(QLatin1Char('\n'), QChar::LineSeparator);
  auto layout = std::make_shared<QTextLayout>(lines, font, &device_);
  QTextOption option(alignment);
  option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
  layout->setTextOption(option);
  layout->beginLayout();
  double height = 0;
  while (true) {
    QTextLine line = layout->createLine();
    if (!line.isValid()) break;
    line.setLineWidth(width);
    line.setPosition({0, height});
    height += line.height() * 1.12;
  }
  layout->endLayout();
  return layout;
}

Result<> Flow::add(const campaign::Block& block) {
  return std::visit([this](const auto& content) { return put(content); }, block);
}

void Flow::putText(const QString& text, const QFont& font, const QColor& colour, double keep_with_next) {
  const auto layout = layOut(text, font, body_.width(), Qt::AlignLeft);
  const double height = heightOf(*layout);
  if (height + keep_with_next <= body_.height()) need(height + keep_with_next);
  // What is longer than a page goes on line by line on the next ones.
  double page_offset = y_;
  int first = 0;
  const auto flush = [&](int end) {
    if (end == first) return;
    pages_.back().push_back(
        [layout, from = first, end, x = body_.left(), y = page_offset, colour](QPainter& painter) {
          painter.setPen(colour);
          for (int i = from; i < end; ++i) layout->lineAt(i).draw(&painter, {x, y});
        });
    first = end;
  };
  for (int i = 0; i < layout->lineCount(); ++i) {
    const QTextLine line = layout->lineAt(i);
    if (page_offset + line.y() + line.height() > body_.bottom() && i > first) {
      flush(i);
      newPage();
      page_offset = y_ - line.y();
    }
  }
  flush(layout->lineCount());
  y_ = page_offset + height;
}

Result<> Flow::put(const campaign::Heading& heading) {
  constexpr double kSizes[] = {17, 13, 10.5};
  const int level = std::clamp(heading.level, 1, 3);
  space(level == 1 ? 14 : level == 2 ? 11 : 8);
  putText(fromUtf8(heading.text), reportFont(kSizes[level - 1], QFont::DemiBold), kInk, 60 * unit_);
  space(level == 3 ? 2 : 4);
  return {};
}

Result<> Flow::put(const campaign::Paragraph& paragraph) {
  putText(fromUtf8(paragraph.text), reportFont(kBody), kInk, 0);
  space(6);
  return {};
}

Result<> Flow::put(const campaign::Notice& notice) {
  const NoticeColours colours = coloursOf(notice.kind);
  const double padding = 6 * unit_;
  const auto weight = notice.kind == campaign::Notice::Kind::Draft ? QFont::DemiBold : QFont::Normal;
  const auto layout =
      layOut(fromUtf8(notice.text), reportFont(kBody, weight), body_.width() - 3 * padding, Qt::AlignLeft);
  const double height = heightOf(*layout) + 2 * padding;
  need(height);
  const QRectF box(body_.left(), y_, body_.width(), height);
  Page& page = pages_.back();
  page.push_back(fillBox(box, colours.fill));
  page.push_back(fillBox({box.left(), box.top(), 3 * unit_, box.height()}, colours.edge));
  page.push_back(drawText(layout, {box.left() + 2 * padding, box.top() + padding}, kInk));
  y_ += height;
  space(6);
  return {};
}

Flow::Columns Flow::columnsOf(const campaign::Table& table) const {
  const std::size_t count = table.header.size();
  Columns columns;
  columns.numeric.assign(count, false);
  for (std::size_t c = 0; c < count && c < table.numeric.size(); ++c) columns.numeric[c] = table.numeric[c];
  const QFontMetricsF bold(reportFont(kSmall, QFont::DemiBold), &device_);
  const QFontMetricsF normal(reportFont(kSmall), &device_);
  const double padding = 2 * kCellPadding * unit_;
  std::vector<double> wanted(count);
  std::vector<double> least(count);
  const auto widest_word = [](const QString& text, const QFontMetricsF& metrics) {
    double widest = 0;
    for (const QString& word : text.split(QLatin1Char(' ')))
      widest = std::max(widest, metrics.horizontalAdvance(word));
    return widest;
  };
  for (std::size_t c = 0; c < count; ++c) {
    const QString title = fromUtf8(table.header[c]);
    wanted[c] = bold.horizontalAdvance(title);
    least[c] = widest_word(title, bold);
    for (const auto& row : table.rows) {
      if (c >= row.size()) continue;
      const QString text = fromUtf8(row[c]);
      wanted[c] = std::max(wanted[c], normal.horizontalAdvance(text));
      // A plain figure stays on one line; a figure with its interval may be broken between words.
      const bool whole = columns.numeric[c] && text.size() <= kPlainFigure;
      least[c] = std::max(least[c], whole ? normal.horizontalAdvance(text) : widest_word(text, normal));
    }
    const double longest_least = body_.width() * 0.3;  // a longer word is broken
    wanted[c] += padding + unit_;
    least[c] = std::min(least[c], longest_least) + padding + unit_;
  }
  double total = 0;
  double total_least = 0;
  for (std::size_t c = 0; c < count; ++c) {
    wanted[c] = std::max(wanted[c], least[c]);
    total += wanted[c];
    total_least += least[c];
  }
  // Each column gets what its longest word needs and its share of the rest; when all fits, what it wants.
  for (std::size_t c = 0; c < count; ++c) {
    if (total <= body_.width()) {
      columns.widths.push_back(wanted[c] * (total > body_.width() * 0.6 ? body_.width() / total : 1));
    } else if (total_least < body_.width()) {
      const double share = (wanted[c] - least[c]) / (total - total_least);
      columns.widths.push_back(least[c] + share * (body_.width() - total_least));
    } else {
      columns.widths.push_back(least[c] * body_.width() / total_least);
    }
  }
  return columns;
}

std::vector<Flow::Cell> Flow::rowOf(const std::vector<std::string>& texts, const Columns& columns,
                                    const QFont& font) const {
  std::vector<Cell> row(columns.widths.size());
  for (std::size_t c = 0; c < row.size(); ++c) {
    const double width = std::max(unit_, columns.widths[c] - 2 * kCellPadding * unit_);
    row[c].text = layOut(c < texts.size() ? fromUtf8(texts[c]) : QString(), font, width,
                         columns.numeric[c] ? Qt::AlignRight : Qt::AlignLeft);
    row[c].height = heightOf(*row[c].text);
  }
  return row;
}

namespace {

template <class Cells>
double rowHeight(const Cells& row, double unit) {
  double height = 0;
  for (const auto& cell : row) height = std::max(height, cell.height);
  return height + 2 * kCellPadding * unit;
}

}  // namespace

void Flow::putRow(const std::vector<Cell>& row, const Columns& columns, bool header) {
  const double height = rowHeight(row, unit_);
  double width = 0;
  for (const double column : columns.widths) width += column;
  Page& page = pages_.back();
  if (header) page.push_back(fillBox({body_.left(), y_, width, height}, kHeaderFill));
  double x = body_.left();
  for (std::size_t c = 0; c < row.size(); ++c) {
    page.push_back(drawText(row[c].text, {x + kCellPadding * unit_, y_ + kCellPadding * unit_}, kInk));
    x += columns.widths[c];
  }
  y_ += height;
  page.push_back(fillBox({body_.left(), y_, width, 0.6 * unit_}, kRule));
}

Result<> Flow::put(const campaign::Table& table) {
  if (table.header.empty()) return {};
  const Columns columns = columnsOf(table);
  const auto header = rowOf(table.header, columns, reportFont(kSmall, QFont::DemiBold));
  const QFont font = reportFont(kSmall);
  bool header_there = false;
  for (const auto& texts : table.rows) {
    const auto row = rowOf(texts, columns, font);
    const double height = rowHeight(row, unit_) + (header_there ? 0 : rowHeight(header, unit_));
    const std::size_t page = pages_.size();
    need(height);
    if (!header_there || pages_.size() != page) putRow(header, columns, true);
    header_there = true;
    putRow(row, columns, false);
  }
  if (!header_there) {
    need(rowHeight(header, unit_));
    putRow(header, columns, true);
  }
  space(9);
  return {};
}

Result<> Flow::put(const campaign::Figure& figure) {
  const auto renderer = std::make_shared<QSvgRenderer>();
  if (!renderer->load(QByteArray::fromRawData(figure.svg.data(), static_cast<qsizetype>(figure.svg.size()))))
    return fail(ErrorCode::InvalidArgument, kNoSvg, {figure.title});
  renderer->setAspectRatioMode(Qt::KeepAspectRatio);
  const auto title =
      layOut(fromUtf8(figure.title), reportFont(kBody, QFont::DemiBold), body_.width(), Qt::AlignLeft);
  const auto summary = layOut(fromUtf8(figure.summary), reportFont(kSmall), body_.width(), Qt::AlignLeft);
  const double gap = 4 * unit_;
  const double words = heightOf(*title) + heightOf(*summary) + 3 * gap;
  QSizeF size = renderer->defaultSize();
  if (size.isEmpty()) size = {4, 3};
  // A CSS pixel is three quarters of a point; a figure may shrink, and grows at most by a quarter.
  const double room = std::min(body_.height() - words, body_.height() * 0.62);
  const double scale = std::min({body_.width() / size.width(), room / size.height(), 0.75 * 1.25 * unit_});
  size *= scale;
  need(words + size.height());
  Page& page = pages_.back();
  page.push_back(drawText(title, {body_.left(), y_}, kInk));
  y_ += heightOf(*title) + gap;
  const QRectF box(body_.left() + (body_.width() - size.width()) / 2, y_, size.width(), size.height());
  page.push_back([renderer, box](QPainter& painter) { renderer->render(&painter, box); });
  y_ += size.height() + gap;
  page.push_back(drawText(summary, {body_.left(), y_}, kQuiet));
  y_ += heightOf(*summary) + gap;
  space(6);
  return {};
}

}  // namespace lodestone::print
