// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/data/sql_history.h"

#include <algorithm>
#include <utility>

namespace lodestone::pages {
namespace {

constexpr qsizetype kMostCharacters = 20'000;  // of a query: settings are no place for more
constexpr qsizetype kMostProjects = 30;

}  // namespace

void SqlHistory::setProject(const QString& folder) {
  if (folder == folder_) return;
  if (!folder_.isEmpty()) others_[folder_] = queries_;
  folder_ = folder;
  queries_ = others_.take(folder);
  at_ = queries_.size();
  draft_.clear();
}

void SqlHistory::add(const QString& sql) {
  const QString query = sql.trimmed();
  if (query.isEmpty() || query.size() > kMostCharacters) return;
  queries_.removeAll(query);
  queries_.push_back(query);
  while (queries_.size() > kMost) queries_.removeFirst();
  at_ = queries_.size() - 1;
}

QStringList SqlHistory::matching(const QString& words) const {
  const QStringList parts = words.split(' ', Qt::SkipEmptyParts);
  QStringList found;
  for (auto query = queries_.rbegin(); query != queries_.rend(); ++query)
    if (std::all_of(parts.begin(), parts.end(),
                    [&](const QString& part) { return query->contains(part, Qt::CaseInsensitive); }))
      found.push_back(*query);
  return found;
}

QString SqlHistory::previous(const QString& shown) {
  const bool at_query = at_ < queries_.size() && queries_[at_] == shown.trimmed();
  if (!at_query) {
    draft_ = shown;
    at_ = queries_.size();
  }
  if (at_ == 0) return shown;
  return queries_[--at_];
}

QString SqlHistory::next(const QString& shown) {
  if (at_ >= queries_.size() || queries_[at_] != shown.trimmed()) return shown;
  return ++at_ < queries_.size() ? queries_[at_] : draft_;
}

QVariantMap SqlHistory::save() const {
  QVariantMap saved;
  for (auto project = others_.begin(); project != others_.end(); ++project)
    if (!project->isEmpty() && saved.size() + 1 < kMostProjects) saved[project.key()] = *project;
  if (!folder_.isEmpty() && !queries_.isEmpty()) saved[folder_] = queries_;
  return saved;
}

void SqlHistory::restore(const QVariantMap& saved) {
  others_.clear();
  for (auto project = saved.begin(); project != saved.end(); ++project) {
    QStringList queries = project->toStringList();
    while (queries.size() > kMost) queries.removeFirst();
    others_[project.key()] = queries;
  }
  if (folder_.isEmpty() || !others_.contains(folder_)) return;
  // What was run since then comes after what was kept.
  const QStringList since = std::exchange(queries_, others_.take(folder_));
  for (const QString& query : since) add(query);
  at_ = queries_.size();
}

}  // namespace lodestone::pages
