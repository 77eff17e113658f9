// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/jobs.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QThread>
#include <atomic>

#include "tests/ui/support/ui_test.h"

namespace lodestone {

constexpr Text kStep{"step {0}", "第 {0} 步"};

class JobsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void resultArrivesInTheWindowsThread();
  void workRunsElsewhere();
  void cancelIsAnErrorLikeAnyOther();
  void pauseHoldsAndResumeGoesOn();
  void retiredResultNeverShows();
  void retiringTellsNobody();
  void newerRequestRetiresTheOlder();
  void goneReceiverGetsNothing();
  void exceptionBecomesAnError();
  void shownJobsAreRows();
  void endStopsAndWaits();
  void modelPoolRunsOneAtATime();
};

namespace {

/// Works in small steps until it is stopped.
Result<int> untilStopped(JobContext& job) {
  for (int step = 0;; ++step) {
    if (auto go_on = job.checkpoint(); !go_on) return forward(go_on);
    job.report(0.5, kStep, {std::to_string(step)});
    QThread::msleep(1);
  }
}

}  // namespace

void JobsTest::resultArrivesInTheWindowsThread() {
  jobs::Jobs jobs;
  int got = 0;
  QThread* where = nullptr;
  jobs.start(
      this, {.title = "adding"}, [](JobContext&) -> Result<int> { return 42; },
      [&](const Result<int>& result) {
        got = *result;
        where = QThread::currentThread();
      });
  QTRY_COMPARE(got, 42);
  QCOMPARE(where, thread());
}

void JobsTest::workRunsElsewhere() {
  jobs::Jobs jobs;
  std::atomic<QThread*> where = nullptr;
  bool done = false;
  jobs.start(
      this, {.title = "looking"},
      [&where](JobContext&) -> Result<int> {
        where = QThread::currentThread();
        return 0;
      },
      [&](const Result<int>&) { done = true; });
  QTRY_VERIFY(done);
  QVERIFY(where.load() != thread());
}

void JobsTest::cancelIsAnErrorLikeAnyOther() {
  jobs::Jobs jobs;
  std::optional<ErrorCode> code;
  const auto id = jobs.start(this, {.title = "long"}, untilStopped, [&](const Result<int>& result) {
    code = result ? ErrorCode::Internal : result.error().code;
  });
  QTRY_VERIFY(jobs.view(id) != nullptr && jobs.view(id)->what.startsWith("step"));
  jobs.cancel(id);
  QTRY_VERIFY(code.has_value());
  QCOMPARE(*code, ErrorCode::Cancelled);
  QVERIFY(!jobs.running(id));
}

void JobsTest::pauseHoldsAndResumeGoesOn() {
  jobs::Jobs jobs;
  const auto steps = std::make_shared<std::atomic<int>>(0);
  bool ended = false;
  const auto id = jobs.start(
      this, {.title = "steps", .pausable = jobs::Pausable::Yes},
      [steps](JobContext& job) -> Result<int> {
        for (;;) {
          if (auto go_on = job.checkpoint(); !go_on) return forward(go_on);
          ++*steps;
          QThread::msleep(1);
        }
      },
      [&](const Result<int>&) { ended = true; });
  QTRY_VERIFY(*steps > 3);
  jobs.pause(id);
  QCOMPARE(jobs.view(id)->state, jobs::JobView::State::Paused);
  QTest::qWait(30);  // the step that was under way ends
  const int held = *steps;
  QTest::qWait(60);
  QCOMPARE(steps->load(), held);
  jobs.resume(id);
  QTRY_VERIFY(*steps > held);
  jobs.pause(id);
  jobs.cancel(id);  // a paused job can be cancelled
  QTRY_VERIFY(ended);
}

void JobsTest::retiredResultNeverShows() {
  jobs::Jobs jobs;
  bool shown = false;
  const auto id =
      jobs.start(this, {.title = "late"}, untilStopped, [&](const Result<int>&) { shown = true; });
  QSignalSpy ended(&jobs, &jobs::Jobs::ended);
  jobs.retire(id);
  QTRY_COMPARE(ended.count(), 1);
  QVERIFY(!shown);
}

