// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/confusion_view.h"

#include <QPainter>
#include <algorithm>

#include "ui/charts/figures.h"
#include "ui/theme/theme.h"
#include "ui/words/words.h"

namespace lodestone::charts {
namespace {

constexpr double kPalest = 0.06;
constexpr double kDarkest = 0.72;

double shareOf(const ConfusionCell& cell) {
  return cell.of > 0 ? static_cast<double>(cell.count) / static_cast<double>(cell.of) : 0;
}

}  // namespace

ConfusionView::ConfusionView(QWidget* parent) : QWidget(parent) {
  setObjectName("chartConfusion");
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void ConfusionView::set(const std::array<ConfusionCell, 4>& cells, const Words& words) {
  cells_ = cells;
  words_ = words;
  updateGeometry();
  update();
}

QSize ConfusionView::minimumSizeHint() const {
  const QFontMetrics caption(theme::font(theme::Role::Caption));
  const QFontMetrics section(theme::font(theme::Role::Section));
  return {260, 2 * (section.height() + 2 * caption.height() + theme::kSpace2) + 2 * caption.height() +
                   theme::kSpace3};
}

void ConfusionView::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  paint(painter, size());
}

void ConfusionView::paint(QPainter& painter, const QSize& size) const {
  const theme::Tokens& tokens = theme::tokens();
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  QFont plain = theme::font(theme::Role::Caption);
  QFont bold = plain;
  bold.setWeight(QFont::DemiBold);
  const QFontMetrics metrics(bold);
  const int line = metrics.height();
  int side = metrics.horizontalAdvance(words_.happened);
  for (const QString& word : {words_.positive, words_.negative})
    side = std::max(side, metrics.horizontalAdvance(word));
  side = std::min(side + theme::kSpace3, size.width() / 3);
  const int head = 2 * line + theme::kSpace2;
  const double gap = 2;
  // Wider than that it falls apart.
  const double width = std::min((size.width() - side - gap) / 2.0, 280.0);
  const double height = std::clamp((size.height() - head - gap) / 2.0, 20.0, 150.0);
  const auto write = [&](const QRectF& place, int alignment, const QString& text, const QFont& font,
                         const QColor& colour) {
    painter.setFont(font);
    painter.setPen(colour);
    painter.drawText(place, alignment,
                     QFontMetrics(font).elidedText(text, Qt::ElideRight, static_cast<int>(place.width())));
  };
  write({0, line + 0.0, side + 0.0, line + 0.0}, Qt::AlignLeft | Qt::AlignVCenter, words_.happened, plain,
        tokens.text2);
  write({side + 0.0, 0, 2 * width + gap, line + 0.0}, Qt::AlignCenter, words_.predicted, plain, tokens.text2);
  for (int i = 0; i < 2; ++i) {
    const QString& word = i == 0 ? words_.positive : words_.negative;
    write({side + i * (width + gap), line + 0.0, width, line + 0.0}, Qt::AlignCenter, word, bold,
          tokens.text);
    write({0, head + i * (height + gap), side - theme::kSpace2 + 0.0, height},
          Qt::AlignLeft | Qt::AlignVCenter, word, bold, tokens.text);
  }
  for (std::size_t i = 0; i < cells_.size(); ++i)
    paintCell(painter,
              QRectF(side + static_cast<double>(i % 2) * (width + gap),
                     head + static_cast<double>(i / 2) * (height + gap), width, height),
              cells_[i]);
  painter.restore();
}

void ConfusionView::paintCell(QPainter& painter, const QRectF& place, const ConfusionCell& cell) const {
  const theme::Tokens& tokens = theme::tokens();
  const double share = shareOf(cell);
  const QColor fill = mixed(tokens.surface, tokens.accent, kPalest + (kDarkest - kPalest) * share);
  const QColor ink =
      contrast(tokens.text, fill) >= contrast(tokens.surface, fill) ? tokens.text : tokens.surface;
  painter.setPen(Qt::NoPen);
  painter.setBrush(fill);
  painter.drawRoundedRect(place, theme::kSpace1, theme::kSpace1);
  const QFont large = theme::font(theme::Role::Section), small = theme::font(theme::Role::Caption);
  const double large_line = QFontMetricsF(large).height(), small_line = QFontMetricsF(small).height();
  const double needed = large_line + 2 * small_line;
  const bool named = needed <= place.height();
  QRectF row(place.left() + theme::kSpace1,
             place.center().y() - (named ? needed : large_line + small_line) / 2,
             place.width() - 2 * theme::kSpace1, large_line);
  painter.setPen(ink);
  painter.setFont(large);
  painter.drawText(row, Qt::AlignCenter, words::count(cell.count));
  const auto below = [&](const QString& text) {
    row = QRectF(row.left(), row.bottom(), row.width(), small_line);
    painter.setFont(small);
    painter.drawText(row, Qt::AlignCenter,
                     QFontMetrics(small).elidedText(text, Qt::ElideRight, static_cast<int>(row.width())));
  };
  below(cell.of > 0 ? words_.of_row.arg(words::percent(share)) : QString());
  if (named) below(cell.term);
}

}  // namespace lodestone::charts
