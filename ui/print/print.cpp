// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/print/print.h"

#include <QBuffer>
#include <QFontMetricsF>
#include <QImage>
#include <QPageLayout>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QSvgRenderer>
#include <cmath>

#include "core/base/file.h"
#include "ui/print/flow.h"
#include "ui/print/qt_session.h"
#include "ui/print/search_text.h"

namespace lodestone::print {
namespace {

constexpr Text kPageOf{"Page {0} of {1}", "第 {0} 页，共 {1} 页"};
constexpr Text kDraft{"DRAFT", "草稿 DRAFT"};
constexpr Text kNotPainted{"The PDF {0} cannot be made: Qt could not begin to paint.",
                           "无法生成 PDF {0}：Qt 无法开始绘制。"};
constexpr Text kNoSvg{"{0} cannot be drawn: its SVG is not readable.", "无法绘制 {0}：其 SVG 无法读取。"};
constexpr Text kTooLarge{
    "The picture {0} would be {1} x {2} pixels; 20000 a side is the most. Choose a smaller scale.",
    "图片 {0} 将为 {1} x {2} 像素，每边最多 20000。请使用更小的比例。"};

constexpr int kResolution = 1200;
constexpr double kUnit = kResolution / 72.0;  // device units of a point
constexpr double kMargin = 18;                // millimetres
constexpr double kHeaderHeight = 22;          // points
constexpr double kFooterHeight = 26;
constexpr double kLargestSide = 20000;

QString fromUtf8(std::string_view text) {
  return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

bool startsWithTitle(const campaign::ReportDocument& report) {
  if (report.blocks.empty()) return false;
  const auto* heading = std::get_if<campaign::Heading>(&report.blocks.front());
  return heading != nullptr && heading->text == report.title;
}

/// The frame of each page: what stands above and below its body, and across it.
class Frame {
 public:
  Frame(const campaign::ReportDocument& report, const QRectF& area, QPaintDevice& device)
      : report_(report), area_(area), device_(device) {}

  void paint(QPainter& painter, std::size_t page, std::size_t pages) const {
    const QColor quiet(0x5b, 0x67, 0x75);
    const QColor rule(0xc9, 0xd1, 0xda);
    const QColor draft(0xb4, 0x53, 0x09);
    painter.setFont(reportFont(7.5));
    painter.setPen(quiet);
    const QRectF top(area_.left(), area_.top(), area_.width(), kHeaderHeight * kUnit * 0.6);
    double title_width = top.width();
    if (report_.draft) {
      painter.setFont(reportFont(8.5, QFont::Bold));
      painter.setPen(draft);
      painter.drawText(top, Qt::AlignRight | Qt::AlignVCenter, fromUtf8(kDraft.in(report_.language)));
      title_width *= 0.75;
      painter.setFont(reportFont(7.5));
      painter.setPen(quiet);
    }
    const QFontMetricsF metrics(reportFont(7.5), &device_);
    // The first page has the title in large letters.
    if (page > 1)
      painter.drawText(QRectF(top.left(), top.top(), title_width, top.height()),
                       Qt::AlignLeft | Qt::AlignVCenter,
                       metrics.elidedText(fromUtf8(report_.title), Qt::ElideRight, title_width));
    painter.fillRect(QRectF(area_.left(), top.bottom(), area_.width(), 0.6 * kUnit), rule);
    paintFoot(painter, page, pages, rule, quiet);
  }

  /// Behind the text, so that it stays readable.
  void paintMark(QPainter& painter) const {
    if (!report_.draft) return;
    painter.save();
    painter.translate(area_.center());
    painter.rotate(-52);
    painter.setFont(reportFont(110, QFont::Bold));
    painter.setPen(QColor(0xf9, 0xee, 0xe2));
    const double half = area_.height() / 2;
    painter.drawText(QRectF(-half, -half, 2 * half, 2 * half), Qt::AlignCenter, QStringLiteral("DRAFT"));
    painter.restore();
  }

 private:
  void paintFoot(QPainter& painter, std::size_t page, std::size_t pages, const QColor& rule,
                 const QColor& quiet) const {
    const double line = 9 * kUnit;
    const QRectF foot(area_.left(), area_.bottom() - 2 * line, area_.width(), 2 * line);
    painter.fillRect(QRectF(area_.left(), foot.top() - 3 * kUnit, area_.width(), 0.6 * kUnit), rule);
    painter.setPen(quiet);
    painter.setFont(reportFont(7));
    const QRectF first(foot.left(), foot.top(), foot.width(), line);
    painter.drawText(first, Qt::AlignLeft | Qt::AlignVCenter, fromUtf8(report_.made_at));
    painter.drawText(
        first, Qt::AlignRight | Qt::AlignVCenter,
        fromUtf8(fill(kPageOf, report_.language, {std::to_string(page), std::to_string(pages)})));
    painter.setFont(reportFont(6));
    painter.drawText(first.translated(0, line), Qt::AlignLeft | Qt::AlignVCenter,
                     fromUtf8("lodestone-audit-head:" + report_.audit_head));
  }

  const campaign::ReportDocument& report_;
  QRectF area_;
  QPaintDevice& device_;
};

}  // namespace

Result<> writePdf(const campaign::ReportDocument& report, const std::filesystem::path& file) {
  ensureQt();
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  {
    QPdfWriter writer(&buffer);
    writer.setResolution(kResolution);
    writer.setPageLayout(QPageLayout(QPageSize(QPageSize::A4), QPageLayout::Portrait,
                                     QMarginsF(kMargin, kMargin, kMargin, kMargin), QPageLayout::Millimeter));
    writer.setTitle(fromUtf8(report.title));
    writer.setCreator(QStringLiteral("Lodestone"));
    const QRectF area(0, 0, writer.width(), writer.height());
    Flow flow(writer, area.adjusted(0, kHeaderHeight * kUnit, 0, -kFooterHeight * kUnit), kUnit);
    if (!startsWithTitle(report))
      if (const auto put = flow.add(campaign::Heading{1, report.title}); !put) return forward(put);
    for (const campaign::Block& block : report.blocks)
      if (const auto put = flow.add(block); !put) return forward(put);
    const std::vector<Page> pages = flow.takePages();
    const Frame frame(report, area, writer);
    QPainter painter;
    if (!painter.begin(&writer))
      return fail(ErrorCode::Internal, kNotPainted, {file.string()}, {.file = file.string()});
    for (std::size_t i = 0; i < pages.size(); ++i) {
      if (i > 0) writer.newPage();
      frame.paintMark(painter);
      frame.paint(painter, i + 1, pages.size());
      for (const Drawing& draw : pages[i]) draw(painter);
    }
    painter.end();
  }
  mendSearchText(bytes);
  return writeFileAtomically(file, {bytes.constData(), static_cast<std::size_t>(bytes.size())});
}

Result<> writePng(std::string_view svg, const std::filesystem::path& file, const PngOptions& options) {
  ensureQt();
  QSvgRenderer renderer;
  if (!renderer.load(QByteArray::fromRawData(svg.data(), static_cast<qsizetype>(svg.size()))) ||
      renderer.defaultSize().isEmpty())
    return fail(ErrorCode::InvalidArgument, kNoSvg, {file.string()}, {.file = file.string()});
  const QSizeF natural = renderer.defaultSize();
  const QSizeF size = natural * (options.width > 0 ? options.width / natural.width() : options.scale);
  if (!(std::max(size.width(), size.height()) <= kLargestSide))
    return fail(ErrorCode::InvalidArgument, kTooLarge,
                {file.string(), formatGrouped(size.width(), 0), formatGrouped(size.height(), 0)},
                {.file = file.string()});
  QImage image(std::max(1, static_cast<int>(std::lround(size.width()))),
               std::max(1, static_cast<int>(std::lround(size.height()))), QImage::Format_RGB32);
  image.fill(Qt::white);
  QPainter painter(&image);
  painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
  renderer.render(&painter, QRectF(0, 0, image.width(), image.height()));
  painter.end();
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  image.save(&buffer, "PNG");
  return writeFileAtomically(file, {bytes.constData(), static_cast<std::size_t>(bytes.size())});
}

Result<> writeDrawingPdf(std::string_view svg, const std::filesystem::path& file) {
  ensureQt();
  QSvgRenderer renderer;
  if (!renderer.load(QByteArray::fromRawData(svg.data(), static_cast<qsizetype>(svg.size()))) ||
      renderer.defaultSize().isEmpty())
    return fail(ErrorCode::InvalidArgument, kNoSvg, {file.string()}, {.file = file.string()});
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  {
    QPdfWriter writer(&buffer);
    writer.setResolution(kResolution);
    writer.setPageSize(
        QPageSize(QSizeF(renderer.defaultSize()), QPageSize::Point, {}, QPageSize::ExactMatch));
    writer.setPageMargins({});
    writer.setTitle(QString::fromStdString(file.stem().string()));
    writer.setCreator(QStringLiteral("Lodestone"));
    QPainter painter;
    if (!painter.begin(&writer))
      return fail(ErrorCode::Internal, kNotPainted, {file.string()}, {.file = file.string()});
    renderer.render(&painter, QRectF(0, 0, writer.width(), writer.height()));
    painter.end();
  }
  return writeFileAtomically(file, {bytes.constData(), static_cast<std::size_t>(bytes.size())});
}

}  // namespace lodestone::print
