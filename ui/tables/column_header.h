// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHeaderView>
#include <QSet>
#include <QString>
#include <optional>
#include <vector>

#include "core/data/profile.h"
#include "core/data/row_window.h"
#include "ui/tables/cells.h"

namespace lodestone::tables {

/// The header of a table of data: name and type of each column, how its values are spread, and what share is
/// missing. As high without a profile as with one, so that nothing jumps when it comes.
class ColumnHeader : public QHeaderView {
  Q_OBJECT
 public:
  enum class Detail {
    NameAndType,  ///< one line
    Profile,      ///< with histogram and missing bar
  };
  enum class Room { OneLine, ForProfile };
  explicit ColumnHeader(Detail detail, QWidget* parent = nullptr);

  void setColumns(const std::vector<data::ColumnInfo>& columns);
  /// Of columns by their names; what it says of others is ignored.
  void setProfile(const data::TableProfile& profile);
  /// Where no profile will come its room can be left out.
  void setRoom(Room room);
  void setSort(const std::optional<data::SortOrder>& sort);
  void setCurrentColumn(int column);  ///< -1: none
  /// Columns from the left that do not scroll sideways.
  void setFrozen(int columns);
  /// Columns with a filter, by their names.
  void setFiltered(const QSet<QString>& columns);
  /// What the bars and the icon say, for a tooltip and for those who do not see them.
  QString description(int column) const;

  QSize sizeHint() const override;

 Q_SIGNALS:
  /// The icon at the left of a column was pressed, or its context menu asked for.
  void menuWanted(int column, const QPoint& global);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;
  QSize sectionSizeFromContents(int column) const override;
  void paintSection(QPainter* painter, const QRect& rect, int column) const override;
  bool viewportEvent(QEvent* event) override;

 private:
  struct Column {
    data::ColumnInfo info;
    CellKind kind = CellKind::Text;
    std::optional<data::ColumnProfile> profile;
  };
  const Column* at(int column) const;
  int frozenWidth() const;
  /// A place of the viewport as it would be if the frozen columns scrolled along with the others.
  QPoint scrolled(const QPoint& at) const;
  int columnAt(const QPoint& at) const { return logicalIndexAt(scrolled(at)); }
  bool onIcon(const QPoint& at) const;
  void paintBack(QPainter& painter, const QRect& rect, int column) const;
  void paintTitle(QPainter& painter, const QRect& line, int column) const;
  void paintSpread(QPainter& painter, const QRect& area, const Column& column) const;
  void paintMissing(QPainter& painter, const QRect& area, const Column& column) const;

  const Detail detail_;
  Room room_;
  std::vector<Column> columns_;
  std::int64_t rows_ = 0;
  std::optional<data::SortOrder> sort_;
  QSet<QString> filtered_;
  int current_ = -1;
  int frozen_ = 0;
  int hovered_ = -1;  // column under the mouse
  bool pressed_ = false;
  int press_shift_ = 0;  // what scrolled() moved the last press by: a drag stays in its own measure
};

}  // namespace lodestone::tables
