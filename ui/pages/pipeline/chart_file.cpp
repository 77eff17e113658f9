// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/pipeline/chart_file.h"

#include <QFileInfo>
#include <QTextDocument>
#include <algorithm>
#include <mutex>

#include "core/base/file.h"
#include "core/base/text.h"
#include "ui/pages/pipeline/text_change.h"
#include "ui/words/words.h"

namespace lodestone::pages {

namespace {

constexpr int kSaveAfterMs = 500;
constexpr int kLookAfterMs = 150;

jobs::JobSpec quiet() {
  return {{}, jobs::Pool::Data, jobs::Shown::Quiet};
}

/// An absent file reads as nothing.
Result<std::optional<std::string>> readIfThere(const std::string& path) {
  auto bytes = readFile(path);
  if (bytes) return std::optional(std::move(*bytes));
  if (bytes.error().code == ErrorCode::NotFound) return std::optional<std::string>();
  return forward(bytes);
}

}  // namespace

/// What the writers in worker threads share: one at a time, and never an older text over a newer one.
struct ChartFile::Disk {
  std::mutex mutex;
  std::optional<std::string> known;  // guarded by mutex: what the file had when it was last read or written
  std::uint64_t written = 0;         // guarded by mutex
};

struct ChartFile::Outcome {
  std::string bytes;
  bool done = false;                  ///< false: the file has changed
  std::optional<std::string> theirs;  ///< then what it has now
};

QString rawText(const QTextDocument& document) {
  QString text = document.toRawText();
  text.replace(QChar::ParagraphSeparator, u'\n');
  return text;
}

ChartFile::ChartFile(jobs::Jobs& jobs, QTextDocument& document, QObject* parent)
    : QObject(parent), jobs_(jobs), document_(document), reading_(jobs), looking_(jobs) {
  save_timer_.setSingleShot(true);
  save_timer_.setInterval(kSaveAfterMs);
  look_timer_.setSingleShot(true);
  look_timer_.setInterval(kLookAfterMs);
  connect(&save_timer_, &QTimer::timeout, this, &ChartFile::save);
  connect(&look_timer_, &QTimer::timeout, this, &ChartFile::look);
  connect(&document_, &QTextDocument::contentsChanged, this, [this] {
    if (!loading_ && exists_ && !path_.isEmpty()) save_timer_.start();
  });
  connect(&watcher_, &QFileSystemWatcher::fileChanged, this, [this] { look_timer_.start(); });
}

ChartFile::~ChartFile() = default;

void ChartFile::open(const QString& path) {
  save_timer_.stop();
  look_timer_.stop();
  looking_.stop();
  if (const QStringList files = watcher_.files(); !files.isEmpty()) watcher_.removePaths(files);
  path_ = path;
  disk_ = std::make_shared<Disk>();
  conflict_ = false;
  exists_ = false;
  turn_ = 0;
  if (path_.isEmpty()) {
    reading_.stop();
    return;
  }
  reading_.start(
      this, quiet(),
      [file = words::toUtf8(path), disk = disk_](JobContext&) -> Result<std::optional<std::string>> {
        auto bytes = readIfThere(file);
        const std::scoped_lock lock(disk->mutex);
        if (bytes) disk->known = *bytes;
        return bytes;
      },
      [this](const Result<std::optional<std::string>>& bytes) {
        if (!bytes) {
          Q_EMIT failed(bytes.error());
          return;
        }
        loading_ = true;
        exists_ = bytes->has_value();
        const std::string text = bytes->value_or(std::string());
        crlf_ = text.find("\r\n") != std::string::npos;
        document_.setPlainText(words::toQt(replaceAll(text, "\r\n", "\n")));
        last_saved_ = this->bytes();
        document_.clearUndoRedoStacks();
        loading_ = false;
        watch();
        Q_EMIT loaded(exists_);
      });
}

void ChartFile::begin() {
  exists_ = true;
  save_timer_.start();
}

std::string ChartFile::bytes() const {
  std::string text = words::toUtf8(rawText(document_));
  return crlf_ ? replaceAll(std::move(text), "\n", "\r\n") : text;
}

bool ChartFile::dirty() const {
  return exists_ && !path_.isEmpty() && bytes() != last_saved_;
}

Result<ChartFile::Outcome> ChartFile::write(Disk& disk, const std::string& path, const std::string& bytes,
                                            std::uint64_t turn) {
  const std::scoped_lock lock(disk.mutex);
  if (turn < disk.written) return Outcome{bytes, true, {}};
  auto now = readIfThere(path);
  if (!now) return forward(now);
  if (now->has_value() && *now != disk.known && **now != bytes) return Outcome{bytes, false, *now};
  if (*now != bytes)
    if (auto written = writeFileAtomically(path, bytes); !written) return forward(written);
  disk.known = bytes;
  disk.written = turn;
  return Outcome{bytes, true, {}};
}

void ChartFile::save() {
  if (conflict_ || !dirty()) return;
  jobs_.start(
      this, quiet(),
      [disk = disk_, file = words::toUtf8(path_), text = bytes(), turn = ++turn_](JobContext&) {
        return write(*disk, file, text, turn);
      },
      [this, disk = disk_](const Result<Outcome>& outcome) {
        if (disk == disk_) wrote(outcome);
      });
}

void ChartFile::wrote(const Result<Outcome>& outcome) {
  if (!outcome) {
    Q_EMIT failed(outcome.error());
    return;
  }
  if (!outcome->done) {
    conflict_ = true;
    theirs_ = outcome->theirs.value_or(std::string());
    Q_EMIT changedOutside();
    return;
  }
  last_saved_ = outcome->bytes;
  watch();
  Q_EMIT saved();
  if (dirty() && !save_timer_.isActive()) save_timer_.start();
}

bool ChartFile::flush() {
  save_timer_.stop();
  if (!dirty()) return true;
  if (conflict_) {
    Q_EMIT changedOutside();
    return false;
  }
  const auto outcome = write(*disk_, words::toUtf8(path_), bytes(), ++turn_);
  wrote(outcome);
  return outcome && outcome->done;
}

/// A file that is replaced is another one for the watcher.
void ChartFile::watch() {
  if (!path_.isEmpty() && !watcher_.files().contains(path_) && QFileInfo::exists(path_))
    watcher_.addPath(path_);
}

void ChartFile::look() {
  if (path_.isEmpty()) return;
  watch();
  looking_.start(
      this, quiet(),
      [disk = disk_, file = words::toUtf8(path_)](JobContext&) -> Result<std::optional<std::string>> {
        const std::scoped_lock lock(disk->mutex);
        auto now = readIfThere(file);
        if (!now || *now == disk->known) return std::optional<std::string>();
        return now;
      },
      [this](const Result<std::optional<std::string>>& theirs) {
        if (!theirs || !*theirs || **theirs == bytes()) return;
        conflict_ = true;
        theirs_ = **theirs;
        Q_EMIT changedOutside();
      });
}

void ChartFile::takeTheirs() {
  if (!conflict_) return;
  conflict_ = false;
  {
    const std::scoped_lock lock(disk_->mutex);
    disk_->known = theirs_;
  }
  exists_ = true;
  crlf_ = theirs_.find("\r\n") != std::string::npos;
  changeText(document_, words::toQt(replaceAll(theirs_, "\r\n", "\n")));
  last_saved_ = bytes();
}

void ChartFile::keepMine() {
  if (!conflict_) return;
  conflict_ = false;
  {
    const std::scoped_lock lock(disk_->mutex);
    disk_->known = theirs_;
  }
  last_saved_ = theirs_;
  save();
}

}  // namespace lodestone::pages
