// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <memory>
#include <optional>
#include <vector>

#include "core/data/import.h"
#include "core/project/project.h"

namespace lodestone::pages {

/// A file and the table that it becomes.
struct ImportFile {
  QString file;
  QString table;
};

/// What an import came to: the files before the one that failed are tables now.
struct ImportOutcome {
  std::vector<data::ImportReport> done;
  std::optional<Error> failure;
};

/// The files with tables named after them, no name twice.
std::vector<ImportFile> importFiles(const QStringList& files);
bool sameTableName(const QString& a, const QString& b);

/// Whether it is a database's address and no file.
bool isAddress(const QString& file);
/// The file's name without its folder; an address as it is, without its password.
QString shownName(const QString& file);

enum class Tables {
  OneEach,     ///< each file its own
  OneTogether  ///< the rows of all files in the table of the first
};

/// Imports the files; for a worker thread.
Result<ImportOutcome> runImport(project::Project& project, const std::vector<ImportFile>& files,
                                Tables tables, const data::ImportOptions& options, JobContext& job);

}  // namespace lodestone::pages
