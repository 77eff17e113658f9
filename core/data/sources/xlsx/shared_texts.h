// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/job_context.h"
#include "core/data/sources/xlsx/byte_stream.h"
#include "core/data/sources/xlsx/xml_pull.h"

namespace lodestone::data {

/// The texts that cells refer to by number, held in one piece of memory: at most 1 GB of them.
class SharedTexts {
 public:
  /// file, part: for messages. Corrupt or Unsupported (more than 1 GB).
  static Result<SharedTexts> read(ByteStream& stream, const std::string& file, const std::string& part,
                                  JobContext& job);

  std::optional<std::string_view> at(std::uint64_t index) const {
    if (index >= ends_.size()) return std::nullopt;
    const std::uint64_t begin = index == 0 ? 0 : ends_[index - 1];
    return std::string_view(bytes_).substr(begin, ends_[index] - begin);
  }

 private:
  std::string bytes_;
  std::vector<std::uint64_t> ends_;
};

/// Reads the text of the element that has just begun (<si>, <is>) up to its end: plain or in pieces with
/// formats; how words are read aloud (<rPh>) is left out. Appends it to 'out'. False: see xml.fault().
bool appendRichText(XmlPull& xml, std::string& out);

/// Reads a <t> that has just begun, without the blanks around it unless it says that they count.
bool appendText(XmlPull& xml, std::string& out);

}  // namespace lodestone::data
