// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/campaign/export.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <set>
#include <system_error>

#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/base/spoken.h"
#include "core/base/text.h"
#include "core/base/time.h"
#include "core/campaign/assessment.h"
#include "core/campaign/generate.h"
#include "core/campaign/personal_columns.h"
#include "core/campaign/report_builder.h"
#include "core/campaign/scored_data.h"
#include "core/campaign/wording.h"
#include "core/project/audit_log.h"
#include "core/project/strategy_records.h"

namespace lodestone::campaign {

namespace fs = std::filesystem;
using project::StrategyVersion;

namespace {

constexpr std::array<std::string_view, 4> kFormats{"csv", "json", "html", "pdf"};
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

constexpr Text kBadFormat{"There is no export format {0}. There are: csv, json, html, pdf.",
                          "没有导出格式 {0}。可选：csv、json、html、pdf。"};
constexpr Text kNoPdf{"This build cannot write PDF: it has no Qt. Leave pdf out of the formats.",
                      "此版本没有 Qt，无法写 PDF。请从格式中去掉 pdf。"};
constexpr Text kNothing{"There are no strategies to export. Generate some first.",
                        "没有可导出的策略。请先生成。"};
constexpr Text kNoFolder{
    "Cannot make a folder for the export in {0}: {1}. Check the free space and your rights there.",
    "无法在 {0} 中创建导出文件夹：{1}。请检查磁盘空间和权限。"};
constexpr Text kCannotPlace{"Cannot put {0} in place: {1}. Nothing was exported.",
                            "无法写入 {0}：{1}。未导出任何文件。"};
constexpr Text kOtherMembers{
    "The audience of {0} is not the one that was decided: the table {1} has changed since. Generate the "
    "strategy anew, or "
    "edit it, so that its audience is worked out again.",
    "{0} 的受众与确定时不一致：表 {1} 此后发生了变化。请重新生成该策略，或修改它以重新计算受众。"};
constexpr Text kWriting{"Writing {0}", "正在写入 {0}"};

bool has(const std::vector<std::string>& formats, std::string_view format) {
  return std::find(formats.begin(), formats.end(), format) != formats.end();
}

/// Where files are made before they are put in place; gone with all that is left in it at the end.
class Staging {
 public:
  static Result<Staging> make(const fs::path& target) {
    if (auto made = makeFolder(target); !made) return forward(made);
    std::string pattern = (target / ".lodestone-export-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr)
      return fail(ErrorCode::Io, kNoFolder, {target.string(), systemReason(errno)},
                  {.file = target.string()});
    return Staging(pattern, target);
  }
  Staging(Staging&& other) noexcept = default;
  Staging& operator=(Staging&&) = delete;
  ~Staging() {
    std::error_code error;
    if (!folder_.empty()) fs::remove_all(folder_, error);
  }

  fs::path path(const std::string& name) const { return folder_ / name; }

  /// Moves a file to its place under a name that nothing has yet.
  Result<fs::path> place(const std::string& name) const {
    const fs::path stem = fs::path(name).stem();
    const std::string extension = fs::path(name).extension().string();
    for (int i = 1; i < 10000; ++i) {
      const fs::path wanted = target_ / (i == 1 ? name : stem.string() + "-" + std::to_string(i) + extension);
      std::error_code error;
      if (fs::exists(fs::symlink_status(wanted, error))) continue;
      fs::rename(path(name), wanted, error);
      if (!error) return wanted;
      return fail(ErrorCode::Io, kCannotPlace, {wanted.string(), systemReason(error.value())},
                  {.file = wanted.string()});
    }
    return fail(ErrorCode::AlreadyExists, kCannotPlace, {(target_ / name).string(), "-9999"},
                {.file = (target_ / name).string()});
  }

 private:
  Staging(fs::path folder, fs::path target) : folder_(std::move(folder)), target_(std::move(target)) {}
  fs::path folder_;
  fs::path target_;
};

std::string fileStem(const StrategyVersion& strategy, Language language) {
  std::string words = inLanguage(field(strategy.content, "segment"), language);
  if (words.empty()) words = strategyTitle(strategy, language);
  std::string slug;
  for (const char c : lowerAscii(words)) {
    const bool plain =
        (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (static_cast<unsigned char>(c) & 0x80U) != 0;
    if (plain)
      slug += c;
    else if (!slug.empty() && slug.back() != '-')
      slug += '-';
  }
  while (slug.ends_with('-')) slug.pop_back();
  slug = replaceAll(replaceAll(slug, "、", "-"), "·", "-");
  return safeFileName(strategy.id + (slug.empty() ? "" : "_" + replaceAll(shorten(slug, 60), "…", "")) +
                      (isDraft(strategy) ? "-DRAFT" : ""));
}

std::string reportStem(const std::vector<StrategyVersion>& strategies) {
  const bool draft = std::any_of(strategies.begin(), strategies.end(), isDraft);
  const std::string stem = strategies.size() == 1 ? strategies.front().id + "_report" : "report";
  return safeFileName(stem + (draft ? "-DRAFT" : ""));
}

/// Populations by source, read once each.
class Populations {
 public:
  explicit Populations(project::Project& project) : project_(project) {}

  Result<const Frame*> of(const ScoredTables& tables, JobContext& job) {
    const std::string key = dumpJson(tables.toJson());
    if (const auto found = frames_.find(key); found != frames_.end()) return &found->second;
    auto frame = loadPopulation(project_, tables, job);
    if (!frame) return forward(frame);
    return &frames_.emplace(key, std::move(*frame)).first->second;
  }

 private:
  project::Project& project_;
  std::map<std::string, Frame> frames_;
};

struct Members {
  const Frame* population;
  Audience audience;
};

/// The audience as it was decided; refused when the table would give another one.
Result<Members> membersOf(Populations& populations, const StrategyVersion& strategy,
                          const Catalogue& catalogue, const ScoredTables& tables, JobContext& job) {
  auto plan = planOf(strategy.content, catalogue);
  if (!plan) return forward(plan);
  auto population = populations.of(tables, job);
  if (!population) return forward(population);
  auto audience = selectAudience(**population, tables.roles, plan->rule, plan->channel, plan->capacity);
  if (!audience) return forward(audience);
  if (audience->members_hash != textField(field(strategy.content, "audience"), "members_hash"))
    return fail(ErrorCode::Corrupt, kOtherMembers, {strategy.id, tables.population.name},
                {.table = tables.population.name, .item = strategy.id});
  return Members{*population, std::move(*audience)};
}

std::string amountText(const Frame& frame, const FrameColumn& amount, std::int64_t row) {
  if (frame.missing(amount, row) || amount.kind != ColumnKind::Number) return frame.cell(amount, row);
  return plainNumber(rounded(amount.numbers[static_cast<std::size_t>(row)], 4));
}

std::string csvOf(const StrategyVersion& strategy, const ScoredTables& tables, const Members& members,
                  PersonalColumns personal, ExportPreview::Audience& preview) {
  const Frame& frame = *members.population;
  const auto role = [&](const char* name) {
    const auto found = tables.roles.find(name);
    return found == tables.roles.end() ? std::string() : found->second;
  };
  const FrameColumn* user = role("user").empty() ? nullptr : frame.find(role("user"));
  const FrameColumn* amount = role("amount").empty() ? nullptr : frame.find(role("amount"));
  const FrameColumn* score = frame.find(kScoreColumn);
  const bool mask_id = personal == PersonalColumns::Mask && user != nullptr && looksPersonal(frame, *user);
  std::vector<const FrameColumn*> contacts;
  for (const std::string& name : contactColumns(frame))
    if (const FrameColumn* column = frame.find(name); column != user) contacts.push_back(column);

  std::vector<std::string> header{user == nullptr ? "row" : user->name, "score"};
  if (amount != nullptr) header.push_back(amount->name);
  for (const char* name : {"strategy", "version", "offer", "channel", "status"}) header.emplace_back(name);
  for (const FrameColumn* column : contacts) header.push_back(column->name);
  const std::vector<std::string> same{
      strategy.id, std::to_string(strategy.version), textField(field(strategy.content, "offer"), "id"),
      textField(strategy.content, "channel"),
      isDraft(strategy) ? "DRAFT"
                        : std::string(project::strategyStateName(project::StrategyState::Approved))};

  std::string out;
  preview = {strategy.id, static_cast<std::int64_t>(members.audience.rows.size()), {}};
  const auto line = [&](std::vector<std::string> cells) {
    for (std::string& cell : cells) cell = safeCsvCell(cell);
    out += join(cells, ",") + "\r\n";
    if (preview.rows.size() <= kPreviewRows) preview.rows.push_back(std::move(cells));
  };
  line(header);
  for (std::size_t i = 0; i < members.audience.rows.size(); ++i) {
    const std::int64_t row = members.audience.rows[i];
    const std::string& id = members.audience.ids[i];
    std::vector<std::string> cells{mask_id ? maskPersonal(id) : id,
                                   plainNumber(rounded(score->numbers[static_cast<std::size_t>(row)], 6))};
    if (amount != nullptr) cells.push_back(amountText(frame, *amount, row));
    cells.insert(cells.end(), same.begin(), same.end());
    for (const FrameColumn* column : contacts) {
      const std::string cell = frame.cell(*column, row);
      cells.push_back(personal == PersonalColumns::Mask ? maskPersonal(cell) : cell);
    }
    line(std::move(cells));
  }
  const bool ascii = std::all_of(out.begin(), out.end(),
                                 [](char c) { return (static_cast<unsigned char>(c) & 0x80U) == 0; });
  return ascii ? out : std::string(kByteOrderMark) + out;
}

Json jsonOf(const StrategyVersion& strategy, const std::string& audit_head, Language language) {
  return {{"kind", "lodestone-strategy"},
          {"schema", 1},
          {"draft", isDraft(strategy)},
          {"status", isDraft(strategy) ? "DRAFT" : "approved"},
          {"audit_head", audit_head},
          {"made_at", nowUtc()},
          {"strategy", strategyView(strategy, language)},
          {"decided_content", strategy.content}};
}

/// A file that waits in the staging folder, and which strategy it is about.
struct Waiting {
  std::string name;
  std::string strategy;
  bool draft = true;
};

struct Export {
  project::Project& project;
  const ExportOptions& options;
  const Staging& staging;
  JobContext& job;
  std::vector<Waiting> files;
  std::vector<ExportPreview::Audience> audiences;
  ReportDocument report;
};

Result<> write(Export& out, const Waiting& file, const std::string& bytes) {
  if (auto written = writeFileAtomically(out.staging.path(file.name), bytes); !written) return written;
  out.files.push_back(file);
  return {};
}

Result<> writeStrategies(Export& out, const std::vector<StrategyVersion>& strategies) {
  auto catalogue = loadCatalogue(out.project);
  if (!catalogue) return forward(catalogue);
  auto head = out.project.audit().head();
  if (!head) return forward(head);
  Populations populations(out.project);
  double done = 0;
  for (const StrategyVersion& strategy : strategies) {
    if (auto go = out.job.checkpoint(); !go) return go;
    out.job.report(0.8 * done++ / static_cast<double>(strategies.size()), kWriting, {strategy.id});
    const std::string stem = fileStem(strategy, out.options.language);
    auto tables = ScoredTables::fromJson(field(strategy.content, "source"));
    if (!tables) return forward(tables);
    // Whatever is written: an audience that is no longer the decided one is not handed out.
    auto members = membersOf(populations, strategy, *catalogue, *tables, out.job);
    if (!members) return forward(members);
    const Waiting file{stem, strategy.id, isDraft(strategy)};
    if (has(out.options.formats, "csv"))
      if (auto written =
              write(out, {stem + ".csv", file.strategy, file.draft},
                    csvOf(strategy, *tables, *members, out.options.personal, out.audiences.emplace_back()));
          !written)
        return written;
    if (has(out.options.formats, "json"))
      if (auto written = write(out, {stem + ".json", file.strategy, file.draft},
                               dumpJson(jsonOf(strategy, *head, out.options.language), 2) + "\n");
          !written)
        return written;
  }
  return {};
}

Result<> writeReports(Export& out, const std::vector<StrategyVersion>& strategies) {
  const bool html = has(out.options.formats, "html");
  const bool pdf = has(out.options.formats, "pdf");
  if (!html && !pdf) return {};
  const std::string stem = reportStem(strategies);
  out.job.report(0.8, kWriting, {stem});
  auto built = buildReport(out.project, strategies, out.options.language, out.job);
  if (!built) return forward(built);
  out.report = std::move(*built);
  const std::string about = strategies.size() == 1 ? strategies.front().id : "";
  if (html)
    if (auto written = write(out, {stem + ".html", about, out.report.draft}, renderHtml(out.report));
        !written)
      return written;
  if (auto go = out.job.checkpoint(); !go) return go;
  if (!pdf) return {};
  const std::string name = stem + ".pdf";
  if (auto written = out.options.write_pdf(out.report, out.staging.path(name)); !written) return written;
  out.files.push_back({name, about, out.report.draft});
  return {};
}

void takeBack(const std::vector<ExportedFile>& files) {
  std::error_code error;
  for (const ExportedFile& file : files) fs::remove(file.path, error);
}

Result<std::vector<ExportedFile>> place(const Export& out) {
  std::vector<ExportedFile> placed;
  for (const Waiting& file : out.files) {
    auto path = out.staging.place(file.name);
    if (!path) {
      takeBack(placed);
      return forward(path);
    }
    placed.push_back({*path, file.strategy, file.draft});
  }
  return placed;
}

Result<> record(const Export& out, const std::vector<StrategyVersion>& strategies,
                const std::vector<ExportedFile>& files) {
  for (const StrategyVersion& strategy : strategies) {
    Json about = Json::array();
    for (const ExportedFile& file : files) {
      if (!file.strategy.empty() && file.strategy != strategy.id) continue;
      auto hash = sha256File(file.path);
      if (!hash) return forward(hash);
      about.push_back({{"name", file.path.filename().string()}, {"sha256", *hash}, {"draft", file.draft}});
    }
    if (auto noted = out.project.strategies().exported(strategy.id, strategy.version, out.options.by, about);
        !noted)
      return noted;
  }
  return {};
}

Result<std::vector<StrategyVersion>> chosen(project::Project& project, const std::vector<std::string>& ids) {
  std::vector<StrategyVersion> strategies;
  std::set<std::string> seen;
  for (const std::string& id : ids) {
    if (!seen.insert(id).second) continue;
    auto strategy = project.strategies().get(id);
    if (!strategy) return forward(strategy);
    strategies.push_back(std::move(*strategy));
  }
  if (ids.empty()) {
    auto all = project.strategies().list();
    if (!all) return forward(all);
    strategies = std::move(*all);
  }
  if (strategies.empty()) return fail(ErrorCode::NotFound, kNothing);
  return strategies;
}

Result<> checkFormats(const ExportOptions& options) {
  for (const std::string& format : options.formats)
    if (std::find(kFormats.begin(), kFormats.end(), format) == kFormats.end())
      return fail(ErrorCode::InvalidArgument, kBadFormat, {format}, {.item = format});
  if (has(options.formats, "pdf") && !options.write_pdf) return fail(ErrorCode::Unsupported, kNoPdf);
  return {};
}

}  // namespace

Result<std::vector<ExportedFile>> exportStrategies(project::Project& project,
                                                   const std::vector<std::string>& ids,
                                                   const ExportOptions& options, JobContext& job) {
  if (auto known = checkFormats(options); !known) return forward(known);
  auto strategies = chosen(project, ids);
  if (!strategies) return forward(strategies);
  auto staging = Staging::make(options.folder);
  if (!staging) return forward(staging);
  Export out{project, options, *staging, job, {}, {}, {}};
  if (auto written = writeStrategies(out, *strategies); !written) return forward(written);
  if (auto written = writeReports(out, *strategies); !written) return forward(written);
  if (auto go = job.checkpoint(); !go) return forward(go);
  auto placed = place(out);
  if (!placed) return forward(placed);
  if (auto recorded = record(out, *strategies, *placed); !recorded) {
    takeBack(*placed);
    return forward(recorded);
  }
  job.report(1, kWriting, {options.folder.string()});
  return placed;
}

Result<ExportPreview> previewExport(project::Project& project, const std::vector<std::string>& ids,
                                    const ExportOptions& options, JobContext& job) {
  if (auto known = checkFormats(options); !known) return forward(known);
  auto strategies = chosen(project, ids);
  if (!strategies) return forward(strategies);
  auto staging = Staging::make(project.exportsFolder());
  if (!staging) return forward(staging);
  Export out{project, options, *staging, job, {}, {}, {}};
  if (auto written = writeStrategies(out, *strategies); !written) return forward(written);
  if (auto written = writeReports(out, *strategies); !written) return forward(written);
  ExportPreview preview;
  for (const Waiting& file : out.files) {
    std::error_code error;
    const std::uintmax_t bytes = fs::file_size(staging->path(file.name), error);
    preview.files.push_back({file.name, file.strategy, file.draft, error ? 0 : bytes});
  }
  preview.audiences = std::move(out.audiences);
  preview.report = std::move(out.report);
  return preview;
}

}  // namespace lodestone::campaign
