// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/learn/engine.h"

namespace lodestone::learn {

/// The content of a .safetensors file (https://github.com/huggingface/safetensors): 8 bytes, little-endian,
/// length of the header; the header, a JSON object; the arrays without gaps. Here all of them are F32.
struct Safetensors {
  std::vector<Tensor> tensors;  ///< in the order of their bytes
  std::map<std::string, std::string> metadata;
};

/// The bytes of the file.
std::string writeSafetensors(const Safetensors& content);

/// Reads what writeSafetensors or another program wrote. Runs nothing and trusts nothing: Corrupt, naming the
/// file, for a header that is too long or no such object, a name that comes twice, another type than F32, a
/// shape that does not fit its bytes, arrays that overlap or leave gaps, bytes after the last, and values
/// that are not finite.
Result<Safetensors> readSafetensors(std::string_view bytes, const std::string& file);

}  // namespace lodestone::learn
