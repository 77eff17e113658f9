// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command_line.h"

#include <pwd.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <new>

#include "app/cli/run.h"
#include "app/cli/signal_stop.h"
#include "core/base/parameter.h"
#include "core/learn/engine.h"

namespace lodestone::cli {
namespace {

constexpr Text kProgram{
    "Lodestone, a campaign studio: the same engine as the window, for scripts and terminals.",
    "Lodestone 营销策略工作室：与图形界面相同的引擎，供脚本和终端使用。"};
constexpr Text kGeneral{"General options (before or after the verb)", "通用选项（可写在命令之前或之后）"};
constexpr Text kJson{"Answer with one JSON object a line", "每行输出一个 JSON 对象"};
constexpr Text kQuiet{"No progress and no notes", "不显示进度和提示"};
constexpr Text kLang{"Language of messages and reports; default: the system's",
                     "消息与报告的语言；默认与系统相同"};
constexpr Text kSeed{"Seed of everything random; default 42", "随机种子；默认 42"};
constexpr Text kThreads{"Threads of the database and of training; default: all",
                        "数据库与训练使用的线程数；默认全部"};
constexpr Text kDevice{"Where models train: auto, cpu, cuda or cuda:N; default auto",
                       "训练设备：auto、cpu、cuda 或 cuda:N；默认 auto"};
constexpr Text kHelp{"Show this help", "显示帮助"};
constexpr Text kVersion{"Show the version", "显示版本"};
constexpr Text kOptions{"Options", "选项"};
constexpr Text kArguments{"Arguments", "参数"};
constexpr Text kVerbs{"Verbs", "命令"};
constexpr Text kUsage{"Usage", "用法"};
constexpr Text kRequired{"(required)", "（必填）"};
constexpr Text kVerbWord{"VERB", "命令"};
constexpr Text kOptionsWord{"OPTIONS", "选项"};
constexpr Text kMoreHelp{"General options: lodestone-cli --help", "通用选项：lodestone-cli --help"};
constexpr Text kUnexpected{"'{0}' is not known here. '{1} --help' lists what is.",
                           "此处不认识“{0}”。请用“{1} --help”查看可用内容。"};
constexpr Text kMissing{"{0} is missing. '{1} --help' shows how to write it.",
                        "缺少 {0}。请用“{1} --help”查看写法。"};
constexpr Text kNoVerb{"A verb is missing. '{0} --help' lists them.",
                       "缺少命令。请用“{0} --help”查看所有命令。"};
constexpr Text kNotUnderstood{"The command is not understood: {0}. See '{1} --help'.",
                              "无法理解该命令：{0}。请见“{1} --help”。"};
constexpr Text kNotALanguage{"--lang takes en or zh_CN, not '{0}'.",
                             "--lang 只接受 en 或 zh_CN，而不是“{0}”。"};
constexpr Text kNotADevice{"--device takes auto, cpu, cuda or cuda:N, not '{0}'.",
                           "--device 只接受 auto、cpu、cuda 或 cuda:N，而不是“{0}”。"};
constexpr Text kNoMemory{"There is not enough memory for this. Close other programs or use less data.",
                         "内存不足。请关闭其他程序或减少数据量。"};
constexpr Text kUnforeseen{"Something unforeseen happened: {0}. Please report it.",
                           "发生了意外情况：{0}。请报告此问题。"};
constexpr Text kKeyValue{"'{0}' should read NAME=VALUE.", "“{0}”应写成 名称=值。"};
constexpr Text kKeyValueOption{"'{0}' should read NAME=VALUE", "“{0}”应写成 名称=值"};
constexpr Text kFileExists{"File {0} is there already. Give --replace, or another name.",
                           "文件 {0} 已存在。请使用 --replace 或换一个名称。"};

/// The states of runs, stages and trainings as programs know them.
constexpr std::pair<std::string_view, Text> kStates[] = {
    {"not_configured", {"not_configured", "未配置"}},
    {"ready", {"ready", "就绪"}},
    {"queued", {"queued", "排队中"}},
    {"running", {"running", "运行中"}},
    {"done", {"done", "完成"}},
    {"warning", {"warning", "有警告"}},
    {"waiting", {"waiting", "等待应用"}},
    {"failed", {"failed", "失败"}},
    {"stale", {"stale", "已过期"}},
    {"skipped", {"skipped", "已跳过"}},
    {"cancelled", {"cancelled", "已取消"}},
    {"interrupted", {"interrupted", "已中断"}},
};

bool isKeyAndValue(const std::string& text) {
  const std::size_t sign = text.find('=');
  return sign != std::string::npos && sign > 0;
}

std::optional<Language> languageFromWord(std::string_view word) {
  const std::string lower = lowerAscii(word);
  if (lower == "en" || lower.starts_with("en_") || lower.starts_with("en-")) return Language::English;
  if (lower == "zh" || lower.starts_with("zh_") || lower.starts_with("zh-")) return Language::Chinese;
  return std::nullopt;
}

Language systemLanguage() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (value != nullptr && *value != '\0')
      return std::string_view(value).starts_with("zh") ? Language::Chinese : Language::English;
  }
  return Language::English;
}

