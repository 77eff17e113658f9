// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/job_context.h"
#include "core/base/parameter.h"
#include "core/data/database.h"
#include "core/data/new_table.h"

namespace lodestone::data {

/// What an operation works on.
struct OperationInput {
  TableName table;
  ParameterValues parameters;
  std::map<std::string, std::string> roles;  ///< of the table's columns, role -> column; may be empty
  std::vector<TableName> others = {};        ///< further tables, before those that parameters name
};

struct OperationLine {
  Text text;
  std::vector<std::string> args = {};
};

/// What an operation made, or would make.
struct OperationReport {
  std::string table;                 ///< empty: a preview
  std::int64_t rows = 0;             ///< of the new table
  std::vector<OperationLine> lines;  ///< what its owner should read, most important first
  std::vector<Notice> notices;
};

/// A way to make a new table out of a table and perhaps others: its one description. One file in operations/,
/// one line in operations/registry.cpp. Forms, and whoever runs it, read this.
struct TableOperation {
  std::string id;
  Text title;
  Text help;
  std::string suffix;  ///< of the name that is suggested for the new table
  std::vector<Parameter> parameters;
  std::vector<std::string> required = {};  ///< parameters that must not be empty
  /// The parameter that names further tables, of kind Table for one, List for several; others stand in for
  /// it. Empty: there are none.
  std::string tables = {};
  std::function<Result<OperationReport>(Database&, const OperationInput&, const NewTable&, JobContext&)> run;
  /// What run() would make; changes nothing. Empty: nothing can be said before.
  std::function<Result<OperationReport>(const Database&, const OperationInput&, JobContext&)> preview = {};
};

/// All of them, in the order in which they are offered.
const std::vector<TableOperation>& tableOperations();
/// NotFound names those that there are.
Result<const TableOperation*> tableOperation(std::string_view id);

/// Defaults with the given values over them; InvalidArgument as in checkParameters, and for a required
/// parameter that is empty.
Result<ParameterValues> checkOperation(const TableOperation& operation,
                                       const std::map<std::string, std::string>& given);

}  // namespace lodestone::data
