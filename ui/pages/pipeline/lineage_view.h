// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QWidget>
#include <optional>

#include "core/pipeline/lineage.h"
#include "ui/studio/studio.h"

class QLabel;
class QStackedWidget;

namespace lodestone::tables {
class ListTable;
}

namespace lodestone::pages {

class PictureView;

/// Where something came from: the chart as it was run with the way lit, and beside it the files, tables,
/// stages with their parameters, program and seed.
class LineageView : public QWidget {
  Q_OBJECT
 public:
  explicit LineageView(studio::Studio& studio, QWidget* parent = nullptr);
  ~LineageView() override;

  /// Follows a table, model, strategy or exported file back, as pipeline::lineageOf. Nothing: why_not is
  /// shown.
  void follow(const QString& what, const QString& why_not);
  const QString& followed() const { return what_; }

 private:
  struct Found {
    pipeline::Lineage lineage;
    QByteArray picture;  ///< an SVG; empty where it could not be drawn
  };
  static Result<Found> find(project::Project& project, const std::string& what, bool dark, JobContext& job);
  void read();
  void show();

  studio::Studio& studio_;
  jobs::Latest job_;
  QString what_;
  QString why_not_;
  std::optional<Found> found_;
  QString failed_;
  QStackedWidget* places_;
  QLabel* empty_;
  PictureView* picture_;
  tables::ListTable* list_;
};

}  // namespace lodestone::pages
