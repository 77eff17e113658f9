// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.h"
#include "core/base/result.h"

namespace lodestone::cli {

enum class OutputMode {
  Human,  ///< tables and sentences on stdout
  Json,   ///< one JSON object a line on stdout
};

/// 0 done, 1 failed, 2 usage, 3 cancelled, 4 not enough data.
inline constexpr int kExitDone = 0;
inline constexpr int kExitFailed = 1;
inline constexpr int kExitUsage = 2;
inline constexpr int kExitCancelled = 3;
inline constexpr int kExitNotEnoughData = 4;
int exitStatus(ErrorCode code);

/// A column of a table for people.
struct TableColumn {
  std::string title;
  enum class Align { Left, Right } align = Align::Left;
};

/// What becomes of a cell that is longer than a terminal shows well. Where standard output is no terminal,
/// every cell is written whole.
enum class LongCells { Shorten, Wrap };

/// Columns that a terminal needs for a text: wide characters (Chinese, emoji) take two, combining ones none.
std::size_t displayWidth(std::string_view text);

/// The two ways of answering: every verb gives both, and the mode decides which one is seen.
/// Used by one thread.
class Output {
 public:
  Output(OutputMode mode, Language language) : mode_(mode), language_(language) {}

  bool json() const { return mode_ == OutputMode::Json; }
  Language language() const { return language_; }
  std::string in(const Text& text, const std::vector<std::string>& args = {}) const {
    return fill(text, language_, args);
  }

  /// One line on stdout in JSON mode; nothing else.
  void object(const Json& value) const;
  /// A line on stdout for people; nothing in JSON mode.
  void line(const Text& text, const std::vector<std::string>& args = {}) const { plain(in(text, args)); }
  void plain(std::string_view text) const;
  /// Aligned columns for people; line breaks are shown as spaces.
  void table(const std::vector<TableColumn>& columns, const std::vector<std::vector<std::string>>& rows,
             LongCells long_cells = LongCells::Shorten) const;
  /// {"error":{...}} with more keys after it on stdout, or the message and its place on stderr.
  void failure(const Error& error, const Json& more = Json::object()) const;

  /// Io when something could not be written (a full disk, a closed pipe).
  Result<> finish() const;

 private:
  OutputMode mode_;
  Language language_;
};

}  // namespace lodestone::cli
