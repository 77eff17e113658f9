// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/text_functions.h"

#include <unicode/brkiter.h>
#include <unicode/bytestream.h>
#include <unicode/casemap.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>

#include <memory>
#include <mutex>

#include "core/base/text.h"
#include "core/data/vectors.h"

namespace lodestone::data {

namespace {

constexpr Text kNoFunctions{"The text functions cannot be registered with the database {0}.",
                            "无法在数据库 {0} 中注册文本函数。"};

using ScalarFunction = Owned<duckdb_scalar_function, duckdb_destroy_scalar_function>;
/// Appends the changed text; false when ICU refuses.
using Change = bool (*)(std::string_view text, std::string& out);

icu::StringPiece pieceOf(std::string_view text) {
  return {text.data(), static_cast<std::int32_t>(text.size())};
}

bool nfkc(std::string_view text, std::string& out) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* normalizer = icu::Normalizer2::getNFKCInstance(status);
  if (U_FAILURE(status)) return false;
  icu::StringByteSink<std::string> sink(&out);
  normalizer->normalizeUTF8(0, pieceOf(text), sink, nullptr, status);
  return U_SUCCESS(status) != 0;
}

bool title(std::string_view text, std::string& out) {
  UErrorCode status = U_ZERO_ERROR;
  // Made once a thread: it takes longer than the rest.
  thread_local const std::unique_ptr<icu::BreakIterator> words(
      icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
  if (U_FAILURE(status) || words == nullptr) return false;
  icu::StringByteSink<std::string> sink(&out);
  icu::CaseMap::utf8ToTitle("", 0, words.get(), pieceOf(text), sink, nullptr, status);
  return U_SUCCESS(status) != 0;
}

/// Missing cells stay missing: DuckDB calls this with them too, and takes NULL for them of itself.
template <Change change>
void apply(duckdb_function_info info, duckdb_data_chunk input, duckdb_vector output) {
  const std::vector<VectorView> vectors = viewsOf(input);
  const idx_t size = duckdb_data_chunk_get_size(input);
  std::string text;
  for (idx_t row = 0; row < size; ++row) {
    if (!vectors[0].valid(row)) {
      duckdb_vector_ensure_validity_writable(output);
      duckdb_validity_set_row_invalid(duckdb_vector_get_validity(output), row);
      continue;
    }
    text.clear();
    if (!change(vectors[0].text(row), text)) {
      duckdb_scalar_function_set_error(info, "ICU failed");
      return;
    }
    duckdb_vector_assign_string_element_len(output, row, text.data(), text.size());
  }
}

bool registerOne(duckdb_connection connection, const char* name, duckdb_scalar_function_t function) {
  ScalarFunction scalar;
  *scalar.out() = duckdb_create_scalar_function();
  LogicalType text;
  *text.out() = duckdb_create_logical_type(DUCKDB_TYPE_VARCHAR);
  duckdb_scalar_function_set_name(scalar.get(), name);
  duckdb_scalar_function_add_parameter(scalar.get(), text.get());
  duckdb_scalar_function_set_return_type(scalar.get(), text.get());
  duckdb_scalar_function_set_function(scalar.get(), function);
  return duckdb_register_scalar_function(connection, scalar.get()) == DuckDBSuccess;
}

}  // namespace

Result<> registerTextFunctions(Session& session, JobContext& job) {
  static std::mutex mutex;
  const std::scoped_lock alone(mutex);
  auto known = session.count(
      "SELECT count(*) FROM duckdb_functions() WHERE function_name IN ('lodestone_nfkc', 'lodestone_title')",
      job);
  if (!known) return forward(known);
  if (*known == 2) return {};
  if (registerOne(session.connection(), "lodestone_nfkc", apply<nfkc>) &&
      registerOne(session.connection(), "lodestone_title", apply<title>))
    return {};
  return fail(ErrorCode::Internal, kNoFunctions, {session.file()}, {.file = session.file()});
}

}  // namespace lodestone::data
