// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/encoding.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <iconv.h>

#include <stdexcept>

#include "core/data/import.h"
#include "core/data/text_file.h"
#include "tests/support/shared_data.h"
#include "tests/support/temporary_folder.h"

namespace lodestone::data {
namespace {

using testing::HasSubstr;

/// By the C library, so that nothing of ours writes what ours reads.
std::string encode(std::string text, const std::string& encoding) {
  const iconv_t converter = iconv_open(encoding.c_str(), "UTF-8");
  if (converter == reinterpret_cast<iconv_t>(-1)) throw std::runtime_error("no " + encoding);  // NOLINT
  std::string out(text.size() * 4 + 16, '\0');
  char* in = text.data();
  std::size_t in_left = text.size();
  char* to = out.data();
  std::size_t out_left = out.size();
  const std::size_t status = iconv(converter, &in, &in_left, &to, &out_left);
  iconv_close(converter);
  if (status == static_cast<std::size_t>(-1)) throw std::runtime_error("does not fit " + encoding);
  out.resize(out.size() - out_left);
  return out;
}

struct Sample {
  const char* name;
  const char* encoding;  ///< as the C library calls it
  const char* told;      ///< as we tell it
  const char* text;
};

const char* const kSimplified =
    "姓名,城市,评价\n张伟,北京,这个商品的质量非常好，物流也很快\n王芳,上海,包装有点破损，但是客服的态度不错\n"
    "李娜,广州,性价比高，下次还会购买\n";
const char* const kTraditional =
    "姓名,城市,評價\n陳怡君,台北,這個商品的品質非常好，物流也很快\n林志明,高雄,"
    "包裝有點破損，但是客服的態度不錯\n"
    "黃雅婷,臺中,價格合理，下次還會購買\n";
const char* const kJapanese =
    "名前,都市,感想\n佐藤,東京,とても良い商品です。また買います。\n鈴木,大阪,配送が早くて助かりました\n";
const char* const kKorean =
    "이름,도시,후기\n김민수,서울,배송이 빠르고 품질이 좋습니다\n이지은,부산,가격에 비해 아주 만족스러워요\n";
const char* const kGerman = "Name,Stadt,Preis\nJürgen Müller,München,12 €\nBjörn Groß,Köln,9 €\n";
const char* const kFrench = "prénom,ville\nÉlodie,Orléans\nFrançois,Saint-Étienne\nNoël,Besançon\n";
const char* const kRussian =
    "имя,город,отзыв\nИван,Москва,Очень хороший товар, спасибо\nМария,Казань,Доставка была быстрая, но "
    "упаковка "
    "порвалась\n";

class EncodingsTest : public testing::TestWithParam<Sample> {
 protected:
  std::string readAll(const std::filesystem::path& file) {
    auto text = TextFile::open({file.string(), file}, {}, job_);
    if (!text) throw std::runtime_error(text.error().message(Language::English));
    told_ = text->encoding();
    return text->bytesAt(text->markLength(), static_cast<std::size_t>(text->size()));
  }
  test::TemporaryFolder folder_;
  JobContext job_;
  std::string told_;
};

TEST_P(EncodingsTest, aShortTextIsToldByItself) {
  const auto& [name, encoding, told, text] = GetParam();
  EXPECT_EQ(readAll(folder_.write("short.csv", encode(text, encoding))), text);
  EXPECT_EQ(told_, told);
}

TEST_P(EncodingsTest, aLongTextIsReadBlockByBlock) {
  const auto& [name, encoding, told, text] = GetParam();
  std::string longer;
  while (longer.size() < 5000000) longer += text;
  EXPECT_TRUE(readAll(folder_.write("long.csv", encode(longer, encoding))) == longer);
  EXPECT_EQ(told_, told);
}

TEST_P(EncodingsTest, theFirstForeignByteMayComeLate) {
  const auto& [name, encoding, told, text] = GetParam();
  std::string late = "a,b,c\n";
  while (late.size() < 11000000) late += "1234,plain words,2026-03-01\n";
  late += text;
  EXPECT_TRUE(readAll(folder_.write("late.csv", encode(late, encoding))) == late);
  EXPECT_EQ(told_, told);
}

TEST_P(EncodingsTest, aNamedEncodingIsTakenAtItsWord) {
  const auto& [name, encoding, told, text] = GetParam();
  const auto file = folder_.write("named.csv", encode(text, encoding));
  auto read = TextFile::open({file.string(), file}, {.encoding = encoding}, job_);
  ASSERT_TRUE(read) << read.error().message(Language::English);
  EXPECT_EQ(read->bytesAt(0, static_cast<std::size_t>(read->size())), text);
}

INSTANTIATE_TEST_SUITE_P(All, EncodingsTest,
                         testing::Values(Sample{"utf8", "UTF-8", "utf-8", kSimplified},
                                         Sample{"gbk", "GBK", "gb18030", kSimplified},
                                         Sample{"gb18030", "GB18030", "gb18030", kSimplified},
                                         Sample{"big5", "BIG5", "big5", kTraditional},
                                         Sample{"shift_jis", "SHIFT_JIS", "shift_jis", kJapanese},
                                         Sample{"euc_jp", "EUC-JP", "euc-jp", kJapanese},
                                         Sample{"euc_kr", "EUC-KR", "euc-kr", kKorean},
                                         Sample{"windows1252", "WINDOWS-1252", "windows-1252", kGerman},
                                         Sample{"latin1", "ISO-8859-1", "windows-1252", kFrench},
                                         Sample{"windows1251", "WINDOWS-1251", "windows-1251", kRussian},
                                         Sample{"koi8r", "KOI8-R", "koi8-r", kRussian},
                                         Sample{"utf16le", "UTF-16LE", "utf-16le", kSimplified},
                                         Sample{"utf16be", "UTF-16BE", "utf-16be", kSimplified},
                                         Sample{"utf16leGerman", "UTF-16LE", "utf-16le", kGerman},
                                         Sample{"utf16beGerman", "UTF-16BE", "utf-16be", kGerman}),
                         [](const testing::TestParamInfo<Sample>& each) {
                           return std::string(each.param.name);
                         });

class EncodingTest : public EncodingsTest {};

TEST_F(EncodingTest, aMarkDecides) {
  EXPECT_EQ(readAll(folder_.write("a.csv",
                                  "\xEF\xBB\xBF"
                                  "a,b\n1,流\n")),
            "a,b\n1,流\n");
  EXPECT_EQ(told_, "utf-8");
  EXPECT_EQ(readAll(folder_.write("b.csv", "\xFF\xFE" + encode("a,b\n1,流\n", "UTF-16LE"))), "a,b\n1,流\n");
  EXPECT_EQ(told_, "utf-16le");
  EXPECT_EQ(readAll(folder_.write("c.csv", "\xFE\xFF" + encode("a,b\n1,流\n", "UTF-16BE"))), "a,b\n1,流\n");
  EXPECT_EQ(told_, "utf-16be");
  const std::string mark("\xFF\xFE\0\0", 4);
  EXPECT_EQ(readAll(folder_.write("d.csv", mark + encode("a,b\n1,流😀\n", "UTF-32LE"))), "a,b\n1,流😀\n");
  EXPECT_EQ(told_, "utf-32le");
  EXPECT_EQ(readAll(folder_.write("e.csv", "\x84\x31\x95\x33" + encode("a,b\n1,流\n", "GB18030"))),
            "a,b\n1,流\n");
}

TEST_F(EncodingTest, aFewCellsAreEnough) {
  const auto told = [&](const std::string& text, const char* encoding) {
    return detectEncoding({encode(text, encoding)});
  };
  EXPECT_EQ(told("城市,数量\n北京,1\n", "GBK"), "gb18030");
  EXPECT_EQ(told("id,name\n1,张伟\n2,欧阳娜娜\n", "GBK"), "gb18030");
  EXPECT_EQ(told("id,city\n1,台北\n2,高雄\n", "BIG5"), "big5");
  EXPECT_EQ(told("id,name\n1,田中\n2,やまだ\n", "SHIFT_JIS"), "shift_jis");
  EXPECT_EQ(told("id,city\n1,서울\n2,부산\n", "EUC-KR"), "euc-kr");
  EXPECT_EQ(told("id,city\n1,Zürich\n", "WINDOWS-1252"), "windows-1252");
  EXPECT_EQ(told("id,price\n1,12 €\n", "WINDOWS-1252"), "windows-1252");
  EXPECT_EQ(told("id,name\n1,“Ann”\n", "WINDOWS-1252"), "windows-1252");
}

TEST_F(EncodingTest, brokenLinesDoNotTurnUtf8IntoAnother) {
  std::string text = "名称,价格\n";
  for (int i = 0; i < 100; ++i) text += "苹果手机,12\n";
  text += "broken \xFF\xFE,1\n";
  EXPECT_EQ(detectEncoding({text}), "utf-8");
}

TEST_F(EncodingTest, zeroBytesInCellsAreNoUtf16) {
  EXPECT_EQ(detectEncoding({std::string("a,b\n1,\"x\0y\"\n", 12)}), "utf-8");
  EXPECT_EQ(detectEncoding({std::string("a\0b\0c\0", 6)}), "utf-16le");
}

TEST_F(EncodingTest, whatDoesNotBelongIsToldByByteAndLine) {
  const auto file = folder_.write("bad.csv", "a,b\n1,\xC4\xE3\n2,\x81\x20\n");
  const auto read = TextFile::open({file.string(), file}, {.encoding = "gb18030"}, job_);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, ErrorCode::InvalidArgument);
  EXPECT_EQ(read.error().where.line, 3);
  EXPECT_THAT(read.error().message(Language::English), HasSubstr("byte 12, in line 3"));
}

TEST_F(EncodingTest, namesAreKnownInEverySpelling) {
  for (const auto& [given, told] :
       std::vector<std::pair<std::string, std::string>>{{"UTF8", "utf-8"},
                                                        {" GBK ", "gbk"},
                                                        {"cp936", "gbk"},
                                                        {"Shift-JIS", "shift_jis"},
                                                        {"ISO-8859-1", "latin-1"},
                                                        {"iso-8859-15", "iso-8859-15"},
                                                        {"CP1252", "windows-1252"},
                                                        {"big5-hkscs", "big5-hkscs"}})
    EXPECT_EQ(encodingNamed(given).value_or("?"), told) << given;
  for (const char* unknown : {"klingon", "", "../../etc/passwd", "utf-8;x", "\xFF"})
    EXPECT_FALSE(encodingNamed(unknown)) << unknown;
}

TEST_F(EncodingTest, aStopEndsTheReading) {
  std::string text;
  while (text.size() < 3000000) text += kSimplified;
  const auto file = folder_.write("x.csv", encode(text, "GBK"));
  std::stop_source stop;
  JobContext job(stop.get_token());
  stop.request_stop();
  const auto read = TextFile::open({file.string(), file}, {}, job);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, ErrorCode::Cancelled);
}

