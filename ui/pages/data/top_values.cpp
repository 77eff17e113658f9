// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/data/top_values.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>

#include "core/base/text.h"
#include "ui/theme/theme.h"
#include "ui/words/words.h"

namespace lodestone::pages {
namespace {

constexpr std::size_t kShownCharacters = 200;

QString nameOf(const data::TopValue& value) {
  const QString text = words::toQt(shorten(value.value, kShownCharacters)).simplified();
  return text.isEmpty() ? QStringLiteral("\"\"") : text;
}

}  // namespace

TopValues::TopValues(QWidget* parent) : QWidget(parent) {
  setFont(theme::font(theme::Role::Body));
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  connect(&theme::notifier(), &theme::Notifier::changed, this, qOverload<>(&QWidget::update));
  connect(&words::notifier(), &words::Notifier::changed, this, qOverload<>(&QWidget::update));
}

void TopValues::setValues(const std::vector<data::TopValue>& values, std::int64_t of) {
  values_ = values;
  of_ = of;
  QStringList said;
  for (const data::TopValue& value : values_)
    said.push_back(nameOf(value) + (of_ > 0 ? ": " + figures(value) : QString()));
  setAccessibleDescription(said.join(", "));
  updateGeometry();
  update();
}

int TopValues::rowHeight() const {
  return fontMetrics().height() + theme::kSpace2;
}

QSize TopValues::sizeHint() const {
  return {200, rowHeight() * static_cast<int>(values_.size())};
}

QSize TopValues::minimumSizeHint() const {
  return {80, sizeHint().height()};
}

QString TopValues::figures(const data::TopValue& value) const {
  if (of_ == 0) return {};
  const double share = static_cast<double>(value.count) / static_cast<double>(of_);
  return words::count(value.count) + QStringLiteral(" · ") + words::percent(share);
}

void TopValues::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  QColor bar = theme::seriesColor(0);
  bar.setAlphaF(0.2F);
  for (std::size_t i = 0; i < values_.size(); ++i) {
    const QRect row(0, static_cast<int>(i) * rowHeight(), width(), rowHeight() - 2);
    if (of_ > 0) {
      const double share = static_cast<double>(values_[i].count) / static_cast<double>(of_);
      painter.setPen(Qt::NoPen);
      painter.setBrush(bar);
      painter.drawRoundedRect(QRectF(row.left(), row.top(), std::max(2.0, row.width() * share), row.height()),
                              3, 3);
    }
    const QRect inside = row.adjusted(theme::kSpace2, 0, -theme::kSpace1, 0);
    const QString figures = this->figures(values_[i]);
    painter.setPen(theme::tokens().text2);
    painter.drawText(inside, Qt::AlignRight | Qt::AlignVCenter, figures);
    const int room = inside.width() - fontMetrics().horizontalAdvance(figures) - theme::kSpace2;
    painter.setPen(theme::tokens().text);
    painter.drawText(inside, Qt::AlignLeft | Qt::AlignVCenter,
                     fontMetrics().elidedText(nameOf(values_[i]), Qt::ElideRight, room));
  }
}

bool TopValues::event(QEvent* event) {
  if (event->type() == QEvent::ToolTip) {
    const auto* help = static_cast<QHelpEvent*>(event);
    const auto row = static_cast<std::size_t>(std::max(0, help->pos().y() / rowHeight()));
    if (row < values_.size())
      QToolTip::showText(help->globalPos(), "<p>" + nameOf(values_[row]).toHtmlEscaped() + "</p>", this);
    return true;
  }
  return QWidget::event(event);
}

}  // namespace lodestone::pages