void JobsTest::retiringTellsNobody() {
  jobs::Jobs jobs;
  QSignalSpy progressed(&jobs, &jobs::Jobs::progressed);
  {
    // As in a page that goes while it reads: its own members are gone before its connections are.
    jobs::Latest latest(jobs);
    latest.start(this, {.title = "reading", .shown = jobs::Shown::Quiet}, untilStopped,
                 [](const Result<int>&) {});
    QTRY_VERIFY(progressed.count() > 0);
    progressed.clear();
  }
  QCOMPARE(progressed.count(), 0);
}

void JobsTest::newerRequestRetiresTheOlder() {
  jobs::Jobs jobs;
  jobs::Latest latest(jobs);
  QList<int> shown;
  latest.start(this, {.title = "first"}, untilStopped, [&](const Result<int>&) { shown << 1; });
  latest.start(
      this, {.title = "second"}, [](JobContext&) -> Result<int> { return 2; },
      [&](const Result<int>& result) { shown << *result; });
  QTRY_COMPARE(shown, QList<int>{2});
  QTRY_COMPARE(jobs.shownCount(), 0);
  QCOMPARE(shown, QList<int>{2});
}

void JobsTest::goneReceiverGetsNothing() {
  jobs::Jobs jobs;
  bool shown = false;
  auto receiver = std::make_unique<QObject>();
  const auto id = jobs.start(receiver.get(), {.title = "orphan"}, untilStopped,
                             [&](const Result<int>&) { shown = true; });
  receiver.reset();
  QSignalSpy ended(&jobs, &jobs::Jobs::ended);
  jobs.cancel(id);
  QTRY_COMPARE(ended.count(), 1);
  QVERIFY(!shown);
}

void JobsTest::exceptionBecomesAnError() {
  jobs::Jobs jobs;
  std::optional<Error> error;
  jobs.start(
      this, {.title = "throwing"}, [](JobContext&) -> Result<int> { throw std::bad_alloc(); },
      [&](const Result<int>& result) { error = result.error(); });
  QTRY_VERIFY(error.has_value());
  QCOMPARE(error->code, ErrorCode::OutOfMemory);
}

void JobsTest::shownJobsAreRows() {
  jobs::Jobs jobs;
  const QAbstractItemModelTester tester(&jobs, QAbstractItemModelTester::FailureReportingMode::QtTest);
  const auto shown = jobs.start(this, {.title = "in the strip"}, untilStopped, [](const Result<int>&) {});
  const auto quiet = jobs.start(this, {.title = "quiet", .shown = jobs::Shown::Quiet}, untilStopped,
                                [](const Result<int>&) {});
  QCOMPARE(jobs.rowCount(), 1);
  QCOMPARE(jobs.index(0).data().toString(), QString("in the strip"));
  jobs.cancel(shown);
  jobs.cancel(quiet);
  QTRY_COMPARE(jobs.rowCount(), 0);
  QTRY_VERIFY(!jobs.running(quiet));
}

void JobsTest::endStopsAndWaits() {
  const auto running = std::make_shared<std::atomic<bool>>(false);
  bool shown = false;
  {
    jobs::Jobs jobs;
    jobs.start(
        this, {.title = "long"},
        [running](JobContext& job) -> Result<int> {
          *running = true;
          auto result = untilStopped(job);
          *running = false;
          return result;
        },
        [&](const Result<int>&) { shown = true; });
    QTRY_VERIFY(running->load());
  }
  QVERIFY(!running->load());
  QVERIFY(!shown);
}

void JobsTest::modelPoolRunsOneAtATime() {
  jobs::Jobs jobs;
  const auto now = std::make_shared<std::atomic<int>>(0);
  const auto most = std::make_shared<std::atomic<int>>(0);
  int ended = 0;
  for (int i = 0; i < 4; ++i)
    jobs.start(
        this, {.title = "training", .pool = jobs::Pool::Model},
        [now, most](JobContext&) -> Result<int> {
          const int running = ++*now;
          if (running > *most) *most = running;
          QThread::msleep(5);
          --*now;
          return 0;
        },
        [&](const Result<int>&) { ++ended; });
  QTRY_COMPARE(ended, 4);
  QCOMPARE(most->load(), 1);
}

}  // namespace lodestone

LODESTONE_UI_TEST(lodestone::JobsTest)
#include "jobs_test.moc"
