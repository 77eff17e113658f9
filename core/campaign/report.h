// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "core/base/result.h"
#include "core/base/text.h"

namespace lodestone::campaign {

/// A report as a list of blocks, ready for HTML (here) and PDF (ui/print). All text is in the report's
/// language.
struct Heading {
  int level = 1;  ///< 1 to 3
  std::string text;
};
struct Paragraph {
  std::string text;
};
/// A line that must not be overlooked: "DRAFT", a failed check.
struct Notice {
  enum class Kind { Draft, Ok, Warning, Failure, Info } kind = Kind::Info;
  std::string text;
};
struct Table {
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> rows;
  std::vector<bool> numeric;  ///< right-aligned columns; as many as the header has
};
/// A chart as SVG of our own, with a summary line for those who cannot see it.
struct Figure {
  std::string title;
  std::string svg;
  std::string summary;
};
using Block = std::variant<Heading, Paragraph, Notice, Table, Figure>;

struct ReportDocument {
  std::string title;
  Language language = Language::English;
  bool draft = true;       ///< every page carries DRAFT
  std::string audit_head;  ///< the chain's head, printed and in the metadata as lodestone-audit-head:<hex>
  std::string made_at;
  std::vector<Block> blocks;
};

/// One self-contained page: no script, no outside reference, charts as inline SVG, prints well.
std::string renderHtml(const ReportDocument& report);

}  // namespace lodestone::campaign
