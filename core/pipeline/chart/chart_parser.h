// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "core/pipeline/chart/chart.h"
#include "core/pipeline/chart/chart_builder.h"
#include "core/pipeline/chart/chart_lexer.h"
#include "core/pipeline/chart/chart_syntax.h"
#include "core/pipeline/chart/chart_text.h"

namespace lodestone::pipeline {

/// Reads the words of a prepared text and hands what they say to a builder. One word of lookahead, no
/// recursion.
class ChartParser {
 public:
  /// All must outlive the parser. The places of what is read go into syntax unless it is null.
  ChartParser(std::string_view source, const PreparedText& prepared, ChartSyntax* syntax = nullptr);

  tl::expected<Chart, ChartError> run();

 private:
  /// A subgraph whose end has not come yet; the chart itself at the bottom.
  struct OpenSubgraph {
    std::optional<std::string> id = {};
    LabelText title = {};
    SubgraphBody body = {};
    std::size_t line_token = 0;
    std::size_t statement = 0;  ///< among those recorded
  };

  // Each returns false after it has set error_.
  bool header();
  bool document();
  bool statement();
  bool nodeStatement();
  bool node(std::vector<std::string>& ids);
  bool styledVertex(std::vector<std::string>& ids);
  bool vertex(const std::string& id, SourceRange range);
  bool propertyVertex(NodeMention mention);
  bool shapeData(const std::string& id);
  bool link(LinkText& result);
  bool linkLabel(LinkText& result);
  bool textOfKinds(std::initializer_list<TokenKind> kinds, std::size_t begin, LabelText& result);
  bool label(LabelText& result);
  bool edgeLabel(LabelText& result);
  bool classDefinition();
  bool classStatement();
  bool styleStatement();
  bool linkStyle();
  bool clickStatement();
  bool subgraphStart();
  bool subgraphEnd();
  bool accessibleText();
  bool styles(std::vector<std::string>& result);
  bool idString(std::string& id);
  bool separator(const std::vector<Text>& also);

  const Token& token() const { return tokens_[next_]; }
  TokenKind kind() const { return token().kind; }
  bool is(TokenKind wanted) const { return kind() == wanted; }
  bool isAny(std::initializer_list<TokenKind> kinds) const;
  void advance() {
    if (next_ + 1 < tokens_.size()) ++next_;
  }
  bool take(TokenKind wanted);
  bool skipSpaces();
  std::string_view textOf(const Token& t) const {
    return std::string_view(prepared_.body.text).substr(t.begin, t.end - t.begin);
  }
  SourceRange original(std::size_t begin, std::size_t end) const {
    return {prepared_.body.origin[begin], prepared_.body.origin[end]};
  }
  /// Without the white space at both ends, and without what the preparation took away there.
  SourceRange exact(std::size_t begin, std::size_t end) const;
  SourceRange exact(const Token& t) const { return exact(t.begin, t.end); }
  Statement* recorded() {
    return syntax_ == nullptr || syntax_->statements.empty() ? nullptr : &syntax_->statements.back();
  }
  VertexSyntax* recordedVertex();
  LinkSyntax* recordedLink();
  void beginRecord(StatementKind kind);
  /// Closes the last statement before the word that comes next.
  void endRecord();
  void recordIds(const std::vector<std::string>& ids, std::size_t first_token);

  /// What a message calls it: its text, else words for its kind.
  std::string nameOf(const Token& t) const;
  bool refuse(const std::vector<Text>& expected);
  bool refuseWith(const Text& text, std::size_t at_token, std::vector<std::string> args,
                  std::vector<std::string> expected);
  bool accept(const BuildResult& result, std::size_t at_token);

  std::string_view source_;
  const PreparedText& prepared_;
  std::vector<Token> tokens_;
  std::size_t next_ = 0;
  std::vector<OpenSubgraph> open_ = {OpenSubgraph{}};
  ChartBuilder builder_;
  ChartSyntax* syntax_ = nullptr;
  std::optional<ChartError> error_ = {};
};

}  // namespace lodestone::pipeline
