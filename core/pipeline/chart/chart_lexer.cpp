// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/chart/chart_lexer.h"

#include <algorithm>
#include <utility>

#include "core/pipeline/chart/chart_letters.h"
#include "core/pipeline/chart/chart_text.h"

// The rules are tried in the order of Mermaid's own lexer: the first that fits wins, not the longest. Which
// rules apply depends on the state alone, so the whole text can be split before it is read.

namespace lodestone::pipeline {

namespace {

constexpr std::size_t kNone = std::string_view::npos;

std::size_t characterLength(std::string_view text, std::size_t position) {
  const auto c = static_cast<unsigned char>(text[position]);
  std::size_t length = c < 0xC0 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
  for (std::size_t i = 1; i < length; ++i)
    if (position + i >= text.size() || (static_cast<unsigned char>(text[position + i]) & 0xC0U) != 0x80U)
      return i;
  return length;
}

char32_t codePoint(std::string_view text, std::size_t position, std::size_t length) {
  const auto byte = [&](std::size_t i) {
    return static_cast<char32_t>(static_cast<unsigned char>(text[position + i]));
  };
  if (length == 2) return ((byte(0) & 0x1FU) << 6U) | (byte(1) & 0x3FU);
  if (length == 3) return ((byte(0) & 0x0FU) << 12U) | ((byte(1) & 0x3FU) << 6U) | (byte(2) & 0x3FU);
  return length == 1 ? byte(0) : 0xFFFFFFU;
}

bool isWordToken(char c) {
  return isWordCharacter(c) || std::string_view("!\"#$%&'*+.`?\\/").find(c) != kNone;
}

bool contains(std::string_view characters, char c) {
  return c != '\0' && characters.find(c) != kNone;
}

}  // namespace

std::vector<Token> ChartLexer::run() {
  while (step()) {
  }
  return std::move(tokens_);
}

bool ChartLexer::step() {
  if (position_ < text_.size()) {
    if (lexState()) return true;
    tokens_.push_back({TokenKind::Unknown, position_, position_ + characterLength(text_, position_)});
    return false;
  }
  // At the end each state gets one more chance to match nothing.
  const std::size_t end = text_.size();
  switch (states_.back()) {
    case State::Initial:
      tokens_.push_back({TokenKind::EndOfFile, end, end});
      break;
    case State::AccTitle:
      tokens_.push_back({TokenKind::AccTitleValue, end, end});
      break;
    case State::AccDescription:
      tokens_.push_back({TokenKind::AccDescriptionValue, end, end});
      break;
    case State::AccDescriptionLines:
      tokens_.push_back({TokenKind::AccDescriptionLines, end, end});
      break;
    default:
      break;
  }
  tokens_.push_back({TokenKind::EndOfInput, end, end});
  return false;
}

bool ChartLexer::emit(TokenKind kind, std::size_t end) {
  tokens_.push_back({kind, position_, end});
  position_ = end;
  return true;
}

bool ChartLexer::skip(std::size_t end) {
  position_ = end;
  return true;
}

bool ChartLexer::open(std::string_view opening, TokenKind kind, State state) {
  if (!match(opening)) return false;
  push(state);
  return emit(kind, position_ + opening.size());
}

bool ChartLexer::close(std::string_view closing, TokenKind kind) {
  if (!match(closing)) return false;
  pop();
  return emit(kind, position_ + closing.size());
}

bool ChartLexer::matchWord(std::string_view word) const {
  return match(word) && !isWordCharacter(at(position_ + word.size()));
}

std::size_t ChartLexer::spaceEnd(std::size_t position) {
  if (position < space_begin_ || position > space_end_) {
    space_begin_ = position;
    space_end_ = skipSpace(text_, position);
  }
  return space_end_;
}

bool ChartLexer::lexState() {
  switch (states_.back()) {
    case State::Initial:
      return lexInitial();
    case State::Direction:
      return lexHeaderDirection();
    case State::AccTitle:
      pop();
      return emit(TokenKind::AccTitleValue, std::min(text_.find('\n', position_), text_.size()));
    case State::AccDescription:
      pop();
      return emit(TokenKind::AccDescriptionValue, std::min(text_.find('\n', position_), text_.size()));
    case State::AccDescriptionLines:
      if (match("}")) {
        pop();
        return skip(position_ + 1);
      }
      return lexUntil("}", TokenKind::AccDescriptionLines);
    case State::Data:
      if (open("\"", TokenKind::Data, State::DataString)) return true;
      if (lexUntil("}^\"", TokenKind::Data)) return true;
      if (!match("}")) return false;
      pop();
      return skip(position_ + 1);
    case State::DataString:
      return close("\"", TokenKind::Data) || lexUntil("\"", TokenKind::DataString);
    case State::CallbackName:
      return lexCallbackName();
    case State::CallbackArguments:
      if (match(")")) {
        pop();
        return skip(position_ + 1);
      }
      return lexUntil(")", TokenKind::CallbackArguments);
    case State::Markdown:
      if (lexUntil("`\"", TokenKind::Markdown)) return true;
      if (match("`\"")) {
        pop();
        return skip(position_ + 2);
      }
      return lexCommon();
    case State::String:
      if (match("\"`")) return lexCommon();
      if (lexUntil("\"", TokenKind::String)) return true;
      pop();
      return skip(position_ + 1);
    case State::Click:
      return lexClick();
    case State::EdgeText:
    case State::ThickEdgeText:
    case State::DottedEdgeText:
      return lexEdges(false);
    case State::TrapezoidText:
      return lexTrapezoidText();
    case State::EllipseText:
      return lexEllipseText();
    case State::Text:
      return lexLabel();
  }
  return false;
}

/// At least one character up to one of these.
bool ChartLexer::lexUntil(std::string_view stops, TokenKind kind) {
  const std::size_t end = std::min(text_.find_first_of(stops, position_), text_.size());
  return end > position_ && emit(kind, end);
}

// The rules of every state. Quotes first.
bool ChartLexer::lexCommon() {
  if (match("\"`")) {
    push(State::Markdown);
    return skip(position_ + 2);
  }
  if (match("\"")) {
    push(State::String);
    return skip(position_ + 1);
  }
  if (const std::size_t begin = spaceEnd(position_); text_.substr(begin, 3) == "~~~") {
    const std::size_t end = std::min(text_.find_first_not_of('~', begin), text_.size());
    return emit(TokenKind::Link, spaceEnd(end));
  }
  return open("(-", TokenKind::EllipseOpen, State::EllipseText) ||
         open("([", TokenKind::StadiumOpen, State::Text) ||
         open("[[", TokenKind::SubroutineOpen, State::Text) ||
         (states_.back() == State::Initial && match("[|") && emit(TokenKind::PropertyOpen, position_ + 2)) ||
         (states_.back() == State::Initial && open(">", TokenKind::Greater, State::Text)) ||
         open("[(", TokenKind::CylinderOpen, State::Text) ||
         open("(((", TokenKind::DoubleCircleOpen, State::Text) ||
         open("[/", TokenKind::TrapezoidOpen, State::TrapezoidText) ||
         open("[\\", TokenKind::InverseTrapezoidOpen, State::TrapezoidText) ||
         (states_.back() == State::Initial && lexSymbol()) || open("|", TokenKind::Pipe, State::Text) ||
         open("(", TokenKind::RoundOpen, State::Text) || open("[", TokenKind::SquareOpen, State::Text) ||
         open("{", TokenKind::BraceOpen, State::Text);
}

bool ChartLexer::lexInitial() {
  if (match("accTitle")) {
    const std::size_t colon = spaceEnd(position_ + 8);
    if (at(colon) == ':') {
      push(State::AccTitle);
      return emit(TokenKind::AccTitle, spaceEnd(colon + 1));
    }
  }
  if (match("accDescr")) {
    const std::size_t mark = spaceEnd(position_ + 8);
    if (at(mark) == ':') {
      push(State::AccDescription);
      return emit(TokenKind::AccDescription, spaceEnd(mark + 1));
    }
    if (at(mark) == '{') {
      push(State::AccDescriptionLines);
      return skip(spaceEnd(mark + 1));
    }
  }
  if (open("@{", TokenKind::Data, State::Data)) return true;
  if (match("call") && spaceLength(text_, position_ + 4) > 0) {
    push(State::CallbackName);
    return skip(spaceEnd(position_ + 4));
  }
  if (match("\"")) return lexCommon();
  if (lexKeyword() || lexDirectionLine() || lexLinkId()) return true;
  if (at(position_) >= '0' && at(position_) <= '9')
    return emit(TokenKind::Number, std::min(text_.find_first_not_of("0123456789", position_), text_.size()));
  if (match(":::")) return emit(TokenKind::ClassSeparator, position_ + 3);
  switch (at(position_)) {
    case '#':
      return emit(TokenKind::Hash, position_ + 1);
    case ':':
      return emit(TokenKind::Colon, position_ + 1);
    case '&':
      return emit(TokenKind::Ampersand, position_ + 1);
    case ';':
      return emit(TokenKind::Semicolon, position_ + 1);
    case ',':
      return emit(TokenKind::Comma, position_ + 1);
    case '*':
      return emit(TokenKind::Star, position_ + 1);
    default:
      break;
  }
  return lexEdges(true);
}

bool ChartLexer::lexKeyword() {
  static constexpr std::pair<std::string_view, TokenKind> kWords[] = {
      {"style", TokenKind::Style},
      {"default", TokenKind::Default},
      {"linkStyle", TokenKind::LinkStyle},
      {"interpolate", TokenKind::Interpolate},
      {"classDef", TokenKind::ClassDefinition},
      {"class", TokenKind::Class}};
  for (const auto& [word, kind] : kWords)
    if (matchWord(word)) return emit(kind, position_ + word.size());
  if (match("href")) {
    if (const std::size_t space = spaceLength(text_, position_ + 4))
      return emit(TokenKind::Href, position_ + 4 + space);
  }
  if (match("click") && spaceLength(text_, position_ + 5) > 0) {
    push(State::Click);
    return skip(spaceEnd(position_ + 5));
  }
  for (const std::string_view word : {"flowchart-elk", "swimlane-beta", "graph", "flowchart"}) {
    if (!matchWord(word)) continue;
    if (!header_seen_) push(State::Direction);
    header_seen_ = true;
    return emit(TokenKind::Graph, position_ + word.size());
  }
  if (matchWord("subgraph")) return emit(TokenKind::Subgraph, position_ + 8);
  if (matchWord("end")) return emit(TokenKind::End, spaceEnd(position_ + 3));
  for (const std::string_view word : {"_self", "_blank", "_parent", "_top"})
    if (matchWord(word)) return emit(TokenKind::LinkTarget, position_ + word.size());
  return false;
}

// A line that says "direction XX" anywhere is taken whole, whatever stands before and after.
bool ChartLexer::lexDirectionLine() {
  static constexpr std::string_view kDirections[] = {"TB", "BT", "RL", "LR", "TD"};
  static constexpr TokenKind kKinds[] = {TokenKind::DirectionTopBottom, TokenKind::DirectionBottomTop,
                                         TokenKind::DirectionRightLeft, TokenKind::DirectionLeftRight,
                                         TokenKind::DirectionTopDown};
  if (position_ < line_begin_ || position_ > line_end_) {
    line_begin_ = position_;
    line_end_ = std::min(text_.find('\n', position_), text_.size());
    last_direction_.fill(kNone);
    const std::string_view line = text_.substr(0, line_end_);
    for (std::size_t word = line.find("direction", line_begin_); word != kNone;
         word = line.find("direction", word + 9)) {
      const std::size_t value = skipSpace(text_, word + 9);
      if (value == word + 9) continue;
      for (std::size_t i = 0; i < 5; ++i) {
        if (text_.substr(value, 2) != kDirections[i]) continue;
        last_direction_[i] = word;
        direction_end_[i] = value + 2;
      }
    }
  }
  for (std::size_t i = 0; i < 5; ++i)
    if (last_direction_[i] != kNone && last_direction_[i] >= position_)
      return emit(kKinds[i], std::min(text_.find('\n', direction_end_[i]), text_.size()));
  return false;
}

// The name of an edge, up to the last @ of a word that is not followed by { or ".
bool ChartLexer::lexLinkId() {
  if (position_ < run_begin_ || position_ >= run_end_) {
    run_begin_ = position_;
    run_at_sign_ = kNone;
    std::size_t i = position_;
    while (i < text_.size() && !contains("\"[](){}|", text_[i]) && spaceLength(text_, i) == 0) {
      if (text_[i] == '@' && i + 1 < text_.size() && text_[i + 1] != '{' && text_[i + 1] != '"')
        run_at_sign_ = i;
      ++i;
    }
    run_end_ = i;
  }
  return run_at_sign_ != kNone && run_at_sign_ > position_ && emit(TokenKind::LinkId, run_at_sign_ + 1);
}

// Where a solid or thick link ends that begins here; kNone when there is none.
std::size_t ChartLexer::linkEnd(char line, std::string_view ends) {
  std::size_t begin = spaceEnd(position_);
  if (contains("xo<", at(begin))) ++begin;
  const std::size_t after = std::min(text_.find_first_not_of(line, begin), text_.size());
  const std::size_t count = after - begin;
  if (count >= 2 && contains(ends, at(after))) return spaceEnd(after + 1);
  return count >= 3 ? spaceEnd(after) : kNone;
}

std::size_t ChartLexer::dottedLinkEnd() {
  std::size_t begin = spaceEnd(position_);
  if (contains("xo<", at(begin))) ++begin;
  if (at(begin) == '-') ++begin;
  const std::size_t dots_end = std::min(text_.find_first_not_of('.', begin), text_.size());
  if (dots_end == begin || at(dots_end) != '-') return kNone;
  return spaceEnd(contains("xo>", at(dots_end + 1)) ? dots_end + 2 : dots_end + 1);
}

bool ChartLexer::lexEdges(bool with_start) {
  const State state = states_.back();
  const auto takeLink = [&](std::size_t end) {
    pop();
    return emit(TokenKind::Link, end);
  };
  // The start of a link with its text in the middle: two characters of the line and white space.
  const auto startEnd = [&](std::string_view line) {
    std::size_t begin = spaceEnd(position_);
    if (contains("xo<", at(begin))) ++begin;
    return text_.substr(begin, 2) == line ? spaceEnd(begin + 2) : kNone;
  };
  const auto takeStart = [&](std::size_t end, State text_state) {
    push(text_state);
    return emit(TokenKind::LinkStart, end);
  };
  if (!with_start && match("\"")) return lexCommon();
  if (with_start || state == State::EdgeText) {
    if (const std::size_t end = linkEnd('-', "xo>"); end != kNone) return takeLink(end);
    if (const std::size_t end = with_start ? startEnd("--") : kNone; end != kNone)
      return takeStart(end, State::EdgeText);
    if (!with_start && (at(position_) != '-' || at(position_ + 1) != '-'))
      return emit(TokenKind::EdgeText, position_ + characterLength(text_, position_));
  }
  if (with_start || state == State::ThickEdgeText) {
    if (const std::size_t end = linkEnd('=', "xo>"); end != kNone) return takeLink(end);
    if (const std::size_t end = with_start ? startEnd("==") : kNone; end != kNone)
      return takeStart(end, State::ThickEdgeText);
    if (!with_start && at(position_) != '=')
      return emit(TokenKind::EdgeText, position_ + characterLength(text_, position_));
  }
  if (with_start || state == State::DottedEdgeText) {
    if (const std::size_t end = dottedLinkEnd(); end != kNone) return takeLink(end);
    if (const std::size_t end = with_start ? startEnd("-.") : kNone; end != kNone)
      return takeStart(end, State::DottedEdgeText);
    if (!with_start && at(position_) != '.')
      return emit(TokenKind::EdgeText, position_ + characterLength(text_, position_));
  }
  return lexCommon();
}

// What the outer level has after the openings of shapes.
bool ChartLexer::lexSymbol() {
  if (match("<")) return emit(TokenKind::Less, position_ + 1);
  if (match("^")) return emit(TokenKind::Up, position_ + 1);
  if (match("\\|")) return emit(TokenKind::Separator, position_ + 2);
  if (matchWord("v")) return emit(TokenKind::Down, position_ + 1);
  std::size_t end = position_;
  while (end < text_.size() && (isWordToken(text_[end]) || (text_[end] == '-' && end + 1 < text_.size() &&
                                                            !contains(">-.", text_[end + 1]))))
    ++end;
  if (end > position_) return emit(TokenKind::Word, end);
  if (match("-")) return emit(TokenKind::Minus, position_ + 1);
  const std::size_t length = characterLength(text_, position_);
  if (length > 1 && isIdLetter(codePoint(text_, position_, length)))
    return emit(TokenKind::Unicode, position_ + length);
  if (contains("|([{", at(position_))) return false;
  if (match("\n"))
    return emit(TokenKind::NewLine, std::min(text_.find_first_not_of('\n', position_), text_.size()));
  while (at(end) != '\n' && spaceLength(text_, end) > 0) end += spaceLength(text_, end);
  return end > position_ && emit(TokenKind::Space, end);
}

bool ChartLexer::lexHeaderDirection() {
  if (match("\"")) return lexCommon();
  const std::size_t begin = spaceEnd(position_);
  const std::size_t line_break = begin > position_ ? text_.rfind('\n', begin - 1) : kNone;
  if (line_break != kNone && line_break >= position_) {
    pop();
    return emit(TokenKind::NoDirection, line_break + 1);
  }
  for (const std::string_view word : {"LR", "RL", "TB", "BT", "TD", "BR", "<", ">", "^", "v"}) {
    if (text_.substr(begin, word.size()) != word) continue;
    if (isWordCharacter(word[0]) && isWordCharacter(at(begin + word.size()))) continue;
    pop();
    return emit(TokenKind::Direction, begin + word.size());
  }
  return lexCommon();
}

bool ChartLexer::lexClick() {
  if (match("\"")) return lexCommon();
  if (const std::size_t space = spaceLength(text_, position_)) {
    pop();
    return skip(position_ + space);
  }
  std::size_t end = position_;
  while (end < text_.size() && spaceLength(text_, end) == 0) ++end;
  return emit(TokenKind::Click, end);
}

bool ChartLexer::lexCallbackName() {
  if (!match("(")) return lexUntil("(", TokenKind::CallbackName);
  pop();
  const std::size_t inside = spaceEnd(position_ + 1);
  if (at(inside) == ')') return skip(inside + 1);
  push(State::CallbackArguments);
  return skip(position_ + 1);
}

// Between the delimiters of a shape.
bool ChartLexer::lexLabel() {
  if (match("\"")) return lexCommon();
  if (text_.substr(spaceEnd(position_), 3) == "~~~" || match("(-")) return lexCommon();
  return close("])", TokenKind::StadiumClose) || open("([", TokenKind::StadiumOpen, State::Text) ||
         close("]]", TokenKind::SubroutineClose) || open("[[", TokenKind::SubroutineOpen, State::Text) ||
         close(")]", TokenKind::CylinderClose) || open("[(", TokenKind::CylinderOpen, State::Text) ||
         close(")))", TokenKind::DoubleCircleClose) ||
         open("(((", TokenKind::DoubleCircleOpen, State::Text) ||
         open("[/", TokenKind::TrapezoidOpen, State::TrapezoidText) ||
         open("[\\", TokenKind::InverseTrapezoidOpen, State::TrapezoidText) || close("|", TokenKind::Pipe) ||
         close(")", TokenKind::RoundClose) || close("]", TokenKind::SquareClose) ||
         close("}", TokenKind::BraceClose) || lexUntil("[](){}|\"", TokenKind::Text) || lexCommon();
}

bool ChartLexer::lexTrapezoidText() {
  if (match("\"")) return lexCommon();
  if (text_.substr(spaceEnd(position_), 3) == "~~~" || match("(-") || match("([") || match("((("))
    return lexCommon();
  if (at(position_ + 1) == ']' && contains("\\(?=])", at(position_))) {
    pop();
    return emit(TokenKind::TrapezoidClose, position_ + 2);
  }
  if (close("/]", TokenKind::InverseTrapezoidClose)) return true;
  if (match("/") || match("\\")) return emit(TokenKind::Text, position_ + 1);
  return lexUntil("\\[](){}/", TokenKind::Text) || lexCommon();
}

bool ChartLexer::lexEllipseText() {
  if (match("\"")) return lexCommon();
  if (text_.substr(spaceEnd(position_), 3) == "~~~") return lexCommon();
  if (at(position_ + 1) == ')' && contains("-/)", at(position_))) {
    pop();
    return emit(TokenKind::EllipseClose, position_ + 2);
  }
  if (!contains("()[]{}", at(position_)))
    return emit(TokenKind::Text, position_ + characterLength(text_, position_));
  return lexCommon();
}

Text tokenName(TokenKind kind) {
  switch (kind) {
    case TokenKind::Link:
      return "-->"_token;
    case TokenKind::LinkStart:
      return "--"_token;
    case TokenKind::Word:
    case TokenKind::Unicode:
      return {"id", "标识"};
    case TokenKind::Number:
      return {"number", "数字"};
    case TokenKind::String:
      return {"\"text\"", "\"文本\""};
    case TokenKind::Markdown:
      return {"\"`text`\"", "\"`文本`\""};
    case TokenKind::Text:
    case TokenKind::EdgeText:
      return {"text", "文本"};
    case TokenKind::NewLine:
      return {"new line", "换行"};
    case TokenKind::Space:
      return {"space", "空格"};
    case TokenKind::Semicolon:
      return ";"_token;
    case TokenKind::Ampersand:
      return "&"_token;
    case TokenKind::Comma:
      return ","_token;
    case TokenKind::Colon:
      return ":"_token;
    case TokenKind::ClassSeparator:
      return ":::"_token;
    case TokenKind::Pipe:
      return "|"_token;
    case TokenKind::SquareOpen:
      return "["_token;
    case TokenKind::SquareClose:
      return "]"_token;
    case TokenKind::RoundClose:
      return ")"_token;
    case TokenKind::BraceClose:
      return "}"_token;
    case TokenKind::StadiumClose:
      return "])"_token;
    case TokenKind::SubroutineClose:
      return "]]"_token;
    case TokenKind::CylinderClose:
      return ")]"_token;
    case TokenKind::DoubleCircleClose:
      return ")))"_token;
    case TokenKind::EllipseClose:
      return "-)"_token;
    case TokenKind::TrapezoidClose:
      return "\\]"_token;
    case TokenKind::InverseTrapezoidClose:
      return "/]"_token;
    case TokenKind::End:
      return "end"_token;
    case TokenKind::Default:
      return "default"_token;
    case TokenKind::Interpolate:
      return "interpolate"_token;
    case TokenKind::Direction:
      return {"TB, LR, BT or RL", "TB、LR、BT 或 RL"};
    case TokenKind::EndOfFile:
    case TokenKind::EndOfInput:
      return {"end of the text", "文本结尾"};
    default:
      return {"text", "文本"};
  }
}

bool isIdToken(TokenKind kind) {
  switch (kind) {
    case TokenKind::Number:
    case TokenKind::Word:
    case TokenKind::Down:
    case TokenKind::Minus:
    case TokenKind::Default:
    case TokenKind::Comma:
    case TokenKind::Colon:
    case TokenKind::Ampersand:
    case TokenKind::Hash:
    case TokenKind::Star:
    case TokenKind::Unicode:
      return true;
    default:
      return false;
  }
}
}  // namespace lodestone::pipeline
