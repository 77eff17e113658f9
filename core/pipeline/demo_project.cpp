// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/demo_project.h"

#include <system_error>

#include "core/base/file.h"
#include "core/base/time.h"
#include "core/data/import.h"
#include "core/pipeline/run_outputs.h"
#include "core/pipeline/templates.h"
#include "core/project/saved_records.h"

namespace lodestone::pipeline {
namespace {

constexpr Text kNotEmpty{
    "{0} is there already and holds files. Name another folder with --out, or remove it.",
    "{0} 已存在且不为空。请用 --out 指定其他文件夹，或先将其删除。"};
constexpr Text kNoModel{"The demo's run left no predictions, so there is no model to show.",
                        "演示运行没有产生预测结果，因此没有可展示的模型。"};
constexpr Text kImporting{"Reading {0}", "正在导入 {0}"};

/// What the shop's columns mean, as far as the roles know it.
const std::vector<std::pair<std::string, project::Roles>>& shopRoles() {
  static const std::vector<std::pair<std::string, project::Roles>> roles = {
      {"customers",
       {{"user", "customer_id"},
        {"time", "signup_date"},
        {"consent:email", "email_consent"},
        {"consent:sms", "sms_consent"},
        {"consent:push", "push_consent"}}},
      {"products",
       {{"item", "product_id"}, {"amount", "price"}, {"cost", "unit_cost"}, {"text", "description"}}},
      {"events", {{"user", "customer_id"}, {"item", "product_id"}, {"time", "ts"}, {"text", "query"}}},
      {"orders", {{"user", "customer_id"}, {"time", "ts"}, {"amount", "total"}}},
      {"order_items", {{"item", "product_id"}, {"amount", "unit_price"}}},
      {"campaigns",
       {{"campaign", "campaign_id"}, {"offer", "offer"}, {"channel", "channel"}, {"cost", "spend"}}},
      {"assignments",
       {{"user", "customer_id"},
        {"campaign", "campaign_id"},
        {"treatment", "treated"},
        {"target", "converted"},
        {"revenue", "revenue"},
        {"time", "sent_at"}}},
      {"reviews",
       {{"user", "customer_id"},
        {"item", "product_id"},
        {"time", "ts"},
        {"target", "rating"},
        {"text", "text"}}},
      {"tickets", {{"user", "customer_id"}, {"time", "ts"}, {"text", "question"}, {"target", "intent"}}},
      {"payments", {{"amount", "amount"}, {"target", "chargeback"}}},
      {"ad_log", {{"user", "customer_id"}, {"time", "ts"}, {"item", "ad_id"}, {"target", "clicked"}}},
      {"demand", {{"item", "product_id"}, {"time", "date"}, {"target", "units"}}},
      {"holidays", {{"time", "date"}}},
      {"channel_spend",
       {{"time", "date"}, {"channel", "channel"}, {"cost", "spend"}, {"revenue", "revenue"}}},
  };
  return roles;
}

/// Takes away what was made unless the work was finished.
class Undo {
 public:
  explicit Undo(std::filesystem::path folder) : folder_(std::move(folder)) {
    std::error_code error;
    existed_ = std::filesystem::exists(folder_, error);
  }
  ~Undo() {
    if (kept_) return;
    std::error_code error;
    std::filesystem::remove_all(folder_ / "shop", error);
    std::filesystem::remove_all(folder_ / "demo.lodestone", error);
    if (!existed_) std::filesystem::remove(folder_, error);
  }
  Undo(const Undo&) = delete;
  Undo& operator=(const Undo&) = delete;
  void keep() { kept_ = true; }

