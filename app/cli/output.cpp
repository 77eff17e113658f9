// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/output.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <utility>

namespace lodestone::cli {
namespace {

constexpr Text kNotWritten{"Standard output cannot be written: it is closed or the disk is full.",
                           "无法写入标准输出：已关闭或磁盘已满。"};
constexpr Text kPlaceFile{"file {0}", "文件 {0}"};
constexpr Text kPlaceLine{"line {0}", "第 {0} 行"};
constexpr Text kPlaceColumn{"column {0}", "列 {0}"};
constexpr Text kPlaceTable{"table {0}", "表 {0}"};
constexpr Text kPlaceStage{"stage {0}", "阶段 {0}"};
constexpr Text kError{"error: {0}", "错误：{0}"};
constexpr Text kAt{"  at: {0}", "  位置：{0}"};

constexpr std::size_t kWidestCell = 60;

/// Ranges of the East Asian Wide and Fullwidth characters of Unicode's EastAsianWidth.txt, in blocks.
constexpr std::pair<char32_t, char32_t> kWide[] = {
    {0x1100, 0x115F},   {0x2E80, 0x303E},   {0x3041, 0x33FF},   {0x3400, 0x4DBF},   {0x4E00, 0x9FFF},
    {0xA000, 0xA4CF},   {0xA960, 0xA97F},   {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},
    {0xFF00, 0xFF60},   {0xFFE0, 0xFFE6},   {0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF},
    {0x20000, 0x2FFFD}, {0x30000, 0x3FFFD},
};

constexpr std::pair<char32_t, char32_t> kNone[] = {
    {0x0300, 0x036F}, {0x200B, 0x200F}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}, {0xFEFF, 0xFEFF},
};

template <std::size_t N>
bool inRanges(char32_t c, const std::pair<char32_t, char32_t> (&ranges)[N]) {
  return std::any_of(std::begin(ranges), std::end(ranges),
                     [c](const auto& range) { return c >= range.first && c <= range.second; });
}

/// The next character of valid UTF-8; moves position behind it.
char32_t nextCharacter(std::string_view text, std::size_t& position) {
  const auto lead = static_cast<unsigned char>(text[position++]);
  const int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
  char32_t c = more == 3 ? lead & 0x07U : more == 2 ? lead & 0x0FU : more == 1 ? lead & 0x1FU : lead;
  for (int i = 0; i < more && position < text.size(); ++i)
    c = (c << 6U) | (static_cast<unsigned char>(text[position++]) & 0x3FU);
  return c;
}

/// A cell on one line: valid UTF-8 without control characters, so that data cannot drive the terminal.
std::string oneLine(std::string_view text) {
  std::string clean = toValidUtf8(text);
  for (char& c : clean)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  return clean;
}

/// A text in pieces that each take at most so many columns of a terminal; one empty piece for no text.
std::vector<std::string> wrap(std::string_view text, std::size_t widest) {
  std::vector<std::string> pieces;
  std::size_t begin = 0;
  std::size_t width = 0;
  for (std::size_t position = 0; position < text.size();) {
    const std::size_t start = position;
    nextCharacter(text, position);
    const std::size_t wide = displayWidth(text.substr(start, position - start));
    if (width + wide > widest) {
      pieces.emplace_back(text.substr(begin, start - begin));
      begin = start;
      width = 0;
    }
    width += wide;
  }
  pieces.emplace_back(text.substr(begin));
  return pieces;
}

using Lines = std::vector<std::vector<std::string>>;

/// The lines of a table that a row takes: more than one where cells are wrapped.
Lines linesOf(const std::vector<std::string>& row, std::size_t columns, LongCells long_cells) {
  const bool terminal = isatty(STDOUT_FILENO) != 0;
  Lines lines(1, std::vector<std::string>(columns));
  for (std::size_t c = 0; c < std::min(columns, row.size()); ++c) {
    const std::string cell = oneLine(row[c]);
    if (!terminal) {
      lines.front()[c] = cell;
    } else if (long_cells == LongCells::Shorten) {
      lines.front()[c] = shorten(cell, kWidestCell);
    } else {
      const auto pieces = wrap(cell, kWidestCell);
      if (pieces.size() > lines.size()) lines.resize(pieces.size(), std::vector<std::string>(columns));
      for (std::size_t i = 0; i < pieces.size(); ++i) lines[i][c] = pieces[i];
    }
  }
  return lines;
}

void put(std::FILE* stream, std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stream);
}

}  // namespace

