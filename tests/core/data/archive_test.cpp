// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/archive.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zip.h>
#include <zlib.h>

#include <stdexcept>

#include "core/base/file.h"
#include "core/data/import.h"
#include "tests/support/shared_data.h"
#include "tests/support/temporary_folder.h"

namespace lodestone::data {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class ArchiveTest : public testing::Test {
 protected:
  std::filesystem::path gzip(const std::string& name, const std::string& bytes) const {
    const auto file = folder_ / name;
    const gzFile out = gzopen(file.c_str(), "wb");
    if (gzwrite(out, bytes.data(), static_cast<unsigned>(bytes.size())) != static_cast<int>(bytes.size()))
      throw std::runtime_error("gzwrite");
    gzclose(out);
    return file;
  }
  std::filesystem::path zip(const std::string& name,
                            const std::vector<std::pair<std::string, std::string>>& files,
                            const char* password = nullptr) const {
    const auto file = folder_ / name;
    int error = 0;
    zip_t* out = zip_open(file.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &error);
    for (const auto& [inner, bytes] : files) {
      zip_source_t* source = zip_source_buffer(out, bytes.data(), bytes.size(), 0);
      const auto index = zip_file_add(out, inner.c_str(), source, ZIP_FL_ENC_RAW);
      if (index < 0) throw std::runtime_error(zip_strerror(out));
      if (password != nullptr)
        zip_file_set_encryption(out, static_cast<zip_uint64_t>(index), ZIP_EM_AES_256, password);
    }
    if (zip_close(out) != 0) throw std::runtime_error(zip_strerror(out));
    return file;
  }
  Result<Unpacked> open(const std::filesystem::path& file, const std::string& wanted = "",
                        const UnpackLimits& limits = {}) {
    return unpack({file.string(), file}, wanted, job_, limits);
  }
  /// Names without the archive's folder, with what is in them.
  std::vector<std::string> contents(const Result<Unpacked>& unpacked) const {
    if (!unpacked) return {unpacked.error().message(Language::English)};
    std::vector<std::string> out;
    for (const SourceInput& input : unpacked->inputs)
      out.push_back(input.name.substr(folder_.path().string().size() + 1) + "=" + *readFile(input.path));
    return out;
  }
  std::string refused(const Result<Unpacked>& unpacked, ErrorCode code) const {
    if (unpacked) return "nothing";
    EXPECT_EQ(unpacked.error().code, code);
    EXPECT_FALSE(unpacked.error().where.file.empty());
    return unpacked.error().message(Language::English);
  }

