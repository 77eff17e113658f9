// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/base/job_context.h"
#include "core/campaign/report.h"
#include "core/project/model_records.h"
#include "core/project/project.h"
#include "core/project/strategy_records.h"

namespace lodestone::campaign {

/// Whether files about it carry DRAFT: everything that is not approved.
bool isDraft(const project::StrategyVersion& strategy);

/// The report about some strategies: what and why in plain words, effects with intervals, each strategy with
/// its checks and its review, the evidence, the model's quality on held-out rows, the run card, and how the
/// numbers are made. Carries the audit chain's present head.
Result<ReportDocument> buildReport(project::Project& project,
                                   const std::vector<project::StrategyVersion>& strategies, Language language,
                                   JobContext& job);

/// The part about the model of a source and its held-out rows; see buildReport.
Result<std::vector<Block>> modelBlocks(project::Project& project, const Json& source, Language language,
                                       JobContext& job);
/// What a model was trained from and how, an entry a row; what is not known has none.
Table runCard(const project::ModelRecord& record, Language language);
/// The part about one strategy.
Result<std::vector<Block>> strategyBlocks(project::Project& project, const project::StrategyVersion& strategy,
                                          Language language);

/// What was decided of a strategy, and what is expected of it with its checks: parts of strategyBlocks.
struct StrategyDecision {
  std::vector<Block> decided;
  std::vector<Block> expected;
};
StrategyDecision strategyDecision(const project::StrategyVersion& strategy, Language language);

/// One strategy for reading on a screen, where its review and its charts stand beside it.
struct StrategyDocument {
  std::vector<Block> decided;   ///< why, and what was decided
  std::vector<Block> expected;  ///< results with intervals, and the checks
  std::vector<Block> evidence;  ///< campaigns, the model's quality, the run card, how the numbers are made
};
Result<StrategyDocument> strategyDocument(project::Project& project, const project::StrategyVersion& strategy,
                                          Language language, JobContext& job);

/// A type's title, or its id where this program does not know it.
std::string modelTypeTitle(const std::string& id, Language language);
/// "2026-03-01 09:30 UTC" of "2026-03-01T09:30:00.000Z".
std::string momentText(const std::string& utc);
/// With no-break spaces where a line must not break: "EUR 4,966.85", "12.3 %".
std::string tied(const std::string& text);

/// "12.3 (4.5 to 20.1)", or the reason in few words where there is no value.
std::string estimateText(const Json& estimate, int decimals, Language language,
                         const std::string& currency = {});
std::string percentEstimateText(const Json& estimate, Language language);
std::string stateText(project::StrategyState state, Language language);
/// A check's name for people ("enough_data": "Enough data"), or the name itself where this program does not
/// know it.
std::string checkTitle(const std::string& name, Language language);
/// "PASS", "REVIEW" and "FAIL" in the language's words.
std::string checkStatusWord(const std::string& status, Language language);
/// An action of the audit log for people ("request-changes": "requested changes"), or the word itself.
std::string actionText(const std::string& action, Language language);
/// Who is left out of an audience and why: "166 left out (no consent to this channel)".
std::string excludedText(const Json& audience, Language language);

}  // namespace lodestone::campaign