int exitStatus(ErrorCode code) {
  if (code == ErrorCode::Cancelled) return kExitCancelled;
  if (code == ErrorCode::NotEnoughData) return kExitNotEnoughData;
  return kExitFailed;
}

std::size_t displayWidth(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t position = 0; position < text.size();) {
    const char32_t c = nextCharacter(text, position);
    width += inRanges(c, kWide) ? 2U : inRanges(c, kNone) ? 0U : 1U;
  }
  return width;
}

void Output::object(const Json& value) const {
  if (!json()) return;
  put(stdout, dumpJson(value) + "\n");
  std::fflush(stdout);
}

void Output::plain(std::string_view text) const {
  if (!json()) put(stdout, std::string(text) + "\n");
}

void Output::table(const std::vector<TableColumn>& columns, const std::vector<std::vector<std::string>>& rows,
                   LongCells long_cells) const {
  if (json()) return;
  std::vector<std::size_t> widths;
  for (const TableColumn& column : columns) widths.push_back(displayWidth(column.title));
  Lines cells;
  for (const auto& row : rows)
    for (auto& line : linesOf(row, columns.size(), long_cells)) {
      for (std::size_t c = 0; c < columns.size(); ++c) widths[c] = std::max(widths[c], displayWidth(line[c]));
      cells.push_back(std::move(line));
    }
  const auto write = [&](const std::vector<std::string>& line) {
    std::string text;
    for (std::size_t c = 0; c < columns.size(); ++c) {
      const std::string space(widths[c] - displayWidth(line[c]), ' ');
      if (c > 0) text += "  ";
      text += columns[c].align == TableColumn::Align::Right ? space + line[c] : line[c] + space;
    }
    text.erase(text.find_last_not_of(' ') + 1);
    put(stdout, text + "\n");
  };
  std::vector<std::string> titles;
  std::vector<std::string> rules;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    titles.push_back(columns[c].title);
    std::string rule;
    for (std::size_t i = 0; i < widths[c]; ++i) rule += "─";
    rules.push_back(rule);
  }
  write(titles);
  write(rules);
  for (const auto& line : cells) write(line);
}

void Output::failure(const Error& error, const Json& more) const {
  if (json()) {
    Json object = Json::object();
    object["error"] = toJson(error, language_);
    for (const auto& [key, value] : more.items()) object[key] = value;
    put(stdout, dumpJson(object) + "\n");
    std::fflush(stdout);
    return;
  }
  std::fflush(stdout);
  put(stderr, in(kError, {toValidUtf8(error.message(language_))}) + "\n");
  std::vector<std::string> place;
  const Where& where = error.where;
  if (!where.file.empty()) place.push_back(in(kPlaceFile, {toValidUtf8(where.file)}));
  if (where.line) place.push_back(in(kPlaceLine, {std::to_string(*where.line)}));
  if (!where.column.empty()) place.push_back(in(kPlaceColumn, {where.column}));
  if (!where.table.empty()) place.push_back(in(kPlaceTable, {where.table}));
  if (!where.stage.empty()) place.push_back(in(kPlaceStage, {where.stage}));
  if (!place.empty()) put(stderr, in(kAt, {join(place, ", ")}) + "\n");
}

Result<> Output::finish() const {
  if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) return fail(ErrorCode::Io, kNotWritten);
  return {};
}

}  // namespace lodestone::cli
