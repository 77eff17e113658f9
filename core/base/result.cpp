// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/result.h"

namespace lodestone {

std::string_view errorCodeName(ErrorCode code) {
  switch (code) {
    case ErrorCode::Cancelled:
      return "Cancelled";
    case ErrorCode::NotFound:
      return "NotFound";
    case ErrorCode::AlreadyExists:
      return "AlreadyExists";
    case ErrorCode::InvalidArgument:
      return "InvalidArgument";
    case ErrorCode::NotEnoughData:
      return "NotEnoughData";
    case ErrorCode::Io:
      return "Io";
    case ErrorCode::Corrupt:
      return "Corrupt";
    case ErrorCode::NewerVersion:
      return "NewerVersion";
    case ErrorCode::Locked:
      return "Locked";
    case ErrorCode::Unsupported:
      return "Unsupported";
    case ErrorCode::OutOfMemory:
      return "OutOfMemory";
    case ErrorCode::Internal:
      return "Internal";
  }
  return "Internal";
}

}  // namespace lodestone
