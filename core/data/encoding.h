// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace lodestone::data {

inline constexpr std::string_view kUtf8 = "utf-8";

/// Length of the longest beginning that is UTF-8; what is cut off at the end of a block still counts.
std::size_t validUtf8Prefix(std::string_view text);
/// Do the last bytes begin a character of UTF-8 that they do not finish?
bool endsWithinCharacter(std::string_view text);
/// Is all of the text UTF-8, its last character too?
bool isUtf8(std::string_view text);

/// The name under which we tell an encoding ("GBK" -> "gbk", "cp1252" -> "windows-1252"): for what the user
/// may name, and all that ICU knows. InvalidArgument for what nobody knows.
Result<std::string> encodingNamed(std::string_view given);

/// A mark at the beginning of a text, and the encoding that it stands for; "" where there is none.
struct EncodingMark {
  std::string encoding;
  std::size_t length = 0;
};
EncodingMark encodingMark(std::string_view head);

/// The encoding of a text without a mark, from samples of it (each of whole lines, so far as it has any).
/// In turn: UTF-8 where all of it is valid, or nearly all; UTF-16 where every second byte of the line ends
/// and separators is zero; then whichever of GB18030, Big5, Shift-JIS, EUC-JP, EUC-KR and Western European
/// reads best by its frequent characters; then uchardet's word for the rest (Cyrillic, Greek, ...). Lines
/// that are UTF-8 outweigh as many broken bytes in others, unless an encoding of several bytes a character
/// fits all.
std::string detectEncoding(const std::vector<std::string>& samples);

/// A text of any encoding into UTF-8, block by block.
class Utf8Stream {
 public:
  /// InvalidArgument for an encoding that ICU does not know.
  static Result<Utf8Stream> open(const std::string& encoding);
  ~Utf8Stream();
  Utf8Stream(Utf8Stream&&) noexcept;
  Utf8Stream& operator=(Utf8Stream&&) = delete;

  /// Adds the UTF-8 of the bytes to out; the last call says so. False at the first sequence that does not
  /// belong to the encoding: out then has all that stands before it.
  bool convert(std::string_view bytes, bool last, std::string& out);
  /// After convert() said no: where that sequence begins, counted over all blocks from 0; within four bytes,
  /// because half of a character may have been taken with what follows it.
  std::int64_t badOffset() const;

 private:
  struct State;
  explicit Utf8Stream(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace lodestone::data