TEST_F(EncodingTest, sequencesCutByBlocksComeOutWhole) {
  const std::string text = "甲,乙😀\n丙,丁\n";
  for (const char* encoding : {"gb18030", "utf-16le"}) {
    const std::string bytes = encode(text, encoding);
    auto stream = Utf8Stream::open(encoding);
    ASSERT_TRUE(stream);
    std::string out;
    for (std::size_t i = 0; i < bytes.size(); ++i)
      ASSERT_TRUE(stream->convert(bytes.substr(i, 1), i + 1 == bytes.size(), out));
    EXPECT_EQ(out, text) << encoding;
  }
}

TEST_F(EncodingTest, validUtf8EndsWhereItBreaks) {
  EXPECT_EQ(validUtf8Prefix("abcdefghijkl流\x80"), 15U);
  EXPECT_EQ(validUtf8Prefix("\xED\xA0\x80"), 0U) << "a surrogate";
  EXPECT_EQ(validUtf8Prefix("a\xF4\x90\x80\x80"), 1U) << "beyond U+10FFFF";
  EXPECT_EQ(validUtf8Prefix("a\xE0\x80\x80"), 1U) << "too long";
  EXPECT_EQ(validUtf8Prefix("a\xE6\xB5"), 3U) << "cut off";
  for (const char* cut : {"a\xE6\xB5", "\xC3", "x\xF0\x9F\x92"}) EXPECT_FALSE(isUtf8(cut)) << cut;
  for (const char* whole : {"", "a", "é", "流", "💡", "流a"}) EXPECT_TRUE(isUtf8(whole)) << whole;
}

