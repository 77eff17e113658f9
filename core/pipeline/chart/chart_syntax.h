// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "core/pipeline/chart/chart.h"

namespace lodestone::pipeline {

/// One mention of a node in a statement. Ranges are bytes of the original text, exact at both ends.
struct VertexSyntax {
  std::string id;
  SourceRange range = {};        ///< id, shape, class and data together
  SourceRange id_range = {};     ///< the id alone
  SourceRange open = {};         ///< the opening delimiter of a shape; empty when there is none
  SourceRange close = {};        ///< the closing one
  SourceRange class_range = {};  ///< ":::name"; empty when there is none
  SourceRange data = {};         ///< the last "@{...}" with its braces; empty when there is none
};

/// A link between two groups of nodes.
struct LinkSyntax {
  SourceRange range = {};      ///< from the name to the end of the label, without the space around it
  SourceRange id_range = {};   ///< "name@"; empty when there is none
  SourceRange start = {};      ///< "--" of "-- text -->"; empty when the text does not stand in the middle
  SourceRange arrow = {};      ///< "-->"
  SourceRange label = {};      ///< what stands between the delimiters, with its quotes
  SourceRange pipes = {};      ///< "|text|"; empty when there are none
  std::size_t first_edge = 0;  ///< index of the first edge that it makes
};

enum class StatementKind {
  Header,
  Node,
  Style,
  Class,
  ClassDefinition,
  LinkStyle,
  Click,
  SubgraphBegin,
  SubgraphEnd,
  Direction,
  Accessible
};

/// One statement, without the separator after it.
struct Statement {
  StatementKind kind = StatementKind::Node;
  SourceRange range = {};
  std::size_t depth = 0;  ///< subgraphs around it; of the statement "subgraph" and its "end": around them
  std::vector<std::vector<VertexSyntax>> groups = {};  ///< of a node statement: A & B --> C makes two
  std::vector<LinkSyntax> links = {};                  ///< one less than groups
  std::vector<std::string> ids = {};  ///< nodes of a style, class or click statement; edges of linkStyle
  SourceRange ids_range = {};         ///< where they stand, with the commas between them
  std::string subgraph = {};          ///< the id, of "subgraph" and "end"
  SourceRange name = {};              ///< of "subgraph": the id or title as written, with its quotes
  bool has_title = false;             ///< of "subgraph": a title in brackets follows the id
  SourceRange direction = {};         ///< of the header; empty when it gives none
};

/// The statements of a chart in their order. Every edit of the text begins here.
struct ChartSyntax {
  std::vector<Statement> statements = {};
  std::vector<SourceRange> comments = {};  ///< comments and directives, without the space around them
};

struct ChartWithSyntax {
  Chart chart;
  ChartSyntax syntax;
};

/// readChart() with the places of everything.
tl::expected<ChartWithSyntax, ChartError> readSyntax(std::string_view source);

}  // namespace lodestone::pipeline
