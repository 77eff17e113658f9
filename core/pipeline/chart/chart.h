// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/base/text.h"

namespace lodestone::pipeline {

/// Half-open range of bytes of the source text. Empty where something has no text of its own.
struct SourceRange {
  std::size_t begin = 0;
  std::size_t end = 0;

  bool empty() const { return begin >= end; }
};

/// How a label was written: bare, quoted, or markdown between "` and `".
enum class LabelType { Text, String, Markdown };
/// "text", "string", "markdown".
std::string_view labelTypeName(LabelType type);

/// What a click on a node does.
struct ChartClick {
  bool callback = false;                ///< a function of the page, else a link
  std::string target_or_function = {};  ///< the address as written, or the name of the function
  std::optional<std::string> detail =
      {};  ///< the window of a link ("_blank"), or the arguments of a function
};

struct ChartNode {
  std::string id;
  std::string
      text;  ///< the label as written: without outer quotes, entities and tags kept; without a label the id
  std::string plain;  ///< the label as a reader sees it, lines separated by '\n'
  LabelType label_type = LabelType::Text;
  std::optional<std::string> type =
      {};                      ///< the name of the shape as the parser holds it; none when no shape is given
  std::string shape = "rect";  ///< canonical short name: rect, rounded, stadium, diam, ...
  std::vector<std::string> classes = {};
  std::vector<std::string> styles = {};
  std::optional<std::string> parent = {};  ///< innermost subgraph that owns it
  bool is_subgraph = false;                ///< the id is a subgraph as well: not drawn as a node
  std::optional<ChartClick> click = {};
  std::optional<std::string> tooltip = {};
  std::optional<std::pair<std::string, std::string>> property = {};  ///< of [|name:value|text]
  Json meta = {};            ///< icon, form, pos, img, constraint, w, h of @{...}; null when none is given
  SourceRange mention = {};  ///< the id where it is first mentioned as a node; empty when it is only styled
  SourceRange label = {};    ///< bytes between the delimiters of the label that holds; empty when it has none
  SourceRange data = {};     ///< bytes between the braces of the last @{...}; empty when it has none
  bool label_from_data = false;  ///< the label that holds is the one of @{label: ...}
};

enum class ArrowHead { None, Point, Circle, Cross };
/// "none", "point", "circle", "cross".
std::string_view arrowHeadName(ArrowHead head);

enum class Stroke { Normal, Thick, Dotted, Invisible, Invalid };
/// "normal", "thick", "dotted", "invisible", "INVALID".
std::string_view strokeName(Stroke stroke);

struct ChartEdge {
  std::string id;        ///< as given (name@-->), or L_start_end_count
  bool user_id = false;  ///< the id is given
  std::string start;
  std::string end;
  std::string text = {};
  std::string plain = {};
  LabelType label_type = LabelType::Text;
  std::string type = "arrow_point";  ///< as the parser names it, "double_arrow_point"
  Stroke stroke = Stroke::Normal;
  std::optional<int> length = 1;  ///< 1 to 10, none when the two halves do not fit
  ArrowHead arrow_start = ArrowHead::None;
  ArrowHead arrow_end = ArrowHead::Point;
  std::vector<std::string> style = {};
  std::optional<std::string> interpolate = {};
  std::vector<std::string> classes = {};
  std::optional<bool> animate = {};
  std::optional<std::string> animation = {};
  std::optional<std::int64_t> step = {};
  SourceRange range = {};  ///< the link in the source
};

struct ChartSubgraph {
  std::string id;
  bool made_id = false;  ///< the text gives none: subGraph0, subGraph1, ... by closing
  std::string title = {};
  std::string plain = {};
  LabelType label_type = LabelType::Text;
  std::vector<std::string> nodes = {};  ///< direct members
  std::optional<std::string> direction = {};
  std::vector<std::string> classes = {};
  std::optional<std::string> parent = {};
  Json metadata = {};  ///< of @{view: collapsed}; null when none is given
};

struct ChartClass {
  std::string id;
  std::vector<std::string> styles = {};
  std::vector<std::string> text_styles = {};  ///< those of styles that speak of a colour
};

/// A flowchart as Mermaid 12.3 reads it. Order of nodes: first mention; of edges: as written; of subgraphs:
/// closing.
struct Chart {
  std::string diagram_type = "flowchart-v2";  ///< "flowchart", "flowchart-v2", "flowchart-elk"
  std::string direction = "TB";               ///< TB, BT, LR, RL, or BR (drawn as TB)
  std::optional<std::string> title = {};
  std::optional<std::string> accessible_title = {};
  std::optional<std::string> accessible_description = {};
  std::vector<ChartNode> nodes = {};
  std::vector<ChartEdge> edges = {};
  std::vector<ChartSubgraph> subgraphs = {};
  std::vector<ChartClass> classes = {};
  std::optional<std::vector<std::string>> default_edge_style = {};
  std::optional<std::string> default_edge_interpolate = {};
  Json config = Json::object();  ///< `config` of the front matter merged with the init directives
  std::vector<std::pair<std::string, ChartClick>> ignored_clicks =
      {};  ///< on an id that is not mentioned before

  /// Null when there is no such node; valid while the chart is unchanged. Linear in the number of nodes.
  const ChartNode* findNode(std::string_view id) const;
};

/// Why a text is no flowchart. Positions count lines and characters (code points) of the original text
/// from 1.
struct ChartError {
  Text text{"This is not a flowchart.", "这不是流程图。"};
  std::vector<std::string> args = {};
  std::int64_t line = 1;
  std::int64_t column = 1;
  std::vector<std::string> expected = {};  ///< what would fit here, may be empty
  std::string got = {};                    ///< what stands here

  std::string message(Language language) const { return fill(text, language, args); }
};

/// Reads a flowchart. Linear in the length of the source; any bytes are safe. Thread safe.
tl::expected<Chart, ChartError> readChart(std::string_view source);

/// The same with the failure as InvalidArgument, with file, line and column in its place.
Result<Chart> parseChart(std::string_view source, const std::string& file_name);

/// The error as the rest of the program knows it. file_name may be empty.
Error toError(const ChartError& error, const std::string& file_name);

/// {"valid":true,"schema":1,"diagram_type",...}: the graph, for programs.
Json toJson(const Chart& chart);

/// {"valid":false,"error":{"message","line","column","expected","got"}}.
Json toJson(const ChartError& error, Language language);

}  // namespace lodestone::pipeline
