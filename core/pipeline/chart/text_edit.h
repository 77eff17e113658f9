// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/pipeline/chart/chart.h"

namespace lodestone::pipeline {

/// Replacements of stretches of a text, gathered and then made at once.
class TextEdit {
 public:
  /// The source must outlive the edit.
  explicit TextEdit(std::string_view source) : source_(source) {}

  /// Stretches may not overlap, but one may lie within an earlier cut: then it is gone with it. What is put
  /// in one place comes out in the order in which it was put there.
  void replace(SourceRange range, std::string text) { changes_.emplace_back(range, std::move(text)); }
  void insert(std::size_t at, std::string text) { replace({at, at}, std::move(text)); }
  void cut(SourceRange range) { replace(range, {}); }
  bool empty() const { return changes_.empty(); }

  /// The changed text.
  std::string apply() const;

 private:
  std::string_view source_;
  std::vector<std::pair<SourceRange, std::string>> changes_;
};

/// "\r\n" where the first line ends so, else "\n".
std::string lineEndOf(std::string_view source);
/// Where the line of a position begins.
std::size_t lineBegin(std::string_view source, std::size_t position);
/// The end of the line of a position, before and after its line end.
SourceRange lineEndAfter(std::string_view source, std::size_t position);
/// The white space at the beginning of the line.
std::string indentAt(std::string_view source, std::size_t position);
/// Only white space stands before it in its line.
bool isFirstInLine(std::string_view source, std::size_t position);
/// What is to be cut so that a statement goes: its lines when it has them alone, else it with the semicolon
/// after it.
SourceRange wholeStatement(std::string_view source, SourceRange statement);

}  // namespace lodestone::pipeline