 private:
  std::filesystem::path folder_;
  bool existed_ = false;
  bool kept_ = false;
};

/// Those that clean the shop's tables, under the names that they ship with.
Result<> saveRecipes(project::Project& project, const std::string& by) {
  for (const std::string& name : recipeTemplateNames()) {
    const auto text = recipeTemplate(name);
    if (!text) return forward(text);
    const auto recipe = parseJson(*text, name);
    if (!recipe) return forward(recipe);
    if (auto saved = project.saved().save(project::kSavedRecipe, name, *recipe, by); !saved) return saved;
  }
  return {};
}

Result<> importShop(project::Project& project, const demo::DemoShopFiles& shop, JobContext& job) {
  const auto database = project.tables();
  if (!database) return forward(database);
  for (std::size_t i = 0; i < shop.files.size(); ++i) {
    const auto& file = shop.files[i];
    if (file.extension() != ".csv") continue;  // truth.json is for checks alone
    const auto count = static_cast<double>(shop.files.size());
    job.report(static_cast<double>(i) / count, kImporting, {file.filename().string()});
    JobContext part = job.part(static_cast<double>(i) / count, static_cast<double>(i + 1) / count);
    const auto report = data::importFile(**database, file, data::defaultTableName(file), {}, part);
    if (!report) return forward(report);
  }
  for (const auto& [table, roles] : shopRoles())
    if (const auto set = project.setRoles(table, roles); !set) return forward(set);
  return {};
}

Result<project::ModelRecord> finalModel(project::Project& project, const RunReport& run) {
  const auto tables = predictionsOf(run.stages);
  if (!tables) return forward(tables);
  if (!*tables) return fail(ErrorCode::Internal, kNoModel);
  return project.models().get((*tables)->model);
}

Result<> runTemplate(project::Project& project, const DemoProjectOptions& options, DemoProject& made,
                     JobContext& job) {
  const auto chart = chartTemplate("demo", options.language);
  if (!chart) return forward(chart);
  const auto file = project.folder() / "pipeline.mmd";
  if (const auto written = writeFileAtomically(file, *chart); !written) return forward(written);
  RunOptions run;
  run.seed = options.shop.seed;
  run.device = options.device;
  run.by = options.by;
  auto report = runChart(project, *chart, file.string(), run, job);
  if (!report) return forward(report);
  if (report->error) return tl::unexpected(*report->error);
  made.run = std::move(*report);
  for (const auto& stage : made.run.stages)
    if (stage.type == "collect" && stage.rows_out) made.rows = *stage.rows_out;
  auto model = finalModel(project, made.run);
  if (!model) return forward(model);
  made.model = std::move(*model);
  return {};
}

Result<> exportAll(project::Project& project, const DemoProjectOptions& options, DemoProject& made,
                   JobContext& job) {
  campaign::ExportOptions exporting;
  exporting.folder = project.exportsFolder();
  exporting.formats = {"csv", "json", "html"};
  if (options.write_pdf) exporting.formats.emplace_back("pdf");
  exporting.language = options.language;
  exporting.by = options.by;
  exporting.write_pdf = options.write_pdf;
  auto files = campaign::exportStrategies(project, {}, exporting, job);
  if (!files) return forward(files);
  made.exports = std::move(*files);
  auto strategies = project.strategies().list();
  if (!strategies) return forward(strategies);
  made.strategies = std::move(*strategies);
  return {};
}

}  // namespace

Result<DemoProject> makeDemoProject(const std::filesystem::path& folder, const DemoProjectOptions& options,
                                    JobContext& job) {
  const Stopwatch watch;
  std::error_code error;
  if (std::filesystem::exists(folder, error) && !std::filesystem::is_empty(folder, error))
    return fail(ErrorCode::AlreadyExists, kNotEmpty, {folder.string()}, {.file = folder.string()});
  Undo undo(folder);
  DemoProject made;
  made.folder = folder / "demo.lodestone";
  if (const auto ready = makeFolder(folder); !ready) return forward(ready);
  JobContext writing = job.part(0, 0.15);
  auto shop = demo::writeDemoShop(folder / "shop", options.shop, writing);
  if (!shop) return forward(shop);
  made.shop = std::move(*shop);
  auto project = project::Project::create(made.folder);
  if (!project) return forward(project);
  project->setDatabaseOptions(options.database);
  JobContext reading = job.part(0.15, 0.3);
  if (const auto done = importShop(*project, made.shop, reading); !done) return forward(done);
  if (options.shop.dirt != demo::Dirt::None)
    if (const auto saved = saveRecipes(*project, options.by); !saved) return forward(saved);
  JobContext running = job.part(0.3, 0.95);
  if (const auto done = runTemplate(*project, options, made, running); !done) return forward(done);
  JobContext exporting = job.part(0.95, 1);
  if (const auto done = exportAll(*project, options, made, exporting); !done) return forward(done);
  undo.keep();
  made.seconds = watch.seconds();
  return made;
}

}  // namespace lodestone::pipeline
