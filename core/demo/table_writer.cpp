// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/table_writer.h"

#include <array>
#include <charconv>
#include <cmath>

#include "core/base/time.h"

namespace lodestone::demo {

namespace {

constexpr Text kCannotWrite{"Cannot write {0}. Check the free space and your rights there.",
                            "无法写入 {0}。请检查磁盘空间和权限。"};
constexpr std::size_t kFlushBytes = 1U << 20U;

double shareOf(Dirt dirt) {
  if (dirt == Dirt::None) return 0;
  return dirt == Dirt::Some ? 0.01 : 0.06;
}

bool needsQuotes(std::string_view text, char separator) {
  for (const char c : text)
    if (c == separator || c == '"' || c == '\r' || c == '\n') return true;
  return false;
}

// "2025-03-09 10:00:00" as a person or another program would have written it.
std::string otherDate(const std::string& date, std::size_t style) {
  const std::string year = date.substr(0, 4);
  const std::string month = date.substr(5, 2);
  const std::string day = date.substr(8, 2);
  const std::string rest = date.substr(10);
  if (style == 0) return year + "/" + month + "/" + day + rest;
  if (style == 1) return day + "." + month + "." + year + rest;
  return year + month + day + rest;
}

}  // namespace

TableWriter::TableWriter(const std::filesystem::path& folder, std::string_view table,
                         std::vector<ColumnPlan> columns, const DemoShopOptions& options, Dialect dialect)
    : path_(folder / (std::string(table) + ".csv")),
      columns_(std::move(columns)),
      dirt_(options.dirt),
      share_(shareOf(options.dirt)),
      sampler_(options.seed, "dirt " + std::string(table)),
      file_(path_, std::ios::binary | std::ios::trunc),
      cells_(columns_.size()),
      values_(columns_.size(), 0) {
  record_.name = table;
  record_.dialect = dialect;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (i > 0) buffer_ += dialect.separator;
    buffer_ += columns_[i].name;
    record_.columns.push_back({.name = columns_[i].name, .leak = columns_[i].leak});
  }
  buffer_ += '\n';
}

TableWriter& TableWriter::cell(std::string_view text) {
  cells_.at(at_++).assign(text);
  return *this;
}

// The next cell's kind and value; an empty one has neither.
ColumnRecord& TableWriter::typed(CellKind kind, std::int64_t value) {
  ColumnRecord& column = record_.columns.at(at_);
  column.kind = kind;
  values_[at_] = value;
  return column;
}

TableWriter& TableWriter::decimal(std::int64_t value, int decimals) {
  typed(CellKind::Number, value).decimals = decimals;
  std::int64_t scale = 1;
  for (int i = 0; i < decimals; ++i) scale *= 10;
  std::array<char, 40> digits{};
  char* end = std::to_chars(digits.data(), digits.data() + digits.size(), value / scale).ptr;
  if (decimals > 0) *end++ = record_.dialect.decimal;
  while ((scale /= 10) > 0) *end++ = static_cast<char>('0' + value / scale % 10);
  return cell({digits.data(), static_cast<std::size_t>(end - digits.data())});
}

TableWriter& TableWriter::date(const Calendar& calendar, int day) {
  typed(CellKind::Date, calendar.firstDay() + day);
  const std::string text = calendar.date(day);
  return cell(record_.dialect.day_first ? otherDate(text, 1) : text);
}

TableWriter& TableWriter::moment(const Calendar& calendar, std::int64_t seconds) {
  typed(CellKind::Moment, calendar.firstDay() * 86'400 + seconds);
  return cell(calendar.moment(seconds));
}

// The row as it is before dirt comes to it.
void TableWriter::count() {
  ++record_.rows;
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    ColumnRecord& column = record_.columns[i];
    if (cells_[i].empty())
      ++column.missing;
    else if (column.kind != CellKind::Text)
      column.sum += values_[i];
  }
}

void TableWriter::spoilCell(std::size_t column, Flaw flaw) {
  const double share = flaw == Flaw::Missing && miss_more_ ? 4 * share_ : share_;
  if (!sampler_.chance(share)) return;
  const auto style = static_cast<std::size_t>(sampler_.between(0, 2));
  std::string& cell = cells_[column];
  const bool year = flaw == Flaw::ImpossibleYear;
  if (cell.empty() && !year) return;
  if (flaw == Flaw::Missing) cell.clear();
  if (flaw == Flaw::TrailingSpaces) cell.append(style + 1, ' ');
  if (flaw == Flaw::MixedDates && cell.size() >= 10) cell = otherDate(cell, style);
  if (year) cell = std::array{"1875", "2044", "0"}.at(style);
  record_.columns[column].spoiled[static_cast<std::size_t>(flaw)].push_back(record_.written + 1);
}

