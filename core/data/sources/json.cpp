// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/base/text.h"
#include "core/data/sources/json_records.h"
#include "core/data/sources/record_lines.h"
#include "core/data/sources/table_choice.h"
#include "core/data/text_file.h"
#include "core/data/working_copy.h"

namespace lodestone::data {

namespace {

constexpr Text kBroken{"{0} is no valid JSON: {2} (line {1}). Mend the file and import it again.",
                       "{0} 不是有效的 JSON：{2}（第 {1} 行）。请修正文件后重新导入。"};
constexpr Text kBadElement{
    "{0}: the record that begins in line {1} cannot be read: {2}. Mend the file and import it again.",
    "{0}：从第 {1} 行开始的记录无法读取：{2}。请修正文件后重新导入。"};
constexpr Text kNoRecord{"{0} has no record that can be read{1}. Check that it is the file you mean.",
                         "{0} 中没有可读取的记录{1}。请检查文件是否正确。"};
constexpr Text kSorting{"Looking through {0}", "正在浏览 {0}"};

constexpr std::int64_t kPreviewRecords = 2000;
constexpr std::size_t kPreviewRows = 20;
constexpr std::size_t kLongestReject = 4000;

enum class Shape { Lines, Whole };

/// One record a line: at least half of the first lines, and at least two, are objects by themselves.
Shape shapeOf(const TextFile& file) {
  constexpr int kLooked = 20;
  int lines = 0;
  int objects = 0;
  std::string_view head = file.head();
  while (!head.empty() && lines < kLooked) {
    const std::size_t end = std::min(head.find('\n'), head.size());
    const std::string_view line = trim(head.substr(0, end));
    head.remove_prefix(std::min(end + 1, head.size()));
    if (line.empty()) continue;
    ++lines;
    objects += line.front() == '{' && Json::accept(line) ? 1 : 0;
  }
  return objects >= 2 && 2 * objects >= lines ? Shape::Lines : Shape::Whole;
}

/// Does DuckDB's reader say that there are bytes that are no UTF-8?
bool isAboutUnicode(const Error& error) {
  return error.code == ErrorCode::InvalidArgument &&
         std::any_of(error.args.begin(), error.args.end(), [](const std::string& text) {
           return text.find("Invalid unicode") != std::string::npos;
         });
}

class JsonSource : public Source {
 public:
  /// cut: the file goes on behind its end.
  JsonSource(TextFile file, ImportOptions options, Shape shape, bool cut)
      : file_(std::move(file)), options_(std::move(options)), shape_(shape), cut_(cut) {}

  Result<ImportPreview> preview(JobContext& job) override {
    auto memory = Database::openInMemory({.threads = 1});
    if (!memory) return forward(memory);
    auto session = Session::open(*memory);
    if (!session) return forward(session);
    auto records = loadInto(*session, {"preview"}, kPreviewRecords, job);
    if (!records) return forward(records);
    auto rows = session->rows("SELECT * FROM preview LIMIT " + std::to_string(kPreviewRows), job);
    if (!rows) return forward(rows);
    return ImportPreview{
        .detected = detected(), .columns = records->columns, .sample = std::move(rows->rows)};
  }

  Result<Loaded> load(ImportTarget& target, JobContext& job) override {
    auto records = loadInto(target.session(), target.table(), 0, job);
    if (!records) return forward(records);
    Loaded loaded{.rows = records->rows, .columns = records->columns};
    loaded.rejected = records->bad;
    loaded.notices = std::move(records->notices);
    for (BadRecord& bad : records->kept) {
      const std::int64_t line = shape_ == Shape::Lines ? bad.number : lineOf(bad.number, job);
      loaded.kept.push_back({file_.file().string(), line, bad.column,
                             shorten(toValidUtf8(bad.text), kLongestReject), bad.reason});
    }
    if (shape_ == Shape::Lines) {
      auto blank = file_.countBlankLines('\0', true, job);
      if (!blank) return forward(blank);
      if (*blank > 0) loaded.skipped.push_back({"blank", *blank});
    }
    loaded.detected = detected();
    return loaded;
  }

