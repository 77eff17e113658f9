// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>

class QTextBlock;
class QTextDocument;

namespace lodestone::pages {

/// Mermaid flowcharts with their front matter in the theme's colours. Long texts are coloured a piece at a
/// time, between other events, so that no key waits for it. Each block's user state is the scan_state that
/// the next one begins in.
class ChartHighlighter : public QObject {
  Q_OBJECT
 public:
  explicit ChartHighlighter(QTextDocument* document);

  /// Nothing is left to be coloured.
  bool finished() const { return !timer_.isActive(); }
  /// The state in which a block begins.
  static int stateBefore(const QTextBlock& block);

 private:
  void changed(int position, int removed, int added);
  void again();
  void step(int budget_ms);
  bool colour(const QTextBlock& block);

  QTextDocument& document_;
  QTimer timer_;
  int from_ = 0;  ///< the first block that is due, while the timer is active
  int to_ = 0;    ///< the last that is due at least
};

}  // namespace lodestone::pages
