// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A very long table in the window: bench_table PROJECT ROWS. Opens a project, puts a table of so many rows
// into it as an import does, shows it, scrolls, sorts, filters, finds; how long does each take, and how long
// is the window's thread busy with any event meanwhile? Prints one JSON object.
#include <QAbstractItemView>
#include <QElapsedTimer>
#include <QEvent>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QScrollBar>
#include <QTimer>
#include <algorithm>
#include <cstdio>
#include <functional>

#include "core/base/json.h"
#include "tests/bench/bench_window.h"
#include "tests/bench/timed_application.h"
#include "ui/shell/main_window.h"
#include "ui/studio/studio.h"
#include "ui/tables/data_table.h"
#include "ui/words/words.h"

namespace {

using namespace lodestone;  // NOLINT(google-build-using-namespace): one file, one program
using bench::quantile;
using bench::TimedApplication;
using bench::wait;

constexpr int kPatienceMs = 120'000;
constexpr int kScrollMs = 10'000;
constexpr int kStepMs = 16;

double memoryMb() {
  QFile status("/proc/self/status");
  if (!status.open(QIODevice::ReadOnly)) return 0;
  for (const QByteArray& line : status.readAll().split('\n'))
    if (line.startsWith("VmRSS:")) return line.mid(6).simplified().split(' ').front().toDouble() / 1024;
  return 0;
}

/// Events like those of a shop, none of them in any order but by time.
bool makeTable(project::Project& project, qint64 rows) {
  const auto database = project.tables();
  if (!database) return false;
  JobContext job;
  const auto made = (*database)->execute(
      "CREATE TABLE events AS SELECT (hash(i) % 200000)::INTEGER AS user_id, (hash(i + 1) % 30000)::INTEGER "
      "AS item_id, "
      "TIMESTAMP '2023-01-01' + to_seconds(i * 3) AS ts, ['view', 'view', 'view', 'cart', 'remove', "
      "'buy'][1 + (hash(i + 2) % 6)::INTEGER] AS event, CASE WHEN hash(i + 3) % 50 = 0 THEN NULL ELSE "
      "((hash(i + 4) % 10000) / 100)::DECIMAL(9, 2) END AS price, 'City ' || (hash(i + 5) % 500) AS city "
      "FROM range(" +
          std::to_string(rows) + ") r(i)",
      job);
  return made.has_value();
}

/// Runs something and waits until it says that it is done; what the window's thread did meanwhile.
class Phases {
 public:
  explicit Phases(TimedApplication& application) : application_(application) {}

  double add(const std::string& what, const std::function<void()>& run, const std::function<bool()>& done) {
    application_.measure();
    QElapsedTimer clock;
    clock.start();
    run();
    while (!done() && clock.elapsed() < kPatienceMs) wait(2);
    const double ms = static_cast<double>(clock.nsecsElapsed()) / 1e6;
    application_.measuring = false;
    std::vector<double> times = application_.times;
    std::sort(times.begin(), times.end());
    const auto within = std::upper_bound(times.begin(), times.end(), bench::kFrameMs) - times.begin();
    all_.push_back({{"what", what},
                    {"ms", ms},
                    {"events", times.size()},
                    {"p99_ms", quantile(times, 0.99)},
                    {"longest_ms", application_.longest()},
                    {"share_within_16_ms",
                     times.empty() ? 1.0 : static_cast<double>(within) / static_cast<double>(times.size())}});
    std::fprintf(stderr, "%s: %.0f ms, longest event %.1f ms\n", what.c_str(), ms, application_.longest());
    for (const auto& slow : application_.slow)
      std::fprintf(stderr, "  %s: %.1f ms, %.1f ms of them at work\n", slow.event.constData(), slow.ms,
                   slow.cpu_ms);
    return ms;
  }
  const Json& all() const { return all_; }

 private:
  TimedApplication& application_;
  Json all_ = Json::array();
};

/// Tells when a view was painted with what was asked for.
class FirstPicture : public QObject {
 public:
  FirstPicture(QWidget* viewport, const bool& shown) : QObject(viewport), shown_(shown) {
    viewport->installEventFilter(this);
    clock_.start();
  }
  bool eventFilter(QObject*, QEvent* event) override {
    if (event->type() == QEvent::Paint && shown_ && !painting_) {
      painting_ = true;
      QMetaObject::invokeMethod(
          this, [this] { ms = static_cast<double>(clock_.nsecsElapsed()) / 1e6; }, Qt::QueuedConnection);
    }
    return false;
  }
  double ms = 0;  ///< until the picture was there

 private:
  const bool& shown_;
  QElapsedTimer clock_;
  bool painting_ = false;
};

class Bench {
 public:
  Bench(TimedApplication& application, shell::MainWindow& window, studio::Studio& studio)
      : phases_(application), window_(window), studio_(studio), jobs_(studio.jobs()) {}

