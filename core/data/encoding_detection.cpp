// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <uchardet/uchardet.h>
#include <unicode/ucnv.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include "core/base/text.h"
#include "core/data/encoding.h"

namespace lodestone::data {

namespace {

/// Decoding costs more than looking; so much of the foreign text tells the encoding.
constexpr std::size_t kMostForeign = std::size_t{128} << 10U;
/// An encoding must reach this to be taken for its looks.
constexpr double kPlausible = 0.45;
/// In running text the characters of the lists below are about half of all; in columns of names, fewer.
constexpr double kFrequentShare = 0.35;

/// The most frequent characters of Chinese, in both scripts, and those of tables: places, people, trade.
constexpr std::u32string_view kChinese =
    U"的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用"
    U"道"
    U"行所然家种事"
    U"成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长"
    U"把"
    U"机十民第公此"
    U"已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西"
    U"斯"
    U"月话合回特代"
    U"内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变"
    U"四"
    U"神总何电数安"
    U"少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非"
    U"则"
    U"听白却界达光"
    U"放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候"
    U"带"
    U"导争运省县号"
    U"价格商订单客户姓男女址型钱购买店服装手机备注额期编码邮箱城州京津沪广深好评差快递质量满意东西非常喜欢京"
    U"市"
    U"王李张刘陈杨"
    U"這個們來為國說時會對過發後裡種經麼學現當沒動開還進樣實無與長機關點業將兩間問應戰頭體見產話給門東聲員論"
    U"處"
    U"義幾認條氣題"
    U"爾別變總電數報結場計務資張該規萬術領確傳師觀讓識帶導爭運縣號價訂單戶類購買備註額編碼郵區書則聽達強難權"
    U"設"
    U"記評遞質滿歡"
    U"劉陳楊台灣灣臺北高雄";

/// The most frequent syllables of Korean, and those of tables.
constexpr std::u32string_view kKorean =
    U"이다는에의하고가을를은한지도로기어사자아서대리인그나있시해수정들것일라스과었제으보마만주여전부장안소게"
    U"구"
    U"무상원공조동국"
    U"서울부산성명이름주소번호금액가격상품고객지역도시날짜남녀김박최강조윤임오신연생경계내면적우모화비관학교"
    U"물"
    U"회용";

bool isChinese(UChar32 character) {
  static const std::set<char32_t> kSet(kChinese.begin(), kChinese.end());
  return kSet.contains(static_cast<char32_t>(character));
}
bool isKorean(UChar32 character) {
  static const std::set<char32_t> kSet(kKorean.begin(), kKorean.end());
  return kSet.contains(static_cast<char32_t>(character));
}
bool isKana(UChar32 character) {
  return character >= 0x3041 && character <= 0x30FE;
}

/// Where the bytes of a character stand in the plan of its encoding.
enum class Area {
  Common,   ///< among the everyday characters
  Neutral,  ///< punctuation, wide letters and digits
  Rare,     ///< the rest
  Odd,      ///< what nobody writes in a table: a sign of another encoding
};

using Bytes = const unsigned char*;

Area gbArea(Bytes bytes, std::size_t length) {
  if (length != 2 || bytes[1] < 0xA1) return Area::Rare;
  if (bytes[0] >= 0xB0 && bytes[0] <= 0xD7) return Area::Common;
  if (bytes[0] == 0xA4 || bytes[0] == 0xA5) return Area::Odd;
  return bytes[0] <= 0xA3 ? Area::Neutral : Area::Rare;
}

Area big5Area(Bytes bytes, std::size_t length) {
  if (length != 2) return Area::Odd;
  if (bytes[0] >= 0xA4 && bytes[0] <= 0xC6) return Area::Common;
  return bytes[0] <= 0xA3 ? Area::Neutral : Area::Rare;
}

Area shiftJisArea(Bytes bytes, std::size_t length) {
  if (length != 2) return Area::Odd;  // half a kana wide
  const bool kana = (bytes[0] == 0x82 && bytes[1] >= 0x9F) || (bytes[0] == 0x83 && bytes[1] <= 0x96);
  if (kana) return Area::Common;
  if (bytes[0] <= 0x84) return Area::Neutral;
  const bool first_level = (bytes[0] >= 0x89 && bytes[0] <= 0x97) || (bytes[0] == 0x88 && bytes[1] >= 0x9F) ||
                           (bytes[0] == 0x98 && bytes[1] <= 0x72);
  return first_level ? Area::Common : Area::Rare;
}

Area eucJpArea(Bytes bytes, std::size_t length) {
  if (length != 2) return Area::Rare;
  if (bytes[0] == 0x8E) return Area::Odd;
  if (bytes[0] <= 0xA3) return Area::Neutral;
  return bytes[0] <= 0xA5 || (bytes[0] >= 0xB0 && bytes[0] <= 0xCF) ? Area::Common : Area::Rare;
}

Area eucKrArea(Bytes bytes, std::size_t length) {
  if (length != 2 || bytes[1] < 0xA1) return Area::Rare;
  if (bytes[0] >= 0xB0 && bytes[0] <= 0xC8) return Area::Common;
  return bytes[0] <= 0xA3 ? Area::Neutral : Area::Rare;
}

struct Candidate {
  const char* encoding;
  const char* converter;  ///< of ICU
  const char* uchardet;   ///< how uchardet calls it
  Area (*area)(Bytes bytes, std::size_t length);
  bool (*frequent)(UChar32 character);
};

constexpr std::array kCandidates{Candidate{"gb18030", "gb18030", "GB18030", gbArea, isChinese},
                                 Candidate{"big5", "Big5", "BIG5", big5Area, isChinese},
                                 Candidate{"shift_jis", "Shift_JIS", "SHIFT_JIS", shiftJisArea, isKana},
                                 Candidate{"euc-jp", "EUC-JP", "EUC-JP", eucJpArea, isKana},
                                 Candidate{"euc-kr", "windows-949-2000", "UHC", eucKrArea, isKorean}};

struct Reading {
  double score = -1;
  double frequent = 0;  ///< share
};

/// How well the foreign text reads in an encoding of several bytes a character: half for characters in the
/// everyday area, half for frequent ones.
Reading read(const Candidate& candidate, const std::string& text) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> converter(ucnv_open(candidate.converter, &status),
                                                                     &ucnv_close);
  if (U_FAILURE(status)) return {};
  ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
  double all = 0;
  double common = 0;
  double frequent = 0;
  double odd = 0;
  double invalid = 0;
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at < end) {
    const char* const before = at;
    status = U_ZERO_ERROR;
    const UChar32 character = ucnv_getNextUChar(converter.get(), &at, end, &status);
    if (status == U_INDEX_OUTOFBOUNDS_ERROR) break;
    if (U_FAILURE(status)) {
      ++invalid;
      ucnv_resetToUnicode(converter.get());
      at = std::max(at, before + 1);
      continue;
    }
    if (character < 0x80) continue;
    // NOLINTNEXTLINE: bytes as numbers
    const Area area = candidate.area(reinterpret_cast<Bytes>(before), static_cast<std::size_t>(at - before));
    if (area == Area::Neutral) continue;
    ++all;
    common += area == Area::Common ? 1 : 0;
    odd += area == Area::Odd ? 1 : 0;
    frequent += candidate.frequent(character) ? 1 : 0;
  }
  if (all == 0 || invalid > all / 500) return {};
  Reading reading;
  reading.frequent = frequent / all;
  reading.score = 0.5 * common / all + 0.5 * std::min(1.0, reading.frequent / kFrequentShare) - odd / all;
  return reading;
}

