// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/chart/node_statement.h"

#include <algorithm>
#include <set>

#include "core/pipeline/chart/text_edit.h"

namespace lodestone::pipeline {

namespace {

/// Edges from some nodes of one group to some of the next, all of them, with one label.
struct Row {
  std::vector<std::size_t> starts;
  std::vector<std::size_t> ends;
  std::optional<std::string> label = {};
  bool named = false;  ///< the link's name belongs to the last start and the first end
};

/// Groups from one of the statement's on, joined by rows.
struct Chain {
  std::size_t first_group = 0;
  std::vector<std::vector<std::size_t>> groups;
  std::vector<Row> rows = {};
};

std::string slice(std::string_view source, std::size_t begin, std::size_t end) {
  return std::string(source.substr(begin, end > begin ? end - begin : 0));
}

class Rewriter {
 public:
  Rewriter(std::string_view source, const Statement& statement, const NodeStatementChange& change)
      : source_(source), statement_(statement), change_(change) {}

  std::vector<NodeStatementPiece> write() {
    gather();
    std::vector<NodeStatementPiece> pieces;
    pieces.reserve(chains_.size());
    for (const Chain& chain : chains_) pieces.push_back(piece(chain));
    return pieces;
  }

 private:
  bool keeps(std::size_t group, std::size_t vertex) const {
    return change_.keeps_vertex(statement_.groups[group][vertex]);
  }

  std::vector<Row> rowsOf(std::size_t link) {
    const std::size_t starts = statement_.groups[link].size();
    const std::size_t ends = statement_.groups[link + 1].size();
    std::vector<Row> rows;
    for (std::size_t i = 0; i < starts; ++i) {
      if (!keeps(link, i)) continue;
      std::vector<Row> of_start;
      bool joined = false;  // with the end before
      for (std::size_t j = 0; j < ends; ++j) {
        const std::size_t edge = statement_.links[link].first_edge + i * ends + j;
        if (!keeps(link + 1, j) || !change_.keeps_edge(edge)) {
          joined = joined && !keeps(link + 1, j);
          continue;
        }
        const auto label = change_.label ? change_.label(edge) : std::nullopt;
        const bool named = change_.has_name && change_.has_name(edge);
        if (!joined || of_start.empty() || of_start.back().label != label || named)
          of_start.push_back({{i}, {}, label, named});
        of_start.back().ends.push_back(j);
        joined = true;
      }
      // Starts with the same ends share a row; the name stays with the last start.
      const bool merges = of_start.size() == 1 && !rows.empty() && !rows.back().named &&
                          rows.back().ends == of_start[0].ends && rows.back().label == of_start[0].label &&
                          mergeable_ == rows.size();
      if (merges) {
        rows.back().starts.push_back(i);
        rows.back().named = of_start[0].named;
        continue;
      }
      rows.insert(rows.end(), of_start.begin(), of_start.end());
      mergeable_ = of_start.size() == 1 ? rows.size() : 0;
    }
    return rows;
  }

  void gather() {
    std::vector<bool> linked(statement_.groups[0].size(), false);  // by the link before
    for (std::size_t g = 0; g < statement_.groups.size(); ++g) {
      mergeable_ = 0;
      const bool last = g + 1 == statement_.groups.size();
      const std::vector<Row> rows = last ? std::vector<Row>{} : rowsOf(g);
      std::set<std::size_t> used;
      for (const Row& row : rows) used.insert(row.starts.begin(), row.starts.end());
      Chain loose{g, {{}}};
      for (std::size_t i = 0; i < statement_.groups[g].size(); ++i)
        if (keeps(g, i) && !linked[i] && used.count(i) == 0) loose.groups[0].push_back(i);
      if (!loose.groups[0].empty()) chains_.push_back(std::move(loose));
      linked.assign(last ? 0 : statement_.groups[g + 1].size(), false);
      for (const Row& row : rows) {
        for (const std::size_t end : row.ends) linked[end] = true;
        const bool goes_on = !chains_.empty() && !chains_.back().rows.empty() &&
                             chains_.back().first_group + chains_.back().groups.size() == g + 1 &&
                             chains_.back().groups.back() == row.starts;
        if (!goes_on) chains_.push_back({g, {row.starts}});
        chains_.back().groups.push_back(row.ends);
        chains_.back().rows.push_back(row);
      }
    }
  }

