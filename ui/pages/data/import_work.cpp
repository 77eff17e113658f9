// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/data/import_work.h"

#include <QFileInfo>
#include <QUrl>
#include <algorithm>

#include "ui/words/words.h"

namespace lodestone::pages {
namespace {

constexpr Text kImporting{"Reading {0}", "正在读取 {0}"};

}  // namespace

bool sameTableName(const QString& a, const QString& b) {
  return a.compare(b, Qt::CaseInsensitive) == 0;
}

std::vector<ImportFile> importFiles(const QStringList& files) {
  std::vector<ImportFile> list;
  for (const QString& file : files) {
    const QString stem = words::toQt(data::defaultTableName(words::toUtf8(file)));
    QString name = stem;
    const auto taken = [&] {
      return std::any_of(list.begin(), list.end(),
                         [&](const auto& one) { return sameTableName(one.table, name); });
    };
    for (int number = 2; taken(); ++number) name = stem + '_' + QString::number(number);
    list.push_back({file, name});
  }
  return list;
}

bool isAddress(const QString& file) {
  return file.contains("://");
}

QString shownName(const QString& file) {
  return isAddress(file) ? QUrl(file).toDisplayString(QUrl::RemoveUserInfo) : QFileInfo(file).fileName();
}

Result<ImportOutcome> runImport(project::Project& project, const std::vector<ImportFile>& files,
                                Tables tables, const data::ImportOptions& options, JobContext& job) {
  const auto database = project.tables();
  if (!database) return forward(database);
  ImportOutcome outcome;
  if (tables == Tables::OneTogether) {
    std::vector<std::string> names;
    for (const ImportFile& one : files) names.push_back(words::toUtf8(one.file));
    auto report = data::importFiles(**database, names, words::toUtf8(files.front().table), options, job);
    if (report)
      outcome.done.push_back(std::move(*report));
    else
      outcome.failure = report.error();
    return outcome;
  }
  const auto count = static_cast<double>(files.size());
  for (std::size_t i = 0; i < files.size(); ++i) {
    JobContext part = job.part(static_cast<double>(i) / count, static_cast<double>(i + 1) / count);
    part.report(0, kImporting, {words::toUtf8(shownName(files[i].file))});
    auto report = data::importFile(**database, words::toUtf8(files[i].file), words::toUtf8(files[i].table),
                                   options, part);
    if (!report) {
      outcome.failure = report.error();
      return outcome;
    }
    outcome.done.push_back(std::move(*report));
  }
  return outcome;
}

}  // namespace lodestone::pages