 private:
  Result<LoadedRecords> loadInto(Session& session, const TableName& table, std::int64_t most,
                                 JobContext& job) {
    auto lines = shape_ == Shape::Lines ? ownLines(job) : copiedLines(most, job);
    if (!lines) return forward(lines);
    lines->most = most;
    auto records = loadRecords(session, table, *lines, options_, job);
    if (!records && isAboutUnicode(records.error())) return tl::unexpected<Error>(file_.notUtf8(job));
    if (!records) return records;
    if (auto good = mustBeRecords(*records, job); !good) return forward(good);
    return records;
  }

  /// A line that is no record is rejected; in an array it shows that the file is broken.
  Result<> mustBeRecords(const LoadedRecords& records, JobContext& job) {
    const std::string name = file_.file().string();
    if (shape_ == Shape::Whole)
      for (const BadRecord& bad : records.kept) {
        if (!bad.column.empty()) continue;
        const std::int64_t line = lineOf(bad.number, job);
        return fail(ErrorCode::InvalidArgument, kBadElement, {name, std::to_string(line), bad.reason},
                    {.file = name, .line = line});
      }
    if (records.rows > 0 || (records.bad > 0 && !records.kept.front().column.empty())) return {};
    const std::string why = records.bad > 0 ? " (" + records.kept.front().reason + ")" : "";
    return fail(ErrorCode::InvalidArgument, kNoRecord, {name, why}, {.file = name});
  }

  /// Carriage returns are never part of a record. DuckDB's reader takes a mix of line ends for more lines
  /// than there are: a file with any is read from a copy without.
  Result<RecordLines> ownLines(JobContext& job) {
    std::int64_t longest = 0;
    std::int64_t line = 0;
    bool returns = false;
    auto looked = file_.scan(job, [&](std::string_view bytes) {
      returns = returns || bytes.find('\r') != std::string_view::npos;
      while (!bytes.empty()) {
        const std::size_t end = std::min(bytes.find('\n'), bytes.size());
        line += static_cast<std::int64_t>(end);
        longest = std::max(longest, line);
        if (end < bytes.size()) line = 0;
        bytes.remove_prefix(std::min(end + 1, bytes.size()));
      }
      return true;
    });
    if (!looked) return forward(looked);
    if (!returns) return RecordLines{file_.readablePath(), file_.file().string(), longest};
    auto copy = WorkingCopy::make(file_.file().string());
    if (!copy) return forward(copy);
    std::string out;
    bool after_return = false;
    Result<> wrote;
    auto copied = file_.scan(job, [&](std::string_view bytes) {
      out.clear();
      for (const char c : bytes) {
        if (c != '\n' || !after_return) out += c == '\r' ? '\n' : c;
        after_return = c == '\r';
      }
      wrote = copy->write(out);
      return wrote.has_value();
    });
    if (!copied) return forward(copied);
    if (!wrote) return forward(wrote);
    copy_.emplace(std::move(*copy));
    return RecordLines{copy_->path(), file_.file().string(), longest};
  }

  /// The records of an array, one a line, in a working copy.
  Result<RecordLines> copiedLines(std::int64_t most, JobContext& job) {
    if (auto chosen = chooseMember(job); !chosen) return forward(chosen);
    auto copy = WorkingCopy::make(file_.file().string());
    if (!copy) return forward(copy);
    std::int64_t longest = 0;
    std::int64_t count = 0;
    std::string block;
    Result<> wrote;
    JsonRecords records(member_, [&](std::string_view record, std::int64_t) {
      longest = std::max(longest, static_cast<std::int64_t>(record.size()));
      block.append(record) += '\n';
      if (block.size() > (std::size_t{1} << 20U)) {
        wrote = copy->write(block);
        block.clear();
      }
      return wrote.has_value() && ++count != most;
    });
    if (auto walked = walk(records, job); !walked) return forward(walked);
    if (wrote) wrote = copy->write(block);
    if (!wrote) return forward(wrote);
    if (count != most || most == 0)
      if (auto whole = mustBeWhole(records); !whole) return forward(whole);
    copy_.emplace(std::move(*copy));
    return RecordLines{copy_->path(), file_.file().string(), longest};
  }

