// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/text.h"

namespace lodestone::pipeline {

/// The words of the language.
enum class TokenKind {
  AccTitle,
  AccTitleValue,
  AccDescription,
  AccDescriptionValue,
  AccDescriptionLines,
  Data,
  DataString,
  CallbackName,
  CallbackArguments,
  Markdown,
  String,
  Style,
  Default,
  LinkStyle,
  Interpolate,
  ClassDefinition,
  Class,
  Href,
  Click,
  Graph,
  Subgraph,
  End,
  LinkTarget,
  NoDirection,
  Direction,
  DirectionTopBottom,
  DirectionBottomTop,
  DirectionRightLeft,
  DirectionLeftRight,
  DirectionTopDown,
  LinkId,
  Number,
  Hash,
  ClassSeparator,
  Colon,
  Ampersand,
  Semicolon,
  Comma,
  Star,
  Link,
  LinkStart,
  EdgeText,
  EllipseOpen,
  EllipseClose,
  StadiumOpen,
  StadiumClose,
  SubroutineOpen,
  SubroutineClose,
  PropertyOpen,
  CylinderOpen,
  CylinderClose,
  DoubleCircleOpen,
  DoubleCircleClose,
  TrapezoidOpen,
  TrapezoidClose,
  InverseTrapezoidOpen,
  InverseTrapezoidClose,
  Text,
  Less,
  Greater,
  Up,
  Separator,
  Down,
  Word,
  Minus,
  Unicode,
  Pipe,
  RoundOpen,
  RoundClose,
  SquareOpen,
  SquareClose,
  BraceOpen,
  BraceClose,
  NewLine,
  Space,
  EndOfFile,
  EndOfInput,
  Unknown,
};

/// A token in a message: the same in both languages.
consteval Text operator""_token(const char* token, std::size_t) {
  return {token, token};
}

/// What a reader calls it in a message ("new line", "]").
Text tokenName(TokenKind kind);

struct Token {
  TokenKind kind = TokenKind::EndOfInput;
  std::size_t begin = 0;  ///< bytes of the prepared text
  std::size_t end = 0;
};

/// Of those that ids are made of.
bool isIdToken(TokenKind kind);

/// Splits a prepared text (it ends with a line break) into words. The last one is EndOfInput, or Unknown at
/// the first character that fits nowhere. Linear in the length of the text; nothing is copied.
class ChartLexer {
 public:
  /// The text must outlive the lexer.
  explicit ChartLexer(std::string_view text) : text_(text) {}

  std::vector<Token> run();

 private:
  enum class State {
    Initial,
    Direction,
    AccTitle,
    AccDescription,
    AccDescriptionLines,
    Data,
    DataString,
    CallbackName,
    CallbackArguments,
    Markdown,
    String,
    Click,
    EdgeText,
    ThickEdgeText,
    DottedEdgeText,
    TrapezoidText,
    EllipseText,
    Text,
  };

  bool step();
  bool lexState();
  bool lexInitial();
  bool lexKeyword();
  bool lexSymbol();
  bool lexDirectionLine();
  bool lexLinkId();
  bool lexEdges(bool with_start);
  bool lexCommon();
  bool lexHeaderDirection();
  bool lexClick();
  bool lexCallbackName();
  bool lexUntil(std::string_view stops, TokenKind kind);
  bool lexLabel();
  bool lexTrapezoidText();
  bool lexEllipseText();

  bool match(std::string_view word) const { return text_.substr(position_, word.size()) == word; }
  bool matchWord(std::string_view word) const;
  char at(std::size_t position) const { return position < text_.size() ? text_[position] : '\0'; }
  bool emit(TokenKind kind, std::size_t end);
  bool skip(std::size_t end);
  bool open(std::string_view opening, TokenKind kind, State state);
  bool close(std::string_view closing, TokenKind kind);
  void push(State state) { states_.push_back(state); }
  void pop() {
    if (states_.size() > 1) states_.pop_back();
  }
  std::size_t spaceEnd(std::size_t position);
  std::size_t linkEnd(char line, std::string_view ends);
  std::size_t dottedLinkEnd();

  std::string_view text_;
  std::size_t position_ = 0;
  std::vector<State> states_ = {State::Initial};
  std::vector<Token> tokens_ = {};
  bool header_seen_ = false;

  // What was looked ahead once, so that no stretch of text is scanned from each of its positions.
  std::size_t space_begin_ = 1;
  std::size_t space_end_ = 0;
  std::size_t line_begin_ = 1;
  std::size_t line_end_ = 0;
  std::array<std::size_t, 5> last_direction_ = {};
  std::array<std::size_t, 5> direction_end_ = {};
  std::size_t run_begin_ = 1;
  std::size_t run_end_ = 0;
  std::size_t run_at_sign_ = 0;
};

}  // namespace lodestone::pipeline
