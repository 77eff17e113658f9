// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/print/flow.h"

#include <QFontMetricsF>
#include <QSvgRenderer>
#include <QTextLayout>
#include <algorithm>
#include <cmath>
#include <memory>
#include <type_traits>
#include <utility>

namespace lodestone::print {
namespace {

constexpr Text kNoSvg{"The figure \"{0}\" of the report cannot be drawn: its SVG is not readable.",
                      "报告中的图“{0}”无法绘制：其 SVG 无法读取。"};

constexpr double kBody = 9;
constexpr double kSmall = 8;
constexpr double kTableSizes[] = {8, 7.5, 7, 6.5, 6};  // points; the largest at which every word fits
constexpr double kCellPadding = 2.5;                   // points
constexpr qsizetype kPlainFigure = 22;                 // characters
constexpr double kNarrowFigure = 600;                  // CSS pixels; two such stand side by side
constexpr double kShortTable = 0.22;                   // of a page: kept whole
constexpr double kColumnGap = 16;                      // points
constexpr double kNameColumn = 0.38;                   // of the width of a page
constexpr char16_t kFirstWide = 0x2E80;

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

struct Flow::Picture {
  std::shared_ptr<QSvgRenderer> renderer;
  std::shared_ptr<QTextLayout> title;
  std::shared_ptr<QTextLayout> summary;
  QSizeF size;
  double width = 0;  ///< of the column in which it stands
};

struct Flow::Columns {
  std::vector<double> widths;
  std::vector<bool> numeric;
  bool fits = true;  ///< no word has to be broken
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
  if (!std::holds_alternative<campaign::Figure>(block)) putPictures();
  if (const auto* heading = std::get_if<campaign::Heading>(&block)) {
    headings_.push_back(*heading);
    return {};
  }
  return std::visit(
      [this](const auto& content) -> Result<> {
        if constexpr (std::is_same_v<std::decay_t<decltype(content)>, campaign::Heading>)
          return {};
        else
          return put(content);
      },
      block);
}

std::vector<Page> Flow::takePages() {
  putPictures();
  putHeadings(0);
  return std::move(pages_);
}

void Flow::putText(const QString& text, const QFont& font, const QColor& colour) {
  const auto layout = layOut(text, font, body_.width(), Qt::AlignLeft);
  const double height = heightOf(*layout);
  if (height <= body_.height()) need(height);
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

namespace {

struct HeadingShape {
  double points;
  double above;
  double below;
};

HeadingShape shapeOf(const campaign::Heading& heading) {
  constexpr HeadingShape kShapes[] = {{22, 14, 8}, {13, 14, 4}, {10, 7, 2}};
  return kShapes[std::clamp(heading.level, 1, 3) - 1];
}

}  // namespace

void Flow::putHeadings(double next) {
  const std::vector<campaign::Heading> headings = std::exchange(headings_, {});
  double height = next;
  for (const campaign::Heading& heading : headings) {
    const HeadingShape shape = shapeOf(heading);
    const auto layout = layOut(fromUtf8(heading.text), reportFont(shape.points, QFont::DemiBold),
                               body_.width(), Qt::AlignLeft);
    height += heightOf(*layout) + (shape.above + shape.below) * unit_;
  }
  if (height <= body_.height()) need(height);
  for (const campaign::Heading& heading : headings) {
    const HeadingShape shape = shapeOf(heading);
    space(shape.above);
    putText(fromUtf8(heading.text), reportFont(shape.points, QFont::DemiBold), kInk);
    space(shape.below);
  }
}

Result<> Flow::put(const campaign::Paragraph& paragraph) {
  const double two_lines = 2.6 * kBody * unit_;
  putHeadings(two_lines);
  putText(fromUtf8(paragraph.text), reportFont(kBody), kInk);
  space(5);
  return {};
}

Result<> Flow::put(const campaign::Notice& notice) {
  // The word that nobody may overlook stands large; checks come by the half dozen.
  const bool draft = notice.kind == campaign::Notice::Kind::Draft;
  const NoticeColours colours = coloursOf(notice.kind);
  const double padding = (draft ? 6 : 3) * unit_;
  const double left = 10 * unit_;
  const QFont font = draft ? reportFont(kBody, QFont::DemiBold) : reportFont(kSmall);
  const auto layout = layOut(fromUtf8(notice.text), font, body_.width() - 1.6 * left, Qt::AlignLeft);
  const double height = heightOf(*layout) + 2 * padding;
  putHeadings(height);
  need(height);
  const QRectF box(body_.left(), y_, body_.width(), height);
  Page& page = pages_.back();
  page.push_back(fillBox(box, colours.fill));
  page.push_back(fillBox({box.left(), box.top(), 3 * unit_, box.height()}, colours.edge));
  page.push_back(drawText(layout, {box.left() + left, box.top() + padding}, kInk));
  y_ += height;
  space(draft ? 6 : 2.5);
  return {};
}

namespace {

/// How wide the widest word is. A line of Chinese may be broken anywhere, so a few characters count.
double widestWord(const QString& text, const QFontMetricsF& metrics) {
  double widest = 0;
  for (const QString& line : text.split(QLatin1Char('\n')))
    for (const QString& word : line.split(QLatin1Char(' '))) {
      const bool breakable = word.size() > 6 && std::any_of(word.begin(), word.end(), [](QChar character) {
                               return character.unicode() >= kFirstWide;
                             });
      widest = std::max(widest, metrics.horizontalAdvance(breakable ? word.left(6) : word));
    }
  return widest;
}

double widestLine(const QString& text, const QFontMetricsF& metrics) {
  double widest = 0;
  for (const QString& line : text.split(QLatin1Char('\n')))
    widest = std::max(widest, metrics.horizontalAdvance(line));
  return widest;
}

bool isPlainFigure(const QString& text) {
  const auto lines = text.split(QLatin1Char('\n'));
  return std::all_of(lines.begin(), lines.end(),
                     [](const QString& line) { return line.size() <= kPlainFigure; });
}

}  // namespace

Flow::Columns Flow::columnsOf(const campaign::Table& table, double points) const {
  const std::size_t count = table.header.size();
  Columns columns;
  columns.numeric.assign(count, false);
  for (std::size_t c = 0; c < count && c < table.numeric.size(); ++c) columns.numeric[c] = table.numeric[c];
  const QFontMetricsF bold(reportFont(points, QFont::DemiBold), &device_);
  const QFontMetricsF normal(reportFont(points), &device_);
  const double padding = 2 * kCellPadding * unit_;
  std::vector<double> wanted(count);
  std::vector<double> least(count);
  for (std::size_t c = 0; c < count; ++c) {
    const QString title = fromUtf8(table.header[c]);
    wanted[c] = widestLine(title, bold);
    least[c] = widestWord(title, bold);
    for (const auto& row : table.rows) {
      if (c >= row.size()) continue;
      const QString text = fromUtf8(row[c]);
      wanted[c] = std::max(wanted[c], widestLine(text, normal));
      const bool whole = columns.numeric[c] && isPlainFigure(text);
      least[c] = std::max(least[c], whole ? widestLine(text, normal) : widestWord(text, normal));
    }
    // The first column names the row: in one line where that is not much to ask.
    if (c == 0 && !columns.numeric[c] && wanted[c] <= kNameColumn * body_.width()) least[c] = wanted[c];
    const double longest_least = body_.width() * kNameColumn;  // a longer word is broken
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
  columns.fits = total_least <= body_.width();
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
  Columns columns;
  double points = 0;
  for (const double size : kTableSizes) {
    points = size;
    columns = columnsOf(table, points);
    if (columns.fits) break;
  }
  const auto header = rowOf(table.header, columns, reportFont(points, QFont::DemiBold));
  const double header_height = rowHeight(header, unit_);
  std::vector<std::vector<Cell>> rows;
  std::vector<double> heights;
  double whole = header_height;
  double lead = header_height;
  for (const auto& texts : table.rows) {
    rows.push_back(rowOf(texts, columns, reportFont(points)));
    heights.push_back(rowHeight(rows.back(), unit_));
    whole += heights.back();
    if (rows.size() <= 2) lead += heights.back();
  }
  if (whole <= kShortTable * body_.height()) lead = whole;
  putHeadings(lead);
  need(lead);
  putRow(header, columns, true);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::size_t page = pages_.size();
    need(heights[i]);
    if (pages_.size() != page) putRow(header, columns, true);
    putRow(rows[i], columns, false);
  }
  space(7);
  return {};
}

Result<> Flow::put(const campaign::Figure& figure) {
  auto picture = std::make_shared<Picture>();
  picture->renderer = std::make_shared<QSvgRenderer>();
  if (!picture->renderer->load(
          QByteArray::fromRawData(figure.svg.data(), static_cast<qsizetype>(figure.svg.size()))))
    return fail(ErrorCode::InvalidArgument, kNoSvg, {figure.title});
  picture->renderer->setAspectRatioMode(Qt::KeepAspectRatio);
  QSizeF size = picture->renderer->defaultSize();
  if (size.isEmpty()) size = {4, 3};
  const bool narrow = size.width() <= kNarrowFigure;
  if (!narrow) putPictures();
  picture->width = narrow ? (body_.width() - kColumnGap * unit_) / 2 : body_.width();
  picture->title =
      layOut(fromUtf8(figure.title), reportFont(kBody, QFont::DemiBold), picture->width, Qt::AlignLeft);
  picture->summary = layOut(fromUtf8(figure.summary), reportFont(kSmall), picture->width, Qt::AlignLeft);
  // A CSS pixel is three quarters of a point; a figure may shrink, and grows at most by a quarter.
  const double room = body_.height() * 0.62;
  size *= std::min({picture->width / size.width(), room / size.height(), 0.75 * 1.25 * unit_});
  picture->size = size;
  pictures_.push_back(std::move(picture));
  if (!narrow || pictures_.size() == 2) putPictures();
  return {};
}

void Flow::putPictures() {
  const auto pictures = std::exchange(pictures_, {});
  if (pictures.empty()) return;
  double title = 0;
  double drawing = 0;
  double summary = 0;
  for (const auto& picture : pictures) {
    title = std::max(title, heightOf(*picture->title));
    drawing = std::max(drawing, picture->size.height());
    summary = std::max(summary, heightOf(*picture->summary));
  }
  const double gap = 3 * unit_;
  const double height = title + drawing + summary + 2 * gap;
  putHeadings(height);
  need(height);
  Page& page = pages_.back();
  double x = body_.left();
  for (const auto& picture : pictures) {
    page.push_back(drawText(picture->title, {x, y_}, kInk));
    const QRectF box({x + (picture->width - picture->size.width()) / 2, y_ + title + gap}, picture->size);
    page.push_back(
        [renderer = picture->renderer, box](QPainter& painter) { renderer->render(&painter, box); });
    page.push_back(drawText(picture->summary, {x, box.top() + drawing + gap}, kQuiet));
    x += picture->width + kColumnGap * unit_;
  }
  y_ += height;
  space(9);
}

}  // namespace lodestone::print