/// What must be known before anything is parsed: the language of the help, and how a usage error is told.
struct EarlyOptions {
  bool json = false;
  Language language = systemLanguage();
};

EarlyOptions readEarly(int argc, char** argv) {
  EarlyOptions early;
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word == "--") break;
    if (word == "--json") early.json = true;
    std::string_view language;
    if (word == "--lang" && i + 1 < argc) language = argv[i + 1];
    if (word.starts_with("--lang=")) language = word.substr(7);
    early.language = languageFromWord(language).value_or(early.language);
  }
  return early;
}

std::string commandPath(const CLI::App& app) {
  std::string path = "lodestone-cli";
  const CLI::App* at = &app;
  while (!at->get_subcommands().empty()) {
    at = at->get_subcommands().front();
    path += " " + at->get_name();
  }
  return path;
}

Error usageError(const CLI::ParseError& parse_error, const CLI::App& app) {
  const std::string path = commandPath(app);
  const std::string what = parse_error.what();
  if (dynamic_cast<const CLI::ExtrasError*>(&parse_error) != nullptr)
    return {ErrorCode::InvalidArgument, kUnexpected, {join(app.remaining(true), " "), path}};
  if (dynamic_cast<const CLI::RequiredError*>(&parse_error) != nullptr) {
    constexpr std::string_view kSuffix = " is required";
    if (what.find("ubcommand") != std::string::npos) {
      const std::string unknown = join(app.remaining(true), " ");
      if (unknown.empty()) return {ErrorCode::InvalidArgument, kNoVerb, {path}};
      return {ErrorCode::InvalidArgument, kUnexpected, {unknown, path}};
    }
    if (what.ends_with(kSuffix))
      return {ErrorCode::InvalidArgument, kMissing, {what.substr(0, what.size() - kSuffix.size()), path}};
  }
  return {ErrorCode::InvalidArgument, kNotUnderstood, {what, path}};
}

struct GeneralWords {
  GeneralOptions options;
  std::string language;
};

void addGeneralOptions(CommandLine& line, GeneralWords& words) {
  CLI::App& app = line.app();
  const std::string group = line.in(kGeneral);
  line.flag(app, "--json", words.options.json, kJson)->group(group);
  line.flag(app, "--quiet", words.options.quiet, kQuiet)->group(group);
  line.option(app, "--lang", words.language, kLang, "en|zh_CN")->group(group);
  line.option(app, "--seed", words.options.seed, kSeed, "N")->group(group);
  line.option(app, "--threads", words.options.threads, kThreads, "N")
      ->check(CLI::Range(0, 1024).description(""))
      ->type_name("N")
      ->group(group);
  line.option(app, "--device", words.options.device, kDevice, "NAME")->group(group);
  app.set_version_flag("--version", "lodestone-cli " LODESTONE_VERSION, line.in(kVersion))->group(group);
}

std::optional<Error> checkGeneral(GeneralWords& words) {
  if (!words.language.empty()) {
    const auto language = languageFromWord(words.language);
    if (!language) return Error{ErrorCode::InvalidArgument, kNotALanguage, {words.language}};
    words.options.language = *language;
  }
  const std::string& device = words.options.device;
  const bool numbered = device.starts_with("cuda:") && device.size() > 5 &&
                        device.find_first_not_of("0123456789", 5) == std::string::npos;
  if (device != "auto" && device != "cpu" && device != "cuda" && !numbered)
    return Error{ErrorCode::InvalidArgument, kNotADevice, {device}};
  return std::nullopt;
}

int usageFailure(const EarlyOptions& early, const Error& error) {
  const Output output(early.json ? OutputMode::Json : OutputMode::Human, early.language);
  output.failure(error);
  return kExitUsage;
}

int runChosen(const GeneralOptions& general, const Action& action) {
  const Output output(general.json ? OutputMode::Json : OutputMode::Human, general.language);
  ProgressDisplay progress(progressStyle(general.quiet), general.language);
  Result<int> status = kExitDone;
  {
    const SignalStop signals;
    JobContext job(
        signals.token(), nullptr, [&progress](const Progress& p) { progress.show(p); }, general.language);
    Invocation invocation{general, output, progress, job};
    try {
      status = action(invocation);
    } catch (const std::bad_alloc&) {
      status = fail(ErrorCode::OutOfMemory, kNoMemory);
    } catch (const std::exception& error) {
      status = fail(ErrorCode::Internal, kUnforeseen, {error.what()});
    }
  }
  progress.clear();
  if (!status) {
    output.failure(status.error());
    return exitStatus(status.error().code);
  }
  if (const auto written = output.finish(); !written) {
    output.failure(written.error());
    return kExitFailed;
  }
  return *status;
}

}  // namespace

Result<project::Project> Invocation::open(const std::string& folder) const {
  auto project = project::Project::open(folder);
  if (project) project->setDatabaseOptions(databaseOptions());
  return project;
}

Result<> Invocation::prepareEngine() const {
  if (general.threads == 0) return {};
  const auto engine = learn::engine(general.threads);
  if (!engine) return forward(engine);
  return {};
}

