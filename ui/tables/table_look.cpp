// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tables/table_look.h"

#include <algorithm>

namespace lodestone::tables {
namespace {

constexpr int kMostTables = 100;
constexpr int kMostWidth = 10'000;

QVariantMap toMap(const TableLook& look) {
  QVariantMap columns;
  for (auto column = look.columns.begin(); column != look.columns.end(); ++column)
    columns[column.key()] =
        QVariantMap{{"width", column->width}, {"hidden", column->hidden}, {"coloured", column->coloured}};
  return {{"frozen", look.frozen}, {"columns", columns}};
}

TableLook fromMap(const QVariantMap& map) {
  TableLook look;
  look.frozen = std::max(0, map.value("frozen", look.frozen).toInt());
  const QVariantMap columns = map.value("columns").toMap();
  for (auto column = columns.begin(); column != columns.end(); ++column) {
    const QVariantMap one = column->toMap();
    look.columns[column.key()] = {std::clamp(one.value("width").toInt(), 0, kMostWidth),
                                  one.value("hidden").toBool(), one.value("coloured").toBool()};
  }
  return look;
}

}  // namespace

TableLook TableLooks::of(const QString& table) const {
  return looks_.value(table);
}

void TableLooks::keep(const QString& table, const TableLook& look) {
  TableLook kept = look;
  kept.columns.removeIf([](const auto& column) { return column.value() == ColumnLook(); });
  order_.removeAll(table);
  if (kept == TableLook()) {
    looks_.remove(table);
    return;
  }
  looks_[table] = kept;
  order_.push_back(table);
  while (order_.size() > kMostTables) looks_.remove(order_.takeFirst());
}

QVariantMap TableLooks::save() const {
  QVariantMap looks;
  for (auto look = looks_.begin(); look != looks_.end(); ++look) looks[look.key()] = toMap(*look);
  return {{"order", order_}, {"looks", looks}};
}

void TableLooks::restore(const QVariantMap& saved) {
  looks_.clear();
  order_.clear();
  const QVariantMap looks = saved.value("looks").toMap();
  for (const QString& table : saved.value("order").toStringList())
    if (looks.contains(table)) keep(table, fromMap(looks.value(table).toMap()));
}

}  // namespace lodestone::tables
