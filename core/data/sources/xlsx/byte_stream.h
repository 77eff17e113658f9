// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

#include "core/base/result.h"

namespace lodestone::data {

/// Bytes that come one after another.
class ByteStream {
 public:
  virtual ~ByteStream() = default;
  /// At most 'most' further bytes; 0 at the end.
  virtual Result<std::size_t> read(char* into, std::size_t most) = 0;
  /// The share that has been read, 0 to 1.
  virtual double fraction() const = 0;
};

}  // namespace lodestone::data
