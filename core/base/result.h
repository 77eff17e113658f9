// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

#include "core/base/text.h"

namespace lodestone {

/// What kind of failure, for programs: names and exit statuses are a contract of the command line.
enum class ErrorCode {
  Cancelled,
  NotFound,
  AlreadyExists,
  InvalidArgument,
  NotEnoughData,
  Io,
  Corrupt,
  NewerVersion,
  Locked,
  Unsupported,
  OutOfMemory,
  Internal,
};

/// "Cancelled", "NotFound", ...: the name as in the source.
std::string_view errorCodeName(ErrorCode code);

/// Where it happened, as far as it is known. Line, 1-based; row of a table, 1-based.
struct Where {
  std::string file = {};
  std::optional<std::int64_t> line = {};
  std::string column = {};  ///< a table's column by name, or a text position
  std::string table = {};
  std::string stage = {};  ///< node of a pipeline
  std::string item = {};   ///< any other thing by its id: a model, a strategy
};

/// A failure: what happened, to what, and what to do, in both languages.
struct Error {
  ErrorCode code = ErrorCode::Internal;
  Text text{"Internal error.", "内部错误。"};
  std::vector<std::string> args = {};
  Where where = {};

  std::string message(Language language) const { return fill(text, language, args); }
};

template <class T = void>
using Result = tl::expected<T, Error>;

/// return fail(ErrorCode::NotFound, kNoSuchTable, {name}, {.table = name});
inline tl::unexpected<Error> fail(ErrorCode code, const Text& text, std::vector<std::string> args = {},
                                  Where where = {}) {
  return tl::unexpected<Error>(Error{code, text, std::move(args), std::move(where)});
}

/// Hands an error of another result on: if (!x) return forward(x);
template <class T>
tl::unexpected<Error> forward(const Result<T>& failed) {
  return tl::unexpected<Error>(failed.error());
}

}  // namespace lodestone
