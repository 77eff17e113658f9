// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QString>
#include <string>
#include <vector>

#include "core/pipeline/chart/chart_document.h"

namespace lodestone::pages {

/// Between a chart's nodes and the places of its text that speak of them: each mention with its label, in
/// chains too, and the lines of its binding. Made once for a text; then both ways take logarithmic time.
/// Positions count characters as text documents do, lines from 1.
class ChartPlaces {
 public:
  ChartPlaces() = default;
  /// text: the document's own, with '\n' at the ends of lines.
  ChartPlaces(const pipeline::ChartDocument& document, const QString& text);

  /// The node that the text there is about: whose id or label stands there, whose binding, or who is
  /// mentioned last before it on the line. Empty: none.
  QString nodeAt(int position, int line) const;
  /// Where a node is first mentioned; -1 when it is nowhere.
  int positionOf(const QString& node) const;
  /// The line of a node's binding; 0: it has none.
  int bindingLine(const QString& node) const;

 private:
  struct Mention {
    int begin = 0;
    int end = 0;
    int line = 0;
    QString node = {};
  };
  struct Bound {
    int line = 0;
    QString node = {};
  };
  void scan(const QString& text, const QSet<QString>& nodes);

  std::vector<Mention> mentions_;  ///< by begin
  std::vector<Bound> bound_;       ///< by line
  int front_matter_ends_ = 0;      ///< the line of its closing fence; 0: there is none
  QHash<QString, int> first_;
};

}  // namespace lodestone::pages
