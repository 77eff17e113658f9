// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/sources/xlsx/sheet_reader.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include "core/base/text.h"
#include "core/data/rows/cell_value.h"

namespace lodestone::data {

namespace {

constexpr Text kDamaged{"{0} is damaged in the sheet {1}, near row {2}: {3}. Copy or save the file again.",
                        "{0} 的工作表 {1} 在第 {2} 行附近已损坏：{3}。请重新复制或保存该文件。"};

constexpr std::int64_t kMostRows = 1048576;
constexpr int kMostColumns = 16384;
constexpr std::size_t kTextKept = 4000;

template <class Number>
bool parseWhole(std::string_view text, Number& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size();
}

/// A whole number written with more digits than a double holds, which programs other than Excel do: as a
/// whole number, or as text where that is too short for it too. Nothing for all others.
std::optional<Cell> longWhole(std::string_view digits, double value) {
  constexpr double kExactWhole = 9007199254740992.0;  // 2^53
  constexpr int kDoubleDigits = 15;
  if (std::fabs(value) < kExactWhole) return std::nullopt;
  std::string_view kept = digits.substr(digits.starts_with('-') || digits.starts_with('+') ? 1 : 0);
  if (kept.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
  kept.remove_prefix(std::min(kept.find_first_not_of('0'), kept.size()));
  if (kept.find_last_not_of('0') < kDoubleDigits) return std::nullopt;
  Cell cell{.kind = CellKind::Integer};
  return parseWhole(digits, cell.whole) ? cell : Cell{.kind = CellKind::Text};
}

}  // namespace

Result<bool> SheetReader::damaged(std::string_view reason) {
  if (reason.empty() && xml_.fault() == XmlPull::Fault::Stream)
    return tl::unexpected<Error>(xml_.streamError());
  const std::string told(reason.empty() ? xml_.faultText() : reason);
  return fail(ErrorCode::Corrupt, kDamaged, {file_, sheet_, std::to_string(line_), toValidUtf8(told)},
              {.file = file_, .line = line_, .table = sheet_});
}

Result<bool> SheetReader::next(SheetRow& row) {
  while (true) {
    const XmlPull::Event event = xml_.next();
    if (event == XmlPull::Event::Finished) return false;
    if (event == XmlPull::Event::Failed) return damaged();
    if (event != XmlPull::Event::Start || xml_.name() != "row") continue;
    return readRow(row) ? Result<bool>(true) : damaged(reason_);
  }
}

bool SheetReader::readRow(SheetRow& row) {
  const std::string_view given = xml_.attribute("r");
  std::int64_t number = line_ + 1;
  if ((!given.empty() && !parseWhole(given, number)) || number < 1 || number > kMostRows) {
    reason_ = "a row has the number '" + std::string(given.substr(0, 40)) + "'";
    return false;
  }
  line_ = std::max(number, line_ + 1);
  row.line = line_;
  row.cells.clear();
  own_bytes_.clear();
  own_texts_.clear();
  column_ = -1;
  while (true) {
    const XmlPull::Event event = xml_.next();
    if (event == XmlPull::Event::End) break;
    if (event == XmlPull::Event::Failed || event == XmlPull::Event::Finished) return false;
    if (event != XmlPull::Event::Start) continue;
    if (xml_.name() == "c" ? !readCell(row) : !xml_.skip()) return false;
  }
  // Only now do the bytes stay where they are.
  for (const OwnText& text : own_texts_)
    row.cells[text.cell].cell.text = std::string_view(own_bytes_).substr(text.begin, text.length);
  return true;
}

/// "AB12" -> column 27; a cell without a reference stands behind the one before it.
bool SheetReader::place(std::string_view reference) {
  ++column_;
  if (!reference.empty()) {
    int column = 0;
    std::size_t i = 0;
    for (; i < reference.size() && column <= kMostColumns; ++i) {
      const char c = reference[i];
      if (c >= 'A' && c <= 'Z')
        column = column * 26 + (c - 'A' + 1);
      else if (c >= 'a' && c <= 'z')
        column = column * 26 + (c - 'a' + 1);
      else
        break;
    }
    if (i > 0) column_ = column - 1;
  }
  if (column_ < kMostColumns) return true;
  reason_ = "a cell stands in column " + std::to_string(column_ + 1) + ", behind the last one there can be";
  return false;
}

bool SheetReader::readCell(SheetRow& row) {
  // Views into the XML end with its next piece, and these are short.
  const std::string type(xml_.attribute("t"));
  const std::string style(xml_.attribute("s"));
  if (!place(xml_.attribute("r"))) return false;
  value_.clear();
  formula_.clear();
  has_value_ = false;
  has_formula_ = false;
  while (true) {
    const XmlPull::Event event = xml_.next();
    if (event == XmlPull::Event::End) break;
    if (event == XmlPull::Event::Text) continue;
    if (event != XmlPull::Event::Start || !readContent(type)) return false;
  }
  return addCell(row, type, style);
}

/// A child of a cell that has just begun: its value, its formula, its text.
bool SheetReader::readContent(std::string_view type) {
  if (xml_.name() == "is") {
    has_value_ = true;
    return appendRichText(xml_, value_);
  }
  const bool value = xml_.name() == "v";
  if (!value && xml_.name() != "f") return xml_.skip();
  std::string& into = value ? value_ : formula_;
  (value ? has_value_ : has_formula_) = true;
  while (true) {
    const XmlPull::Event event = xml_.next();
    if (event == XmlPull::Event::End) break;
    if (event != XmlPull::Event::Text) return false;
    if (xml_.textIsLiteral())
      into += xml_.text();
    else
      appendResolved(xml_.text(), into);
  }
  if (value && type == "str") resolveEscapes(into, 0);
  return true;
}

bool SheetReader::addCell(SheetRow& row, std::string_view type, std::string_view style) {
  const std::size_t begin = own_bytes_.size();
  if (has_formula_ && value_.empty() && type != "str") {
    own_bytes_ += '=';
    own_bytes_ +=
        formula_.empty() ? std::string_view("(formula)") : std::string_view(formula_).substr(0, kTextKept);
    addText(row, begin);
    return true;
  }
  if (!has_value_) return true;
  if (type == "s") return addShared(row);
  if (type == "b") {
    const bool truth = value_ == "1" || value_ == "true";
    row.cells.push_back({column_, {.kind = CellKind::Boolean, .whole = truth ? 1 : 0}});
    return true;
  }
  if (type == "str" || type == "inlineStr") {
    if (trim(value_).empty()) return true;
    own_bytes_ += value_;
    addText(row, begin);
    return true;
  }
  if (value_.empty() || (type == "e" && value_ == "#N/A")) return true;
  if (type == "e") {
    own_bytes_ += value_;
    addText(row, begin);
    return true;
  }
  if (type == "d") {
    if (const Cell moment = momentFrom(trim(value_)); moment.kind != CellKind::Missing) {
      row.cells.push_back({column_, moment});
      return true;
    }
  }
  addNumber(row, style);
  return true;
}

void SheetReader::addText(SheetRow& row, std::size_t begin) {
  own_texts_.push_back({row.cells.size(), begin, own_bytes_.size() - begin});
  row.cells.push_back({column_, {.kind = CellKind::Text}});
}

bool SheetReader::addShared(SheetRow& row) {
  std::uint64_t index = 0;
  const std::string_view digits = trim(value_);
  const auto text = parseWhole(digits, index) ? texts_.at(index) : std::nullopt;
  if (!text) {
    reason_ =
        "a cell refers to the shared text '" + shorten(toValidUtf8(digits), 40) + "', which is not there";
    return false;
  }
  if (!trim(*text).empty()) row.cells.push_back({column_, {.kind = CellKind::Text, .text = *text}});
  return true;
}

void SheetReader::addNumber(SheetRow& row, std::string_view style) {
  const std::string_view digits = trim(value_);
  double value = 0;
  if (!parseNumber(digits, value)) {
    const std::size_t begin = own_bytes_.size();
    own_bytes_ += digits;
    if (!digits.empty()) addText(row, begin);
    return;
  }
  if (const auto longer = longWhole(digits, value)) {
    const std::size_t begin = own_bytes_.size();
    if (longer->kind == CellKind::Text) {
      own_bytes_ += digits;
      return addText(row, begin);
    }
    row.cells.push_back({column_, *longer});
    return;
  }
  std::size_t index = 0;
  const bool styled = parseWhole(style, index) && index < book_.styles.size();
  row.cells.push_back(
      {column_, cellOf(value, styled ? book_.styles[index] : NumberLook::Number, book_.from_1904)});
}

}  // namespace lodestone::data
