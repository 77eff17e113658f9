// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/chart/chart_parser.h"

#include <algorithm>

#include "core/base/spoken.h"

namespace lodestone::pipeline {

namespace {

using Kind = TokenKind;

constexpr Text kUnexpected{"Line {0}, column {1}: {2} does not fit here; expected {3}.",
                           "第 {0} 行第 {1} 列：此处不应出现 {2}；应为 {3}。"};
constexpr Text kNotAFlowchart{
    "This is not a flowchart: it must begin with \"flowchart\" or \"graph\", not with {0}.",
    "这不是流程图：必须以“flowchart”或“graph”开头，而不是 {0}。"};
constexpr Text kUnclosedSubgraph{"The subgraph that begins here has no \"end\".",
                                 "从这里开始的子图没有对应的“end”。"};
constexpr Text kNamelessSubgraph{"This subgraph has no name: write one after the word, such as subgraph one.",
                                 "该子图没有名称：请在该词之后写上名称，例如 subgraph one。"};

constexpr std::size_t kLongestQuote = 24;

bool isTitleToken(Kind kind) {
  switch (kind) {
    case Kind::Number:
    case Kind::Word:
    case Kind::Space:
    case Kind::Minus:
    case Kind::Ampersand:
    case Kind::Unicode:
    case Kind::Colon:
    case Kind::Star:
    case Kind::Hash:
    case Kind::Style:
    case Kind::LinkStyle:
    case Kind::ClassDefinition:
    case Kind::Class:
    case Kind::Click:
    case Kind::Graph:
    case Kind::Direction:
    case Kind::Subgraph:
    case Kind::End:
    case Kind::Down:
    case Kind::Up:
    case Kind::LinkStart:
      return true;
    default:
      return false;
  }
}

bool isStyleToken(Kind kind) {
  switch (kind) {
    case Kind::Number:
    case Kind::Word:
    case Kind::Colon:
    case Kind::Space:
    case Kind::Hash:
    case Kind::Style:
      return true;
    default:
      return false;
  }
}

bool isNameToken(Kind kind) {
  switch (kind) {
    case Kind::Number:
    case Kind::Unicode:
    case Kind::Word:
    case Kind::Direction:
    case Kind::Down:
    case Kind::Minus:
    case Kind::Comma:
    case Kind::Colon:
    case Kind::Ampersand:
    case Kind::Hash:
    case Kind::Star:
      return true;
    default:
      return false;
  }
}

std::optional<std::string_view> directionOf(Kind kind) {
  switch (kind) {
    case Kind::DirectionTopBottom:
      return "TB";
    case Kind::DirectionBottomTop:
      return "BT";
    case Kind::DirectionRightLeft:
      return "RL";
    case Kind::DirectionLeftRight:
      return "LR";
    case Kind::DirectionTopDown:
      return "TD";
    default:
      return std::nullopt;
  }
}

}  // namespace

ChartParser::ChartParser(std::string_view source, const PreparedText& prepared, ChartSyntax* syntax)
    : source_(source), prepared_(prepared), tokens_(ChartLexer(prepared.body.text).run()), syntax_(syntax) {}

SourceRange ChartParser::exact(std::size_t begin, std::size_t end) const {
  const std::string_view text = prepared_.body.text;
  end = std::min(end, text.size());
  begin = std::min(skipSpace(text, begin), end);
  const std::size_t last = begin + trimSpace(text.substr(begin, end - begin)).size();
  const std::vector<std::uint32_t>& origin = prepared_.body.origin;
  if (last == begin) return {origin[begin], origin[begin]};
  return {origin[begin], origin[last - 1] + std::size_t{1}};
}

VertexSyntax* ChartParser::recordedVertex() {
  Statement* const statement = recorded();
  return statement == nullptr ? nullptr : &statement->groups.back().back();
}

LinkSyntax* ChartParser::recordedLink() {
  Statement* const statement = recorded();
  return statement == nullptr ? nullptr : &statement->links.back();
}

void ChartParser::beginRecord(StatementKind what) {
  if (syntax_ == nullptr) return;
  std::size_t begin = token().begin;
  // The word "click" is none for the grammar.
  if (what == StatementKind::Click) begin = std::min(begin, prepared_.body.text.rfind("click", begin));
  if (is(Kind::AccDescriptionLines)) begin = std::min(begin, prepared_.body.text.rfind("accDescr", begin));
  syntax_->statements.push_back({.kind = what, .depth = open_.size() - 1});
  syntax_->statements.back().range = exact(begin, token().end);
}

void ChartParser::endRecord() {
  Statement* const statement = recorded();
  if (statement == nullptr) return;
  // Up to the next word, which takes in a closing quote or brace; but "end" needs no line end after it.
  const Token& last = tokens_[next_ == 0 ? 0 : next_ - 1];
  if (statement->kind == StatementKind::SubgraphEnd) {
    statement->range = exact(last);
    return;
  }
  statement->range.end =
      std::max(exact(last.begin, std::max(last.end, token().begin)).end, statement->range.end);
}

void ChartParser::recordIds(const std::vector<std::string>& ids, std::size_t first_token) {
  Statement* const statement = recorded();
  if (statement == nullptr) return;
  statement->ids = ids;
  statement->ids_range = exact(tokens_[first_token].begin, tokens_[next_ - 1].end);
}

bool ChartParser::isAny(std::initializer_list<Kind> kinds) const {
  return std::find(kinds.begin(), kinds.end(), kind()) != kinds.end();
}

bool ChartParser::take(Kind wanted) {
  if (!is(wanted)) return refuse({tokenName(wanted)});
  advance();
  return true;
}

bool ChartParser::skipSpaces() {
  const bool any = is(Kind::Space);
  while (is(Kind::Space)) advance();
  return any;
}

std::string ChartParser::nameOf(const Token& t) const {
  std::string text = shorten(restoreEntities(trimSpace(textOf(t))), kLongestQuote);
  return text.empty() ? spoken(tokenName(t.kind)) : text;
}

bool ChartParser::refuseWith(const Text& text, std::size_t at_token, std::vector<std::string> args,
                             std::vector<std::string> expected) {
  const Token& where = tokens_[at_token];
  const auto [line, column] = lineAndColumn(source_, prepared_.body.origin[where.begin]);
  error_ = ChartError{text,   std::move(args),     line,
                      column, std::move(expected), spokenIn(nameOf(where), Language::English)};
  return false;
}

bool ChartParser::refuse(const std::vector<Text>& expected) {
  std::vector<std::string> names;
  std::vector<std::string> said;
  for (const Text& one : expected) {
    names.emplace_back(one.in(Language::English));
    said.push_back(spoken(one));
  }
  refuseWith(kUnexpected, next_, {}, std::move(names));
  error_->args = {std::to_string(error_->line), std::to_string(error_->column), "\"" + nameOf(token()) + "\"",
                  join(said, " / ")};
  return false;
}

bool ChartParser::accept(const BuildResult& result, std::size_t at_token) {
  if (result) return true;
  return refuseWith(result.error().text, at_token, result.error().args, result.error().expected);
}

tl::expected<Chart, ChartError> ChartParser::run() {
  builder_.setTitle(prepared_.title);
  builder_.setConfig(prepared_.config);
  if (!header() || !document()) return tl::unexpected(*error_);
  return builder_.finish();
}

bool ChartParser::header() {
  while (isAny({Kind::Space, Kind::NewLine})) advance();
  if (!is(Kind::Graph) || textOf(token()) == "swimlane-beta") {
    refuseWith(kNotAFlowchart, next_, {}, {"flowchart", "graph"});
    error_->args = {"\"" + nameOf(token()) + "\""};
    return false;
  }
  const std::string_view keyword = textOf(token());
  beginRecord(StatementKind::Header);
  advance();
  endRecord();
  if (is(Kind::NoDirection)) {
    builder_.setHeader(keyword, "");
    advance();
    return true;
  }
  if (!is(Kind::Direction)) return refuse({"TB"_token, "LR"_token, "BT"_token, "RL"_token});
  builder_.setHeader(keyword, textOf(token()));
  if (Statement* header = recorded()) header->direction = exact(token());
  advance();
  endRecord();
  if (is(Kind::Semicolon)) {
    advance();
    return true;
  }
  skipSpaces();
  return take(Kind::NewLine);
}

bool ChartParser::document() {
  while (true) {
    if (isAny({Kind::Semicolon, Kind::NewLine, Kind::Space, Kind::EndOfFile})) {
      advance();
      continue;
    }
    if (is(Kind::EndOfInput) && open_.size() == 1) return true;
    if (is(Kind::EndOfInput)) return refuseWith(kUnclosedSubgraph, open_.back().line_token, {}, {"end"});
    if (!statement()) return false;
  }
}

bool ChartParser::statement() {
  switch (kind()) {
    case Kind::Style:
      return styleStatement();
    case Kind::LinkStyle:
      return linkStyle();
    case Kind::ClassDefinition:
      return classDefinition();
    case Kind::Class:
      return classStatement();
    case Kind::Click:
      return clickStatement();
    case Kind::Subgraph:
      return subgraphStart();
    case Kind::End:
      return subgraphEnd();
    case Kind::AccTitle:
    case Kind::AccDescription:
    case Kind::AccDescriptionLines:
      return accessibleText();
    default:
      break;
  }
  if (const auto direction = directionOf(kind())) {
    open_.back().body.direction = std::string(*direction);
    beginRecord(StatementKind::Direction);
    advance();
    endRecord();
    return true;
  }
  if (isIdToken(kind())) return nodeStatement();
  return refuse({{"a node", "节点"},
                 "subgraph"_token,
                 "end"_token,
                 "style"_token,
                 "classDef"_token,
                 "class"_token,
                 "click"_token,
                 "linkStyle"_token});
}

bool ChartParser::separator(const std::vector<Text>& also) {
  if (isAny({Kind::NewLine, Kind::Semicolon, Kind::EndOfFile})) {
    advance();
    return true;
  }
  std::vector<Text> expected = also;
  expected.insert(expected.end(), {tokenName(Kind::NewLine), ";"_token});
  return refuse(expected);
}

bool ChartParser::styles(std::vector<std::string>& result) {
  while (true) {
    if (!isStyleToken(kind())) return refuse({{"a style such as fill:#f9f", "样式，例如 fill:#f9f"}});
    result.emplace_back();
    for (; isStyleToken(kind()); advance()) result.back() += restoreEntities(textOf(token()));
    if (!is(Kind::Comma)) return true;
    advance();
  }
}

bool ChartParser::classDefinition() {
  beginRecord(StatementKind::ClassDefinition);
  advance();
  std::string ids;
  std::vector<std::string> given;
  if (!take(Kind::Space)) return false;
  const std::size_t first = next_;
  if (!idString(ids)) return false;
  recordIds(split(ids, ','), first);
  if (!take(Kind::Space) || !styles(given)) return false;
  builder_.addClassDefinition(ids, given);
  endRecord();
  return separator({","_token});
}

bool ChartParser::classStatement() {
  beginRecord(StatementKind::Class);
  advance();
  std::string ids;
  std::string name;
  if (!take(Kind::Space)) return false;
  const std::size_t first = next_;
  if (!idString(ids)) return false;
  recordIds(split(ids, ','), first);
  if (!take(Kind::Space) || !idString(name)) return false;
  builder_.addClass(ids, name);
  endRecord();
  return separator({});
}

bool ChartParser::styleStatement() {
  beginRecord(StatementKind::Style);
  advance();
  std::string id;
  std::vector<std::string> given;
  if (!take(Kind::Space)) return false;
  const std::size_t first = next_;
  if (!idString(id)) return false;
  recordIds({id}, first);
  if (!take(Kind::Space) || !styles(given)) return false;
  builder_.addStyles(id, given);
  endRecord();
  return separator({","_token});
}

bool ChartParser::linkStyle() {
  beginRecord(StatementKind::LinkStyle);
  advance();
  if (!take(Kind::Space)) return false;
  const std::size_t first = next_;
  const bool is_default = is(Kind::Default);
  std::vector<std::string> positions;
  if (is_default) {
    advance();
  } else {
    while (true) {
      if (!is(Kind::Number)) return refuse({{"the number of an edge", "连线的编号"}, "default"_token});
      positions.emplace_back(textOf(token()));
      advance();
      if (!is(Kind::Comma)) break;
      advance();
    }
    recordIds(positions, first);
  }
  if (!take(Kind::Space)) return false;
  std::optional<std::string> interpolate;
  std::optional<std::vector<std::string>> given;
  bool more = true;
  if (is(Kind::Interpolate)) {
    advance();
    if (!take(Kind::Space)) return false;
    if (!isNameToken(kind())) return refuse({{"the name of a curve", "曲线的名称"}});
    interpolate.emplace();
    for (; isNameToken(kind()); advance()) *interpolate += textOf(token());
    more = is(Kind::Space);
    if (more) advance();
  }
  if (more && !styles(given.emplace())) return false;
  if (is_default) {
    if (interpolate) builder_.setDefaultInterpolate(*interpolate);
    if (given) builder_.setDefaultEdgeStyle(*given);
  } else if (!accept(builder_.styleEdges(positions, given, interpolate), first)) {
    return false;
  }
  endRecord();
  return separator({","_token});
}

bool ChartParser::clickStatement() {
  const std::string ids(textOf(token()));
  beginRecord(StatementKind::Click);
  advance();
  recordIds(split(ids, ','), next_ - 1);
  ChartClick click;
  std::optional<std::string> tooltip;
  const auto text = [&] { return restoreEntities(textOf(token())); };
  const auto takeTooltip = [&] {
    if (!is(Kind::Space) || tokens_[next_ + 1].kind != Kind::String) return;
    advance();
    tooltip = text();
    advance();
  };
  if (is(Kind::CallbackName)) {
    click = {.callback = true, .target_or_function = text()};
    advance();
    if (is(Kind::CallbackArguments)) {
      click.detail = text();
      advance();
    }
    takeTooltip();
  } else if (isAny({Kind::Href, Kind::String})) {
    if (is(Kind::Href)) advance();
    if (!is(Kind::String)) return refuse({{"\"address\"", "\"地址\""}});
    click = {.callback = false, .target_or_function = text()};
    advance();
    takeTooltip();
    if (is(Kind::Space) && tokens_[next_ + 1].kind == Kind::LinkTarget) {
      advance();
      click.detail = text();
      advance();
    }
  } else if (isNameToken(kind())) {
    click.callback = true;
    for (; isNameToken(kind()); advance()) click.target_or_function += text();
    takeTooltip();
  } else {
    return refuse({"href"_token, "call"_token, {"\"address\"", "\"地址\""}});
  }
  builder_.addClick(ids, click, tooltip);
  endRecord();
  return separator({});
}

bool ChartParser::subgraphStart() {
  OpenSubgraph opened;
  opened.line_token = next_;
  beginRecord(StatementKind::SubgraphBegin);
  advance();
  if (isAny({Kind::NewLine, Kind::Semicolon, Kind::EndOfFile}) ||
      (is(Kind::Space) && next_ + 1 < tokens_.size() && tokens_[next_ + 1].kind == Kind::NewLine))
    return refuseWith(kNamelessSubgraph, opened.line_token, {}, {"a name"});
  if (!take(Kind::Space)) return false;
  LabelText name;
  const std::size_t name_begin = tokens_[next_ - 1].end;
  if (is(Kind::Markdown))
    name.type = LabelType::Markdown;
  else if (!is(Kind::String) && !isTitleToken(kind()))
    return refuse({{"a name", "名称"}});
  do {
    name.text += textOf(token());
    advance();
  } while (isTitleToken(kind()));
  const std::string id = restoreEntities(trimSpace(name.text));
  if (Statement* statement = recorded()) {
    statement->name = exact(name_begin, token().begin);
    statement->has_title = is(Kind::SquareOpen);
  }
  if (is(Kind::SquareOpen)) {
    advance();
    if (!label(opened.title) || !take(Kind::SquareClose)) return false;
    opened.id = id;
  } else {
    const auto has_space = [&] {
      for (std::size_t i = 0; i < name.text.size(); ++i)
        if (spaceLength(name.text, i) > 0) return true;
      return false;
    };
    if (!has_space()) opened.id = id;
    opened.title = std::move(name);
  }
  endRecord();
  if (!separator({"["_token})) return false;
  if (syntax_ != nullptr) opened.statement = syntax_->statements.size() - 1;
  open_.push_back(std::move(opened));
  return true;
}

bool ChartParser::subgraphEnd() {
  if (open_.size() == 1) return refuse({{"a node", "节点"}, "subgraph"_token});
  OpenSubgraph closed = std::move(open_.back());
  open_.pop_back();
  beginRecord(StatementKind::SubgraphEnd);
  advance();
  endRecord();
  open_.back().body.members.push_back(
      builder_.addSubgraph(std::move(closed.id), std::move(closed.title), std::move(closed.body)));
  if (syntax_ != nullptr) {
    syntax_->statements.back().subgraph = open_.back().body.members.back();
    syntax_->statements[closed.statement].subgraph = open_.back().body.members.back();
  }
  return true;
}

bool ChartParser::accessibleText() {
  const Kind what = kind();
  beginRecord(StatementKind::Accessible);
  if (what != Kind::AccDescriptionLines) {
    advance();
    if (!isAny({Kind::AccTitleValue, Kind::AccDescriptionValue})) return refuse({tokenName(Kind::Text)});
  }
  std::string text = restoreEntities(trimSpace(textOf(token())));
  advance();
  endRecord();
  if (what == Kind::AccTitle)
    builder_.setAccessibleTitle(std::move(text));
  else
    builder_.setAccessibleDescription(std::move(text));
  return true;
}

}  // namespace lodestone::pipeline
