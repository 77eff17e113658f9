// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/safetensors.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <set>

#include "core/learn/json_fields.h"

namespace lodestone::learn {

static_assert(std::endian::native == std::endian::little, "the arrays are written as they stand in memory");

namespace {

constexpr std::uint64_t kLengthBytes = 8;
constexpr std::uint64_t kLongestHeader = 16UL << 20U;
constexpr const char* kMetadata = "__metadata__";

constexpr Text kNotWhole{
    "{0} is no whole .safetensors file: {1}. Take it from a backup, or train the model again.",
    "{0} 不是完整的 .safetensors 文件：{1}。请从备份恢复，或重新训练模型。"};

tl::unexpected<Error> corrupt(const std::string& file, const std::string& what) {
  return fail(ErrorCode::Corrupt, kNotWhole, {file, what}, {.file = file});
}

/// nlohmann-json keeps one of two members of the same name; here that is a lie to be found.
bool hasDoubleNames(std::string_view header) {
  std::vector<std::set<std::string>> names;
  bool twice = false;
  const auto look = [&](int /*depth*/, Json::parse_event_t event, Json& parsed) {
    if (event == Json::parse_event_t::object_start) names.emplace_back();
    if (event == Json::parse_event_t::object_end) names.pop_back();
    if (event == Json::parse_event_t::key) twice |= !names.back().insert(parsed.get<std::string>()).second;
    return true;
  };
  const Json ignored = Json::parse(header, look, false);
  return twice || ignored.is_discarded();
}

struct Entry {
  Tensor tensor;
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
};

/// False when the entry is not that of an F32 array within so many bytes of data.
bool readEntry(const std::string& name, const Json& json, std::uint64_t data_bytes, Entry& entry) {
  JsonFields fields(json);
  const Json& shape = fields.array("shape");
  const Json& offsets = fields.array("data_offsets");
  if (fields.text("dtype") != "F32" || !fields.problem().empty() || json.size() != 3 || offsets.size() != 2 ||
      !offsets[0].is_number_unsigned() || !offsets[1].is_number_unsigned())
    return false;
  entry.tensor.name = name;
  entry.begin = offsets[0].get<std::uint64_t>();
  entry.end = offsets[1].get<std::uint64_t>();
  std::uint64_t count = 1;
  for (const Json& extent : shape) {
    if (!extent.is_number_unsigned()) return false;
    const auto size = extent.get<std::uint64_t>();
    if (size > data_bytes || (size > 0 && count > data_bytes / size)) return false;
    count *= size;
    entry.tensor.shape.push_back(static_cast<std::int64_t>(size));
  }
  return entry.begin <= entry.end && entry.end <= data_bytes &&
         entry.end - entry.begin == count * sizeof(float);
}

Result<> readValues(std::vector<Entry>& entries, std::string_view data, const std::string& file) {
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
    return std::tie(a.begin, a.end) < std::tie(b.begin, b.end);
  });
  std::uint64_t end = 0;
  for (Entry& entry : entries) {
    if (entry.begin != end)
      return corrupt(file, "arrays overlap or leave a gap before \"" + entry.tensor.name + "\"");
    end = entry.end;
    entry.tensor.values.resize((entry.end - entry.begin) / sizeof(float));
    if (!entry.tensor.values.empty())
      std::memcpy(entry.tensor.values.data(), data.data() + entry.begin, entry.end - entry.begin);
    if (!std::all_of(entry.tensor.values.begin(), entry.tensor.values.end(),
                     [](float v) { return std::isfinite(v); }))
      return corrupt(file, "\"" + entry.tensor.name + "\" holds a value that is not finite");
  }
  if (end != data.size()) return corrupt(file, "bytes follow the last array");
  return {};
}

}  // namespace

std::string writeSafetensors(const Safetensors& content) {
  Json header = Json::object();
  if (!content.metadata.empty()) header[kMetadata] = content.metadata;
  std::uint64_t offset = 0;
  for (const Tensor& tensor : content.tensors) {
    const std::uint64_t end = offset + tensor.values.size() * sizeof(float);
    header[tensor.name] = {{"dtype", "F32"}, {"shape", tensor.shape}, {"data_offsets", {offset, end}}};
    offset = end;
  }
  std::string text = dumpJson(header);
  text.append((kLengthBytes - text.size() % kLengthBytes) % kLengthBytes,
              ' ');  // so that the arrays are aligned
  const std::uint64_t length = text.size();
  std::string bytes(kLengthBytes, '\0');
  std::memcpy(bytes.data(), &length, kLengthBytes);
  bytes += text;
  for (const Tensor& tensor : content.tensors)
    bytes.append(reinterpret_cast<const char*>(tensor.values.data()), tensor.values.size() * sizeof(float));
  return bytes;
}

Result<Safetensors> readSafetensors(std::string_view bytes, const std::string& file) {
  if (bytes.size() < kLengthBytes) return corrupt(file, "it is too short");
  std::uint64_t length = 0;
  std::memcpy(&length, bytes.data(), kLengthBytes);
  if (length > kLongestHeader || length > bytes.size() - kLengthBytes)
    return corrupt(file, "its header is said to be " + std::to_string(length) + " bytes long");
  const std::string_view text = bytes.substr(kLengthBytes, length);
  const std::string_view data = bytes.substr(kLengthBytes + length);
  auto header = parseJson(text, file);
  if (!header || !header->is_object()) return corrupt(file, "its header is no JSON object");
  if (hasDoubleNames(text)) return corrupt(file, "its header has a name twice");

  Safetensors content;
  std::vector<Entry> entries;
  for (const auto& [name, json] : header->items()) {
    if (name == kMetadata) {
      if (!json.is_object()) return corrupt(file, "its metadata is no JSON object");
      for (const auto& [key, value] : json.items()) {
        if (!value.is_string()) return corrupt(file, "its metadata holds more than texts");
        content.metadata[key] = value.get<std::string>();
      }
      continue;
    }
    Entry entry;
    if (!readEntry(name, json, data.size(), entry))
      return corrupt(file, "\"" + name + "\" is no F32 array that lies within the file");
    entries.push_back(std::move(entry));
  }
  if (auto ok = readValues(entries, data, file); !ok) return forward(ok);
  for (Entry& entry : entries) content.tensors.push_back(std::move(entry.tensor));
  return content;
}

}  // namespace lodestone::learn