  test::TemporaryFolder folder_;
  JobContext job_;
};

TEST_F(ArchiveTest, packedFilesComeOut) {
  EXPECT_THAT(contents(open(gzip("tips.csv.gz", "a\n1\n"))), ElementsAre("tips.csv.gz/tips.csv=a\n1\n"));
  EXPECT_THAT(contents(open(zip("e.zip", {{"shop 店 🛒.csv", "a\n2\n"}}))),
              ElementsAre("e.zip/shop 店 🛒.csv=a\n2\n"));
  EXPECT_THAT(contents(open(folder_.write("plain.csv", "a\n3\n"))), ElementsAre("plain.csv=a\n3\n"));
  EXPECT_THAT(contents(open(gzip("empty.csv.gz", ""))), ElementsAre("empty.csv.gz/empty.csv="));
}

TEST_F(ArchiveTest, layersAreTakenOffOneByOne) {
  const std::string inner = *readFile(gzip("x.csv.gz", "a\n1\n"));
  EXPECT_THAT(contents(open(zip("two.zip", {{"x.csv.gz", inner}}))),
              ElementsAre("two.zip/x.csv.gz/x.csv=a\n1\n"));
  std::string many = "a\n1\n";
  for (int i = 0; i < 5; ++i) many = *readFile(gzip("n.gz", many));
  EXPECT_THAT(refused(open(folder_ / "n.gz"), ErrorCode::Unsupported), HasSubstr("three times"));
}

TEST_F(ArchiveTest, membersFollowEachOtherAndLargeFilesComeWhole) {
  std::string large;
  for (int i = 0; large.size() < 5000000; ++i) large += std::to_string(i * 7919) + ",x\n";
  const std::string bytes = *readFile(gzip("a.csv.gz", large)) + *readFile(gzip("b.csv.gz", "end\n"));
  EXPECT_TRUE(contents(open(folder_.write("ab.csv.gz", bytes)))[0] == "ab.csv.gz/ab.csv=" + large + "end\n");
  EXPECT_THAT(
      contents(open(folder_.write("pad.csv.gz", *readFile(folder_ / "b.csv.gz") + std::string(100, '\0')))),
      ElementsAre("pad.csv.gz/pad.csv=end\n"));
}

TEST_F(ArchiveTest, severalFilesAreAllReadOrOneIsChosen) {
  const auto file = zip("s.zip", {{"jan.csv", "1"},
                                  {"sub/feb.csv", "2"},
                                  {"README.txt", "about"},
                                  {"__MACOSX/._jan.csv", "rubbish"},
                                  {".DS_Store", "rubbish"}});
  EXPECT_THAT(contents(open(file)), ElementsAre("s.zip/jan.csv=1", "s.zip/sub/feb.csv=2"));
  EXPECT_THAT(contents(open(file, "sub/feb.csv")), ElementsAre("s.zip/sub/feb.csv=2"));
  EXPECT_THAT(refused(open(file, "mar.csv"), ErrorCode::NotFound), HasSubstr("jan.csv, sub/feb.csv"));
  const auto sheet = open(zip("b.zip", {{"a.csv", "1"}, {"b.sqlite", "2"}}), "b.sqlite/Sheet 2");
  ASSERT_TRUE(sheet);
  EXPECT_EQ(sheet->source_table, "Sheet 2");
}

TEST_F(ArchiveTest, whatIsLeftOutIsTold) {
  const auto file =
      zip("s.zip", {{"jan.csv", "a\n1\n"}, {"notes.log", "about"}, {"sub/x.bin", "?"}, {".DS_Store", "r"}});
  const auto unpacked = open(file);
  ASSERT_TRUE(unpacked);
  EXPECT_THAT(unpacked->left_out, ElementsAre(HasSubstr("s.zip/notes.log"), HasSubstr("s.zip/sub/x.bin")));
  EXPECT_TRUE(open(zip("two.zip", {{"a.csv", "a\n1\n"}, {"b.csv", "a\n1\n"}, {"n.log", "t"}}), "a.csv")
                  ->left_out.empty());
  auto database = *Database::open(folder_ / "data.duckdb");
  const auto report = importFile(database, file, "t", {}, job_);
  ASSERT_TRUE(report) << report.error().message(Language::English);
  ASSERT_EQ(report->skipped.size(), 1U);
  EXPECT_EQ(report->skipped[0].kind, "unknown format");
  EXPECT_EQ(report->skipped[0].names.size(), 2U);
  EXPECT_THAT(report->notices.at(0).message(Language::English), HasSubstr("notes.log"));
  const auto kept = database.rows("SELECT skipped FROM lodestone.imports", job_);
  ASSERT_TRUE(kept);
  EXPECT_THAT(kept->rows[0][0].get<std::string>(), HasSubstr("x.bin"));
}

TEST_F(ArchiveTest, aPreviewUnpacksABeginning) {
  std::string lines = "id,name\n";
  std::string array = "{\"note\":1,\"rows\":[";
  for (int i = 0; lines.size() < 20000000; ++i) {
    lines += std::to_string(i) + ",\"number " + std::to_string(i) + "\"\n";
    array += "{\"id\":" + std::to_string(i) + ",\"name\":\"number\"},";
  }
  for (const auto& [name, text] : {std::pair("a.csv.gz", lines), std::pair("a.json.gz", array + "{}]}")}) {
    std::string bytes = *readFile(gzip(name, text));
    const auto whole = previewFile(folder_ / name, {}, job_);
    ASSERT_TRUE(whole) << whole.error().message(Language::English);
    for (std::size_t i = bytes.size() - 2000; i < bytes.size() - 100; ++i) bytes[i] = 'x';
    const auto damaged = folder_.write(std::string("bad-") + name, bytes);
    const auto preview = previewFile(damaged, {}, job_);
    ASSERT_TRUE(preview) << preview.error().message(Language::English);
    EXPECT_EQ(preview->columns.size(), 2U);
    EXPECT_EQ(preview->columns[0].type, "BIGINT");
    EXPECT_EQ(preview->sample.size(), 20U);
    EXPECT_EQ(preview->sample, whole->sample);
    auto database = *Database::openInMemory({});
    const auto report = importFile(database, damaged, "t", {}, job_);
    ASSERT_FALSE(report) << "what was previewed is read whole";
    EXPECT_EQ(report.error().code, ErrorCode::Corrupt);
  }
}

TEST_F(ArchiveTest, namesOfOtherSystemsAreRead) {
  EXPECT_THAT(contents(open(zip("gbk.zip", {{"\xB6\xA9\xB5\xA5\xCA\xFD\xBE\xDD.csv", "1"}}))),
              ElementsAre("gbk.zip/订单数据.csv=1"));
}

TEST_F(ArchiveTest, damageIsTold) {
  std::string bytes = *readFile(gzip("x.csv.gz", std::string(100000, 'x') + "\n1,2,3\n"));
  EXPECT_THAT(
      refused(open(folder_.write("cut.csv.gz", bytes.substr(0, bytes.size() / 2))), ErrorCode::Corrupt),
      HasSubstr("too early"));
  EXPECT_THAT(refused(open(folder_.write("tail.csv.gz", bytes + "junk")), ErrorCode::Corrupt),
              HasSubstr("behind its end"));
  bytes[bytes.size() - 6] = static_cast<char>(bytes[bytes.size() - 6] ^ 0x55);
  EXPECT_THAT(refused(open(folder_.write("crc.csv.gz", bytes)), ErrorCode::Corrupt), HasSubstr("check"));
  std::string zipped = *readFile(zip("x.zip", {{"a.csv", "a,b\n1,2\n3,4\n"}}));
  refused(open(folder_.write("cut.zip", zipped.substr(0, 40))), ErrorCode::Corrupt);
  refused(open(zip("none.zip", {{"sub/", ""}})), ErrorCode::InvalidArgument);
}

TEST_F(ArchiveTest, aPasswordIsTold) {
  EXPECT_THAT(refused(open(zip("p.zip", {{"a.csv", "a\n1\n"}}, "secret")), ErrorCode::Unsupported),
              HasSubstr("password"));
}

TEST_F(ArchiveTest, bombsAreRefused) {
  const UnpackLimits small{.most_bytes = 3000000, .most_ratio = 100, .ratio_from = 1000000};
  const std::string zeros(2000000, '0');
  EXPECT_THAT(refused(open(gzip("bomb.csv.gz", zeros), "", small), ErrorCode::InvalidArgument),
              HasSubstr("unpack it yourself"));
  EXPECT_THAT(refused(open(zip("bomb.zip", {{"a.csv", zeros}}), "", small), ErrorCode::InvalidArgument),
              HasSubstr("bomb.zip"));
  const std::string under(900000, '0');
  EXPECT_TRUE(open(gzip("fine.csv.gz", under), "", small));
  refused(open(zip("many.zip", {{"a.csv", under}, {"b.csv", under}, {"c.csv", under}}), "", small),
          ErrorCode::InvalidArgument);
  // A size that the archive does not tell truly does no harm: the bytes are counted as they come.
  std::string lying = *readFile(folder_ / "bomb.csv.gz");
  lying.replace(lying.size() - 4, 4, std::string("\1\0\0\0", 4));
  refused(open(folder_.write("lying.csv.gz", lying), "", small), ErrorCode::InvalidArgument);
}

TEST_F(ArchiveTest, aStopEndsTheUnpacking) {
  const auto file = gzip("x.csv.gz", std::string(3000000, 'x'));
  std::stop_source stop;
  JobContext job(stop.get_token());
  stop.request_stop();
  const auto unpacked = unpack({file.string(), file}, "", job);
  ASSERT_FALSE(unpacked);
  EXPECT_EQ(unpacked.error().code, ErrorCode::Cancelled);
}

}  // namespace
}  // namespace lodestone::data