CommandLine::CommandLine(CLI::App& app, Language language) : app_(app), language_(language) {
  dress(app_);
  app_.description(in(kProgram));
  app_.require_subcommand(1);
  app_.fallthrough();
}

void CommandLine::dress(CLI::App& app) const {
  const auto formatter = std::make_shared<CLI::Formatter>();
  formatter->column_width(36);
  formatter->label("REQUIRED", in(kRequired));
  formatter->label("Positionals", in(kArguments));
  formatter->label("Usage", in(kUsage));
  formatter->label("OPTIONS", in(kOptionsWord));
  formatter->label("SUBCOMMAND", in(kVerbWord));
  formatter->label("SUBCOMMANDS", in(kVerbWord));
  app.formatter(formatter);
  app.option_defaults()->group(in(kOptions));
  app.set_help_flag("-h,--help", in(kHelp));
}

CLI::App& CommandLine::group(CLI::App& parent, const char* name, const Text& help) {
  CLI::App& app = *parent.add_subcommand(name, in(help));
  dress(app);
  app.group(in(kVerbs));
  app.require_subcommand(1);
  app.footer(in(kMoreHelp));
  return app;
}

CLI::App& CommandLine::verb(CLI::App& parent, const char* name, const Text& help, Action action) {
  CLI::App& app = *parent.add_subcommand(name, in(help));
  dress(app);
  app.group(in(kVerbs));
  app.footer(in(kMoreHelp));
  app.final_callback([this, &app, action = std::move(action)] {
    if (app.get_subcommands().empty()) chosen_ = action;  // a verb with verbs of its own leaves it to them
  });
  return app;
}

void oneOf(CLI::Option* option, const std::vector<std::string>& words) {
  option->check(CLI::IsMember(words).description(""))->type_name(join(words, "|"));
}

void mustBe(const CommandLine& line, CLI::Option* option, bool (*test)(const std::string&),
            const Text& text) {
  const std::string value_name = option->get_type_name();
  option
      ->check([test, text, language = line.language()](const std::string& value) {
        return test(value) ? std::string() : fill(text, language, {value});
      })
      ->type_name(value_name);
}

void keysAndValues(const CommandLine& line, CLI::Option* option) {
  mustBe(line, option, isKeyAndValue, kKeyValueOption);
}

std::string loginName() {
  const passwd* entry = getpwuid(getuid());
  if (entry != nullptr && entry->pw_name != nullptr && *entry->pw_name != '\0') return entry->pw_name;
  return std::to_string(getuid());
}

std::vector<std::string> splitLists(const std::vector<std::string>& values) {
  std::vector<std::string> names;
  for (const std::string& value : values)
    for (std::string& name : splitList(value)) names.push_back(std::move(name));
  return names;
}

Result<std::pair<std::string, std::string>> keyAndValue(const std::string& text) {
  if (!isKeyAndValue(text)) return fail(ErrorCode::InvalidArgument, kKeyValue, {text});
  const std::size_t sign = text.find('=');
  return std::pair{text.substr(0, sign), text.substr(sign + 1)};
}

Result<> mustBeNew(const std::string& file) {
  std::error_code error;
  if (!std::filesystem::exists(file, error)) return {};
  return fail(ErrorCode::AlreadyExists, kFileExists, {file}, {.file = file});
}

std::string stateWord(std::string_view state, Language language) {
  const auto* found = std::find_if(std::begin(kStates), std::end(kStates),
                                   [state](const auto& each) { return each.first == state; });
  return std::string(found == std::end(kStates) ? state : found->second.in(language));
}

std::string absolutePath(const std::filesystem::path& path) {
  std::error_code error;
  const auto absolute = std::filesystem::absolute(path, error);
  return (error ? path : absolute.lexically_normal()).string();
}

std::string figure(const Json& value, int decimals) {
  if (value.is_number_integer()) return formatGrouped(value.get<double>(), 0);
  if (value.is_number()) return formatGrouped(value.get<double>(), decimals);
  if (value.is_string()) return value.get<std::string>();
  return "–";
}

int runCommandLine(int argc, char** argv) {
  const EarlyOptions early = readEarly(argc, argv);
  CLI::App app;
  app.name("lodestone-cli");
  CommandLine line(app, early.language);
  GeneralWords words;
  words.options.language = early.language;
  addGeneralOptions(line, words);
  addDemoVerbs(line);
  addProjectVerbs(line);
  addDataVerbs(line);
  addPipelineVerbs(line);
  addModelVerbs(line);
  addCampaignVerbs(line);
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    const std::string help = app.help();
    std::fwrite(help.data(), 1, help.size(), stdout);
    return kExitDone;
  } catch (const CLI::CallForVersion&) {
    if (early.json)
      Output(OutputMode::Json, early.language).object({{"version", LODESTONE_VERSION}});
    else
      std::puts("lodestone-cli " LODESTONE_VERSION);
    return kExitDone;
  } catch (const CLI::ParseError& error) {
    return usageFailure(early, usageError(error, app));
  }
  if (const auto error = checkGeneral(words)) return usageFailure(early, *error);
  return runChosen(words.options, line.chosen());
}

}  // namespace lodestone::cli
