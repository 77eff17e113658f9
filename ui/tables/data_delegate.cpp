// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tables/data_delegate.h"

#include <QAbstractItemView>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/tables/window_model.h"
#include "ui/theme/theme.h"
#include "ui/words/words.h"

namespace lodestone::tables {
namespace {

// Opacities: text on them keeps its contrast in both themes.
constexpr double kFaintest = 0.04;
constexpr double kStrongest = 0.34;
constexpr double kCategory = 0.20;
constexpr double kMissing = 0.12;
constexpr double kMarked = 0.20;
constexpr double kMarkedHere = 0.45;
constexpr std::size_t kLookedAt = 16'384;  // bytes of a cell, whenever it is painted
constexpr int kBelowZero = 1;  // a series colour: orange, apart from the accent for the colour-blind too

QColor faded(QColor colour, double opacity) {
  colour.setAlphaF(static_cast<float>(opacity));
  return colour;
}

}  // namespace

DataDelegate::DataDelegate(const WindowModel& model, QObject* parent) : CellDelegate(parent), model_(model) {}

void DataDelegate::setMarked(const QString& text, const QString& in_numbers, int column) {
  marked_ = text;
  marked_in_numbers_ = in_numbers;
  marked_column_ = column;
}

const Json* DataDelegate::cell(const QModelIndex& index) const {
  const std::vector<Json>* row = model_.cells(index.row());
  const auto column = static_cast<std::size_t>(index.column());
  return row != nullptr && column < row->size() ? &(*row)[column] : nullptr;
}

QColor DataDelegate::scaled(double value, const std::pair<double, double>& range) {
  const auto [low, high] = range;
  const bool both_sides = low < 0 && high > 0;
  const double most = both_sides ? std::max(-low, high) : high - low;
  if (!(most > 0) || !std::isfinite(value)) return {};
  const double share = std::clamp(both_sides ? std::abs(value) / most : (value - low) / most, 0.0, 1.0);
  const QColor colour = both_sides && value < 0 ? theme::seriesColor(kBelowZero) : theme::tokens().accent;
  return faded(colour, kFaintest + share * (kStrongest - kFaintest));
}

QColor DataDelegate::background(const QModelIndex& index) const {
  const auto found = colours_.constFind(index.column());
  if (found == colours_.constEnd()) return {};
  const Json* value = cell(index);
  if (value == nullptr) return {};
  if (value->is_null()) return faded(theme::tokens().warn, kMissing);
  if (found->range && value->is_number()) return scaled(value->get<double>(), *found->range);
  if (found->categories.isEmpty()) return {};
  const auto category = found->categories.constFind(
      value->is_string() ? words::toQt(value->get_ref<const std::string&>()) : copyText(*value));
  return category == found->categories.constEnd() ? QColor()
                                                  : faded(theme::seriesColor(*category), kCategory);
}

bool DataDelegate::marked(const QModelIndex& index) const {
  if (marked_.isEmpty() || (marked_column_ >= 0 && marked_column_ != index.column())) return false;
  const Json* value = cell(index);
  if (value == nullptr || value->is_null()) return false;
  if (value->is_string())
    return words::toQt(std::string_view(value->get_ref<const std::string&>()).substr(0, kLookedAt))
        .contains(marked_, Qt::CaseInsensitive);
  const QString& wanted = value->is_number() && !marked_in_numbers_.isEmpty() ? marked_in_numbers_ : marked_;
  return copyText(*value).contains(wanted, Qt::CaseInsensitive);
}

void DataDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                         const QModelIndex& index) const {
  if (const QColor back = background(index); back.isValid()) painter->fillRect(option.rect, back);
  const bool found = marked(index);
  // The one that was gone to stands out while the text is still being typed elsewhere.
  const auto* view = qobject_cast<const QAbstractItemView*>(option.widget);
  const bool here = found && view != nullptr && view->currentIndex() == index;
  if (found) painter->fillRect(option.rect, faded(theme::tokens().warn, here ? kMarkedHere : kMarked));
  CellDelegate::paint(painter, option, index);
  if (!here) return;
  painter->setPen(theme::tokens().accent);
  painter->drawRect(option.rect.adjusted(0, 0, -1, -1));
}

}  // namespace lodestone::tables