/// How well it reads as Windows-1252: its letters stand alone between ASCII ones.
double westernScore(std::string_view text) {
  // Letters of Western European languages, and the punctuation and signs of their texts and prices.
  constexpr std::string_view kSigns =
      "\x80\x85\x91\x92\x93\x94\x96\x97\xA0\xA1\xA3\xA7\xAB\xB0\xB4\xB7\xBB\xBF";
  const auto foreign = [&](std::size_t at) {
    return at < text.size() && static_cast<unsigned char>(text[at]) >= 0x80;
  };
  double all = 0;
  double common = 0;
  double beside = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!foreign(i)) continue;
    const auto byte = static_cast<unsigned char>(text[i]);
    ++all;
    const bool letter = byte >= 0xC0 && byte != 0xD7 && byte != 0xF7 && byte != 0xD0 && byte != 0xDE &&
                        byte != 0xF0 && byte != 0xFE && byte != 0xFD && byte != 0xDD;
    common += letter || kSigns.find(text[i]) != std::string_view::npos ? 1 : 0;
    beside += foreign(i + 1) || (i > 0 && foreign(i - 1)) ? 1 : 0;
  }
  if (all == 0) return 0;
  return common / all - 2 * std::max(0.0, beside / all - 0.3);
}

/// In lower case as we tell it; "" when it does not know.
std::string uchardetsWord(const std::string& text) {
  const std::unique_ptr<std::remove_pointer_t<uchardet_t>, decltype(&uchardet_delete)> detector(
      uchardet_new(), &uchardet_delete);
  if (detector == nullptr || uchardet_handle_data(detector.get(), text.data(), text.size()) != 0) return {};
  uchardet_data_end(detector.get());
  return uchardet_get_charset(detector.get());
}

