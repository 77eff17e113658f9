// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/csv/shapes.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/data/cell_types.h"

namespace lodestone::data {

namespace {

constexpr std::size_t kLongestForm = 40;
constexpr std::size_t kShortestPrefix = 4;
constexpr std::size_t kEnoughCells = 4;
constexpr double kNearlyAll = 0.95;

bool anyNumber(std::string_view cell, bool& whole) {
  TypeVote vote;
  vote.add(cell);
  const ColumnType type = vote.decide({.decimal = '.'});
  whole = type.type == CellType::Integer;
  return whole || type.type == CellType::Real || vote.decide({.decimal = ','}).type == CellType::Real;
}

/// Gathers the cells of a column.
class ShapeLearner {
 public:
  void add(const CsvCell& cell) {
    if (cell.blank()) {
      shape_.blank_seen = true;
      return;
    }
    const std::string_view text = trim(cell.text);
    ++filled_;
    quoted_ += cell.quoted ? 1 : 0;
    bool whole = false;
    numbers_ += text.size() <= kLongestForm && anyNumber(text, whole) ? 1 : 0;
    wholes_ += whole ? 1 : 0;
    if (text.size() > kLongestForm)
      many_forms_ = true;
    else if (!many_forms_)
      forms_.insert(formOf(text));
    many_forms_ = many_forms_ || forms_.size() > kMostForms;
    if (filled_ == 1) prefix_ = text;
    const auto differ = std::mismatch(prefix_.begin(), prefix_.end(), text.begin(), text.end()).first;
    prefix_.erase(differ, prefix_.end());
  }

  ColumnShape shape() const {
    ColumnShape shape = shape_;
    shape.filled_seen = filled_ > 0;
    if (filled_ < kEnoughCells) return shape;
    const auto nearly = [&](std::size_t count) {
      return static_cast<double>(count) >= kNearlyAll * static_cast<double>(filled_);
    };
    shape.numeric = nearly(numbers_);
    shape.whole = shape.numeric && nearly(wholes_);
    shape.always_quoted = quoted_ == filled_;
    if (shape.numeric) return shape;
    const bool few = 4 * forms_.size() <= filled_ || forms_.size() <= 2;
    if (!many_forms_ && few) shape.patterns = forms_;
    if (prefix_.size() >= kShortestPrefix && shape.patterns.empty()) shape.prefix = prefix_;
    return shape;
  }

 private:
  static constexpr std::size_t kMostForms = 30;
  ColumnShape shape_;
  std::size_t filled_ = 0;
  std::size_t quoted_ = 0;
  std::size_t numbers_ = 0;
  std::size_t wholes_ = 0;
  bool many_forms_ = false;
  std::set<std::string> forms_;
  std::string prefix_;
};

std::vector<ColumnShape> shapesFrom(const std::vector<const CsvRecord*>& records, std::size_t width,
                                    bool from_end) {
  std::vector<ShapeLearner> learners(width);
  for (const CsvRecord* record : records) {
    const std::size_t count = record->cells.size();
    if (count < width) continue;
    for (std::size_t i = 0; i < width; ++i) learners[i].add(record->cells[from_end ? count - width + i : i]);
  }
  std::vector<ColumnShape> shapes;
  for (const ShapeLearner& learner : learners) shapes.push_back(learner.shape());
  return shapes;
}

}  // namespace

std::string formOf(std::string_view text) {
  std::string form;
  for (const char c : text) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    form += c >= '0' && c <= '9' ? '9' : letter ? 'a' : c;
  }
  return form;
}

bool ColumnShape::fits(const CsvCell& cell) const {
  if (cell.blank()) return blank_seen && !cell.quoted;
  if (!filled_seen) return false;
  if (always_quoted && !cell.quoted) return false;
  const std::string_view text = trim(cell.text);
  if (bool ignored = false; numeric) return text.size() <= kLongestForm && anyNumber(text, ignored);
  if (!patterns.empty()) return text.size() <= kLongestForm && patterns.contains(formOf(text));
  return text.starts_with(prefix);
}

std::vector<ColumnShape> learnShapes(const std::vector<const CsvRecord*>& records, std::size_t width) {
  std::vector<const CsvRecord*> regular;
  for (const CsvRecord* record : records)
    if (record->cells.size() == width && !record->irregular) regular.push_back(record);
  if (2 * regular.size() >= records.size()) return shapesFrom(regular, width, false);
  std::vector<ColumnShape> shapes = shapesFrom(records, width, false);
  const std::vector<ColumnShape> behind = shapesFrom(records, width, true);
  std::size_t before = 0;
  while (before < width && shapes[before].telling()) ++before;
  for (std::size_t i = before; i < width; ++i) shapes[i] = behind[i];
  if (before < width) shapes[before] = {.filled_seen = true};
  return shapes;
}

}  // namespace lodestone::data
