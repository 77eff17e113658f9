// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <QWidget>
#include <memory>
#include <optional>
#include <vector>

#include "core/base/result.h"

namespace lodestone::charts {

/// What a chart shows, as rows: for "view as table", CSV and those who cannot see it.
struct ChartTable {
  QStringList header;
  std::vector<QStringList> rows;
  int text_columns = 1;  ///< so many columns from the left are words, the others figures
};

/// A chart with its title, a summary line, "view as table", and saving as PNG, SVG and CSV.
class Chart : public QWidget {
  Q_OBJECT
 public:
  ~Chart() override;
  void setTitle(const QString& title);
  /// One sentence with the figure that matters; the accessible description too.
  void setSummary(const QString& summary);
  /// Shown in the plot's place while there is nothing to plot.
  void setEmptyText(const QString& text);
  QString title() const;
  QString summary() const;
  void showAsTable(bool table);
  bool isTable() const;

  /// As people read it, in the language in use.
  virtual ChartTable table() const = 0;
  /// Io naming the file. Written as the chart looks now, at twice the pixels (PNG) or as vectors (SVG).
  Result<> savePng(const QString& file);
  Result<> saveSvg(const QString& file);
  Result<> saveCsv(const QString& file) const;

 Q_SIGNALS:
  void saved(const QString& file);  ///< by the user, from the chart's menu
  void failed(const lodestone::Error& error);

 protected:
  explicit Chart(QWidget* parent);
  void setPlot(QWidget* plot);
  /// To be called after every change of what is shown: table, empty text.
  void contentChanged();
  virtual bool empty() const = 0;
  /// Paints the plot, without title, into the rectangle.
  virtual void paintPlot(QPainter& painter, const QSize& size) = 0;
  /// Buttons of its own left of the common ones.
  void addTool(QWidget* tool);
  /// The same table as programs read it: all digits, a point, no separators.
  virtual ChartTable plainTable() const { return table(); }
  /// How large the plot is in a picture.
  virtual QSize pictureSize() const;
  /// Colours, fonts or language have changed.
  virtual void recolour() {}
  void changeEvent(QEvent* event) override;

 private:
  void save(const QString& kind);
  void tell(const Error& error);
  void showTexts();
  void namePlot();
  void showContent();
  void fillTable();
  int headHeight(int width) const;
  void paintPicture(QPainter& painter, const QSize& plot);
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

struct Axis {
  QString label;
  std::optional<double> low, high;  ///< none: from the data
  bool percent = false;             ///< values are fractions, shown as per cent
};

}  // namespace lodestone::charts