/// An encoding of one byte a character that is no Western European one, in which all of the text reads.
std::optional<std::string> otherSingleByte(const std::string& word, const std::string& text) {
  static const std::set<std::string> kOthers{
      "ISO-8859-2",   "ISO-8859-3",   "ISO-8859-4",   "ISO-8859-5",   "ISO-8859-6",
      "ISO-8859-7",   "ISO-8859-8",   "ISO-8859-9",   "ISO-8859-10",  "ISO-8859-11",
      "ISO-8859-13",  "ISO-8859-16",  "WINDOWS-1250", "WINDOWS-1251", "WINDOWS-1253",
      "WINDOWS-1254", "WINDOWS-1255", "WINDOWS-1256", "WINDOWS-1257", "WINDOWS-1258",
      "KOI8-R",       "IBM852",       "IBM855",       "IBM866",       "TIS-620"};
  if (!kOthers.contains(word)) return std::nullopt;
  const std::string encoding = lowerAscii(word);
  auto stream = Utf8Stream::open(encoding);
  std::string ignored;
  if (!stream || !stream->convert(text, true, ignored)) return std::nullopt;
  return encoding;
}

/// The lines of the samples that have foreign bytes, in turn from all samples.
std::string foreignLines(const std::vector<std::string>& samples) {
  std::string lines;
  const std::size_t share = kMostForeign / std::max<std::size_t>(1, samples.size());
  for (const std::string& sample : samples) {
    const std::size_t begun = lines.size();
    for (std::size_t at = 0; at < sample.size() && lines.size() - begun < share;) {
      const std::size_t end = std::min(sample.find('\n', at), sample.size());
      const std::string_view line = std::string_view(sample).substr(at, std::min(end - at, share));
      if (std::any_of(line.begin(), line.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; }))
        lines.append(line) += '\n';
      at = end + 1;
    }
  }
  return lines;
}

