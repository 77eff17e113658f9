// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <memory>

#include "app/cli/command_line.h"
#include "core/base/parameter.h"
#include "core/base/time.h"
#include "core/learn/engine.h"
#include "core/learn/model_type.h"
#include "core/pipeline/model_workflow.h"

namespace lodestone::cli {
namespace {

constexpr Text kGroup{"Train, use and compare models", "训练、使用和比较模型"};
constexpr Text kTypes{"Kinds of models with their parameters", "模型类型及参数"};
constexpr Text kTrain{"Train a model on a table; a baseline trains beside it",
                      "在表上训练模型，并同时训练基线模型"};
constexpr Text kPredict{"Score the rows of a table", "为表中的行打分"};
constexpr Text kEvaluate{"How good a model is on another table", "评估模型在另一张表上的表现"};
constexpr Text kList{"The models of a project", "项目中的模型"};
constexpr Text kShow{"Everything about one model", "模型的全部信息"};
constexpr Text kFolder{"Folder of the project", "项目文件夹"};
constexpr Text kModelArgument{"Id of the model", "模型编号"};
constexpr Text kModelOption{"Kind of model; 'model types' lists them", "模型类型；用 model types 查看"};
constexpr Text kTableOption{"Table to learn from", "用于学习的表"};
constexpr Text kScoreTable{"Table whose rows are scored", "要打分的表"};
constexpr Text kTarget{"Column to predict", "要预测的列"};
constexpr Text kPositive{"The value that counts as yes; default: the greater of two",
                         "正类的取值；默认取两个值中较大者"};
constexpr Text kExclude{
    "Columns that are no features, separated by commas; a name with a comma in double quotes",
    "不作为特征的列，用逗号分隔；含逗号的列名用双引号括起"};
constexpr Text kGroupColumn{"All rows with one value of this column stay on one side of the split",
                            "该列取值相同的行在划分时始终处于同一侧"};
constexpr Text kTestTable{"Table whose rows are the test rows", "作为测试集的表"};
constexpr Text kTestFraction{"Share of rows kept for the test; default 0.2", "测试集所占比例；默认 0.2"};
constexpr Text kParam{"A parameter of the model: name=value (repeatable)", "模型参数：名称=值（可重复）"};
constexpr Text kGrid{"Values to try, chosen on validation rows: name=v1,v2 (repeatable)",
                     "要尝试的取值，在验证集上选择：名称=v1,v2（可重复）"};
constexpr Text kFolds{"Cross-validation over the training rows with K folds", "在训练集上做 K 折交叉验证"};
constexpr Text kOut{"A new table, or a file that ends in .csv", "新表名，或以 .csv 结尾的文件"};
constexpr Text kReplace{"Replace an existing table or file", "替换已有的表或文件"};

constexpr Text kFraction{"a number between 0 and 1, and neither of them, is taken, not '{0}'",
                         "只接受大于 0 且小于 1 的数，而不是“{0}”"};
constexpr Text kExists{"Table {0} is there already. Give --replace, or another name.",
                       "表 {0} 已存在。请使用 --replace 或换一个名称。"};
constexpr Text kTrained{"Model {0} ({1}) trained in {2} s on {3}.",
                        "模型 {0}（{1}）训练完成，用时 {2} 秒，设备 {3}。"};
constexpr Text kFigure{"Figure", "指标"};
constexpr Text kTrainPart{"Training", "训练集"};
constexpr Text kValidationPart{"Validation", "验证集"};
constexpr Text kTestPart{"Test", "测试集"};
constexpr Text kBaselinePart{"Baseline, test", "基线（测试集）"};
constexpr Text kScored{"{0} rows scored in {1} s: {2}", "已为 {0} 行打分，用时 {1} 秒：{2}"};
constexpr Text kModel{"Model", "模型"};
constexpr Text kType{"Kind", "类型"};
constexpr Text kTable{"Table", "表"};
constexpr Text kTargetTitle{"Target", "目标列"};
constexpr Text kState{"State", "状态"};
constexpr Text kMade{"Made", "创建时间"};
constexpr Text kNothing{"No models yet.", "还没有模型。"};
constexpr Text kParameter{"Parameter", "参数"};
constexpr Text kDefault{"Default", "默认值"};
constexpr Text kMeaning{"Meaning", "含义"};
constexpr Text kEpochs{"{0} epochs.", "共 {0} 轮训练。"};

constexpr auto kRight = TableColumn::Align::Right;

struct ModelArguments {
  std::string folder;
  std::string model;
  std::string type;
  std::string table;
  std::string target;
  std::string positive;
  std::string exclude;
  std::string group;
  std::string test_table;
  double test_fraction = 0.2;
  std::vector<std::string> parameters;
  std::vector<std::string> grid;
  int folds = 0;
  std::string out;
  bool replace = false;
};

Result<int> types(Invocation& run) {
  const Output& out = run.output;
  Json list = Json::array();
  for (const learn::ModelType& type : learn::modelTypes()) {
    Json parameters = Json::array();
    std::vector<std::vector<std::string>> rows;
    for (const Parameter& parameter : type.parameters) {
      parameters.push_back(toJson(parameter));
      rows.push_back({parameter.id, parameter.default_value, out.in(parameter.title)});
    }
    list.push_back({{"id", type.id},
                    {"title", toJson(type.title)},
                    {"help", toJson(type.help)},
                    {"task", type.task},
                    {"baseline", type.baseline},
                    {"parameters", parameters}});
    out.plain(type.id + " – " + out.in(type.title) + "\n" + out.in(type.help));
    if (!rows.empty()) out.table({{out.in(kParameter)}, {out.in(kDefault)}, {out.in(kMeaning)}}, rows);
    out.plain("");
  }
  out.object({{"types", list}});
  return kExitDone;
}

Result<pipeline::TrainRequest> trainRequest(const ModelArguments& arguments, const Invocation& run) {
  pipeline::TrainRequest request;
  request.table = {arguments.table};
  if (!arguments.test_table.empty()) request.test = data::TableName{arguments.test_table};
  request.dataset.target = arguments.target;
  request.dataset.positive = arguments.positive;
  request.dataset.exclude = splitList(arguments.exclude);
  request.dataset.group = arguments.group;
  request.dataset.test_fraction = arguments.test_fraction;
  request.dataset.seed = run.general.seedOrDefault();
  request.model.type = arguments.type;
  request.model.device = run.general.device;
  request.model.cross_validation = arguments.folds;
  for (const std::string& word : arguments.parameters) {
    auto pair = keyAndValue(word);
    if (!pair) return forward(pair);
    request.model.parameters[pair->first] = pair->second;
  }
  for (const std::string& word : arguments.grid) {
    const auto pair = keyAndValue(word);
    if (!pair) return forward(pair);
    request.model.grid.push_back({pair->first, splitList(pair->second)});
  }
  return request;
}

bool isFraction(const std::string& text) {
  double value = 0;
  return parseNumber(text, value) && value > 0 && value < 1;
}

Json at(const Json& json, const char* key) {
  return json.is_object() && json.contains(key) ? json.at(key) : Json(nullptr);
}

void showMetrics(const Output& out, const Json& metrics, const Json& baseline) {
  std::vector<std::vector<std::string>> rows;
  for (const char* name : {"accuracy", "precision", "recall", "f1", "roc_auc", "pr_auc", "log_loss", "brier"})
    rows.push_back({name, figure(at(at(metrics, "train"), name)), figure(at(at(metrics, "validation"), name)),
                    figure(at(at(metrics, "test"), name)),
                    figure(at(at(at(baseline, "metrics"), "test"), name))});
  out.table({{out.in(kFigure)},
             {out.in(kTrainPart), kRight},
             {out.in(kValidationPart), kRight},
             {out.in(kTestPart), kRight},
             {out.in(kBaselinePart), kRight}},
            rows);
}

Json gridJson(const std::vector<learn::GridPoint>& grid) {
  Json list = Json::array();
  for (const auto& point : grid)
    list.push_back({{"parameters", point.parameters}, {"validation", learn::toJson(point.validation)}});
  return list;
}

/// Says aloud that a model was trained elsewhere than asked for.
void noteDevice(const Json& card, Invocation& run) {
  const Json note = at(at(card, "device_note"), languageCode(run.output.language()).data());
  if (note.is_string()) run.progress.note(note.get<std::string>());
}

Result<int> train(const ModelArguments& arguments, Invocation& run) {
  const auto request = trainRequest(arguments, run);
  if (!request) return forward(request);
  if (const auto known = learn::modelType(request->model.type); !known) return forward(known);
  auto project = run.open(arguments.folder);
  if (!project) return forward(project);
  if (const auto ready = run.prepareEngine(); !ready) return forward(ready);
  const auto report = pipeline::trainOnTable(*project, *request, run.job);
  if (!report) return forward(report);
  run.progress.clear();
  noteDevice(report->record.card, run);
  const learn::Training& training = report->training;
  Json epochs = Json::array();
  for (const learn::Epoch& epoch : training.epochs) epochs.push_back(learn::toJson(epoch));
  Json answer = {{"model", report->record.id},          {"type", report->record.type},
                 {"metrics", report->record.metrics},   {"baseline", report->record.baseline},
                 {"card", report->record.card},         {"epochs", epochs},
                 {"seconds", number(training.seconds)}, {"train_seconds", number(training.train_seconds)}};
  if (!training.grid.empty()) answer["grid"] = gridJson(training.grid);
  if (!training.cross_validation.is_null()) answer["cross_validation"] = training.cross_validation;
  run.output.object(answer);
  run.output.line(kTrained, {report->record.id, report->record.type, formatGrouped(training.seconds, 1),
                             figure(at(report->record.card, "device"))});
  showMetrics(run.output, report->record.metrics, report->record.baseline);
  return kExitDone;
}

/// The same for a model that scored.
Result<> noteScoringDevice(Invocation& run) {
  const auto engine = learn::engine(run.general.threads);
  if (!engine) return forward(engine);
  const auto device = learn::chooseDevice(run.general.device, (*engine)->devices());
  if (!device) return forward(device);
  if (device->fallback) run.progress.note(run.output.in(*device->fallback, device->args));
  return {};
}

Result<std::int64_t> predictToTable(project::Project& project, const ModelArguments& arguments,
                                    Invocation& run) {
  const auto database = project.tables();
  if (!database) return forward(database);
  const auto there = (*database)->has({arguments.out});
  if (!there) return forward(there);
  if (*there && !arguments.replace)
    return fail(ErrorCode::AlreadyExists, kExists, {arguments.out}, {.table = arguments.out});
  return pipeline::predictTable(project, arguments.model, {arguments.table}, {arguments.out},
                                run.general.device, run.job);
}

Result<int> predict(const ModelArguments& arguments, Invocation& run) {
  const Stopwatch watch;
  const bool to_file = lowerAscii(arguments.out).ends_with(".csv");
  if (to_file && !arguments.replace)
    if (const auto is_new = mustBeNew(arguments.out); !is_new) return forward(is_new);
  auto project = run.open(arguments.folder);
  if (!project) return forward(project);
  if (const auto ready = run.prepareEngine(); !ready) return forward(ready);
  const auto rows = to_file ? pipeline::predictToCsv(*project, arguments.model, {arguments.table},
                                                     arguments.out, run.general.device, run.job)
                            : predictToTable(*project, arguments, run);
  if (!rows) return forward(rows);
  run.progress.clear();
  if (const auto noted = noteScoringDevice(run); !noted) return forward(noted);
  const std::string out = to_file ? absolutePath(arguments.out) : arguments.out;
  run.output.object({{"model", arguments.model},
                     {to_file ? "file" : "table", out},
                     {"rows", *rows},
                     {"seconds", number(watch.seconds())}});
  run.output.line(kScored,
                  {formatGrouped(static_cast<double>(*rows), 0), formatGrouped(watch.seconds(), 1), out});
  return kExitDone;
}

Result<int> evaluate(const ModelArguments& arguments, Invocation& run) {
  auto project = run.open(arguments.folder);
  if (!project) return forward(project);
  if (const auto ready = run.prepareEngine(); !ready) return forward(ready);
  const auto metrics =
      pipeline::evaluateOnTable(*project, arguments.model, {arguments.table}, run.general.device, run.job);
  if (!metrics) return forward(metrics);
  run.progress.clear();
  if (const auto noted = noteScoringDevice(run); !noted) return forward(noted);
  const Json json = learn::toJson(*metrics);
  run.output.object({{"model", arguments.model}, {"table", arguments.table}, {"metrics", json}});
  std::vector<std::vector<std::string>> rows;
  for (const auto& [name, value] : json.items()) rows.push_back({name, figure(value)});
  run.output.table({{run.output.in(kFigure)}, {arguments.table, kRight}}, rows);
  return kExitDone;
}

Json recordJson(const project::ModelRecord& record) {
  return {{"model", record.id},
          {"type", record.type},
          {"task", record.task},
          {"table", record.table},
          {"target", record.target},
          {"state", project::trainingStateName(record.state)},
          {"created_at", record.created_at},
          {"metrics", record.metrics}};
}

Result<int> list(const ModelArguments& arguments, Invocation& run) {
  auto project = run.open(arguments.folder);
  if (!project) return forward(project);
  const auto records = project->models().list();
  if (!records) return forward(records);
  Json objects = Json::array();
  std::vector<std::vector<std::string>> rows;
  for (const auto& record : *records) {
    objects.push_back(recordJson(record));
    rows.push_back({record.id, record.type, record.table, record.target,
                    stateWord(project::trainingStateName(record.state), run.output.language()),
                    figure(at(at(record.metrics, "test"), "roc_auc")), record.created_at});
  }
  const Output& out = run.output;
  out.object({{"models", objects}});
  if (rows.empty())
    out.line(kNothing);
  else
    out.table({{out.in(kModel)},
               {out.in(kType)},
               {out.in(kTable)},
               {out.in(kTargetTitle)},
               {out.in(kState)},
               {"roc_auc", kRight},
               {out.in(kMade)}},
              rows);
  return kExitDone;
}

Result<int> show(const ModelArguments& arguments, Invocation& run) {
  auto project = run.open(arguments.folder);
  if (!project) return forward(project);
  const auto record = project->models().get(arguments.model);
  if (!record) return forward(record);
  const auto epochs = project->models().epochs(arguments.model);
  if (!epochs) return forward(epochs);
  Json answer = recordJson(*record);
  answer["parameters"] = record->parameters;
  answer["baseline"] = record->baseline;
  answer["card"] = record->card;
  answer["epochs"] = *epochs;
  answer["file_hash"] = record->file_hash;
  const Output& out = run.output;
  out.object(answer);
  std::vector<std::vector<std::string>> rows;
  for (const char* key : {"model", "type", "table", "target", "state", "created_at"}) {
    const auto value = answer[key].get<std::string>();
    rows.push_back({key, std::string_view(key) == "state" ? stateWord(value, out.language()) : value});
  }
  if (record->parameters.is_object())
    for (const auto& [key, value] : record->parameters.items())
      rows.push_back({key, value.is_string() ? value.get<std::string>() : dumpJson(value)});
  out.table({{out.in(kModel)}, {record->id}}, rows);
  out.plain("");
  showMetrics(out, record->metrics, record->baseline);
  out.line(kEpochs, {std::to_string(epochs->size())});
  return kExitDone;
}

void addTrain(CommandLine& line, CLI::App& group, const std::shared_ptr<ModelArguments>& arguments) {
  CLI::App& training =
      line.verb(group, "train", kTrain, [arguments](Invocation& run) { return train(*arguments, run); });
  line.argument(training, "DIR", arguments->folder, kFolder);
  line.option(training, "--model", arguments->type, kModelOption, "TYPE")->required();
  line.option(training, "--table", arguments->table, kTableOption, "T")->required();
  line.option(training, "--target", arguments->target, kTarget, "COL")->required();
  line.option(training, "--positive", arguments->positive, kPositive, "V");
  line.option(training, "--exclude", arguments->exclude, kExclude, "C,...");
  line.option(training, "--group", arguments->group, kGroupColumn, "COL");
  CLI::Option* table = line.option(training, "--test-table", arguments->test_table, kTestTable, "T2");
  CLI::Option* fraction =
      line.option(training, "--test-fraction", arguments->test_fraction, kTestFraction, "F")->excludes(table);
  mustBe(line, fraction, isFraction, kFraction);
  keysAndValues(line, line.option(training, "--param", arguments->parameters, kParam, "k=v"));
  keysAndValues(line, line.option(training, "--grid", arguments->grid, kGrid, "k=v1,v2"));
  line.option(training, "--cv", arguments->folds, kFolds, "K")
      ->check(CLI::Range(2, 50).description(""))
      ->type_name("K");
}

}  // namespace

void addModelVerbs(CommandLine& line) {
  CLI::App& group = line.group(line.app(), "model", kGroup);
  const auto arguments = std::make_shared<ModelArguments>();
  const auto verb = [&](const char* name, const Text& help,
                        Result<int> (*action)(const ModelArguments&, Invocation&)) -> CLI::App& {
    CLI::App& added = line.verb(group, name, help,
                                [arguments, action](Invocation& run) { return action(*arguments, run); });
    line.argument(added, "DIR", arguments->folder, kFolder);
    return added;
  };
  line.verb(group, "types", kTypes, [](Invocation& run) { return types(run); });
  addTrain(line, group, arguments);
  CLI::App& predicting = verb("predict", kPredict, predict);
  line.argument(predicting, "MODEL", arguments->model, kModelArgument);
  line.option(predicting, "--table", arguments->table, kScoreTable, "T")->required();
  line.option(predicting, "--out", arguments->out, kOut, "TABLE|F.csv")->required();
  line.flag(predicting, "--replace", arguments->replace, kReplace);
  CLI::App& evaluating = verb("evaluate", kEvaluate, evaluate);
  line.argument(evaluating, "MODEL", arguments->model, kModelArgument);
  line.option(evaluating, "--table", arguments->table, kScoreTable, "T")->required();
  verb("list", kList, list);
  line.argument(verb("show", kShow, show), "MODEL", arguments->model, kModelArgument);
}

}  // namespace lodestone::cli
