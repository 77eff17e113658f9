// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/base/text.h"
#include "core/data/import.h"

namespace lodestone::data {

namespace {

constexpr Text kUnknownKey{"'{0}' is no option of an import. There are {1}.",
                           "“{0}”不是导入选项。可用：{1}。"};
constexpr Text kBadValue{"Option {0} of an import cannot be {1}.", "导入选项 {0} 的值不能是 {1}。"};
constexpr Text kNoObject{"The options of an import are a JSON object.", "导入选项须为 JSON 对象。"};

const std::vector<std::string>& keys() {
  static const std::vector<std::string> kKeys{"format",      "encoding",     "delimiter",    "quote",
                                              "escape",      "header",       "header_lines", "skip_lines",
                                              "decimal",     "null_words",   "column_types", "all_text",
                                              "on_bad_rows", "source_table", "query",        "file_column"};
  return kKeys;
}

Json character(const std::optional<char>& value) {
  return *value == '\0' ? std::string() : std::string(1, *value);
}

/// Throws what JSON throws when a value is of another type, and std::string for a value that cannot be.
void take(const std::string& key, const Json& value, ImportOptions& options) {
  const auto oneCharacter = [&] {
    const auto text = value.get<std::string>();
    if (text.size() > 1) throw key;
    return text.empty() ? '\0' : text.front();
  };
  if (key == "format") options.format = value.get<std::string>();
  if (key == "encoding") options.encoding = value.get<std::string>();
  if (key == "delimiter") options.delimiter = value.get<std::string>();
  if (key == "quote") options.quote = oneCharacter();
  if (key == "escape") options.escape = oneCharacter();
  if (key == "header") options.header = value.get<bool>() ? Header::Yes : Header::No;
  if (key == "header_lines") options.header_lines = value.get<std::int64_t>();
  if (key == "skip_lines") options.skip_lines = value.get<std::int64_t>();
  if (key == "decimal") options.decimal = oneCharacter();
  if (key == "null_words") options.null_words = value.get<std::vector<std::string>>();
  if (key == "column_types") options.column_types = value.get<std::map<std::string, std::string>>();
  if (key == "all_text") options.types = value.get<bool>() ? Types::AllText : Types::Detect;
  if (key == "on_bad_rows") {
    const auto word = value.get<std::string>();
    if (word != "reject" && word != "fail") throw key;
    options.on_bad_rows = word == "fail" ? OnBadRows::Fail : OnBadRows::Reject;
  }
  if (key == "source_table") options.source_table = value.get<std::string>();
  if (key == "query") options.query = value.get<std::string>();
  if (key == "file_column") options.file_column = value.get<std::string>();
}

}  // namespace

Json toJson(const ImportOptions& options) {
  Json json = Json::object();
  if (!options.format.empty()) json["format"] = options.format;
  if (options.encoding) json["encoding"] = *options.encoding;
  if (options.delimiter) json["delimiter"] = *options.delimiter;
  if (options.quote) json["quote"] = character(options.quote);
  if (options.escape) json["escape"] = character(options.escape);
  if (options.header != Header::Auto) json["header"] = options.header == Header::Yes;
  if (options.header_lines) json["header_lines"] = *options.header_lines;
  if (options.skip_lines) json["skip_lines"] = *options.skip_lines;
  if (options.decimal) json["decimal"] = character(options.decimal);
  if (options.null_words) json["null_words"] = *options.null_words;
  if (!options.column_types.empty()) json["column_types"] = options.column_types;
  json["all_text"] = options.types == Types::AllText;
  json["on_bad_rows"] = options.on_bad_rows == OnBadRows::Reject ? "reject" : "fail";
  if (!options.source_table.empty()) json["source_table"] = options.source_table;
  if (!options.query.empty()) json["query"] = options.query;
  if (!options.file_column.empty()) json["file_column"] = options.file_column;
  return json;
}

Result<ImportOptions> importOptionsFrom(const Json& json) {
  if (!json.is_object()) return fail(ErrorCode::InvalidArgument, kNoObject);
  ImportOptions options;
  for (const auto& [key, value] : json.items()) {
    if (std::find(keys().begin(), keys().end(), key) == keys().end())
      return fail(ErrorCode::InvalidArgument, kUnknownKey,
                  {shorten(toValidUtf8(key), 80), join(keys(), ", ")}, {.item = key});
    try {
      take(key, value, options);
    } catch (const std::string&) {
      return fail(ErrorCode::InvalidArgument, kBadValue, {key, shorten(dumpJson(value), 80)}, {.item = key});
    } catch (const Json::exception&) {
      return fail(ErrorCode::InvalidArgument, kBadValue, {key, shorten(dumpJson(value), 80)}, {.item = key});
    }
  }
  return options;
}

Json toJson(const Skipped& skipped) {
  Json json{{"kind", skipped.kind}, {"lines", skipped.lines}};
  if (!skipped.names.empty()) json["names"] = skipped.names;
  return json;
}

Json toJson(const Detected& detected) {
  return Json{{"format", detected.format},
              {"encoding", detected.encoding},
              {"delimiter", detected.delimiter},
              {"quote", detected.quote},
              {"escape", detected.escape},
              {"header", detected.header},
              {"header_lines", detected.header_lines},
              {"preamble_lines", detected.preamble_lines},
              {"footnote_lines", detected.footnote_lines},
              {"decimal", detected.decimal},
              {"null_words", detected.null_words},
              {"source_table", detected.source_table},
              {"source_tables", detected.source_tables}};
}

}  // namespace lodestone::data
