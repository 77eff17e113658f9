// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFileSystemWatcher>
#include <QObject>
#include <QString>
#include <QTimer>
#include <memory>

#include "core/base/result.h"
#include "ui/jobs/jobs.h"

class QTextDocument;

namespace lodestone::pages {

/// All of a document's text, character by character.
QString rawText(const QTextDocument& document);

/// The project's chart on disk: reads it into a text document, writes it half a second after the last change,
/// and tells when somebody else has changed the file. What others wrote is never overwritten unasked.
class ChartFile : public QObject {
  Q_OBJECT
 public:
  ChartFile(jobs::Jobs& jobs, QTextDocument& document, QObject* parent = nullptr);
  ~ChartFile() override;

  /// Reads the file; loaded() or failed() follows. A path that is empty lets go of the file.
  void open(const QString& path);
  QString path() const { return path_; }
  /// There is a chart: a file, or a text that will become one.
  bool exists() const { return exists_; }
  /// Makes the text a chart that is to be saved, as a template does.
  void begin();
  /// Writes what is not on disk yet, now. False: it could not be; failed() or changedOutside() says why.
  bool flush();
  bool dirty() const;

  /// The answers to changedOutside(): the file's text goes into the document (and can be undone), or the
  /// document's text goes over the file.
  void takeTheirs();
  void keepMine();
  bool conflict() const { return conflict_; }

 Q_SIGNALS:
  void loaded(bool exists);
  void saved();
  void changedOutside();
  void failed(const lodestone::Error& error);

 private:
  struct Disk;
  struct Outcome;
  static Result<Outcome> write(Disk& disk, const std::string& path, const std::string& bytes,
                               std::uint64_t turn);
  std::string bytes() const;
  void save();
  void look();
  void wrote(const Result<Outcome>& outcome);
  void watch();

  jobs::Jobs& jobs_;
  QTextDocument& document_;
  QFileSystemWatcher watcher_;
  QTimer save_timer_;
  QTimer look_timer_;
  jobs::Latest reading_;
  jobs::Latest looking_;
  QString path_;
  std::shared_ptr<Disk> disk_;
  std::string last_saved_;  ///< the document when it was read or written last
  std::string theirs_;
  std::uint64_t turn_ = 0;
  bool crlf_ = false;
  bool exists_ = false;
  bool conflict_ = false;
  bool loading_ = false;
};

}  // namespace lodestone::pages
