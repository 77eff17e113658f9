// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/data/encoding.h"

namespace {

namespace data = lodestone::data;

/// What must hold for any bytes: an encoding is told that is known; its UTF-8 is valid; blocks of any size
/// give the same text; what does not belong is told within the text. What does not hold, or "".
std::string checkEncodingOf(std::string_view bytes) {
  const std::string text(bytes);
  const data::EncodingMark mark = data::encodingMark(text);
  if (mark.length > text.size()) return "the mark is longer than the text";
  const std::string detected = mark.encoding.empty() ? data::detectEncoding({text}) : mark.encoding;
  if (!data::encodingNamed(detected)) return "an encoding that nobody knows: " + detected;
  for (const std::string& encoding :
       {detected, std::string("gb18030"), std::string("utf-16be"), std::string("euc-kr")}) {
    auto whole = data::Utf8Stream::open(encoding);
    auto parts = data::Utf8Stream::open(encoding);
    if (!whole || !parts) return "no converter for " + encoding;
    std::string out;
    std::string pieces;
    const bool fits = whole->convert(text, true, out);
    bool all = true;
    const std::size_t size = 1 + text.size() % 7;
    for (std::size_t at = 0; all && at < text.size(); at += size)
      all = parts->convert(std::string_view(text).substr(at, size), at + size >= text.size(), pieces);
    if (text.empty()) continue;
    if (fits != all) return "blocks decide whether it is " + encoding;
    if (data::validUtf8Prefix(out) != out.size()) return "no UTF-8 out of " + encoding;
    if (fits && out != pieces) return "blocks change the text of " + encoding;
    const auto length = static_cast<std::int64_t>(text.size());
    if (!fits && (whole->badOffset() < 0 || whole->badOffset() > length))
      return "a place outside " + encoding;
    if (!fits && std::abs(whole->badOffset() - parts->badOffset()) > 4)
      return "blocks move the place in " + encoding;
  }
  return "";
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string wrong = checkEncodingOf(std::string(data, data + size));
  if (wrong.empty()) return 0;
  std::fputs((wrong + "\n").c_str(), stderr);
  std::abort();
}
