// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Nodes and the links between them.
#include <algorithm>

#include "core/pipeline/chart/chart_parser.h"

namespace lodestone::pipeline {

namespace {

using Kind = TokenKind;

struct ShapeBrackets {
  Kind open;
  Kind close;
  const char* type;
};

constexpr ShapeBrackets kBrackets[] = {
    {Kind::SquareOpen, Kind::SquareClose, "square"},
    {Kind::DoubleCircleOpen, Kind::DoubleCircleClose, "doublecircle"},
    {Kind::EllipseOpen, Kind::EllipseClose, "ellipse"},
    {Kind::StadiumOpen, Kind::StadiumClose, "stadium"},
    {Kind::SubroutineOpen, Kind::SubroutineClose, "subroutine"},
    {Kind::CylinderOpen, Kind::CylinderClose, "cylinder"},
    {Kind::RoundOpen, Kind::RoundClose, "round"},
    {Kind::BraceOpen, Kind::BraceClose, "diamond"},
    {Kind::Greater, Kind::SquareClose, "odd"},
    {Kind::TrapezoidOpen, Kind::TrapezoidClose, "trapezoid"},
    {Kind::InverseTrapezoidOpen, Kind::InverseTrapezoidClose, "inv_trapezoid"},
};

// The text of a quoted value in @{...}: a line break and the space after it are one <br/>.
std::string dataText(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] != '\n') {
      result.push_back(text[i++]);
      continue;
    }
    result += "<br/>";
    i = skipSpace(text, i + 1);
  }
  return result;
}
}  // namespace

bool ChartParser::nodeStatement() {
  beginRecord(StatementKind::Node);
  std::vector<std::vector<std::string>> groups(1);
  if (!node(groups.back())) return false;
  while (isAny({Kind::Link, Kind::LinkStart, Kind::LinkId})) {
    LinkText between;
    std::vector<std::string> next;
    const std::size_t link_token = next_;
    if (Statement* statement = recorded()) statement->links.emplace_back();
    if (!link(between) || !node(next)) return false;
    if (LinkSyntax* made = recordedLink()) made->first_edge = builder_.edgeCount();
    if (!accept(builder_.addLinks(groups.back(), next, between), link_token)) return false;
    groups.push_back(std::move(next));
  }
  std::vector<std::string>& members = open_.back().body.members;
  for (auto group = groups.rbegin(); group != groups.rend(); ++group)
    members.insert(members.end(), group->begin(), group->end());
  endRecord();
  return separator({"-->"_token, "&"_token, ":::"_token, "["_token});
}

// A & B & C, each with its own @{...}.
bool ChartParser::node(std::vector<std::string>& ids) {
  if (Statement* statement = recorded()) statement->groups.emplace_back();
  if (!styledVertex(ids)) return false;
  while (true) {
    if (is(Kind::Data) && !shapeData(ids.back())) return false;
    if (!skipSpaces() || !is(Kind::Ampersand)) return true;
    advance();
    if (!skipSpaces()) return refuse({tokenName(Kind::Space)});
    if (!styledVertex(ids)) return false;
  }
}

bool ChartParser::shapeData(const std::string& id) {
  const std::size_t first = next_;
  std::string yaml;
  std::size_t end = token().end;
  for (; isAny({Kind::Data, Kind::DataString}); advance()) {
    // The token @{ opens; the closing brace is none.
    if (textOf(token()) == "@{") continue;
    yaml += is(Kind::DataString) ? dataText(textOf(token())) : std::string(textOf(token()));
    end = token().end;
  }
  if (VertexSyntax* vertex = recordedVertex()) {
    // The closing brace is no word.
    vertex->data = exact(tokens_[first].begin, end + 1);
    vertex->range.end = vertex->data.end;
  }
  return accept(builder_.addData(id, yaml, original(tokens_[first].end, end)), first);
}

bool ChartParser::idString(std::string& id) {
  if (!isIdToken(kind())) return refuse({tokenName(Kind::Word)});
  for (; isIdToken(kind()); advance()) id += textOf(token());
  return true;
}

bool ChartParser::styledVertex(std::vector<std::string>& ids) {
  std::string id;
  const std::size_t begin = token().begin;
  if (!idString(id)) return false;
  if (Statement* statement = recorded()) {
    const SourceRange place = exact(begin, tokens_[next_ - 1].end);
    statement->groups.back().push_back({.id = id, .range = place, .id_range = place});
  }
  if (!vertex(id, original(begin, tokens_[next_ - 1].end))) return false;
  ids.push_back(id);
  if (VertexSyntax* made = recordedVertex()) made->range.end = exact(begin, tokens_[next_ - 1].end).end;
  if (!is(Kind::ClassSeparator)) return true;
  const std::size_t separator_token = next_;
  advance();
  std::string name;
  if (!idString(name)) return false;
  if (VertexSyntax* made = recordedVertex()) {
    made->class_range = exact(tokens_[separator_token].begin, tokens_[next_ - 1].end);
    made->range.end = made->class_range.end;
  }
  builder_.addClass(id, name);
  return true;
}

