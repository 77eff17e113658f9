// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/encoding.h"

#include <unicode/ucnv.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <map>
#include <utility>

#include "core/base/text.h"

namespace lodestone::data {

namespace {

constexpr Text kUnknownEncoding{
    "No encoding is known as {0}. Use one such as utf-8, utf-16, gb18030, big5, shift_jis, euc-kr, latin-1 "
    "or "
    "windows-1251.",
    "未知的编码 {0}。请使用 utf-8、utf-16、gb18030、big5、shift_jis、euc-kr、latin-1、windows-1251 等。"};

constexpr std::size_t kLongestName = 60;
constexpr std::size_t kPivot = std::size_t{16} << 10U;

/// Other names of encodings, without punctuation, and the one that we tell.
const std::map<std::string_view, std::string_view>& otherNames() {
  static const std::map<std::string_view, std::string_view> kNames{{"utf8", "utf-8"},
                                                                   {"utf8sig", "utf-8"},
                                                                   {"utf8bom", "utf-8"},
                                                                   {"ascii", "utf-8"},
                                                                   {"usascii", "utf-8"},
                                                                   {"utf16", "utf-16"},
                                                                   {"unicode", "utf-16le"},
                                                                   {"utf16le", "utf-16le"},
                                                                   {"utf16be", "utf-16be"},
                                                                   {"utf32", "utf-32"},
                                                                   {"utf32le", "utf-32le"},
                                                                   {"utf32be", "utf-32be"},
                                                                   {"latin1", "latin-1"},
                                                                   {"iso88591", "latin-1"},
                                                                   {"l1", "latin-1"},
                                                                   {"cp1252", "windows-1252"},
                                                                   {"windows1252", "windows-1252"},
                                                                   {"ansi", "windows-1252"},
                                                                   {"gbk", "gbk"},
                                                                   {"cp936", "gbk"},
                                                                   {"windows936", "gbk"},
                                                                   {"gb2312", "gb2312"},
                                                                   {"gb18030", "gb18030"},
                                                                   {"big5", "big5"},
                                                                   {"cp950", "big5"},
                                                                   {"windows950", "big5"},
                                                                   {"shiftjis", "shift_jis"},
                                                                   {"sjis", "shift_jis"},
                                                                   {"cp932", "shift_jis"},
                                                                   {"ms932", "shift_jis"},
                                                                   {"windows31j", "shift_jis"},
                                                                   {"eucjp", "euc-jp"},
                                                                   {"euckr", "euc-kr"},
                                                                   {"cp949", "euc-kr"},
                                                                   {"windows949", "euc-kr"},
                                                                   {"uhc", "euc-kr"},
                                                                   {"ksc56011987", "euc-kr"}};
  return kNames;
}

/// What ICU is asked for: the supersets that programs write under these names.
std::string converterName(const std::string& encoding) {
  if (encoding == "latin-1") return "ISO-8859-1";
  if (encoding == "gbk" || encoding == "gb2312") return "gb18030";
  if (encoding == "euc-kr") return "windows-949-2000";
  return encoding;
}

using Converter = std::unique_ptr<UConverter, decltype(&ucnv_close)>;

Converter openConverter(const std::string& name) {
  UErrorCode status = U_ZERO_ERROR;
  Converter converter(ucnv_open(name.c_str(), &status), &ucnv_close);
  if (U_FAILURE(status)) return {nullptr, &ucnv_close};
  return converter;
}

}  // namespace

std::size_t validUtf8Prefix(std::string_view text) {
  const auto byteAt = [text](std::size_t at) { return static_cast<unsigned char>(text[at]); };
  std::size_t at = 0;
  while (at < text.size()) {
    const unsigned char byte = byteAt(at);
    if (byte < 0x80) {
      ++at;
      std::uint64_t eight = 0;
      while (at + sizeof eight <= text.size()) {
        std::memcpy(&eight, text.data() + at, sizeof eight);
        if ((eight & 0x8080808080808080U) != 0) break;
        at += sizeof eight;
      }
      continue;
    }
    if (byte < 0xC2 || byte > 0xF4) return at;
    const std::size_t length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2;
    // The second byte alone decides what is too long, a surrogate, or beyond U+10FFFF.
    const unsigned char low = byte == 0xE0 ? 0xA0 : byte == 0xF0 ? 0x90 : 0x80;
    const unsigned char high = byte == 0xED ? 0x9F : byte == 0xF4 ? 0x8F : 0xBF;
    for (std::size_t i = 1; i < length; ++i) {
      if (at + i == text.size()) return text.size();
      const unsigned char next = byteAt(at + i);
      if (next < (i == 1 ? low : 0x80) || next > (i == 1 ? high : 0xBF)) return at;
    }
    at += length;
  }
  return at;
}

bool endsWithinCharacter(std::string_view text) {
  for (std::size_t length = 1; length <= std::min<std::size_t>(3, text.size()); ++length) {
    const auto byte = static_cast<unsigned char>(text[text.size() - length]);
    if (byte >= 0xC0) return length < (byte >= 0xF0 ? 4U : byte >= 0xE0 ? 3U : 2U);
    if (byte < 0x80) return false;
  }
  return false;
}

bool isUtf8(std::string_view text) {
  return validUtf8Prefix(text) == text.size() && !endsWithinCharacter(text);
}

Result<std::string> encodingNamed(std::string_view given) {
  const std::string name = lowerAscii(trim(given));
  std::string letters;
  bool plain = !name.empty() && name.size() <= kLongestName;
  for (const char c : name) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (letter) letters += c;
    plain = plain && (letter || std::string_view("-_. :()").find(c) != std::string_view::npos);
  }
  if (const auto known = otherNames().find(letters); plain && known != otherNames().end())
    return std::string(known->second);
  if (!plain || openConverter(name) == nullptr)
    return fail(ErrorCode::InvalidArgument, kUnknownEncoding, {shorten(toValidUtf8(given), 80)});
  return name;
}

