// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSyntaxHighlighter>

namespace lodestone::pages {

/// Mermaid flowcharts with their front matter in the theme's colours.
class ChartHighlighter : public QSyntaxHighlighter {
  Q_OBJECT
 public:
  explicit ChartHighlighter(QTextDocument* document);

 protected:
  void highlightBlock(const QString& text) override;

 private:
  enum Place { Chart = 0, FrontMatter = 1, Start = -1 };
  void frontMatter(const QString& text);
  void chart(const QString& text);
};

}  // namespace lodestone::pages
