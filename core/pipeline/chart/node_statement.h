// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/pipeline/chart/chart_syntax.h"

namespace lodestone::pipeline {

/// What is to become of a node statement. Edges are indices into Chart::edges.
struct NodeStatementChange {
  std::function<bool(const VertexSyntax&)> keeps_vertex;
  std::function<bool(std::size_t edge)> keeps_edge;
  /// Another label for an edge, nothing where it stays.
  std::function<std::optional<std::string>(std::size_t edge)> label = {};
  /// The name of a link belongs to this edge of its edges; nothing when to none.
  std::function<bool(std::size_t edge)> has_name = {};
};

/// One statement that is left.
struct NodeStatementPiece {
  std::string text;
  std::vector<const VertexSyntax*> vertices = {};
  bool says_more = false;  ///< it has edges, or a shape, class or data
};

/// The statements that say what is left, in the words of the old one: a chain stays a chain and a group a
/// group where all of it stays; edges keep their order. The shape of a node goes with its first mention.
std::vector<NodeStatementPiece> changedStatement(std::string_view source, const Statement& statement,
                                                 const NodeStatementChange& change);

/// The text of a link with another label (escaped, without quotes; empty: none), and with or without its
/// name.
std::string linkWithLabel(std::string_view source, const LinkSyntax& link,
                          const std::optional<std::string>& label, bool with_name);

}  // namespace lodestone::pipeline