bool TableWriter::lost(std::size_t column) const {
  const auto& years = record_.columns[column].spoiled[static_cast<std::size_t>(Flaw::ImpossibleYear)];
  return cells_[column].empty() || (!years.empty() && years.back() == record_.written + 1);
}

void TableWriter::countLost(const std::vector<bool>& was_there) {
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (columns_[i].follows || !was_there[i] || !lost(i)) continue;
    ++record_.columns[i].lost;
    if (record_.columns[i].kind != CellKind::Text) record_.columns[i].lost_sum += values_[i];
  }
}

void TableWriter::spoil() {
  std::vector<bool> was_there;
  for (const std::string& cell : cells_) was_there.push_back(!cell.empty());
  for (std::size_t i = 0; i < columns_.size(); ++i)
    for (const Flaw flaw : columns_[i].flaws) spoilCell(i, flaw);
  if (!test_account_) countLost(was_there);
}

void TableWriter::append() {
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    if (i > 0) buffer_ += record_.dialect.separator;
    if (!needsQuotes(cells_[i], record_.dialect.separator)) {
      buffer_ += cells_[i];
      continue;
    }
    buffer_ += '"';
    for (const char c : cells_[i]) {
      if (c == '"') buffer_ += '"';
      buffer_ += c;
    }
    buffer_ += '"';
  }
  buffer_ += '\n';
  ++record_.written;
  if (test_account_) record_.test_accounts.push_back(record_.written);
}

void TableWriter::endRow() {
  at_ = 0;
  if (!test_account_) count();
  if (dirt_ != Dirt::None) spoil();
  append();
  if (dirt_ != Dirt::None && sampler_.chance(share_)) {
    append();
    record_.duplicates.push_back(record_.written);
  }
  miss_more_ = false;
  test_account_ = false;
  if (buffer_.size() >= kFlushBytes) flush();
}

void TableWriter::flush() {
  file_.write(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
  buffer_.clear();
}

Result<> TableWriter::finish() {
  flush();
  file_.close();
  if (!file_) return fail(ErrorCode::Io, kCannotWrite, {path_.string()}, {.file = path_.string()});
  return {};
}

std::string idOf(char letter, std::int64_t index) {
  std::string digits = std::to_string(index + 1);
  if (digits.size() < 6) digits.insert(0, 6 - digits.size(), '0');
  return letter + digits;
}

void appendFixed(std::string& out, double value, int decimals) {
  std::int64_t scale = 1;
  for (int i = 0; i < decimals; ++i) scale *= 10;
  const auto scaled = static_cast<std::int64_t>(std::floor(value * static_cast<double>(scale) + 0.5));
  const std::int64_t positive = scaled < 0 ? -scaled : scaled;
  if (scaled < 0) out += '-';
  std::array<char, 24> digits{};
  const auto put = [&](std::int64_t number, int width) {
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    const auto length = static_cast<int>(end - digits.data());
    if (length < width) out.append(static_cast<std::size_t>(width - length), '0');
    out.append(digits.data(), static_cast<std::size_t>(length));
  };
  put(positive / scale, 1);
  if (decimals == 0) return;
  out += '.';
  put(positive % scale, decimals);
}

Calendar::Calendar(std::int64_t first_day, int days) : first_day_(first_day) {
  for (int day = 0; day < days; ++day) days_.push_back(formatDate(first_day + day));
}

std::string Calendar::date(int day) const {
  if (day >= 0 && static_cast<std::size_t>(day) < days_.size()) return days_[static_cast<std::size_t>(day)];
  return formatDate(first_day_ + day);
}

std::string Calendar::moment(std::int64_t seconds) const {
  std::string text = days_[static_cast<std::size_t>(seconds / 86'400)];
  text += " 00:00:00";
  const auto put = [&](std::size_t at, std::int64_t number) {
    text[at] = static_cast<char>('0' + number / 10);
    text[at + 1] = static_cast<char>('0' + number % 10);
  };
  put(11, seconds / 3600 % 24);
  put(14, seconds / 60 % 60);
  put(17, seconds % 60);
  return text;
}

}  // namespace lodestone::demo