/// Outside the samples of a file so large that it is not read twice.
TEST_F(EncodingTest, aLateForeignLineOfALargeFileIsFoundByTheImport) {
  std::string text = "id,city\n";
  while (text.size() < (std::size_t{66} << 20U)) text += "1234567,plain words that go on and on and on\n";
  const std::size_t piece = text.size() / 16;
  const std::size_t line = text.find('\n', piece * 8 + piece / 2) + 1;
  text.insert(line, encode("1,这个城市是北京\n2,上海的天气很好\n", "GBK"));
  const auto file = folder_.write("large.csv", text);
  auto database = Database::openInMemory();
  ASSERT_TRUE(database);
  const auto report = importFile(*database, file, "t", {}, job_);
  ASSERT_TRUE(report) << report.error().message(Language::English);
  EXPECT_EQ(report->detected.encoding, "gb18030");
  EXPECT_EQ(dumpJson(Json(database->rows("SELECT city FROM t WHERE id < 3", job_)->rows)),
            R"([["这个城市是北京"],["上海的天气很好"]])");
}

TEST_F(EncodingTest, aLateStrayByteOfALargeFileCostsItsLineAlone) {
  std::string text = "id,city\n1,Łódź\n";
  while (text.size() < (std::size_t{66} << 20U)) text += "1234567,plain words that go on and on and on\n";
  const std::size_t piece = text.size() / 16;
  text.insert(text.find('\n', piece * 8 + piece / 2) + 1, "7,stray \xFF byte\n");
  auto database = Database::openInMemory();
  ASSERT_TRUE(database);
  const auto report = importFile(*database, folder_.write("large.csv", text), "t", {}, job_);
  ASSERT_TRUE(report) << report.error().message(Language::English);
  EXPECT_EQ(report->detected.encoding, "utf-8");
  EXPECT_EQ(report->rejected, 1);
  EXPECT_EQ(dumpJson(Json(database->rows("SELECT city FROM t WHERE id < 9", job_)->rows)), R"([["Łódź"]])");
}

