// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "core/base/job_context.h"
#include "core/campaign/export.h"
#include "core/demo/demo_shop.h"
#include "core/pipeline/runner.h"
#include "core/project/model_records.h"
#include "core/project/strategy_records.h"

namespace lodestone::pipeline {

struct DemoProjectOptions {
  demo::DemoShopOptions shop;             ///< its seed is the run's seed as well
  Language language = Language::English;  ///< of the reports
  std::string device = "auto";
  std::string by = "lodestone";
  data::DatabaseOptions database;
  /// As in campaign::ExportOptions; empty: no PDF among the reports.
  std::function<Result<>(const campaign::ReportDocument&, const std::filesystem::path&)> write_pdf;
};

struct DemoProject {
  std::filesystem::path folder;  ///< of the project
  demo::DemoShopFiles shop;
  std::int64_t rows = 0;  ///< that the run began with
  RunReport run;
  project::ModelRecord model;  ///< the one whose predictions the strategies are made of
  std::vector<project::StrategyVersion> strategies;
  std::vector<campaign::ExportedFile> exports;
  double seconds = 0;
};

/// The whole way once, on made data: the demo shop into folder/shop, a project in folder/demo.lodestone with
/// its tables and roles (and, for a dirty shop, the recipes that clean them), the demo's chart as
/// pipeline.mmd, its run, and reports of every strategy in exports/. AlreadyExists when the folder holds
/// anything. After an error or a cancel nothing is left of it.
Result<DemoProject> makeDemoProject(const std::filesystem::path& folder, const DemoProjectOptions& options,
                                    JobContext& job);

}  // namespace lodestone::pipeline
