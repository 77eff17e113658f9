// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/sources/xlsx/xml_pull.h"

#include <charconv>
#include <cstring>

namespace lodestone::data {

namespace {

constexpr std::size_t kBlock = std::size_t{256} << 10U;
constexpr std::size_t kLongestPiece = std::size_t{256} << 20U;
constexpr std::size_t kDeepest = 256;

bool isBlank(char c) {
  return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

std::string_view withoutPrefix(std::string_view name) {
  const auto colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

}  // namespace

XmlPull::Event XmlPull::failed(Fault fault) {
  if (fault_ == Fault::None) fault_ = fault;
  return Event::Failed;
}

std::string_view XmlPull::faultText() const {
  switch (fault_) {
    case Fault::CutOff:
      return "the XML ends in the middle";
    case Fault::TooLong:
      return "a text is longer than 256 MB";
    case Fault::Encoding:
      return "the XML is not in UTF-8";
    default:
      return "the XML is not well formed";
  }
}

/// Drops what was handed over and reads on. False at the end and after a failure.
bool XmlPull::more() {
  if (ended_) return false;
  if (at_ > 0) {
    std::memmove(buffer_.data(), buffer_.data() + at_, size_ - at_);
    size_ -= at_;
    at_ = 0;
  }
  if (size_ > kLongestPiece) {
    failed(Fault::TooLong);
    ended_ = true;
    return false;
  }
  if (buffer_.size() - size_ < kBlock) buffer_.resize(std::max(2 * buffer_.size(), size_ + kBlock));
  auto got = stream_->read(buffer_.data() + size_, buffer_.size() - size_);
  if (!got) {
    stream_error_ = got.error();
    failed(Fault::Stream);
  }
  ended_ = !got || *got == 0;
  size_ += got.value_or(0);
  if (!begun_ && size_ >= 3) {
    begun_ = true;
    const std::string_view head(buffer_.data(), size_);
    if (head.starts_with("\xef\xbb\xbf")) at_ = 3;
    if (head.starts_with("\xff\xfe") || head.starts_with("\xfe\xff") || head[0] == '\0' || head[1] == '\0') {
      failed(Fault::Encoding);
      ended_ = true;
    }
  }
  return !ended_;
}

XmlPull::Event XmlPull::next() {
  if (fault_ != Fault::None) return Event::Failed;
  if (closing_) {
    closing_ = false;
    return close();
  }
  while (true) {
    while (at_ == size_)
      if (!more()) return finish();
    if (buffer_[at_] != '<') return textEvent();
    while (size_ - at_ < 9 && more()) {
    }
    const std::string_view rest(buffer_.data() + at_, size_ - at_);
    std::size_t end = 0;
    if (rest.starts_with("<!--")) {
      if (!findMark("-->", 4, end)) return failed(Fault::CutOff);
    } else if (rest.starts_with("<![CDATA[")) {
      if (!findMark("]]>", 9, end)) return failed(Fault::CutOff);
      text_ = std::string_view(buffer_).substr(at_ + 9, end - 9);
      literal_ = true;
      at_ += end + 3;
      return open_starts_.empty() ? failed(Fault::Syntax) : Event::Text;
    } else if (rest.starts_with("<?")) {
      if (!findMark("?>", 2, end)) return failed(Fault::CutOff);
      --end;
    } else if (rest.starts_with("<!")) {
      return failed(Fault::Syntax);
    } else {
      return findTagEnd(end) ? tagEvent(end) : failed(Fault::CutOff);
    }
    at_ += end + 3;
  }
}

/// Finds the mark; 'end' is its distance from at_.
bool XmlPull::findMark(std::string_view mark, std::size_t from, std::size_t& end) {
  while (true) {
    const std::string_view rest(buffer_.data() + at_, size_ - at_);
    const auto found = rest.find(mark, from);
    if (found != std::string_view::npos) {
      end = found;
      return true;
    }
    from = std::max(from, rest.size() < mark.size() ? 0 : rest.size() - mark.size() + 1);
    if (!more()) return false;
  }
}

bool XmlPull::findTagEnd(std::size_t& end) {
  char quote = '\0';
  for (std::size_t i = 1;; ++i) {
    while (at_ + i >= size_)
      if (!more()) return false;
    const char c = buffer_[at_ + i];
    if (quote != '\0') {
      if (c == quote) quote = '\0';
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '>') {
      end = i;
      return true;
    }
  }
}

XmlPull::Event XmlPull::textEvent() {
  const void* found = nullptr;
  for (std::size_t from = 0; found == nullptr;) {
    found = std::memchr(buffer_.data() + at_ + from, '<', size_ - at_ - from);
    from = size_ - at_;
    if (found == nullptr && !more()) break;
  }
  if (fault_ != Fault::None) return Event::Failed;
  const char* start = buffer_.data() + at_;
  const std::size_t length =
      found != nullptr ? static_cast<std::size_t>(static_cast<const char*>(found) - start) : size_ - at_;
  text_ = {start, length};
  literal_ = false;
  at_ += length;
  if (!open_starts_.empty()) return found != nullptr ? Event::Text : failed(Fault::CutOff);
  for (const char c : text_)
    if (!isBlank(c)) return failed(Fault::Syntax);
  return next();
}

XmlPull::Event XmlPull::tagEvent(std::size_t end) {
  std::string_view inside = std::string_view(buffer_).substr(at_ + 1, end - 1);
  at_ += end + 1;
  if (inside.starts_with('/')) return endTag(inside.substr(1));
  closing_ = inside.ends_with('/');
  if (closing_) inside.remove_suffix(1);
  std::size_t length = 0;
  while (length < inside.size() && !isBlank(inside[length])) ++length;
  name_ = withoutPrefix(inside.substr(0, length));
  attributes_ = inside.substr(length);
  if (name_.empty() || inside.find('<') != std::string_view::npos || (open_starts_.empty() && root_seen_) ||
      open_starts_.size() >= kDeepest)
    return failed(Fault::Syntax);
  root_seen_ = true;
  open();
  return Event::Start;
}

void XmlPull::open() {
  open_starts_.push_back(open_names_.size());
  open_names_ += name_;
}

XmlPull::Event XmlPull::endTag(std::string_view inside) {
  while (!inside.empty() && isBlank(inside.back())) inside.remove_suffix(1);
  name_ = withoutPrefix(inside);
  if (open_starts_.empty() || std::string_view(open_names_).substr(open_starts_.back()) != name_)
    return failed(Fault::Syntax);
  return close();
}

XmlPull::Event XmlPull::close() {
  open_names_.resize(open_starts_.back());
  open_starts_.pop_back();
  return Event::End;
}

XmlPull::Event XmlPull::finish() {
  if (fault_ != Fault::None) return Event::Failed;
  return open_starts_.empty() && root_seen_ ? Event::Finished : failed(Fault::CutOff);
}

bool XmlPull::skip() {
  const std::size_t depth = open_starts_.size();
  while (open_starts_.size() >= depth) {
    const Event event = next();
    if (event == Event::Failed || event == Event::Finished) return false;
  }
  return true;
}

std::string_view XmlPull::attribute(std::string_view wanted) const {
  std::string_view rest = attributes_;
  while (true) {
    std::size_t from = 0;
    while (from < rest.size() && isBlank(rest[from])) ++from;
    const auto equals = rest.find('=', from);
    if (equals == std::string_view::npos) return {};
    std::string_view name = rest.substr(from, equals - from);
    while (!name.empty() && isBlank(name.back())) name.remove_suffix(1);
    std::size_t open_quote = equals + 1;
    while (open_quote < rest.size() && isBlank(rest[open_quote])) ++open_quote;
    if (open_quote >= rest.size() || (rest[open_quote] != '"' && rest[open_quote] != '\'')) return {};
    const auto close_quote = rest.find(rest[open_quote], open_quote + 1);
    if (close_quote == std::string_view::npos) return {};
    if (name == wanted) return rest.substr(open_quote + 1, close_quote - open_quote - 1);
    rest.remove_prefix(close_quote + 1);
  }
}

void appendUtf8(std::string& out, std::uint32_t point) {
  if (point > 0x10FFFF || (point >= 0xD800 && point < 0xE000)) point = 0xFFFD;
  const auto push = [&out](std::uint32_t byte) {
    out += static_cast<char>(static_cast<unsigned char>(byte));
  };
  if (point < 0x80) {
    push(point);
  } else if (point < 0x800) {
    push(0xC0 | point >> 6U);
    push(0x80 | (point & 0x3FU));
  } else if (point < 0x10000) {
    push(0xE0 | point >> 12U);
    push(0x80 | (point >> 6U & 0x3FU));
    push(0x80 | (point & 0x3FU));
  } else {
    push(0xF0 | point >> 18U);
    push(0x80 | (point >> 12U & 0x3FU));
    push(0x80 | (point >> 6U & 0x3FU));
    push(0x80 | (point & 0x3FU));
  }
}

void appendResolved(std::string_view raw, std::string& out) {
  while (true) {
    const auto start = raw.find('&');
    out += raw.substr(0, start);
    if (start == std::string_view::npos) return;
    raw.remove_prefix(start);
    const auto end = raw.substr(0, 12).find(';');
    const std::string_view entity =
        end == std::string_view::npos ? std::string_view() : raw.substr(1, end - 1);
    std::uint32_t point = 0;
    if (entity == "amp") point = '&';
    if (entity == "lt") point = '<';
    if (entity == "gt") point = '>';
    if (entity == "quot") point = '"';
    if (entity == "apos") point = '\'';
    if (entity.starts_with('#')) {
      const bool hexadecimal = entity.size() > 1 && (entity[1] == 'x' || entity[1] == 'X');
      const std::string_view digits = entity.substr(hexadecimal ? 2 : 1);
      const auto [last, error] =
          std::from_chars(digits.data(), digits.data() + digits.size(), point, hexadecimal ? 16 : 10);
      if (error != std::errc() || last != digits.data() + digits.size()) point = 0;
    }
    if (point == 0) {
      out += '&';
      raw.remove_prefix(1);
      continue;
    }
    appendUtf8(out, point);
    raw.remove_prefix(end + 1);
  }
}

void resolveEscapes(std::string& text, std::size_t from) {
  const auto unitAt = [&text](std::size_t at, std::uint32_t& unit) {
    if (at + 7 > text.size() || text[at] != '_' || text[at + 1] != 'x' || text[at + 6] != '_') return false;
    const char* digits = text.data() + at + 2;
    const auto [last, error] = std::from_chars(digits, digits + 4, unit, 16);
    return error == std::errc() && last == digits + 4;
  };
  std::size_t at = text.find("_x", from);
  if (at == std::string::npos) return;
  std::string out = text.substr(0, at);
  while (at < text.size()) {
    std::uint32_t unit = 0;
    if (!unitAt(at, unit)) {
      out += text[at++];
      continue;
    }
    at += 7;
    std::uint32_t low = 0;
    if (unit >= 0xD800 && unit < 0xDC00 && unitAt(at, low) && low >= 0xDC00 && low < 0xE000) {
      unit = 0x10000 + ((unit - 0xD800) << 10U) + (low - 0xDC00);
      at += 7;
    }
    appendUtf8(out, unit);
  }
  text = std::move(out);
}

}  // namespace lodestone::data