  Result<> walk(JsonRecords& records, JobContext& job) const {
    std::int64_t done = 0;
    return file_.scan(job, [&](std::string_view bytes) {
      if (done == 0) bytes.remove_prefix(static_cast<std::size_t>(file_.markLength()));
      done += static_cast<std::int64_t>(bytes.size());
      job.report(static_cast<double>(done) / static_cast<double>(file_.size()), kSorting,
                 {file_.file().filename().string()});
      return records.feed(bytes);
    });
  }

  Result<> mustBeWhole(const JsonRecords& records) const {
    const std::string problem = records.problem();
    if (problem.empty() || cut_) return {};
    return fail(ErrorCode::InvalidArgument, kBroken,
                {file_.file().string(), std::to_string(records.line()), problem},
                {.file = file_.file().string(), .line = records.line()});
  }

  /// In an object: which of its arrays of objects is the table. None: the object itself is the one record.
  Result<> chooseMember(JobContext& job) {
    if (!trim(file_.head()).starts_with("{")) return {};
    // With no member named, the object would be gathered whole as its own record.
    JsonRecords outline("\x02", [](std::string_view, std::int64_t) { return true; });
    if (auto walked = walk(outline, job); !walked) return walked;
    if (auto whole = mustBeWhole(outline); !whole) return whole;
    tables_ = outline.arrays();
    if (tables_.empty()) return {};
    auto chosen = chooseTable(tables_, options_.source_table, file_.file().string(), WithoutChoice::TakeOnly);
    if (!chosen) return forward(chosen);
    member_ = *chosen;
    return {};
  }

  /// The line on which a record begins.
  std::int64_t lineOf(std::int64_t number, JobContext& job) const {
    std::int64_t found = 1;
    JsonRecords records(member_, [&](std::string_view, std::int64_t line) {
      found = line;
      return --number > 0;
    });
    (void)walk(records, job);
    return found;
  }

  Detected detected() const {
    return {.format = shape_ == Shape::Lines ? "ndjson" : "json",
            .encoding = file_.encoding(),
            .header = false,
            .header_lines = 0,
            .source_table = member_,
            .source_tables = tables_};
  }

  TextFile file_;
  ImportOptions options_;
  Shape shape_;
  bool cut_;
  std::string member_;
  std::vector<std::string> tables_;
  std::optional<WorkingCopy> copy_;
};

Result<std::unique_ptr<Source>> openJson(const SourceInput& input, const ImportOptions& options,
                                         JobContext& job) {
  auto file = TextFile::open(input, options, job);
  if (!file) return forward(file);
  const Shape shape = shapeOf(*file);
  return std::make_unique<JsonSource>(std::move(*file), options, shape, input.cut);
}

Result<std::unique_ptr<Source>> openLines(const SourceInput& input, const ImportOptions& options,
                                          JobContext& job) {
  auto file = TextFile::open(input, options, job);
  if (!file) return forward(file);
  return std::make_unique<JsonSource>(std::move(*file), options, Shape::Lines, input.cut);
}

/// A header like [id],[name] of a CSV is none.
bool looksLikeJson(std::string_view head) {
  head = trim(head);
  if (head.empty() || (head.front() != '{' && head.front() != '[')) return false;
  const bool object = head.front() == '{';
  head = trim(head.substr(1));
  if (head.empty()) return false;
  return object ? head.front() == '"' || head.front() == '}' : head.front() == '{' || head.front() == ']';
}

}  // namespace

SourceType jsonSource() {
  return {.id = "json",
          .title = {"JSON", "JSON"},
          .extensions = {".json"},
          .recognises = looksLikeJson,
          .beginning = true,
          .open = openJson};
}

SourceType ndjsonSource() {
  return {.id = "ndjson",
          .title = {"JSON, one record a line", "JSON（每行一条记录）"},
          .extensions = {".ndjson", ".jsonl"},
          .beginning = true,
          .open = openLines};
}

}  // namespace lodestone::data