  std::string vertexText(std::size_t group, std::size_t index, NodeStatementPiece& piece) {
    const VertexSyntax& vertex = statement_.groups[group][index];
    piece.vertices.push_back(&vertex);
    const bool first = written_.insert({group, index}).second;
    if (first && vertex.range.end > vertex.id_range.end) piece.says_more = true;
    const SourceRange& range = first ? vertex.range : vertex.id_range;
    return slice(source_, range.begin, range.end);
  }

  std::string groupText(std::size_t group, const std::vector<std::size_t>& indices,
                        NodeStatementPiece& piece) {
    const auto& vertices = statement_.groups[group];
    std::string text;
    for (std::size_t k = 0; k < indices.size(); ++k) {
      if (k > 0) {
        const bool neighbours = indices[k - 1] + 1 == indices[k];
        text += neighbours
                    ? slice(source_, vertices[indices[k - 1]].range.end, vertices[indices[k]].range.begin)
                    : std::string(" & ");
      }
      text += vertexText(group, indices[k], piece);
    }
    return text;
  }

  std::string gap(std::size_t begin, std::size_t end, bool same_neighbour) const {
    return begin >= end && !same_neighbour ? " " : slice(source_, begin, end);
  }

  NodeStatementPiece piece(const Chain& chain) {
    NodeStatementPiece result{.text = {}, .vertices = {}, .says_more = !chain.rows.empty()};
    for (std::size_t k = 0; k < chain.groups.size(); ++k) {
      const std::size_t group = chain.first_group + k;
      if (k > 0) {
        const LinkSyntax& link = statement_.links[group - 1];
        const Row& row = chain.rows[k - 1];
        const auto& before = statement_.groups[group - 1];
        const auto& after = statement_.groups[group];
        // Other neighbours than before must not run into the link: ---B and ---oB are different links.
        result.text += gap(before.back().range.end, link.range.begin, row.starts.back() + 1 == before.size());
        result.text += linkWithLabel(source_, link, row.label, row.named || link.id_range.empty());
        result.text += gap(link.range.end, after.front().range.begin, row.ends.front() == 0);
      }
      result.text += groupText(group, chain.groups[k], result);
    }
    return result;
  }

  std::string_view source_;
  const Statement& statement_;
  const NodeStatementChange& change_;
  std::vector<Chain> chains_ = {};
  std::set<std::pair<std::size_t, std::size_t>> written_ = {};
  std::size_t mergeable_ = 0;  // the count of rows when the last one is the only one of its start
};

// "-. text .->" and "-- text -->" without the text: the end holds the length, the start the other head.
std::string plainArrow(const std::string& start, const std::string& end) {
  std::string arrow = end;
  if (end.front() == '.') arrow.insert(0, "-");
  const char head = start.front();
  if (head == '<' || head == 'x' || head == 'o') arrow.insert(0, std::string(1, head));
  return arrow;
}

}  // namespace

std::string linkWithLabel(std::string_view source, const LinkSyntax& link,
                          const std::optional<std::string>& label, bool with_name) {
  const std::string text = slice(source, link.range.begin, link.range.end);
  TextEdit edit(text);
  const auto inside = [&](const SourceRange& range) {
    return SourceRange{range.begin - link.range.begin, range.end - link.range.begin};
  };
  if (!with_name && !link.id_range.empty()) edit.cut(inside(link.id_range));
  if (label) {
    if (label->empty() && !link.start.empty()) {
      const std::string start = slice(source, link.start.begin, link.start.end);
      const std::string end = slice(source, link.arrow.begin, link.arrow.end);
      edit.replace(inside({link.start.begin, link.arrow.end}), plainArrow(start, end));
    } else if (label->empty()) {
      if (!link.pipes.empty()) edit.cut(inside({link.arrow.end, link.pipes.end}));
    } else if (!link.label.empty()) {
      edit.replace(inside(link.label), "\"" + *label + "\"");
    } else {
      edit.insert(inside(link.arrow).end, "|\"" + *label + "\"|");
    }
  }
  return edit.apply();
}

std::vector<NodeStatementPiece> changedStatement(std::string_view source, const Statement& statement,
                                                 const NodeStatementChange& change) {
  return Rewriter(source, statement, change).write();
}

}  // namespace lodestone::pipeline
