// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringView>
#include <vector>

namespace lodestone::pages {

/// What a piece of a line is, for colours, completion, and the way from the text to the nodes.
enum class ScanKind {
  Fence,      ///< --- around the front matter
  Key,        ///< of the front matter, of @{...} and of a directive
  Value,      ///< a text in quotes, a value of @{...}
  Comment,    ///< %% and #
  Keyword,    ///< subgraph, classDef, ...
  Direction,  ///< TB, LR, ...
  Id,         ///< of a node where it is mentioned as one
  Reference,  ///< of a node that is styled, clicked or put into a class; of a subgraph
  EdgeId,     ///< before the @ of a link
  Bracket,    ///< what gives a node its shape, and ::: and @{ }
  Label,      ///< of a node or subgraph
  Arrow,      ///< a link, and &
  EdgeLabel,
  ClassName,
  Style,  ///< fill:#fff,stroke:...
};

struct ScanSpan {
  int begin = 0;  ///< in the line
  int length = 0;
  ScanKind kind = ScanKind::Id;

  int end() const { return begin + length; }
  bool operator==(const ScanSpan&) const = default;
};

/// What a line begins in, because of those before it. A number, so that a text block can keep it.
namespace scan_state {
inline constexpr int kStart = -1;       ///< the first line
inline constexpr int kChart = 0;        ///< statements
inline constexpr int kFrontMatter = 1;  ///< YAML
inline constexpr int kLabel = 2;   ///< a label that is not closed; its closing sign is added as closer << 4
inline constexpr int kQuoted = 3;  ///< the same in quotes
inline constexpr int kData = 4;    ///< @{ ... }
inline constexpr int kDataQuoted = 5;
inline constexpr int kDirective = 6;    ///< %%{ ... }%%
inline constexpr int kDescription = 7;  ///< accDescr { ... }
inline int place(int state) {
  return state < 0 ? state : state & 15;
}
}  // namespace scan_state

/// One line of a flowchart, as the window colours it: forgiving, linear, and never refusing. What is right is
/// for the parser to say.
struct ScannedLine {
  std::vector<ScanSpan> spans = {};  ///< in order, apart from each other
  int state = scan_state::kChart;    ///< what the next line begins in
};
ScannedLine scanLine(QStringView text, int state);

/// The words that a statement may begin with, but for the header's.
const QStringList& statementWords();
/// TB, TD, BT, LR, RL.
const QStringList& directionWords();

}  // namespace lodestone::pages
