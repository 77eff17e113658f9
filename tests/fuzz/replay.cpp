// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Runs a fuzzer's function over the files of a corpus and over seeded changes of each: replay FOLDER
// [CHANGES].
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/file.h"
#include "core/base/random.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

void run(const std::string& bytes) {
  const std::vector<std::uint8_t> copy(bytes.begin(),
                                       bytes.end());  // exactly as long: a read behind it is found
  LLVMFuzzerTestOneInput(copy.data(), copy.size());
}

/// One to four small changes: bytes set, taken out, doubled, swapped with a piece elsewhere.
std::string changed(std::string bytes, lodestone::Random& random) {
  for (std::uint64_t i = 0; i <= random.below(4); ++i) {
    if (bytes.empty()) bytes = "[";
    const auto at = static_cast<std::size_t>(random.below(bytes.size()));
    const auto length =
        static_cast<std::size_t>(random.below(std::min<std::uint64_t>(bytes.size() - at, 16) + 1));
    const auto elsewhere = static_cast<std::size_t>(random.below(bytes.size()));
    switch (random.below(4)) {
      case 0:
        bytes[at] = static_cast<char>(random.below(256));
        break;
      case 1:
        bytes.erase(at, length);
        break;
      case 2:
        bytes.insert(elsewhere, bytes.substr(at, length));
        break;
      default:
        std::swap(bytes[at], bytes[elsewhere]);
        break;
    }
  }
  return bytes;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  const int changes = argc > 2 ? std::atoi(argv[2]) : 500;
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(argv[1])) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  lodestone::Random random(42);
  for (const auto& file : files) {
    const auto bytes = lodestone::readFile(file);
    if (!bytes) return 2;
    run(*bytes);
    for (int i = 0; i < changes; ++i) run(changed(*bytes, random));
  }
  std::printf("%zu files, %d changes of each\n", files.size(), changes);
  return files.empty() ? 1 : 0;
}
