// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMap>
#include <QString>
#include <QStringList>
#include <QVariantMap>

namespace lodestone::pages {

/// The queries that were run, of each project the last hundred, newest last; one that is run again moves to
/// the end.
class SqlHistory {
 public:
  static constexpr int kMost = 100;
  void setProject(const QString& folder);
  void add(const QString& sql);
  const QStringList& all() const { return queries_; }
  /// Those with all of the words in them, newest first.
  QStringList matching(const QString& words) const;

  /// The one before what is shown, and the one after it; beyond the newest is the draft that was being
  /// written. Nothing changes where there is none.
  QString previous(const QString& shown);
  QString next(const QString& shown);

  QVariantMap save() const;
  void restore(const QVariantMap& saved);

 private:
  QString folder_;
  QStringList queries_;
  QMap<QString, QStringList> others_;  // of other projects
  qsizetype at_ = 0;                   // the one that is shown; queries_.size(): the draft
  QString draft_;
};

}  // namespace lodestone::pages
