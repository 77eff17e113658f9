// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <functional>
#include <memory>

#include "ui/pages/review/review_data.h"
#include "ui/studio/page.h"
#include "ui/studio/studio.h"

class QPushButton;
class QSplitter;
class QStackedWidget;
class QTabWidget;

namespace lodestone::widgets {
class EmptyState;
class Notice;
}  // namespace lodestone::widgets

namespace lodestone::pages {

class DifferenceView;
class ExportPanel;
class ReviewInspector;
class ReviewQueue;
class StrategyView;

/// Reviews strategies: the queue, the strategy as a document and against its other versions, the decision
/// beside it, and exporting with a preview.
class ReviewPage : public studio::Page {
  Q_OBJECT
 public:
  explicit ReviewPage(studio::Studio& studio, QWidget* parent = nullptr);
  ~ReviewPage() override;

  QString id() const override { return "review"; }
  QString icon() const override { return "review"; }
  QString title() const override;
  QString line() const override;
  QList<QAction*> headerActions() const override;
  QWidget* inspector() override;
  /// what: a strategy's id.
  void opened(const QVariant& what) override;
  QWidget* firstFocus() override;
  void saveState(QSettings& settings) const override;
  void restoreState(const QSettings& settings) override;

 private:
  struct Commands {
    QAction* approve;
    QAction* request;
    QAction* reject;
    QAction* submit;
    QAction* comment;
    QAction* next;
    QAction* previous;
    QAction* difference;
    QAction* exporting;
    QAction* verify;
  };

  void makeCommands();
  QAction* command(const char* name, const char* keys, const std::function<void()>& triggered);
  void buildPage();
  void connectParts();
  void showTexts();
  void showRules();

  void projectIsOther();
  void readQueue();
  void showQueue(std::vector<project::StrategyVersion> strategies);
  void readDetails(const QString& id);
  void showDetails(StrategyDetails details);

  void step(project::ReviewAction action);
  void stepTaken(project::ReviewAction action, const project::StrategyVersion& strategy);
  void addComment();
  void openExport();
  void closeExport();
  void verify();

  studio::Studio& studio_;
  jobs::Latest queue_reading_;
  jobs::Latest details_reading_;
  jobs::Latest verifying_;
  Commands commands_{};
  std::shared_ptr<const StrategyDetails> details_;
  QString wanted_;       ///< asked for before the queue was read
  bool loaded_ = false;  ///< the queue of this project has been read once
  widgets::Notice* notice_ = nullptr;
  QStackedWidget* stack_ = nullptr;  ///< nothing yet, empty, work, export
  QWidget* blank_ = nullptr;
  widgets::EmptyState* empty_ = nullptr;
  QPushButton* go_ = nullptr;
  QSplitter* splitter_ = nullptr;
  ReviewQueue* queue_ = nullptr;
  QTabWidget* tabs_ = nullptr;
  StrategyView* document_ = nullptr;
  DifferenceView* difference_ = nullptr;
  ExportPanel* export_ = nullptr;
  QPointer<ReviewInspector> inspector_;
};

}  // namespace lodestone::pages
