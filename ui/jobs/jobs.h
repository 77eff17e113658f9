// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <QDateTime>
#include <QPointer>
#include <QString>
#include <QThreadPool>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <new>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/base/job_context.h"

// The one bridge from blocking calls of core to the window.
namespace lodestone::jobs {

using JobId = std::uint64_t;

enum class Pool {
  Data,   ///< several at once
  Model,  ///< one at a time: LibTorch is parallel by itself
};

enum class Shown {
  Strip,  ///< in the jobs strip, with progress and cancel
  Quiet,  ///< short reads
};

enum class Pausable { No, Yes };

struct JobSpec {
  QString title;
  Pool pool = Pool::Data;
  Shown shown = Shown::Strip;
  Pausable pausable = Pausable::No;
};

/// A job as the window sees it.
struct JobView {
  enum class State { Queued, Running, Paused, Stopping };
  JobId id = 0;
  QString title;
  State state = State::Queued;
  double fraction = 0;
  QString what;
  std::optional<double> remaining_seconds;
  QString device;  ///< "CPU", "NVIDIA ..."; empty where no model is trained
  bool pausable = false;
  QDateTime started;
};

/// Runs work in worker threads and hands its result to the window's thread. A model of the jobs that are
/// shown: one row each, oldest first. Lives in the window's thread; its end requests a stop of every job and
/// waits.
class Jobs : public QAbstractListModel {
  Q_OBJECT
 public:
  enum Roles { ViewRole = Qt::UserRole + 1 };

  explicit Jobs(QObject* parent = nullptr);
  ~Jobs() override;

  /// Runs work(JobContext&) -> Result<T> in a thread of the pool, then done(Result<T>) in the window's thread
  /// unless the receiver is gone or the job was retired. Cancelled comes as an error like any other. The work
  /// must own what it uses (shared pointers, copies): it may outlive the receiver.
  template <class Work, class Done>
  JobId start(QObject* receiver, const JobSpec& spec, Work work, Done done) {
    using Value = std::invoke_result_t<Work&, JobContext&>;
    return startWork(
        receiver, spec,
        [work = std::move(work), done = std::move(done)](JobContext& job) mutable -> Continuation {
          auto result = std::make_shared<Value>(guarded<Value>(work, job));
          return [result, done]() mutable { done(std::move(*result)); };
        });
  }

  void cancel(JobId id);
  void pause(JobId id);
  void resume(JobId id);
  /// Cancels it and drops its result.
  void retire(JobId id);
  void cancelAll();
  /// Retires all; does not wait for them.
  void retireAll();
  /// Retires all and waits until none runs: for the end of the program.
  void stopAll();
  void setDevice(JobId id, const QString& device);

  bool running(JobId id) const;
  /// Anything at all, quiet reads too.
  bool busy() const { return !all_.empty(); }
  /// Jobs in the strip.
  int shownCount() const { return static_cast<int>(shown_.size()); }
  const JobView* view(JobId id) const;

  int rowCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;

 Q_SIGNALS:
  void progressed(lodestone::jobs::JobId id);  ///< of shown and quiet ones
  void ended(lodestone::jobs::JobId id);       ///< after done()
  void shownCountChanged();

 private:
  using Continuation = std::function<void()>;
  struct Job;

  template <class Value, class Work>
  static Value guarded(Work& work, JobContext& job) {
    try {
      return work(job);
    } catch (const std::bad_alloc&) {
      return tl::unexpected<Error>(outOfMemory());
    } catch (const std::exception& problem) {
      return tl::unexpected<Error>(unexpected(problem));
    }
  }
  static Error outOfMemory();
  static Error unexpected(const std::exception& problem);

  JobId startWork(QObject* receiver, const JobSpec& spec, std::function<Continuation(JobContext&)> work);
  void begun(JobId id);
  void finish(JobId id, const Continuation& then);
  void progress(JobId id, const Progress& progress);
  void changed(JobId id);
  std::shared_ptr<Job> find(JobId id) const;

  QThreadPool data_pool_;
  QThreadPool model_pool_;
  std::vector<std::shared_ptr<Job>> all_;
  std::vector<std::shared_ptr<Job>> shown_;
  JobId last_ = 0;
};

/// At most one job of a kind: a new one retires the old one, so that its late answer never shows.
class Latest {
 public:
  explicit Latest(Jobs& jobs) : jobs_(&jobs) {}
  ~Latest() { stop(); }
  Latest(const Latest&) = delete;
  Latest& operator=(const Latest&) = delete;

  template <class Work, class Done>
  JobId start(QObject* receiver, const JobSpec& spec, Work work, Done done) {
    stop();
    id_ = jobs_->start(receiver, spec, std::move(work), std::move(done));
    return id_;
  }
  void stop() {
    if (jobs_ != nullptr && id_ != 0) jobs_->retire(id_);
    id_ = 0;
  }
  JobId id() const { return id_; }
  bool running() const { return jobs_ != nullptr && id_ != 0 && jobs_->running(id_); }

 private:
  QPointer<Jobs> jobs_;
  JobId id_ = 0;
};

}  // namespace lodestone::jobs

Q_DECLARE_METATYPE(lodestone::jobs::JobView)
