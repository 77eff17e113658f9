// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/job_context.h"
#include "core/data/part_file.h"

namespace lodestone::data {

/// The cell formats of xlsxStyles(), by their place there.
enum class XlsxStyle { General = 0, Header = 1, Day = 2, Moment = 3, Clock = 4 };

/// A sheet that has been written: its name and its XML, in a file of its own.
struct XlsxSheet {
  std::string name;
  std::unique_ptr<PartFile> xml;
};

/// Puts sheets into a workbook (ECMA-376, Office Open XML) at path().
Result<> packXlsx(const std::vector<XlsxSheet>& sheets, const PartFile& file, JobContext& job);

/// A text as the content of an element: markup escaped, and characters that XML cannot hold as _xHHHH_
/// (22.9.2.19 ST_Xstring), so that they come back.
void appendXmlText(std::string_view text, std::string& xml);

/// A name that a sheet may have: at most 31 characters, none of []:*?/\, no apostrophe at its ends.
std::string sheetName(const std::string& name, int number);

}  // namespace lodestone::data
