// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "core/base/job_context.h"
#include "core/campaign/report.h"
#include "core/project/project.h"

namespace lodestone::campaign {

enum class PersonalColumns { Mask, Allow };

struct ExportOptions {
  std::filesystem::path folder;
  std::vector<std::string> formats = {"csv", "json", "html", "pdf"};
  Language language = Language::English;
  PersonalColumns personal = PersonalColumns::Mask;
  std::string by = "lodestone";
  /// Writes the PDF; empty in a build without Qt: pdf is Unsupported then, before anything is written.
  std::function<Result<>(const ReportDocument&, const std::filesystem::path&)> write_pdf;
};

struct ExportedFile {
  std::filesystem::path path;
  std::string strategy;  ///< empty: about all of them
  bool draft = true;
};

/// Files of the given strategies (newest versions; all when ids is empty): an audience CSV and a JSON each,
/// one HTML and one PDF report each. What is not approved is marked DRAFT in every file. Cells that a
/// spreadsheet would execute are neutralised. Recorded in the audit log; an approved strategy becomes
/// Exported.
Result<std::vector<ExportedFile>> exportStrategies(project::Project& project,
                                                   const std::vector<std::string>& ids,
                                                   const ExportOptions& options, JobContext& job);

/// What an export would write.
struct ExportPreview {
  struct File {
    std::string name;  ///< a number is added where the folder has such a file
    std::string strategy;
    bool draft = true;
    std::uintmax_t bytes = 0;
  };
  /// The beginning of an audience's CSV, cells as they will stand there.
  struct Audience {
    std::string strategy;
    std::int64_t customers = 0;
    std::vector<std::vector<std::string>> rows;  ///< the header, then at most kPreviewRows
  };
  std::vector<File> files;
  std::vector<Audience> audiences;  ///< none without csv
  ReportDocument report;            ///< empty without html and pdf
};
inline constexpr std::size_t kPreviewRows = 12;

/// Does all that exportStrategies does, in a folder of its own inside the project's exports that is gone
/// again at the end; nothing is kept or recorded. options.folder does not matter.
Result<ExportPreview> previewExport(project::Project& project, const std::vector<std::string>& ids,
                                    const ExportOptions& options, JobContext& job);

/// A cell as it may stand in a CSV file for a spreadsheet: one that begins with = + - @ tab or CR gets a
/// leading apostrophe (plain negative numbers stay), then RFC 4180 quoting.
std::string safeCsvCell(std::string_view text);
/// "anna@example.com" -> "a***@e***", "+49 171 2345678" -> "+4***78".
std::string maskPersonal(std::string_view text);

}  // namespace lodestone::campaign
