// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/data/sources/xlsx/sheet_plan.h"

namespace lodestone::data {

using OpenSheet = std::function<Result<std::unique_ptr<ByteStream>>()>;

/// The table in a sheet: preamble, blank rows, notes at the end and a second table below are passed over and
/// counted.
class SheetTable : public RowReader {
 public:
  /// open: begins the sheet's XML anew. book, texts: must outlive this.
  static Result<std::unique_ptr<SheetTable>> open(OpenSheet open, const Workbook& book,
                                                  const SharedTexts& texts, const std::string& file,
                                                  const std::string& sheet, const ImportOptions& options,
                                                  JobContext& job);

  const std::vector<std::string>& names() const override { return names_; }
  Result<bool> next(Row& row, JobContext& job) override;
  Result<> rewind(JobContext& job) override;
  double fraction() const override { return reader_->fraction(); }
  std::vector<Skipped> skipped() const override;
  Detected detected() const override;
  /// No row has a cell.
  bool empty() const { return names_.empty(); }

 private:
  struct Counts {
    std::int64_t preamble = 0;
    std::int64_t footnotes = 0;
    std::int64_t blank = 0;
    std::int64_t second_table = 0;
  };

  SheetTable(OpenSheet open, const Workbook& book, const SharedTexts& texts, const std::string& file,
             const std::string& sheet)
      : open_(std::move(open)), book_(book), texts_(texts), file_(file), sheet_(sheet) {}

  Result<> plan(const ImportOptions& options, JobContext& job);
  void nameColumns();
  Result<bool> nextFilled(JobContext& job);
  bool hold();
  void settleEnd();
  bool isFootnote(const KeptRow& row, bool behind_gap) const;
  void place(const SheetRow& from, Row& row);

  OpenSheet open_;
  const Workbook& book_;
  const SharedTexts& texts_;
  std::string file_;
  std::string sheet_;
  SheetPlan plan_;
  std::vector<std::string> names_;
  std::unordered_map<int, std::size_t> index_;  // of a sheet's column among the names
  std::unique_ptr<SheetReader> reader_;

  SheetRow current_;
  std::int64_t last_line_ = 0;
  bool gap_ = false;          // a blank row stands before the current one
  bool held_gap_ = false;     // a blank row stands before or among the held ones
  bool other_table_ = false;  // all further rows belong to a second table
  bool ended_ = false;
  std::deque<KeptRow> held_;  // perhaps notes at the end of the sheet
  std::vector<bool> held_behind_gap_;
  std::deque<KeptRow> ready_;  // rows to be handed over before the current one
  bool current_ready_ = false;
  KeptRow handed_;
  Counts counts_;
};

}  // namespace lodestone::data
