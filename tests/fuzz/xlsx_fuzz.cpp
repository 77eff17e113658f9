// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>

#include "core/base/text.h"
#include "core/data/rows/cell_value.h"
#include "core/data/source.h"
#include "core/data/sources/xlsx/sheet_table.h"

namespace {

using namespace lodestone;
using namespace lodestone::data;

void must(bool holds) {
  if (!holds) std::abort();
}

/// Hands bytes over in small pieces, so that every piece of XML is cut somewhere.
class Pieces : public ByteStream {
 public:
  explicit Pieces(std::string_view bytes) : bytes_(bytes) {}
  Result<std::size_t> read(char* into, std::size_t most) override {
    const std::size_t size = std::min({most, bytes_.size() - at_, std::size_t{7}});
    std::memcpy(into, bytes_.data() + at_, size);
    at_ += size;
    return size;
  }
  double fraction() const override { return 1; }

 private:
  std::string_view bytes_;
  std::size_t at_ = 0;
};

void readSheet(std::string_view bytes) {
  Workbook book;
  book.styles = {NumberLook::Number, NumberLook::Date, NumberLook::Time, NumberLook::DateTime};
  SharedTexts texts;
  JobContext job;
  const OpenSheet open = [bytes]() -> Result<std::unique_ptr<ByteStream>> {
    return std::make_unique<Pieces>(bytes);
  };
  auto table = SheetTable::open(open, book, texts, "fuzz.xlsx", "S", {}, job);
  if (!table) return must(!table.error().message(Language::Chinese).empty());
  Row row;
  std::string buffer;
  std::int64_t rows = 0;
  std::int64_t last = 0;
  while (true) {
    auto more = (*table)->next(row, job);
    if (!more) return must(more.error().code == ErrorCode::Corrupt);
    if (!*more) break;
    ++rows;
    last = std::max(last, row.line);
    must(row.line >= 1 && row.cells.size() == (*table)->names().size());
    for (const Cell& cell : row.cells) (void)toValidUtf8(textOf(cell, buffer));
  }
  std::int64_t passed = (*table)->detected().header_lines;
  for (const Skipped& part : (*table)->skipped()) {
    must(part.lines > 0);
    passed += part.lines;
  }
  // No row in front of the last one of the table is lost.
  must(rows + passed >= last);
}

void readFile(std::string_view bytes) {
  const int file = memfd_create("fuzz", 0);
  must(file >= 0 && write(file, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()));
  const std::string path = "/proc/self/fd/" + std::to_string(file);
  JobContext job;
  auto source = xlsxSource().open({.name = "fuzz.xlsx", .path = path}, {}, job);
  if (source) {
    const auto preview = (*source)->preview(job);
    if (preview)
      must(preview->columns.size() ==
           (preview->sample.empty() ? preview->columns.size() : preview->sample[0].size()));
  }
  close(file);
}

/// The first byte says what the rest is: 'Z' a whole file, 'T' shared texts, 'F' a number format, else a
/// sheet.
void readAnyWorkbook(std::string_view bytes) {
  if (bytes.empty()) return;
  const std::string_view rest = bytes.substr(1);
  JobContext job;
  switch (bytes.front()) {
    case 'Z':
      return readFile(rest);
    case 'T': {
      Pieces pieces(rest);
      auto texts = SharedTexts::read(pieces, "fuzz.xlsx", "texts", job);
      if (texts) (void)texts->at(0);
      return;
    }
    case 'F':
      (void)cellOf(static_cast<double>(rest.size()) * 1234.5678, lookOf(rest), rest.size() % 2 == 0);
      return;
    default:
      return readSheet(rest);
  }
}

}  // namespace

// Any bytes: an answer or an error, no crash, no row lost, no more memory than promised.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  readAnyWorkbook(std::string(data, data + size));
  return 0;
}
