// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <limits>

#include "core/base/text.h"
#include "core/base/time.h"
#include "core/data/exports/export_task.h"
#include "core/data/exports/xlsx_package.h"
#include "core/data/table_making.h"

namespace lodestone::data {

namespace {

constexpr Text kTooManyColumns{
    "A sheet holds {1} columns, and there are {0}. Write CSV or Parquet, or choose fewer columns.",
    "一张工作表最多 {1} 列，而现有 {0} 列。请导出为 CSV 或 Parquet，或选择较少的列。"};
constexpr Text kTooManyRows{
    "A sheet holds {0} rows below its header, and there are more. Let it go on on several sheets, or write "
    "CSV "
    "or Parquet.",
    "一张工作表在标题行之下最多 {0} 行，而数据更多。请允许分到多张工作表，或导出为 CSV 或 Parquet。"};
constexpr Text kTooLong{
    "Row {0}, column '{1}': a cell holds {2} characters, and this text has {3}. Let long texts be cut, or "
    "write "
    "CSV or Parquet.",
    "第 {0} 行，列“{1}”：一个单元格最多 {2} 个字符，而此文本有 {3} 个。请允许截断长文本，或导出为 CSV 或 "
    "Parquet。"};
constexpr Text kCut{"{0} texts were longer than {1} characters and have been cut.",
                    "{0} 个文本超过 {1} 个字符，已被截断。"};
constexpr Text kDigits{"{0} numbers of more than 15 digits are text: a spreadsheet would round them.",
                       "{0} 个超过 15 位的数字以文本写入：电子表格会将其舍入。"};
constexpr Text kDates{"{0} dates before 1900-03-01 or after 9999-12-31 are text: a spreadsheet has none.",
                      "{0} 个早于 1900-03-01 或晚于 9999-12-31 的日期以文本写入：电子表格无法表示。"};

constexpr std::int64_t kMostRows = 1'048'575;  // below the header
constexpr std::size_t kMostColumns = 16'384;
constexpr std::size_t kMostCharacters = 32'767;
constexpr std::int64_t kEpoch = 25'569;  // 1970-01-01 as days of Excel
constexpr std::int64_t kFirstDay = 61;   // before it Excel's days are one off: it knows a 29 February 1900
constexpr std::int64_t kLastDay = 2'958'465;  // 9999-12-31
constexpr std::int64_t kMicrosecondsOfDay = 86'400'000'000;

/// "A", ..., "Z", "AA", ...
std::string columnLetters(std::size_t index) {
  std::string letters;
  for (++index; index > 0; index = (index - 1) / 26)
    letters.insert(letters.begin(), static_cast<char>('A' + (index - 1) % 26));
  return letters;
}

/// Characters as Excel counts them: UTF-16 units.
std::size_t charactersOf(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) {
    const auto code = static_cast<unsigned char>(c);
    if ((code & 0xC0U) != 0x80U) count += code >= 0xF0U ? 2 : 1;
  }
  return count;
}

std::string_view cutTo(std::string_view text, std::size_t most) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto code = static_cast<unsigned char>(text[i]);
    if ((code & 0xC0U) == 0x80U) continue;
    count += code >= 0xF0U ? 2 : 1;
    if (count > most) return text.substr(0, i);
  }
  return text;
}

/// A spreadsheet's numbers are doubles and show 15 digits.
bool keepsItsDigits(std::string_view number) {
  const std::string_view mantissa = number.substr(0, number.find_first_of("eE"));
  const auto first = mantissa.find_first_of("123456789");
  if (first == std::string_view::npos) return true;
  const std::string_view rest = mantissa.substr(first);
  return std::count_if(rest.begin(), rest.end(), [](char c) { return c >= '0' && c <= '9'; }) <= 15;
}

class XlsxWriter {
 public:
  explicit XlsxWriter(ExportTask& task) : task_(task) {
    for (std::size_t i = 0; i < task.columns.size(); ++i) letters_.push_back(columnLetters(i));
  }

  Result<> run(ExportReport& report) {
    if (task_.columns.size() > kMostColumns)
      return fail(ErrorCode::Unsupported, kTooManyColumns,
                  {std::to_string(task_.columns.size()), std::to_string(kMostColumns)}, place());
    if (task_.rows > kMostRows && !task_.options.several_sheets) return tooManyRows();
    if (auto begun = beginSheet(); !begun) return begun;
    const std::string select = selectWithCasts(task_, asCell);
    JobContext writing = task_.job.part(0, 0.7);
    auto done = streamChunks(task_, select, writing, [&](const std::vector<VectorView>& cells, idx_t rows) {
      return chunk(cells, rows);
    });
    if (!done) return done;
    if (auto ended = endSheet(); !ended) return ended;
    JobContext packing = task_.job.part(0.7, 1);
    if (auto packed = packXlsx(sheets_, task_.file, packing); !packed) return packed;
    tell(report);
    return {};
  }

