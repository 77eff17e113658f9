// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/csv/csv_copy.h"

#include <algorithm>
#include <charconv>

#include "core/base/text.h"
#include "core/data/source.h"

namespace lodestone::data {

namespace {

constexpr Text kMending{"Reading {0}", "正在读取 {0}"};
constexpr std::size_t kTextKept = 4000;

void appendCell(std::string& out, const CsvCell& cell) {
  out += ',';
  if (cell.text.find_first_of(",\"\n\r") == std::string::npos) {
    out += cell.text;
    return;
  }
  out += '"';
  for (const char c : cell.text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

/// Writes rows in blocks.
class CopyWriter {
 public:
  CopyWriter(CsvCopy& copy, const std::string& file) : copy_(copy), file_(file) {}

  WalkSink sink() {
    return {.row = [this](const std::vector<CsvCell>& cells, const RowPlace& place) { row(cells, place); },
            .reject = [this](const RowPlace& place, std::string_view text,
                             const std::string& reason) { reject(place, text, reason); }};
  }
  Result<> flush() {
    auto written = copy_.file.write(out_);
    out_.clear();
    return written;
  }

 private:
  void row(const std::vector<CsvCell>& cells, const RowPlace& place) {
    const std::size_t begin = out_.size();
    out_ += placeText(place);
    for (const CsvCell& cell : cells) appendCell(out_, cell);
    out_ += '\n';
    copy_.longest = std::max(copy_.longest, out_.size() - begin);
  }
  void reject(const RowPlace& place, std::string_view text, const std::string& reason) {
    if (static_cast<std::int64_t>(copy_.kept.size()) >= kRejectsKept) return;
    copy_.kept.push_back(
        {.file = file_, .line = place.line, .column = {}, .text = rejectText(text), .reason = reason});
  }

  CsvCopy& copy_;
  std::string file_;
  std::string out_;
};

}  // namespace

std::string placeText(const RowPlace& place) {
  return std::to_string(place.offset) + " " + std::to_string(place.length) + " " + std::to_string(place.line);
}

RowPlace placeFrom(std::string_view text) {
  RowPlace place;
  for (std::int64_t* part : {&place.offset, &place.length, &place.line}) {
    const auto read = std::from_chars(text.data(), text.data() + text.size(), *part);
    text.remove_prefix(std::min(text.size(), static_cast<std::size_t>(read.ptr - text.data()) + 1));
  }
  return place;
}

std::string rejectText(std::string_view raw) {
  while (raw.ends_with('\n') || raw.ends_with('\r')) raw.remove_suffix(1);
  return shorten(toValidUtf8(raw.substr(0, 4 * kTextKept)), kTextKept - 1);
}

Result<CsvCopy> copyMended(const TextFile& source, const CsvPlan& plan, JobContext& job) {
  const std::string name = source.file().string();
  auto file = WorkingCopy::make(name);
  if (!file) return forward(file);
  CsvCopy copy{.file = std::move(*file)};
  CopyWriter writer(copy, name);
  TableWalker walker = walkerOf(plan, writer.sink());
  auto walked = walkFile(source, walker, job, [&](std::int64_t read) -> Result<bool> {
    if (auto written = writer.flush(); !written) return forward(written);
    job.report(static_cast<double>(read) / static_cast<double>(source.size()), kMending,
               {source.file().filename().string()});
    return true;
  });
  if (!walked) return forward(walked);
  copy.counts = walker.counts();
  if (copy.counts.not_utf8 > copy.counts.rows) return tl::unexpected<Error>(source.notUtf8(job));
  return copy;
}

}  // namespace lodestone::data