bool ChartParser::vertex(const std::string& id, SourceRange range) {
  NodeMention mention{.id = id, .range = range};
  if (is(Kind::PropertyOpen)) return propertyVertex(std::move(mention));
  const auto* const brackets = std::find_if(std::begin(kBrackets), std::end(kBrackets),
                                            [&](const ShapeBrackets& b) { return b.open == kind(); });
  if (brackets == std::end(kBrackets)) {
    builder_.mentionNode(std::move(mention));
    return true;
  }
  advance();
  Kind closing = brackets->close;
  mention.type = brackets->type;
  // (( and {{ come as two words.
  const bool doubled =
      (brackets->open == Kind::RoundOpen || brackets->open == Kind::BraceOpen) && is(brackets->open);
  const std::size_t open_token = next_ - 1;
  if (doubled) {
    advance();
    mention.type = brackets->open == Kind::RoundOpen ? "circle" : "hexagon";
  }
  if (VertexSyntax* made = recordedVertex())
    made->open = exact(tokens_[open_token].begin, tokens_[next_ - 1].end);
  mention.label.emplace();
  if (!label(*mention.label)) return false;
  const bool trapezoid =
      brackets->open == Kind::TrapezoidOpen || brackets->open == Kind::InverseTrapezoidOpen;
  if (trapezoid && isAny({Kind::TrapezoidClose, Kind::InverseTrapezoidClose}) && !is(closing)) {
    closing = kind();
    mention.type = brackets->open == Kind::TrapezoidOpen ? "lean_right" : "lean_left";
  }
  const std::size_t close_token = next_;
  if (!take(closing) || (doubled && !take(closing))) return false;
  if (VertexSyntax* made = recordedVertex())
    made->close = exact(tokens_[close_token].begin, tokens_[next_ - 1].end);
  builder_.mentionNode(std::move(mention));
  return true;
}

// [|name:value|text]
bool ChartParser::propertyVertex(NodeMention mention) {
  const std::size_t open_token = next_;
  advance();
  std::pair<std::string, std::string> property;
  if (!is(Kind::Word)) return refuse({{"the name of a property", "属性的名称"}});
  property.first = textOf(token());
  advance();
  if (!take(Kind::Colon)) return false;
  if (!is(Kind::Word)) return refuse({{"the value of a property", "属性的值"}});
  property.second = textOf(token());
  advance();
  if (!take(Kind::Pipe)) return false;
  if (VertexSyntax* made = recordedVertex())
    made->open = exact(tokens_[open_token].begin, tokens_[next_ - 1].end);
  mention.type = "rect";
  mention.property = std::move(property);
  mention.label.emplace();
  if (!label(*mention.label) || !take(Kind::SquareClose)) return false;
  if (VertexSyntax* made = recordedVertex()) made->close = exact(tokens_[next_ - 1]);
  builder_.mentionNode(std::move(mention));
  return true;
}

// Text between delimiters: at most one quoted part, which must come first.
bool ChartParser::textOfKinds(std::initializer_list<Kind> kinds, std::size_t begin, LabelText& result) {
  if (is(Kind::String))
    result.type = LabelType::String;
  else if (is(Kind::Markdown))
    result.type = LabelType::Markdown;
  else if (!isAny(kinds))
    return refuse({tokenName(Kind::Text), tokenName(Kind::String)});
  do {
    result.text += textOf(token());
    advance();
  } while (isAny(kinds));
  result.range = original(begin, token().begin);
  return true;
}

bool ChartParser::label(LabelText& result) {
  return textOfKinds({Kind::Text, Kind::Less, Kind::Greater, Kind::Unicode}, tokens_[next_ - 1].end, result);
}

bool ChartParser::edgeLabel(LabelText& result) {
  return textOfKinds({Kind::EdgeText, Kind::Unicode}, token().begin, result);
}

bool ChartParser::link(LinkText& result) {
  const std::size_t begin = token().begin;
  std::optional<std::string> id;
  LinkSyntax* const made = recordedLink();
  if (is(Kind::LinkId)) {
    id = textOf(token());
    id->erase(id->find('@'), 1);
    if (made != nullptr) made->id_range = exact(token());
    advance();
  }
  if (made != nullptr) made->arrow = exact(token());
  if (is(Kind::Link)) {
    result = readLink(textOf(token()), "");
    advance();
    if (is(Kind::Pipe) && !linkLabel(result)) return false;
  } else if (is(Kind::LinkStart)) {
    const std::string_view start = textOf(token());
    const std::size_t text_begin = token().end;
    if (made != nullptr) made->start = exact(token());
    advance();
    LabelText text;
    if (!edgeLabel(text)) return false;
    if (!is(Kind::Link)) return refuse({"-->"_token});
    if (made != nullptr) {
      made->label = exact(text_begin, token().begin);
      made->arrow = exact(token());
    }
    result = readLink(textOf(token()), start);
    result.label = std::move(text);
    advance();
  } else {
    return refuse({"-->"_token});
  }
  result.id = std::move(id);
  result.range = original(begin, token().begin);
  if (made != nullptr) made->range = exact(begin, token().begin);
  return true;
}

// -->|text|
bool ChartParser::linkLabel(LinkText& result) {
  const std::size_t open_token = next_;
  advance();
  result.label.emplace();
  if (!label(*result.label) || !take(Kind::Pipe)) return false;
  if (LinkSyntax* made = recordedLink()) {
    const std::size_t close_token = next_ - 1;
    made->label = exact(tokens_[open_token].end, tokens_[close_token].begin);
    made->pipes = exact(tokens_[open_token].begin, tokens_[close_token].end);
  }
  if (is(Kind::Space)) advance();
  return true;
}
}  // namespace lodestone::pipeline
