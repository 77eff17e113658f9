// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/job_context.h"
#include "core/base/result.h"
#include "core/data/import.h"
#include "core/data/source_input.h"

namespace lodestone::data {

/// A text file open for reading, as UTF-8: what is in another encoding is read from a copy that has no name
/// and is gone with this object, even after a kill.
class TextFile {
 public:
  /// NotFound, InvalidArgument (a folder, empty, not text, not in the encoding) or Io, naming the file.
  static Result<TextFile> open(const SourceInput& input, const ImportOptions& options, JobContext& job);
  ~TextFile();
  TextFile(TextFile&& other) noexcept;
  TextFile& operator=(TextFile&&) = delete;

  /// As it is told to people.
  const std::filesystem::path& file() const { return file_; }
  /// Where DuckDB reads it: names with wildcards cannot mislead it.
  std::string readablePath() const;
  std::int64_t size() const { return size_; }
  const std::string& encoding() const { return encoding_; }
  /// False: a large file taken for UTF-8 by samples of it, which reconsiderEncoding() can still correct.
  bool encodingIsCertain() const { return encoding_is_certain_; }
  /// Is the last character cut off?
  bool endsWithinCharacter() const;
  /// Bytes in front of the text that mark its encoding.
  std::int64_t markLength() const { return mark_; }

  /// The beginning, without the mark; ends where a line ends unless it is the whole file.
  const std::string& head() const { return head_; }
  bool headIsAll() const { return head_is_all_; }
  /// Pieces from all over the rest of the file, each of whole lines.
  std::vector<std::string> pieces() const;

  /// For a reader that met bytes that are no UTF-8 outside the samples of a large file: looks through all of
  /// it. True: begin anew, because it was in another encoding and is read from a copy from now on, or because
  /// it is certain now to be UTF-8 but for some broken lines. False: nothing is new.
  Result<bool> reconsiderEncoding(JobContext& job);

  /// Lines outside quotes with nothing but spaces in them. Certain: spaces alone count too; else only when
  /// some line is quite empty.
  Result<std::int64_t> countBlankLines(char quote, bool look_for_spaces, JobContext& job) const;
  /// Is there a time of day with its distance from UTC behind it, such as 09:30Z or 09:30:15.5+02:00?
  Result<bool> hasZonedTime(JobContext& job) const;
  /// The 1-based line in which each of the offsets (sorted) lies.
  Result<std::vector<std::int64_t>> lineNumbers(const std::vector<std::int64_t>& offsets,
                                                JobContext& job) const;
  using Visitor = std::function<bool(std::string_view bytes)>;
  /// Hands the whole file on in blocks, the mark too, until the visitor says no.
  Result<> scan(JobContext& job, const Visitor& visit) const;
  /// At most 'length' bytes from an offset.
  std::string bytesAt(std::int64_t offset, std::size_t length) const;
  /// The error of a file that is not UTF-8, with the first line that is not.
  Error notUtf8(JobContext& job) const;

 private:
  TextFile() = default;
  Result<> decode(const ImportOptions& options, JobContext& job);
  /// From now on reads from a copy in UTF-8, made of encoding_ without the mark in front.
  Result<> recode(std::size_t mark, JobContext& job);
  std::vector<std::string> samples() const;
  Result<> adopt(int descriptor);
  Result<> readHead();

  std::filesystem::path file_;
  std::shared_ptr<const void> hold_;
  int descriptor_ = -1;
  std::int64_t size_ = 0;
  std::int64_t mark_ = 0;
  std::string encoding_;
  bool encoding_is_certain_ = false;  ///< named, marked, or found in the whole file
  std::string head_;
  bool head_is_all_ = false;
};

}  // namespace lodestone::data