  int run(qint64 rows) {
    window_.showPage("data", {});
    while (jobs_.busy()) wait(20);
    if (!makeTable(*studio_.project(), rows)) {
      std::fprintf(stderr, "the table could not be made\n");
      return 1;
    }
    table_ = window_.page("data")->findChild<tables::DataTable*>("rows");
    view_ = table_->findChild<QAbstractItemView*>("dataTableView");
    QObject::connect(table_, &tables::DataTable::shown, table_, [this] { shown_ = true; });
    const double before = memoryMb();
    first();
    scroll("scrolling while the columns are looked at");
    phases_.add(
        "the look at the columns goes on", [] {}, [this] { return !jobs_.busy(); });
    scroll("scrolling");
    sort();
    scroll("scrolling the sorted table");
    filter();
    find();
    const Json figures = {{"rows", table_->tableRows()},
                          {"columns", view_->model()->columnCount()},
                          {"first_picture_ms", first_picture_},
                          {"memory_mb", memory_ - before},
                          {"phases", phases_.all()}};
    std::printf("%s\n", dumpJson(figures).c_str());
    return 0;
  }

 private:
  void untilShown(const std::string& what, const std::function<void()>& run) {
    shown_ = false;
    phases_.add(what, run, [this] { return shown_; });
  }

  void first() {
    shown_ = false;
    FirstPicture picture(view_->viewport(), shown_);
    phases_.add(
        "first picture",
        [this] {
          Q_EMIT studio_.tablesChanged();
          window_.showPage("data", QString("events"));
        },
        [&] { return picture.ms > 0; });
    first_picture_ = picture.ms;
    wait(500);
    memory_ = memoryMb();
  }

  /// Small steps as a wheel makes them, and now and then a jump as a dragged bar makes it.
  void scroll(const std::string& what) {
    QScrollBar* bar = view_->verticalScrollBar();
    int step = 0;
    QTimer scrolling;
    QObject::connect(&scrolling, &QTimer::timeout, [&] {
      ++step;
      const qint64 page = bar->maximum() / 97;
      bar->setValue(step % 40 == 0 ? static_cast<int>((step * page) % std::max(1, bar->maximum()))
                                   : bar->value() + bar->singleStep() * 3);
    });
    QElapsedTimer clock;
    clock.start();
    phases_.add(
        what, [&] { scrolling.start(kStepMs); }, [&] { return clock.elapsed() > kScrollMs; });
    scrolling.stop();
    const auto here = [this] { return view_->indexAt({4, view_->viewport()->height() / 2}); };
    bar->setValue(bar->maximum() / 3);
    phases_.add(
        what + ", until a far place is read", [] {},
        [&] { return here().data().toString() != QStringLiteral("…"); });
  }

  void sort() {
    for (const char* column : {"user_id", "ts", "event", "price", "city"})
      untilShown(std::string("sort by ") + column, [&] { table_->sortBy(data::SortOrder{column}); });
  }

  void filter() {
    untilShown("filter the sorted table by a word", [this] {
      table_->setFilter({{{"city", data::CellTest::Contains, {"city 49"}}}, {}});
    });
    untilShown("filter by a range", [this] {
      table_->setFilter({{{"price", data::CellTest::Between, {"10", "10.5"}}}, {}});
    });
    untilShown("no filter", [this] { table_->setFilter({}); });
    untilShown("no sort", [this] { table_->sortBy(std::nullopt); });
  }

  void find() {
    auto* text = table_->findChild<QLineEdit*>("findText");
    auto* result = table_->findChild<QLabel*>("findResult");
    const auto look = [&](const QString& wanted) {
      table_->goToRow(1);
      table_->openFind();
      const int row = view_->currentIndex().row();
      bool first = false;
      text->clear();
      wait(300);
      phases_.add(
          "find " + words::toUtf8(wanted), [&] { text->setText(wanted); },
          [&] {
            first = first || view_->currentIndex().row() != row || result->text() == "Not found";
            return first;
          });
      phases_.add(
          "count all of " + words::toUtf8(wanted), [] {},
          [&] { return result->text().startsWith("Row ") || result->text() == "Not found"; });
    };
    look("City 499");
    phases_.add(
        "find the next", [this] { table_->findNext(); },
        [row = view_->currentIndex().row(), this] { return view_->currentIndex().row() != row; });
    look("77.77");
    look("no such word");
  }

  Phases phases_;
  shell::MainWindow& window_;
  studio::Studio& studio_;
  jobs::Jobs& jobs_;
  tables::DataTable* table_ = nullptr;
  QAbstractItemView* view_ = nullptr;
  bool shown_ = false;
  double first_picture_ = 0;
  double memory_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: bench_table PROJECT ROWS\n");
    return 2;
  }
  if (qEnvironmentVariableIsEmpty("DISPLAY")) qputenv("QT_QPA_PLATFORM", "offscreen");
  TimedApplication application(argc, argv);
  QApplication::setApplicationName("lodestone-bench");
  const QString project = argv[1];
  if (!project::Project::create(project.toStdString())) return 1;
  bench::BenchWindow opened(project);
  if (!opened.open()) return 1;
  studio::Studio& studio = opened.studio();
  shell::MainWindow& window = opened.window();
  const int status = Bench(application, window, studio).run(QByteArray(argv[2]).toLongLong());
  studio.closeProject();
  return status;
}
