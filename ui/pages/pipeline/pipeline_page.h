// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QTimer>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <vector>

#include "core/pipeline/runner.h"
#include "ui/pages/pipeline/chart_completion.h"
#include "ui/pages/pipeline/chart_reading.h"
#include "ui/pages/pipeline/node_status.h"
#include "ui/pages/pipeline/port_list.h"
#include "ui/pages/pipeline/run_commands.h"
#include "ui/studio/page.h"
#include "ui/studio/studio.h"

class QMenu;
class QPushButton;
class QSplitter;
class QStackedWidget;
class QVBoxLayout;

namespace lodestone::pages {

class CanvasCommands;
class ChartCanvas;
class ChartEditor;
class ChartFile;
class ChartRun;
class FindBar;
class LineageDialog;
class NodeInspector;
class RunBar;
struct CycleRule;
class RunOutput;
class TemplateGallery;

/// The project's flowchart: its text, its drawing and one node's form are three views of one document, with
/// one undo. go("pipeline", node) chooses a node. Here, too, is answered where something came from.
///
/// A node's state is what its newest run left (done, warning, failed, ...) as long as that still holds. It is
/// stale when its stage, its parameters, the seed or anything from which an edge leads to it is not what it
/// was in that run, or when a table that was read since then has other rows; ready when it never ran; not
/// configured while no stage is bound or something that a run needs is not set.
class PipelinePage : public studio::Page {
  Q_OBJECT
 public:
  explicit PipelinePage(studio::Studio& studio, QWidget* parent = nullptr);
  ~PipelinePage() override;

  QString id() const override { return "pipeline"; }
  QString icon() const override { return "pipeline"; }
  QString title() const override;
  QString line() const override;
  QList<QAction*> headerActions() const override;
  QWidget* inspector() override;
  void opened(const QVariant& what) override;
  QWidget* firstFocus() override;
  void saveState(QSettings& settings) const override;
  void restoreState(const QSettings& settings) override;
  bool saveNow() override;

 private:
  enum class From { Text, Canvas, Elsewhere };

  void build();
  QWidget* buildText();
  QWidget* buildCanvas();
  void makeActions();
  void makeMenu();
  void connectParts();
  void showTexts();
  void enableActions();

  void openProject();
  void readTables();
  void readHistory();
  void showFile(bool exists);
  void textChanged();
  void read();
  void take(ChartReading reading);
  void showProblem();
  void followHistory();
  void showHints();
  CompletionSource completionSource();
  void drawIfNew();
  using Change = std::function<Result<>(pipeline::ChartDocument&)>;
  void edit(const Change& change, const std::function<void()>& then = {});
  void apply(const std::string& before, const Result<std::string>& after, const Change& change,
             const std::function<void()>& then);
  void makeCommands();
  std::set<std::string> collapsed() const;
  void collapse(const QStringList& subgraphs, bool closed);
  void readFolds();
  QString whyNoEdit() const;

  void choose(const QString& node, From from);
  void followCursor();
  bool placesHold() const;
  void showNode();
  void showStatuses();
  void showRun();
  void showCycleRule();
  void editCycleRule(const CycleRule& rule);
  QStringList columnsFor(const pipeline::NodeOutlook& node) const;
  std::vector<PortView> portsOf(const pipeline::NodeOutlook& node) const;
  QString whyNoRun() const;

  void makeRunCommands();
  void run(const RunRequest& request);
  std::vector<QString> waitingNodes() const;
  void runEnded(const pipeline::RunReport& report);
  void runRefused(const Error& error);
  void useTemplate(const QString& name, bool bound);
  void showGallery(bool shown);
  void openFile();
  void exportAs(const QString& ending);
  void showLineageOf(const QString& what);
  void useText(const std::string& text);

  studio::Studio& studio_;
  jobs::Latest reading_job_;
  jobs::Latest layout_job_;
  jobs::Latest edit_job_;
  jobs::Latest tables_job_;
  jobs::Latest history_job_;
  QTimer read_timer_;

  std::vector<pipeline::KnownTable> tables_;
  RunHistory history_;
  ChartReading reading_;           ///< of the newest only its problem
  ChartReading good_;              ///< the newest that is a chart
  int good_revision_ = -1;         ///< of the editor's document that it is of
  std::string drawn_;              ///< shape of what the canvas shows
  std::map<QString, bool> folds_;  ///< by subgraph: closed or open, where it is not as the chart says
  std::map<QString, NodeStatus> statuses_;  ///< of the nodes of good_
  QString chosen_;
  QString wanted_;  ///< to be chosen when the chart is there
  bool following_ = false;
  bool past_run_shown_ = false;
  bool history_due_ = false;  ///< a run has ended: what it left is on its way from the record

  QStackedWidget* places_ = nullptr;
  TemplateGallery* gallery_ = nullptr;
  QSplitter* across_ = nullptr;
  QSplitter* down_ = nullptr;
  ChartEditor* editor_ = nullptr;
  FindBar* find_bar_ = nullptr;
  widgets::Notice* problem_ = nullptr;
  widgets::Notice* outside_ = nullptr;
  QWidget* outside_choices_ = nullptr;
  QPushButton* load_theirs_ = nullptr;
  QPushButton* keep_mine_ = nullptr;
  widgets::Notice* run_notice_ = nullptr;
  ChartCanvas* canvas_ = nullptr;
  CanvasCommands* commands_ = nullptr;
  RunOutput* output_ = nullptr;
  NodeInspector* inspector_ = nullptr;
  QPointer<QWidget> inspector_life_;  ///< the shell may end it before the page
  ChartFile* file_ = nullptr;
  ChartRun* run_ = nullptr;
  RunBar* run_bar_ = nullptr;
  QVBoxLayout* run_place_ = nullptr;  ///< above the drawing
  RunCommands* run_commands_ = nullptr;

  QAction* run_all_ = nullptr;
  QAction* run_to_ = nullptr;
  QAction* cancel_ = nullptr;
  QAction* more_ = nullptr;
  QMenu* more_menu_ = nullptr;
  QMenu* templates_menu_ = nullptr;
  QMenu* cycles_menu_ = nullptr;
  QAction* ignore_cache_ = nullptr;
  QAction* open_file_ = nullptr;
  QAction* open_gallery_ = nullptr;
  QAction* show_lineage_ = nullptr;
  QAction* file_lineage_ = nullptr;
  LineageDialog* lineage_ = nullptr;
  QList<QAction*> exports_;
  QAction* export_dark_ = nullptr;
  QList<QAction*> templates_;
  QList<QAction*> cycles_;
  QAction* undo_ = nullptr;
  QAction* redo_ = nullptr;
  QAction* complete_ = nullptr;
  QAction* comment_ = nullptr;
  QAction* find_ = nullptr;
  QAction* fit_ = nullptr;
  QAction* zoom_in_ = nullptr;
  QAction* zoom_out_ = nullptr;
};

}  // namespace lodestone::pages
