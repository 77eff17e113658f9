// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/jobs.h"

#include <QCoreApplication>
#include <QEvent>
#include <QThread>
#include <algorithm>

#include "ui/words/words.h"
#ifdef __linux__
#include <sys/resource.h>
#endif

namespace lodestone::jobs {
namespace {

constexpr Text kOutOfMemory{
    "There is not enough memory for this. Close other programs, or take fewer rows or columns.",
    "内存不足。请关闭其他程序，或减少行数或列数。"};
constexpr Text kUnexpected{"Something unexpected happened: {0}. The project is as it was; please try again.",
                           "发生意外错误：{0}。项目保持原样；请重试。"};

/// Work gives way to the window when both want the processor. Threads that the work starts inherit it.
void giveWay() {
#ifdef __linux__
  constexpr int kNice = 10;
  setpriority(PRIO_PROCESS, 0, kNice);  // of this thread alone
#endif
}

}  // namespace

struct Jobs::Job {
  JobView view;
  std::stop_source stop;
  PauseGate gate;
  QPointer<QObject> receiver;
  bool has_receiver = false;
  bool retired = false;
  bool shown = false;
};

Error Jobs::outOfMemory() {
  return {.code = ErrorCode::OutOfMemory, .text = kOutOfMemory};
}

Error Jobs::unexpected(const std::exception& problem) {
  return {.code = ErrorCode::Internal, .text = kUnexpected, .args = {problem.what()}};
}

Jobs::Jobs(QObject* parent) : QAbstractListModel(parent) {
  data_pool_.setMaxThreadCount(std::max(4, QThread::idealThreadCount()));
  model_pool_.setMaxThreadCount(1);
  model_pool_.setExpiryTimeout(-1);  // LibTorch keeps a team of threads for each calling thread
}

Jobs::~Jobs() {
  stopAll();
}

JobId Jobs::startWork(QObject* receiver, const JobSpec& spec, std::function<Continuation(JobContext&)> work) {
  const auto job = std::make_shared<Job>();
  const JobId id = ++last_;
  job->view.id = id;
  job->view.title = spec.title;
  job->view.pausable = spec.pausable == Pausable::Yes;
  job->view.started = QDateTime::currentDateTime();
  job->receiver = receiver;
  job->has_receiver = receiver != nullptr;
  job->shown = spec.shown == Shown::Strip;
  all_.push_back(job);
  if (job->shown) {
    const int row = static_cast<int>(shown_.size());
    beginInsertRows({}, row, row);
    shown_.push_back(job);
    endInsertRows();
    Q_EMIT shownCountChanged();
  }
  const Language language = words::language();
  QThreadPool& pool = spec.pool == Pool::Model ? model_pool_ : data_pool_;
  // `this` outlives the work: the destructor waits for it.
  pool.start([this, job, id, language, work = std::move(work)] {
    giveWay();
    QMetaObject::invokeMethod(
        this, [this, id] { begun(id); }, Qt::QueuedConnection);
    JobContext context(
        job->stop.get_token(), &job->gate,
        [this, id](const Progress& now) {
          QMetaObject::invokeMethod(
              this, [this, id, now] { progress(id, now); }, Qt::QueuedConnection);
        },
        language);
    auto then = std::make_shared<Continuation>(work(context));
    QMetaObject::invokeMethod(
        this, [this, id, then] { finish(id, *then); }, Qt::QueuedConnection);
  });
  return id;
}

std::shared_ptr<Jobs::Job> Jobs::find(JobId id) const {
  const auto found =
      std::find_if(all_.begin(), all_.end(), [id](const auto& job) { return job->view.id == id; });
  return found == all_.end() ? nullptr : *found;
}

void Jobs::begun(JobId id) {
  const auto job = find(id);
  if (!job || job->view.state != JobView::State::Queued) return;
  job->view.state = JobView::State::Running;
  changed(id);
}

void Jobs::progress(JobId id, const Progress& now) {
  const auto job = find(id);
  if (!job || job->retired) return;
  job->view.fraction = now.fraction;
  job->view.what = words::toQt(now.what);
  job->view.remaining_seconds = now.remaining_seconds;
  changed(id);
}

void Jobs::changed(JobId id) {
  for (std::size_t row = 0; row < shown_.size(); ++row)
    if (shown_[row]->view.id == id) {
      const QModelIndex at = index(static_cast<int>(row));
      Q_EMIT dataChanged(at, at);
    }
  Q_EMIT progressed(id);
}

void Jobs::finish(JobId id, const Continuation& then) {
  const auto job = find(id);
  if (!job) return;
  std::erase(all_, job);
  if (job->shown) {
    const auto at = std::find(shown_.begin(), shown_.end(), job);
    const int row = static_cast<int>(at - shown_.begin());
    beginRemoveRows({}, row, row);
    shown_.erase(at);
    endRemoveRows();
    Q_EMIT shownCountChanged();
  }
  const bool wanted = !job->retired && (!job->has_receiver || job->receiver != nullptr);
  if (wanted) then();
  Q_EMIT ended(id);
}

void Jobs::cancel(JobId id) {
  const auto job = find(id);
  if (!job) return;
  job->view.state = JobView::State::Stopping;
  job->stop.request_stop();
  changed(id);
}

void Jobs::pause(JobId id) {
  const auto job = find(id);
  if (!job || !job->view.pausable || job->view.state == JobView::State::Stopping) return;
  job->gate.pause();
  job->view.state = JobView::State::Paused;
  changed(id);
}

void Jobs::resume(JobId id) {
  const auto job = find(id);
  if (!job || job->view.state != JobView::State::Paused) return;
  job->gate.resume();
  job->view.state = JobView::State::Running;
  changed(id);
}

void Jobs::retire(JobId id) {
  const auto job = find(id);
  if (!job) return;
  job->retired = true;
  job->view.state = JobView::State::Stopping;
  job->stop.request_stop();
  // The strip shows that it stops. Whoever started it may be half destroyed by now: progressed() is not sent.
  if (job->shown) Q_EMIT dataChanged(index(0), index(shownCount() - 1));
}

void Jobs::cancelAll() {
  for (const auto& job : std::vector(all_)) cancel(job->view.id);
}

void Jobs::retireAll() {
  for (const auto& job : std::vector(all_)) retire(job->view.id);
}

void Jobs::stopAll() {
  retireAll();
  data_pool_.waitForDone();
  model_pool_.waitForDone();
  // What the workers sent before they ended is handled now, so that nothing arrives later.
  QCoreApplication::sendPostedEvents(this, QEvent::MetaCall);
}

void Jobs::setDevice(JobId id, const QString& device) {
  if (const auto job = find(id)) {
    job->view.device = device;
    changed(id);
  }
}

bool Jobs::running(JobId id) const {
  return find(id) != nullptr;
}

const JobView* Jobs::view(JobId id) const {
  const auto job = find(id);
  return job ? &job->view : nullptr;
}

int Jobs::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : shownCount();
}

QVariant Jobs::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= shownCount()) return {};
  const JobView& view = shown_[static_cast<std::size_t>(index.row())]->view;
  if (role == Qt::DisplayRole) return view.title;
  if (role == ViewRole) return QVariant::fromValue(view);
  return {};
}

}  // namespace lodestone::jobs