/// UTF-16 without a mark: zero bytes in every second place alone, each beside a Latin character, few pairs of
/// ASCII characters, of which other text with zero bytes in it consists, and line ends with a zero byte of
/// their own.
std::optional<std::string> unmarkedUtf16(std::string_view head) {
  const std::size_t pairs = std::min<std::size_t>(head.size(), std::size_t{64} << 10U) / 2;
  std::array<double, 2> zeros = {0, 0};
  double latin = 0;
  double ascii = 0;
  int wide_lines = 0;
  int other_lines = 0;
  const auto printable = [](unsigned char byte) { return byte >= 0x20 && byte < 0x7F; };
  for (std::size_t i = 0; i < pairs; ++i) {
    const std::array<unsigned char, 2> pair = {static_cast<unsigned char>(head[2 * i]),
                                               static_cast<unsigned char>(head[2 * i + 1])};
    for (const std::size_t place : {0U, 1U}) {
      if (pair[place] != 0) continue;
      ++zeros[place];
      latin += pair[place ^ 1U] >= '\t' ? 1 : 0;
    }
    if (pair[0] == '\n' || pair[1] == '\n') ++(pair[0] == 0 || pair[1] == 0 ? wide_lines : other_lines);
    ascii += printable(pair[0]) && printable(pair[1]) ? 1 : 0;
  }
  const std::size_t place = zeros[1] >= zeros[0] ? 1 : 0;
  const auto all = static_cast<double>(pairs);
  const bool alone = zeros[place] >= 0.01 * all && zeros[place] > 20 * zeros[place ^ 1U];
  if (pairs == 0 || !alone || other_lines > wide_lines || latin < 0.95 * zeros[place] || ascii > 0.4 * all)
    return std::nullopt;
  const char* const encoding = place == 1 ? "utf-16le" : "utf-16be";
  // Noise soon has half of a pair of surrogates.
  constexpr std::size_t kDecoded = 4096;
  auto stream = Utf8Stream::open(encoding);
  std::string ignored;
  if (!stream || !stream->convert(head.substr(0, std::min(kDecoded, 2 * pairs)), false, ignored))
    return std::nullopt;
  return encoding;
}

/// What speaks for UTF-8, and what against it.
struct Utf8Evidence {
  std::size_t sequences = 0;       ///< of several bytes
  std::size_t in_whole_lines = 0;  ///< of them, in lines that are UTF-8 throughout
  std::size_t broken = 0;

  bool mostly() const { return sequences > 10 * broken; }
  /// Texts of one byte a character hardly ever have a line that is UTF-8 by chance.
  bool rather() const { return in_whole_lines >= broken; }
};

Utf8Evidence utf8Evidence(std::string_view lines) {
  Utf8Evidence found;
  while (!lines.empty()) {
    const std::string_view line = lines.substr(0, lines.find('\n'));
    const auto sequences = static_cast<std::size_t>(std::count_if(
        line.begin(), line.end(), [](char c) { return static_cast<unsigned char>(c) >= 0xC2; }));
    std::size_t broken = 0;
    for (std::size_t at = 0; at < line.size(); ++at) {
      at += validUtf8Prefix(line.substr(at));
      broken += at < line.size() ? 1 : 0;
    }
    broken += broken == 0 && endsWithinCharacter(line) ? 1 : 0;
    found.sequences += sequences - std::min(sequences, broken);
    found.in_whole_lines += broken == 0 ? sequences : 0;
    found.broken += broken;
    lines.remove_prefix(std::min(lines.size(), line.size() + 1));
  }
  return found;
}

}  // namespace

std::string detectEncoding(const std::vector<std::string>& samples) {
  if (!samples.empty())
    if (const auto wide = unmarkedUtf16(samples.front())) return *wide;
  const bool valid = std::all_of(samples.begin(), samples.end(), isUtf8);
  if (valid) return std::string(kUtf8);

  const std::string text = foreignLines(samples);
  const Utf8Evidence evidence = utf8Evidence(text);
  if (evidence.mostly()) return std::string(kUtf8);
  const std::string word = uchardetsWord(text);
  const Candidate* best = nullptr;
  Reading best_reading;
  for (const Candidate& candidate : kCandidates) {
    Reading reading = read(candidate, text);
    if (word == candidate.uchardet && reading.score > 0) reading.score += 0.1;
    if (reading.score <= best_reading.score) continue;
    best = &candidate;
    best_reading = reading;
  }
  const double western = westernScore(text);
  const auto other = otherSingleByte(word, text);
  const bool plausible = best != nullptr && best_reading.score >= kPlausible && best_reading.score > western;
  // Cyrillic or Greek bytes are often valid and even common elsewhere, but never frequent characters.
  if (plausible && !(other && best_reading.frequent < 0.15)) return best->encoding;
  if (evidence.rather()) return std::string(kUtf8);
  if (western >= 0.8 || !other) return "windows-1252";
  return *other;
}

}  // namespace lodestone::data
