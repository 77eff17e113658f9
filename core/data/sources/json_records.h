// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace lodestone::data {

/// Walks through a JSON text, block by block, and hands out the records of one array of it: of the text
/// itself, or of a member of the object that the text is. Looks at brackets and strings alone; whether a
/// record is valid is for others to see. Memory: one record.
class JsonRecords {
 public:
  /// The record, each line break in it as a space, and the line on which it begins. False: no more of them.
  using Take = std::function<bool(std::string_view record, std::int64_t line)>;

  /// member: "" for the text itself: its elements if it is an array, else its one value.
  JsonRecords(std::string member, Take take) : member_(std::move(member)), take_(std::move(take)) {}

  /// False when it has enough, or the text is broken.
  bool feed(std::string_view bytes);
  /// After the last block. What is wrong with the text's outline, and where; "" when nothing is.
  std::string problem() const;
  std::int64_t line() const { return line_; }
  /// Members of the outer object that are arrays of objects, as far as the text was walked through.
  const std::vector<std::string>& arrays() const { return arrays_; }
  /// The outer value is an object.
  bool outerObject() const { return outer_ == '{'; }

 private:
  bool step(char c);
  bool structural(char c);
  bool open(char c);
  bool close(char c);
  bool finishRecord();
  bool fail(const char* problem);

  std::string member_;
  Take take_;
  std::string open_;    ///< the brackets that are open
  std::string record_;  ///< so far
  std::string string_;  ///< the last string of the outer object: the name of the member that follows
  std::string name_;    ///< of the member whose value is read
  std::vector<std::string> arrays_;
  std::string problem_;
  std::int64_t line_ = 1;
  std::int64_t record_line_ = 1;
  std::size_t record_depth_ = 0;  ///< brackets open around a record; 0 before the first
  char outer_ = '\0';
  char before_ = '\0';  ///< the last character that is no space, outside strings
  bool in_string_ = false;
  bool escaped_ = false;
  bool done_ = false;  ///< the outer value has ended
};

}  // namespace lodestone::data