 private:
  /// What a cell is read as: see cell().
  static std::string asCell(const std::string& name, const std::string& type) {
    const TypeFamily family = familyOf(type);
    if (family == TypeFamily::Moment && type != "TIMESTAMP")
      return "CAST(" + withoutZone(name, type) + " AS TIMESTAMP)";
    const bool itself = type == "VARCHAR" || type == "INTEGER" || type == "BIGINT" || type == "DOUBLE" ||
                        type == "BOOLEAN" || type == "DATE" || type == "TIMESTAMP" || type == "TIME";
    return itself ? name : "CAST(" + name + " AS VARCHAR)";
  }

  Where place() const { return {.file = task_.file.target().string()}; }
  tl::unexpected<Error> tooManyRows() const {
    return fail(ErrorCode::Unsupported, kTooManyRows, {formatGrouped(static_cast<double>(kMostRows), 0)},
                place());
  }

  Result<> beginSheet() {
    const int number = static_cast<int>(sheets_.size()) + 1;
    sheets_.push_back({sheetName(task_.name, number),
                       std::make_unique<PartFile>(task_.file.target(), ".sheet" + std::to_string(number))});
    row_ = 1;
    xml_ =
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<worksheet "
        "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetViews><sheetView "
        "workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" "
        "state=\"frozen\"/></sheetView></sheetViews><cols>";
    for (std::size_t i = 0; i < task_.columns.size(); ++i) {
      const std::string number_text = std::to_string(i + 1);
      xml_ += "<col min=\"" + number_text + "\" max=\"" + number_text + "\" width=\"" +
              std::to_string(width(task_.columns[i])) + "\" customWidth=\"1\"/>";
    }
    xml_ += "</cols><sheetData><row r=\"1\">";
    for (std::size_t i = 0; i < task_.columns.size(); ++i)
      text(i, cutTo(task_.columns[i].name, kMostCharacters), XlsxStyle::Header);
    xml_ += "</row>";
    return sheets_.back().xml->write(std::exchange(xml_, {}));
  }

  static int width(const ColumnInfo& column) {
    const TypeFamily family = familyOf(column.type);
    const int least = family == TypeFamily::Moment ? 20 : family == TypeFamily::Text ? 16 : 11;
    return std::clamp(static_cast<int>(charactersOf(column.name)) + 3, least, 40);
  }

  Result<> endSheet() {
    if (auto written = sheets_.back().xml->write("</sheetData></worksheet>"); !written) return written;
    return sheets_.back().xml->flush();
  }

  Result<> chunk(const std::vector<VectorView>& cells, idx_t rows) {
    for (idx_t row = 0; row < rows; ++row) {
      if (row_ > kMostRows) {
        if (!task_.options.several_sheets) return tooManyRows();
        if (auto written = sheets_.back().xml->write(std::exchange(xml_, {})); !written) return written;
        if (auto ended = endSheet(); !ended) return ended;
        if (auto begun = beginSheet(); !begun) return begun;
      }
      ++row_;
      ++rows_;
      row_text_ = std::to_string(row_);
      xml_ += "<row r=\"" + row_text_ + "\">";
      for (std::size_t i = 0; i < cells.size(); ++i)
        if (cells[i].valid(row))
          if (auto written = cell(cells[i], i, row); !written) return written;
      xml_ += "</row>";
    }
    return sheets_.back().xml->write(std::exchange(xml_, {}));
  }

  Result<> cell(const VectorView& vector, std::size_t column, idx_t row) {
    switch (vector.type) {
      case DUCKDB_TYPE_BOOLEAN:
        begin(column, XlsxStyle::General);
        xml_ += vector.at<bool>(row) ? " t=\"b\"><v>1</v></c>" : " t=\"b\"><v>0</v></c>";
        return {};
      case DUCKDB_TYPE_INTEGER:
        number(column, std::to_string(vector.at<std::int32_t>(row)));
        return {};
      case DUCKDB_TYPE_BIGINT:
        number(column, std::to_string(vector.at<std::int64_t>(row)));
        return {};
      case DUCKDB_TYPE_DOUBLE:
        fraction(column, vector.at<double>(row), XlsxStyle::General);
        return {};
      case DUCKDB_TYPE_DATE:
        day(column, vector.at<std::int32_t>(row));
        return {};
      case DUCKDB_TYPE_TIMESTAMP:
        moment(column, vector.at<std::int64_t>(row));
        return {};
      case DUCKDB_TYPE_TIME:
        fraction(column,
                 static_cast<double>(vector.at<std::int64_t>(row)) / static_cast<double>(kMicrosecondsOfDay),
                 XlsxStyle::Clock);
        return {};
      default:
        if (familyOf(task_.columns[column].type) != TypeFamily::Number)
          return longText(column, vector.text(row));
        number(column, vector.text(row));
        return {};
    }
  }

  void begin(std::size_t column, XlsxStyle style) {
    xml_ += "<c r=\"" + letters_[column] + (row_ == 1 ? "1" : row_text_) + "\"";
    if (style != XlsxStyle::General) xml_ += " s=\"" + std::to_string(static_cast<int>(style)) + "\"";
  }

