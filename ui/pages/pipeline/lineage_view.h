// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QWidget>
#include <functional>
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

  /// What is followed back.
  struct Subject {
    QString name;          ///< a table, model, strategy or exported file, as pipeline::lineageOf
    std::int64_t run = 0;  ///< else what a run's stage left, and the name is the one that is shown
    QString stage;         ///< "B@1"
    bool operator==(const Subject&) const = default;
  };
  /// Nothing: why_not is shown.
  void follow(const std::optional<Subject>& subject, const QString& why_not = {});

 private:
  struct Found {
    pipeline::Lineage lineage;
    QByteArray picture;  ///< an SVG; empty where it could not be drawn
  };
  static Result<Found> find(project::Project& project, const Subject& subject, bool dark, JobContext& job);
  using AddRow = std::function<void(const QString& what, const QString& name, const QString& details)>;
  void read();
  void show();
  static void addMakers(const pipeline::Lineage& lineage, const AddRow& add);

  studio::Studio& studio_;
  jobs::Latest job_;
  std::optional<Subject> subject_;
  QString why_not_;
  std::optional<Found> found_;
  QString failed_;
  QStackedWidget* places_;
  QLabel* empty_;
  PictureView* picture_;
  tables::ListTable* list_;
};

}  // namespace lodestone::pages
