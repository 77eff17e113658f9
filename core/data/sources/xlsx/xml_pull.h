// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/data/sources/xlsx/byte_stream.h"

namespace lodestone::data {

/// Reads XML piece by piece, so that a sheet of any length needs little memory. Names come without their
/// namespace prefix. Comments and instructions are passed over; a document type, which workbooks never have,
/// is refused, and with it every entity but the five of XML.
class XmlPull {
 public:
  enum class Event { Start, End, Text, Finished, Failed };
  enum class Fault { None, Stream, CutOff, Syntax, TooLong, Encoding };

  /// The stream must outlive this.
  explicit XmlPull(ByteStream& stream) : stream_(&stream) {}

  /// An element without content gives Start and End. Views are valid until the next call.
  Event next();
  /// Of the element that begins or ends.
  std::string_view name() const { return name_; }
  /// As it stands in the file: entities are not resolved.
  std::string_view text() const { return text_; }
  /// It stands in CDATA, where nothing is an entity.
  bool textIsLiteral() const { return literal_; }
  /// The attribute of the element that begins, as it stands; empty where there is none.
  std::string_view attribute(std::string_view name) const;
  /// Reads on behind the end of the element that has just begun.
  bool skip();

  Fault fault() const { return fault_; }
  /// In English: what is wrong; for Fault::Stream see streamError().
  std::string_view faultText() const;
  const Error& streamError() const { return stream_error_; }

 private:
  bool more();
  Event failed(Fault fault);
  Event textEvent();
  Event tagEvent(std::size_t end);
  Event endTag(std::string_view inside);
  bool findTagEnd(std::size_t& end);
  bool findMark(std::string_view mark, std::size_t from, std::size_t& end);
  Event finish();
  void open();
  Event close();

  ByteStream* stream_;
  std::string buffer_;
  std::size_t at_ = 0;    // the first byte not yet handed over
  std::size_t size_ = 0;  // bytes in the buffer
  bool begun_ = false;
  bool ended_ = false;
  bool closing_ = false;  // the element that began has no content
  bool root_seen_ = false;
  std::string_view name_;
  std::string_view text_;
  std::string_view attributes_;
  bool literal_ = false;
  std::string open_names_;
  std::vector<std::size_t> open_starts_;
  Fault fault_ = Fault::None;
  Error stream_error_;
};

/// With the five entities of XML and numbered characters resolved; anything else stays as it is.
void appendResolved(std::string_view raw, std::string& out);

/// Resolves _x000D_ and the like, as spreadsheets write characters that XML cannot hold; in place, behind
/// 'from'.
void resolveEscapes(std::string& text, std::size_t from);

/// A code point as UTF-8; surrogates and what is beyond Unicode as U+FFFD.
void appendUtf8(std::string& out, std::uint32_t point);

}  // namespace lodestone::data
