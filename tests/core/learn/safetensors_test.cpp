// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/safetensors.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <limits>

namespace lodestone::learn {
namespace {

/// A file with this header and so many bytes of zeros behind it.
std::string made(const std::string& header, std::size_t data_bytes) {
  std::string bytes(8, '\0');
  const std::uint64_t length = header.size();
  std::memcpy(bytes.data(), &length, 8);
  return bytes + header + std::string(data_bytes, '\0');
}

ErrorCode codeOf(const std::string& bytes) {
  const auto read = readSafetensors(bytes, "model.safetensors");
  if (read) return ErrorCode::Internal;
  EXPECT_EQ(read.error().where.file, "model.safetensors");
  return read.error().code;
}

const std::string kOne = R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})";

TEST(Safetensors, readsWhatItWrote) {
  const Safetensors content{
      {{"layer0.weight", {2, 3}, {1, -2, 3.5F, 1e-30F, 5, 6}}, {"偏置", {1}, {0.25F}}, {"none", {0}, {}}},
      {{"format", "lodestone"}}};
  const std::string bytes = writeSafetensors(content);
  const auto read = readSafetensors(bytes, "x");
  ASSERT_TRUE(read) << read.error().message(Language::English);
  ASSERT_EQ(read->tensors.size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(read->tensors[i].name, content.tensors[i].name);
    EXPECT_EQ(read->tensors[i].shape, content.tensors[i].shape);
    EXPECT_EQ(read->tensors[i].values, content.tensors[i].values);
  }
  EXPECT_EQ(read->metadata, content.metadata);
  EXPECT_EQ(writeSafetensors(*read), bytes);
}

TEST(Safetensors, acceptsAFileOfAnotherProgram) {
  const auto read = readSafetensors(made(kOne + "   ", 8), "x");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->tensors[0].values, (std::vector<float>{0, 0}));
}

TEST(Safetensors, refusesAHeaderThatIsNone) {
  EXPECT_EQ(codeOf(""), ErrorCode::Corrupt);
  EXPECT_EQ(codeOf("1234567"), ErrorCode::Corrupt);
  EXPECT_EQ(codeOf(std::string(8, '\xff') + kOne), ErrorCode::Corrupt);  // longer than the file, and than any
  EXPECT_EQ(codeOf(made("[1,2]", 0)), ErrorCode::Corrupt);
  EXPECT_EQ(codeOf(made("{\"a\":", 0)), ErrorCode::Corrupt);
  EXPECT_EQ(codeOf(made(R"({"__metadata__":{"a":1}})", 0)), ErrorCode::Corrupt);
}

TEST(Safetensors, refusesArraysThatDoNotFillTheFile) {
  const auto two = [](const std::string& first, const std::string& second) {
    return R"({"a":{"dtype":"F32","shape":[2],"data_offsets":)" + first +
           R"(},"b":{"dtype":"F32","shape":[2],"data_offsets":)" + second + "}}";
  };
  EXPECT_TRUE(readSafetensors(made(two("[0,8]", "[8,16]"), 16), "x"));
  EXPECT_EQ(codeOf(made(two("[0,8]", "[4,12]"), 16)), ErrorCode::Corrupt);   // overlap
  EXPECT_EQ(codeOf(made(two("[0,8]", "[0,8]"), 8)), ErrorCode::Corrupt);     // the same bytes
  EXPECT_EQ(codeOf(made(two("[0,8]", "[12,20]"), 20)), ErrorCode::Corrupt);  // gap
  EXPECT_EQ(codeOf(made(two("[0,8]", "[8,16]"), 12)), ErrorCode::Corrupt);   // cut off
  EXPECT_EQ(codeOf(made(two("[0,8]", "[8,16]"), 20)), ErrorCode::Corrupt);   // more behind it
  EXPECT_EQ(codeOf(made(two("[8,0]", "[8,16]"), 16)), ErrorCode::Corrupt);   // backwards
}

TEST(Safetensors, refusesOtherTypesAndShapes) {
  const auto one = [](const std::string& dtype, const std::string& shape, const std::string& offsets) {
    return made(
        R"({"a":{"dtype":")" + dtype + R"(","shape":)" + shape + R"(,"data_offsets":)" + offsets + "}}", 8);
  };
  EXPECT_TRUE(readSafetensors(one("F32", "[1,2]", "[0,8]"), "x"));
  EXPECT_EQ(codeOf(one("F64", "[1]", "[0,8]")), ErrorCode::Corrupt);
  EXPECT_EQ(codeOf(one("F32", "[3]", "[0,8]")), ErrorCode::Corrupt);
  EXPECT_EQ(codeOf(one("F32", "[-2]", "[0,8]")), ErrorCode::Corrupt);
  EXPECT_EQ(codeOf(one("F32", "[4294967296,4294967296,2]", "[0,8]")), ErrorCode::Corrupt);
  EXPECT_EQ(codeOf(one("F32", "\"2\"", "[0,8]")), ErrorCode::Corrupt);
  EXPECT_EQ(codeOf(one("F32", "[2]", "[0,8,9]")), ErrorCode::Corrupt);
  EXPECT_EQ(codeOf(one("F32", "[2]", "[0,18446744073709551615]")), ErrorCode::Corrupt);
}

TEST(Safetensors, refusesNamesThatComeTwice) {
  const std::string twice = R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},)"
                            R"("a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})";
  EXPECT_EQ(codeOf(made(twice, 8)), ErrorCode::Corrupt);
}

TEST(Safetensors, refusesValuesThatAreNotFinite) {
  for (const float bad : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()})
    EXPECT_EQ(codeOf(writeSafetensors({{{"a", {2}, {1, bad}}}, {}})), ErrorCode::Corrupt);
}

TEST(Safetensors, refusesEveryCutOffFile) {
  const std::string bytes = writeSafetensors({{{"a", {4}, {1, 2, 3, 4}}}, {{"k", "v"}}});
  for (std::size_t length = 0; length < bytes.size(); ++length)
    EXPECT_EQ(codeOf(bytes.substr(0, length)), ErrorCode::Corrupt) << length;
}

}  // namespace
}  // namespace lodestone::learn
