// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include "core/base/json.h"
#include "core/learn/training.h"
#include "core/project/project.h"

namespace lodestone::pipeline {

/// The value of a Table artefact: rows with outcomes, perhaps rows to address, and what their columns mean.
struct TableValue {
  data::TableName table;
  std::optional<data::TableName> population;
  std::string source;                                  ///< as the user knows it
  project::Roles roles;                                ///< role -> column
  learn::FillNumbers fill = learn::FillNumbers::Zero;  ///< how gaps are filled, learned on training rows
};

/// The value of a Dataset artefact: the table, and how its rows are split and become numbers.
struct DatasetValue {
  TableValue table;
  learn::DatasetPlan plan;
};

Json toJson(const data::TableName& table);
data::TableName tableFromJson(const Json& json);
Json toJson(const TableValue& value);
TableValue tableValueFromJson(const Json& json);
Json toJson(const DatasetValue& value);
DatasetValue datasetValueFromJson(const Json& json);

/// Whether the tables, models and files that an artefact names are still there.
Result<bool> stillThere(project::Project& project, const Json& value);

/// "user=customer_id,consent:email=email_consent" and back. InvalidArgument naming the part that is no
/// role=column.
Result<project::Roles> rolesFromText(const std::string& text);

}  // namespace lodestone::pipeline
