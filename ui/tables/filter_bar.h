// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <cstdint>

#include "core/data/row_filter.h"

class QLabel;
class QPushButton;

namespace lodestone::widgets {
class WrapLayout;
}

namespace lodestone::tables {

/// The filter in effect, a chip for each condition: pressing it changes it, its cross removes it. Hidden
/// while there is no filter.
class FilterBar : public QWidget {
  Q_OBJECT
 public:
  explicit FilterBar(QWidget* parent = nullptr);
  void setFilter(const data::RowFilter& filter, std::int64_t rows, std::int64_t table_rows);

 Q_SIGNALS:
  void editWanted(int condition);    ///< -1: the expression
  void removeWanted(int condition);  ///< -1: the expression
  void clearWanted();

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void fill();
  QWidget* chip(const QString& text, int condition);

  data::RowFilter filter_;
  std::int64_t rows_ = 0;
  std::int64_t table_rows_ = 0;
  QWidget* chips_;
  widgets::WrapLayout* layout_;
  QLabel* count_;
  QPushButton* clear_;
};

}  // namespace lodestone::tables
