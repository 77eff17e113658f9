// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The page and its runs: orders, what is shown of a run of the past, the rule of a loop, the templates'
// place.
#include <QAction>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/pages/pipeline/chart_canvas.h"
#include "ui/pages/pipeline/chart_file.h"
#include "ui/pages/pipeline/chart_run.h"
#include "ui/pages/pipeline/cycles_view.h"
#include "ui/pages/pipeline/node_inspector.h"
#include "ui/pages/pipeline/pipeline_page.h"
#include "ui/pages/pipeline/run_bar.h"
#include "ui/pages/pipeline/run_output.h"
#include "ui/pages/pipeline/template_gallery.h"
#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

namespace lodestone::pages {

using widgets::Notice;
using widgets::State;

/// Another chart has another history.
void PipelinePage::followHistory() {
  const auto runs = [this] {
    std::map<std::string, std::int64_t> of;
    for (const auto& [node, history] : history_.newest) of.emplace(node, history.run);
    return of;
  };
  const auto before = runs();
  history_.newest = pipeline::historyOf(good_.outlook, history_.charts);
  if (runs() != before && !run_->running()) output_->setHistory(history_);
}

void PipelinePage::makeRunCommands() {
  RunHost host;
  host.blocked = [this] { return whyNoRun(); };
  host.chosen = [this] { return chosen_; };
  host.waiting = [this] { return waitingNodes(); };
  host.broken = [this] {
    const RunEntry* last = history_.lastRun();
    if (last == nullptr) return false;
    const State state = widgets::stateOf(last->state);
    return state == State::Failed || state == State::Cancelled || state == State::Interrupted;
  };
  host.run = [this](const RunRequest& request) { run(request); };
  run_commands_ = new RunCommands(*run_, std::move(host), *this, *inspector_);
  run_bar_ = new RunBar(run_commands_->pause(), cancel_, this);
  run_place_->insertWidget(0, run_bar_);
}

std::vector<QString> PipelinePage::waitingNodes() const {
  std::vector<QString> nodes;
  for (const auto& [node, status] : statuses_)
    if (status.state == State::Waiting) nodes.push_back(node);
  return nodes;
}

/// The states of the chosen run, and the way back to those of now.
void PipelinePage::showRun() {
  showStatuses();
  run_commands_->enable();
  if (run_->running()) return;
  const std::int64_t run = output_->run();
  if (run == 0) {
    if (past_run_shown_) run_notice_->clear();
    past_run_shown_ = false;
    return;
  }
  past_run_shown_ = true;
  run_notice_->say(
      Notice::Kind::Info,
      [run] { return tr("You see run %1 of the past: its states, outputs and log.").arg(words::count(run)); },
      [] { return tr("Back to now"); }, [this] { output_->showNewestRun(); });
}

void PipelinePage::showCycleRule() {
  CycleRule rule;
  rule.cycles = good_.outlook.cycles;
  rule.until = good_.until;
  output_->cycles().setRule(
      rule, !good_.outlook.graph.feedback.empty(),
      reading_.problem ? tr("Mend the text first: line %1.").arg(words::count(reading_.problem->line))
                       : QString());
}

void PipelinePage::editCycleRule(const CycleRule& rule) {
  edit([rule](pipeline::ChartDocument& document) -> Result<> {
    if (auto set = document.setCycles(rule.cycles); !set) return set;
    return document.setUntil(rule.until);
  });
}

void PipelinePage::showGallery(bool shown) {
  gallery_->setReturns(file_->exists());
  places_->setCurrentIndex(shown || !file_->exists() ? 1 : 2);
  if (shown) gallery_->setFocus();
}

}  // namespace lodestone::pages
