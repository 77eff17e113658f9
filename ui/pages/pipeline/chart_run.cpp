// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/pipeline/chart_run.h"

#include <algorithm>
#include <mutex>
#include <optional>
#include <utility>

#include "core/learn/engine.h"
#include "ui/pages/pipeline/node_states.h"
#include "ui/words/words.h"

namespace lodestone::pages {

namespace {

constexpr int kDrainMs = 50;

/// What the training will run on, as a name for the strip.
QString deviceName(learn::Engine& engine, const std::string& wanted) {
  const std::vector<learn::DeviceInfo> devices = engine.devices();
  const auto choice = learn::chooseDevice(wanted, devices);
  if (!choice) return {};
  for (const learn::DeviceInfo& device : devices)
    if (device.id == choice->id && device.id != "cpu") return words::toQt(device.name);
  return QStringLiteral("CPU");
}

}  // namespace

/// What the worker thread says, until the window's thread comes for it.
struct ChartRun::Feed {
  std::mutex mutex;
  std::optional<std::vector<pipeline::PlannedStage>> plan;  // guarded by mutex
  std::vector<project::StageRecord> stages;                 // guarded by mutex
  std::map<std::string, double> fractions;                  // guarded by mutex
  QString device;                                           // guarded by mutex
};

ChartRun::ChartRun(jobs::Jobs& jobs, QObject* parent) : QObject(parent), jobs_(jobs) {
  timer_.setInterval(kDrainMs);
  connect(&timer_, &QTimer::timeout, this, &ChartRun::drain);
}

ChartRun::~ChartRun() = default;

void ChartRun::start(const std::shared_ptr<project::Project>& project, const std::string& chart,
                     const pipeline::RunOptions& options, int threads, const QString& title) {
  drop();
  feed_ = std::make_shared<Feed>();
  statuses_.clear();
  last_cycle_.clear();
  records_.clear();
  pipeline::RunOptions own = options;
  own.on_plan = [feed = feed_](std::int64_t, const std::vector<pipeline::PlannedStage>& stages) {
    const std::scoped_lock lock(feed->mutex);
    feed->plan = stages;
  };
  own.on_progress = [feed = feed_](const std::string& node, double fraction) {
    const std::scoped_lock lock(feed->mutex);
    feed->fractions[node] = fraction;
  };
  own.on_stage = [feed = feed_](const project::StageRecord& stage) {
    const std::scoped_lock lock(feed->mutex);
    feed->stages.push_back(stage);
  };
  job_ = jobs_.start(
      this, {title, jobs::Pool::Model, jobs::Shown::Strip, jobs::Pausable::Yes},
      [project, chart, own, threads, feed = feed_](JobContext& job) -> Result<pipeline::RunReport> {
        // A chart without a model runs without LibTorch too: the stage that needs it says what is missing.
        if (const auto engine = learn::engine(threads)) {
          const std::scoped_lock lock(feed->mutex);
          feed->device = deviceName(**engine, own.device);
        }
        return pipeline::runChart(*project, chart, "pipeline.mmd", own, job);
      },
      [this](const Result<pipeline::RunReport>& report) {
        drain();
        stop();
        if (report)
          Q_EMIT ended(*report);
        else
          Q_EMIT refused(report.error());
      });
  timer_.start();
  Q_EMIT changed();
}

void ChartRun::stop() {
  timer_.stop();
  job_ = 0;
  feed_.reset();
  steps_ = done_ = 0;
  cycle_ = 1;
  device_.clear();
  current_.clear();
}

void ChartRun::cancel() {
  if (job_ != 0) jobs_.cancel(job_);
}

void ChartRun::pause() {
  if (job_ != 0) jobs_.pause(job_);
  Q_EMIT changed();
}

void ChartRun::resume() {
  if (job_ != 0) jobs_.resume(job_);
  Q_EMIT changed();
}

bool ChartRun::paused() const {
  const jobs::JobView* view = jobs_.view(job_);
  return view != nullptr && view->state == jobs::JobView::State::Paused;
}

RunProgress ChartRun::progress() const {
  RunProgress progress;
  progress.done = static_cast<int>(done_);
  progress.steps = static_cast<int>(steps_);
  progress.cycle = cycle_;
  for (const auto& [node, last] : last_cycle_) progress.cycles = std::max(progress.cycles, last);
  QStringList nodes;
  for (const auto& [node, label] : current_) nodes << node + QStringLiteral(" · ") + label;
  progress.nodes = nodes.join(QStringLiteral(", "));
  progress.device = device_;
  if (const jobs::JobView* view = jobs_.view(job_)) {
    progress.fraction = view->fraction;
    progress.remaining_seconds = view->remaining_seconds;
    progress.paused = view->state == jobs::JobView::State::Paused;
  }
  return progress;
}

void ChartRun::drop() {
  if (job_ == 0) return;
  jobs_.retire(job_);
  stop();
}

void ChartRun::drain() {
  if (feed_ == nullptr) return;
  std::vector<project::StageRecord> stages;
  bool news = false;
  {
    const std::scoped_lock lock(feed_->mutex);
    stages.swap(feed_->stages);
    if (feed_->plan) {
      news = true;
      steps_ = feed_->plan->size();
      for (const pipeline::PlannedStage& stage : *feed_->plan) {
        const QString node = words::toQt(stage.node);
        statuses_[node].state = widgets::State::Queued;
        last_cycle_[node] = std::max(last_cycle_[node], stage.cycle);
      }
      feed_->plan.reset();
    }
    if (!feed_->device.isEmpty()) {
      device_ = feed_->device;
      jobs_.setDevice(job_, device_);
      feed_->device.clear();
      news = true;
    }
  }
  for (const project::StageRecord& stage : stages) take(stage);
  news = showFractions() || news || !stages.empty();
  if (!stages.empty()) Q_EMIT recorded();
  if (news) Q_EMIT changed();
}

void ChartRun::take(const project::StageRecord& stage) {
  const auto known = std::find_if(records_.begin(), records_.end(), [&](const project::StageRecord& other) {
    return other.node == stage.node && other.cycle == stage.cycle;
  });
  if (known != records_.end())
    *known = stage;
  else
    records_.push_back(stage);
  const QString node = words::toQt(stage.node);
  NodeStatus& status = statuses_[node];
  status = statusOfRecord(stage);
  cycle_ = std::max(cycle_, stage.cycle);
  if (stage.state == "running") {
    current_[node] = words::toQt(stage.label).replace(u'\n', u' ');
    return;
  }
  current_.erase(node);
  ++done_;
  // It will run again with what comes back round.
  const bool ended_well = status.state == widgets::State::Done || status.state == widgets::State::Warning;
  if (ended_well && stage.cycle < last_cycle_[node]) status.state = widgets::State::Queued;
}

/// How far each of those that run now is; whether that is news.
bool ChartRun::showFractions() {
  const jobs::JobView* view = jobs_.view(job_);
  if (view == nullptr) return false;
  bool news = false;
  const widgets::State state =
      view->state == jobs::JobView::State::Paused ? widgets::State::Paused : widgets::State::Running;
  std::map<std::string, double> fractions;
  {
    const std::scoped_lock lock(feed_->mutex);
    fractions = feed_->fractions;
  }
  for (const auto& [node, label] : current_) {
    NodeStatus& status = statuses_[node];
    const auto known = fractions.find(words::toUtf8(node));
    const double fraction = known == fractions.end() ? 0 : std::clamp(known->second, 0.0, 1.0);
    news = news || fraction != status.fraction || state != status.state;
    status.fraction = fraction;
    status.state = state;
  }
  return news;
}

}  // namespace lodestone::pages
