// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/base/spoken.h"
#include "core/learn/json_fields.h"
#include "core/learn/model_type.h"
#include "core/learn/safetensors.h"
#include "core/learn/training.h"

namespace lodestone::learn {

namespace fs = std::filesystem;

namespace {

constexpr const char* kFormat = "lodestone-model";
constexpr std::int64_t kFormatVersion = 1;
constexpr const char* kWeights = "model.safetensors";
constexpr const char* kRecord = "model.json";

constexpr Text kExists{"{0} is already there. Choose another folder.", "{0} 已经存在。请选择其他文件夹。"};
constexpr Text kCannotMake{"Cannot make the folder {0}: {1}. Check the free space and your rights there.",
                           "无法创建文件夹 {0}：{1}。请检查磁盘空间和权限。"};
constexpr Text kBadRecord{
    "{0} does not describe a model: \"{1}\" is missing or wrong. Take it from a backup, or train "
    "the model again.",
    "{0} 没有描述一个模型：“{1}”缺失或有误。请从备份恢复，或重新训练模型。"};
constexpr Text kOtherWeights{
    "{0} is not the file that was saved with the model: its SHA-256 differs. Take it from a "
    "backup, or train the model again.",
    "{0} 不是与模型一起保存的文件：SHA-256 不一致。请从备份恢复，或重新训练模型。"};
constexpr Text kWrongArrays{
    "{0} does not hold the arrays of a model of type {1} with {2} inputs. Take it from a backup, "
    "or train the model again.",
    "{0} 中的数组不属于类型为 {1}、有 {2} 个输入的模型。请从备份恢复，或重新训练模型。"};
constexpr Text kNewer{"{0} was written by a newer version of Lodestone (format {1}). Update this one.",
                      "{0} 由更新版本的 Lodestone 写成（格式 {1}）。请更新本程序。"};
constexpr Text kNotLoaded{"The model has no weights to save or predict with. Train or load it first.",
                          "该模型没有可用于保存或预测的权重。请先训练或加载。"};

constexpr std::pair<FillNumbers, const char*> kFills[] = {
    {FillNumbers::Zero, "zero"}, {FillNumbers::Median, "median"}, {FillNumbers::Mean, "mean"}};

Json planJson(const DatasetPlan& plan) {
  const char* filled = kFills[0].second;
  for (const auto& [value, name] : kFills)
    if (value == plan.features.fill_numbers) filled = name;
  return {{"target", plan.target},
          {"positive", plan.positive},
          {"exclude", plan.exclude},
          {"group", plan.group},
          {"test_fraction", plan.test_fraction},
          {"validation_fraction", plan.validation_fraction},
          {"drop_duplicates", plan.duplicates == Duplicates::Drop},
          {"fill_numbers", filled},
          {"max_levels", plan.features.max_levels},
          {"seed", plan.seed}};
}

DatasetPlan readPlan(JsonFields& fields) {
  DatasetPlan plan;
  plan.target = fields.text("target");
  plan.positive = fields.text("positive");
  plan.exclude = fields.texts("exclude");
  plan.group = fields.text("group");
  plan.test_fraction = fields.number("test_fraction");
  plan.validation_fraction = fields.number("validation_fraction");
  plan.duplicates = fields.flag("drop_duplicates") ? Duplicates::Drop : Duplicates::Keep;
  const std::string fill = fields.text("fill_numbers");
  bool known = false;
  for (const auto& [value, name] : kFills) {
    if (fill != name) continue;
    plan.features.fill_numbers = value;
    known = true;
  }
  if (!known) fields.reject("fill_numbers");
  plan.features.max_levels = static_cast<int>(fields.integer("max_levels"));
  plan.seed = fields.unsignedInteger("seed");
  return plan;
}

std::vector<TensorShape> shapesOf(const std::vector<Tensor>& tensors) {
  std::vector<TensorShape> shapes;
  for (const Tensor& tensor : tensors) shapes.push_back({tensor.name, tensor.shape});
  return shapes;
}

/// So that the new name survives a power cut.
void flushFolder(const fs::path& folder) {
  const int directory = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY);
  if (directory < 0) return;
  ::fsync(directory);
  ::close(directory);
}

/// What of model.json is not in TrainedModel.
struct Record {
  TrainedModel model;
  std::string weights_hash;
};

Result<ParameterValues> readParameters(const ModelType& type, const Json& json, JsonFields& fields) {
  std::map<std::string, std::string> given;
  for (const auto& [key, value] : json.items()) {
    if (value.is_string())
      given[key] = value.get<std::string>();
    else
      fields.reject("parameters");
  }
  return checkParameters(type.parameters, given, type.id);
}

Result<Record> readRecord(const std::string& text, const std::string& file) {
  auto json = parseJson(text, file);
  if (!json) return forward(json);
  JsonFields fields(*json);
  const auto bad = [&](const std::string& what) {
    return fail(ErrorCode::Corrupt, kBadRecord, {file, what}, {.file = file});
  };
  if (fields.text("format") != kFormat) return bad("format");
  const std::int64_t version = fields.integer("format_version");
  if (version > kFormatVersion)
    return fail(ErrorCode::NewerVersion, kNewer, {file, std::to_string(version)}, {.file = file});
  Record record;
  TrainedModel& model = record.model;
  model.type = fields.text("type");
  const auto type = modelType(model.type);
  if (!type) return bad("type");
  auto parameters = readParameters(**type, fields.object("parameters"), fields);
  if (!parameters) return bad("parameters");
  model.parameters = std::move(*parameters);
  JsonFields plan(fields.object("plan"));
  model.plan = readPlan(plan);
  auto encoder = FeatureEncoder::fromJson(fields.object("encoder"));
  if (!encoder) return bad("encoder");
  model.encoder = std::move(*encoder);
  model.metrics = fields.object("metrics");
  model.baseline = fields.object("baseline");
  model.card = fields.object("card");
  if (fields.text("schema_fingerprint") != model.encoder.fingerprint()) fields.reject("schema_fingerprint");
  JsonFields weights(fields.object("weights"));
  record.weights_hash = weights.text("sha256");
  if (!fields.problem().empty()) return bad(fields.problem());
  if (!plan.problem().empty()) return bad("plan." + plan.problem());
  if (!weights.problem().empty()) return bad("weights." + weights.problem());
  return record;
}

}  // namespace