TEST_F(EncodingTest, realFilesAreTold) {
  const auto sauron = test::sharedFile("data/messy-csv/pandas-tests/sauron.SHIFT_JIS.csv");
  LODESTONE_NEEDS(sauron);
  EXPECT_THAT(readAll(sauron), HasSubstr("サウロン（Sauron、アイヌアの創造の時"));
  EXPECT_EQ(told_, "shift_jis");
  EXPECT_THAT(readAll(test::sharedFile("data/messy-csv/pandas-tests/utf16_ex.txt")),
              HasSubstr("Country\tState"));
  EXPECT_EQ(told_, "utf-16le");
  EXPECT_THAT(readAll(test::sharedFile("data/messy-csv/pandas-tests/unicode_series.csv")),
              HasSubstr("Á köldum klaka"));
  EXPECT_EQ(told_, "windows-1252");
}

TEST(DetectEncoding, AZeroByteInACellMakesNoWideText) {
  EXPECT_EQ(detectEncoding({std::string("a,b\n1,x\0y\n", 10)}), "utf-8");
  EXPECT_EQ(detectEncoding({std::string("name,n\nx\0y\0z,1\nw,2\n", 22)}), "utf-8");
  EXPECT_EQ(detectEncoding({std::string("a\0,\0b\0\n\0001\0,\0002\0\n\0", 16)}), "utf-16le");
}

}  // namespace
}  // namespace lodestone::data
