// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "core/data/source.h"
#include "core/data/sources/xlsx/byte_stream.h"

struct zip;

namespace lodestone::data {

/// The parts of a workbook's file. What unpacks to more than 250 times its size (beyond 64 MB), or to more
/// than 16 GB, is refused: no sheet that people made does.
class ZipArchive {
 public:
  /// Corrupt or Io naming the file.
  static Result<ZipArchive> open(const SourceInput& input);

  /// The part's own spelling, or nothing: writers differ in upper and lower case and in slashes.
  std::string find(const std::string& part) const;
  /// A part to be read piece by piece, while the archive lives.
  Result<std::unique_ptr<ByteStream>> stream(const std::string& part) const;
  /// A whole part of at most 64 MB.
  Result<std::string> read(const std::string& part) const;
  const std::string& name() const { return name_; }

 private:
  struct Close {
    void operator()(zip* archive) const;
  };
  ZipArchive() = default;

  std::unique_ptr<zip, Close> archive_;
  std::shared_ptr<const void> hold_;
  std::string name_;
};

}  // namespace lodestone::data
