// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>
#include <charconv>

#include "core/base/spreadsheet.h"
#include "core/base/text.h"
#include "core/data/exports/export_task.h"

namespace lodestone::data {

namespace {

constexpr Text kBadDelimiter{"Cells cannot be separated by this character: {0}.",
                             "不能用此字符分隔单元格：{0}。"};
constexpr Text kGuarded{
    "{0} texts begin like a formula and have an apostrophe before them, so that no spreadsheet runs them. "
    "Other "
    "programs see it: turn the guard off for those.",
    "{0} "
    "个文本以公式符号开头，已在前面加上撇号，以免电子表格将其执行。其他程序会看到该撇号，如不需要请关闭此保护"
    "。"};

class CsvWriter {
 public:
  CsvWriter(ExportTask& task, char delimiter)
      : task_(task), delimiter_(delimiter), special_{delimiter, '"', '\r', '\n', '\0'} {}

  Result<> run(ExportReport& report) {
    if (task_.options.byte_order_mark) line_ = "\xEF\xBB\xBF";
    for (std::size_t i = 0; i < task_.columns.size(); ++i) {
      if (i > 0) line_ += delimiter_;
      text(task_.columns[i].name);
    }
    line_ += '\n';
    if (auto written = task_.file.write(line_); !written) return written;
    guarded_ = 0;
    const std::string select = selectWithCasts(task_, [](const std::string& name, const std::string& type) {
      return isPlain(type) ? name : "CAST(" + withoutZone(name, type) + " AS VARCHAR)";
    });
    auto done = streamChunks(task_, select, task_.job, [&](const std::vector<VectorView>& cells, idx_t rows) {
      report.rows += static_cast<std::int64_t>(rows);
      return chunk(cells, rows);
    });
    if (!done) return done;
    if (guarded_ > 0)
      report.notices.push_back({"guarded", "", kGuarded, {formatGrouped(static_cast<double>(guarded_), 0)}});
    return {};
  }

 private:
  /// Written from memory as it is; all else is text by DuckDB's own cast.
  static bool isPlain(const std::string& type) {
    return type == "VARCHAR" || type == "BIGINT" || type == "INTEGER" || type == "DOUBLE" ||
           type == "BOOLEAN";
  }

  Result<> chunk(const std::vector<VectorView>& cells, idx_t rows) {
    line_.clear();
    for (idx_t row = 0; row < rows; ++row) {
      for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i > 0) line_ += delimiter_;
        if (cells[i].valid(row))
          cell(cells[i], i, row);
        else if (cells.size() == 1)
          line_ += "\"\"";  // a line with nothing on it would be no row to a reader
      }
      line_ += '\n';
    }
    return task_.file.write(line_);
  }

  void cell(const VectorView& vector, std::size_t column, idx_t row) {
    switch (vector.type) {
      case DUCKDB_TYPE_BOOLEAN:
        line_ += vector.at<bool>(row) ? "true" : "false";
        return;
      case DUCKDB_TYPE_INTEGER:
        number(vector.at<std::int32_t>(row));
        return;
      case DUCKDB_TYPE_BIGINT:
        number(vector.at<std::int64_t>(row));
        return;
      case DUCKDB_TYPE_DOUBLE:
        number(vector.at<double>(row));
        return;
      default:
        // Numbers and dates that were cast are no formulas, whatever their sign.
        if (task_.columns[column].type == "VARCHAR")
          text(vector.text(row));
        else
          plain(vector.text(row));
    }
  }

  template <class T>
  void number(T value) {
    std::array<char, 40> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
    line_.append(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
  }

  void text(std::string_view cell) {
    if (!task_.options.guard_formulas || !looksLikeFormula(cell)) return plain(cell);
    ++guarded_;
    plain("'" + std::string(cell));
  }

  void plain(std::string_view cell) {
    if (!cell.empty() && cell.find_first_of(std::string_view(special_.data(), 5)) == std::string_view::npos) {
      line_ += cell;
      return;
    }
    line_ += '"';
    for (const char c : cell) {
      if (c == '"') line_ += '"';
      line_ += c;
    }
    line_ += '"';
  }

  ExportTask& task_;
  char delimiter_;
  std::array<char, 5> special_;
  std::string line_;
  std::int64_t guarded_ = 0;
};

}  // namespace

Result<> writeCsv(ExportTask& task, ExportReport& report) {
  const bool tabs = lowerAscii(task.file.target().extension().string()) == ".tsv";
  const char delimiter = task.options.delimiter.value_or(tabs ? '\t' : ',');
  const auto code = static_cast<unsigned char>(delimiter);
  const bool word =
      (code >= '0' && code <= '9') || (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z');
  if (word || code >= 0x80U || (code < ' ' && delimiter != '\t') ||
      std::string_view("\"'.-+").find(delimiter) != std::string_view::npos)
    return fail(ErrorCode::InvalidArgument, kBadDelimiter, {toValidUtf8(std::string(1, delimiter))});
  return CsvWriter(task, delimiter).run(report);
}

}  // namespace lodestone::data