  void number(std::size_t column, std::string_view digits) {
    double value = 0;
    if (!parseNumber(digits, value)) return text(column, digits, XlsxStyle::General);
    if (!keepsItsDigits(digits)) {
      ++digits_as_text_;
      return text(column, digits, XlsxStyle::General);
    }
    begin(column, XlsxStyle::General);
    xml_ += "><v>" + std::string(digits) + "</v></c>";
  }

  void fraction(std::size_t column, double value, XlsxStyle style) {
    std::array<char, 40> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
    const std::string_view digits(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
    if (!std::isfinite(value)) return text(column, digits, XlsxStyle::General);
    begin(column, style);
    xml_ += "><v>" + std::string(digits) + "</v></c>";
  }

  /// DuckDB's dates have infinity at both ends.
  void day(std::size_t column, std::int32_t days) {
    if (std::abs(static_cast<std::int64_t>(days)) == std::numeric_limits<std::int32_t>::max())
      return dateText(column, days > 0 ? "infinity" : "-infinity");
    const std::int64_t serial = days + kEpoch;
    if (serial < kFirstDay || serial > kLastDay) return dateText(column, formatDate(days));
    begin(column, XlsxStyle::Day);
    xml_ += "><v>" + std::to_string(serial) + "</v></c>";
  }

  void moment(std::size_t column, std::int64_t microseconds) {
    constexpr std::int64_t kInfinity = std::numeric_limits<std::int64_t>::max();
    if (microseconds == kInfinity || microseconds == -kInfinity)
      return dateText(column, microseconds > 0 ? "infinity" : "-infinity");
    const auto seconds =
        static_cast<std::int64_t>(std::floor(static_cast<long double>(microseconds) / 1'000'000.0L));
    const double serial = static_cast<double>(static_cast<long double>(microseconds) /
                                              static_cast<long double>(kMicrosecondsOfDay)) +
                          static_cast<double>(kEpoch);
    if (serial < static_cast<double>(kFirstDay) || serial >= static_cast<double>(kLastDay + 1))
      return dateText(column, formatTimestamp(seconds));
    fraction(column, serial, XlsxStyle::Moment);
  }

  void dateText(std::size_t column, const std::string& date) {
    ++dates_as_text_;
    text(column, date, XlsxStyle::General);
  }

  Result<> longText(std::size_t column, std::string_view cell) {
    // No text has more characters than bytes.
    if (cell.size() > kMostCharacters && charactersOf(cell) > kMostCharacters) {
      if (!task_.options.cut_long_texts) {
        Where where = place();
        where.line = rows_;
        where.column = task_.columns[column].name;
        return fail(ErrorCode::Unsupported, kTooLong,
                    {formatGrouped(static_cast<double>(rows_), 0), task_.columns[column].name,
                     formatGrouped(static_cast<double>(kMostCharacters), 0),
                     formatGrouped(static_cast<double>(charactersOf(cell)), 0)},
                    where);
      }
      ++cut_;
      cell = cutTo(cell, kMostCharacters);
    }
    text(column, cell, XlsxStyle::General);
    return {};
  }

  /// In the cell itself: a table of shared texts would have to be held in memory.
  void text(std::size_t column, std::string_view cell, XlsxStyle style) {
    begin(column, style);
    const bool spaces =
        !cell.empty() && (std::string_view(" \t\n").find(cell.front()) != std::string_view::npos ||
                          std::string_view(" \t\n").find(cell.back()) != std::string_view::npos);
    xml_ += spaces ? " t=\"inlineStr\"><is><t xml:space=\"preserve\">" : " t=\"inlineStr\"><is><t>";
    appendXmlText(cell, xml_);
    xml_ += "</t></is></c>";
  }

  void tell(ExportReport& report) const {
    report.rows = rows_;
    report.sheets = static_cast<int>(sheets_.size());
    const auto grouped = [](std::int64_t count) { return formatGrouped(static_cast<double>(count), 0); };
    if (cut_ > 0)
      report.notices.push_back(
          {"cut", "", kCut, {grouped(cut_), grouped(static_cast<std::int64_t>(kMostCharacters))}});
    if (digits_as_text_ > 0)
      report.notices.push_back({"digits_as_text", "", kDigits, {grouped(digits_as_text_)}});
    if (dates_as_text_ > 0)
      report.notices.push_back({"dates_as_text", "", kDates, {grouped(dates_as_text_)}});
  }

  ExportTask& task_;
  std::vector<std::string> letters_;
  std::vector<XlsxSheet> sheets_;
  std::string xml_;
  std::string row_text_;
  std::int64_t row_ = 0;   ///< of the sheet, the header being 1
  std::int64_t rows_ = 0;  ///< in all
  std::int64_t cut_ = 0;
  std::int64_t digits_as_text_ = 0;
  std::int64_t dates_as_text_ = 0;
};

}  // namespace

Result<> writeXlsx(ExportTask& task, ExportReport& report) {
  return XlsxWriter(task).run(report);
}

}  // namespace lodestone::data