EncodingMark encodingMark(std::string_view head) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kMarks{
      {{"\xEF\xBB\xBF", kUtf8},
       {std::string_view("\xFF\xFE\0\0", 4), "utf-32le"},
       {std::string_view("\0\0\xFE\xFF", 4), "utf-32be"},
       {"\xFF\xFE", "utf-16le"},
       {"\xFE\xFF", "utf-16be"},
       {"\x84\x31\x95\x33", "gb18030"}}};
  for (const auto& [mark, encoding] : kMarks)
    if (head.starts_with(mark)) return {std::string(encoding), mark.size()};
  return {};
}

struct Utf8Stream::State {
  Converter from{nullptr, &ucnv_close};
  Converter to{nullptr, &ucnv_close};
  std::array<UChar, kPivot> pivot = {};
  UChar* pivot_source = pivot.data();
  UChar* pivot_target = pivot.data();
  std::array<char, 4 * kPivot> block = {};
  std::int64_t consumed = 0;  ///< by all calls
  std::int64_t bad = 0;
};

Utf8Stream::Utf8Stream(std::unique_ptr<State> state) : state_(std::move(state)) {}
Utf8Stream::~Utf8Stream() = default;
Utf8Stream::Utf8Stream(Utf8Stream&&) noexcept = default;

Result<Utf8Stream> Utf8Stream::open(const std::string& encoding) {
  auto state = std::make_unique<State>();
  state->from = openConverter(converterName(encoding));
  state->to = openConverter("UTF-8");
  UErrorCode status = U_ZERO_ERROR;
  if (state->from != nullptr)
    ucnv_setToUCallBack(state->from.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
  if (state->from == nullptr || state->to == nullptr || U_FAILURE(status))
    return fail(ErrorCode::InvalidArgument, kUnknownEncoding, {encoding});
  return Utf8Stream(std::move(state));
}

bool Utf8Stream::convert(std::string_view bytes, bool last, std::string& out) {
  State& state = *state_;
  const char* source = bytes.data();
  const char* const end = source + bytes.size();
  while (true) {
    char* target = state.block.data();
    UErrorCode status = U_ZERO_ERROR;
    ucnv_convertEx(state.to.get(), state.from.get(), &target, state.block.data() + state.block.size(),
                   &source, end, state.pivot.data(), &state.pivot_source, &state.pivot_target,
                   state.pivot.data() + state.pivot.size(), 0, last ? 1 : 0, &status);
    out.append(state.block.data(), static_cast<std::size_t>(target - state.block.data()));
    if (status == U_BUFFER_OVERFLOW_ERROR) continue;
    const std::int64_t read = state.consumed + (source - bytes.data());
    if (U_FAILURE(status)) {
      std::array<char, 32> sequence = {};
      auto length = static_cast<std::int8_t>(sequence.size());
      UErrorCode ignored = U_ZERO_ERROR;
      // What was read before it still waits between the two converters.
      const UChar* waiting = state.pivot_source;
      target = state.block.data();
      ucnv_fromUnicode(state.to.get(), &target, state.block.data() + state.block.size(), &waiting,
                       state.pivot_target, nullptr, 1, &ignored);
      out.append(state.block.data(), static_cast<std::size_t>(target - state.block.data()));
      ignored = U_ZERO_ERROR;
      ucnv_getInvalidChars(state.from.get(), sequence.data(), &length, &ignored);
      state.bad = std::max<std::int64_t>(0, read - (U_FAILURE(ignored) ? 0 : length));
      return false;
    }
    state.consumed = read;
    return true;
  }
}

std::int64_t Utf8Stream::badOffset() const {
  return state_->bad;
}

}  // namespace lodestone::data