Result<std::vector<float>> TrainedModel::predict(const Frame& frame, JobContext& job) const {
  if (fitted == nullptr) return fail(ErrorCode::InvalidArgument, kNotLoaded);
  JobContext encoding = job.part(0, 0.5);
  auto matrix = encoder.encode(frame, encoding);
  if (!matrix) return forward(matrix);
  JobContext scoring = job.part(0.5, 1);
  return fitted->predict(*matrix, scoring);
}

Result<std::string> TrainedModel::save(const fs::path& folder) const {
  if (fitted == nullptr) return fail(ErrorCode::InvalidArgument, kNotLoaded);
  std::error_code error;
  if (fs::exists(folder, error))
    return fail(ErrorCode::AlreadyExists, kExists, {folder.string()}, {.file = folder.string()});
  const std::string weights = writeSafetensors(
      {fitted->tensors(),
       {{"format", kFormat}, {"type", type}, {"schema_fingerprint", encoder.fingerprint()}}});
  const Json record = {{"format", kFormat},
                       {"format_version", kFormatVersion},
                       {"type", type},
                       {"parameters", parameters.all()},
                       {"plan", planJson(plan)},
                       {"encoder", encoder.toJson()},
                       {"metrics", metrics},
                       {"baseline", baseline},
                       {"card", card},
                       {"schema_fingerprint", encoder.fingerprint()},
                       {"weights", {{"file", kWeights}, {"sha256", sha256Hex(weights)}}}};
  const std::string text = dumpJson(record, 2) + "\n";

  // Made whole beside its place and then renamed: there is a model there, or nothing.
  const fs::path parent = folder.has_parent_path() ? folder.parent_path() : fs::path(".");
  if (auto ok = makeFolder(parent); !ok) return forward(ok);
  std::string beside = (parent / (folder.filename().string() + ".part-XXXXXX")).string();
  if (::mkdtemp(beside.data()) == nullptr)
    return fail(ErrorCode::Io, kCannotMake, {folder.string(), systemReason(errno)},
                {.file = folder.string()});
  Result<> done = writeFileAtomically(fs::path(beside) / kWeights, weights);
  if (done) done = writeFileAtomically(fs::path(beside) / kRecord, text);
  if (done) {
    fs::permissions(beside, fs::perms(0755), error);
    fs::rename(beside, folder, error);
    if (error)
      done = fail(ErrorCode::Io, kCannotMake, {folder.string(), systemReason(error.value())},
                  {.file = folder.string()});
    else
      flushFolder(parent);
  }
  if (!done) {
    fs::remove_all(beside, error);
    return forward(done);
  }
  return sha256Hex(weights + text);
}

Result<TrainedModel> TrainedModel::load(const fs::path& folder, const std::string& device) {
  const std::string record_file = (folder / kRecord).string();
  auto text = readFile(record_file);
  if (!text) return forward(text);
  auto record = readRecord(*text, record_file);
  if (!record) return forward(record);
  const std::string weights_file = (folder / kWeights).string();
  auto bytes = readFile(weights_file);
  if (!bytes) return forward(bytes);
  if (sha256Hex(*bytes) != record->weights_hash)
    return fail(ErrorCode::Corrupt, kOtherWeights, {weights_file}, {.file = weights_file});
  auto content = readSafetensors(*bytes, weights_file);
  if (!content) return forward(content);

  TrainedModel& model = record->model;
  const auto type = modelType(model.type);
  if (!type) return forward(type);
  const auto inputs = static_cast<std::int64_t>(model.encoder.featureNames().size());
  const auto shapes = (*type)->layout(model.parameters, inputs);
  if (!shapes || *shapes != shapesOf(content->tensors))
    return fail(ErrorCode::Corrupt, kWrongArrays, {weights_file, model.type, std::to_string(inputs)},
                {.file = weights_file});
  auto loaded = engine();
  if (!loaded) return forward(loaded);
  auto choice = chooseDevice(device, (*loaded)->devices());
  if (!choice) return forward(choice);
  auto fitted = (*loaded)->load(model.type, model.parameters, content->tensors, choice->id);
  if (!fitted) return forward(fitted);
  model.fitted = std::move(*fitted);
  return std::move(model);
}

}  // namespace lodestone::learn
