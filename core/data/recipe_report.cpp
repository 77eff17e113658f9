// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/data/recipe.h"

namespace lodestone::data {

namespace {

Json columnsJson(const std::vector<ColumnInfo>& columns) {
  Json list = Json::array();
  for (const ColumnInfo& column : columns) list.push_back({{"name", column.name}, {"type", column.type}});
  return list;
}

}  // namespace

Json toJson(const StepReport& report, Language language) {
  Json notes = Json::array();
  for (const StepNote& note : report.notes) notes.push_back(fill(note.text, language, note.args));
  return {{"step", report.step},
          {"changed", report.changed},
          {"rows_before", report.rows_before},
          {"rows_after", report.rows_after},
          {"columns_added", report.columns_added},
          {"columns_removed", report.columns_removed},
          {"notes", notes}};
}

Json toJson(const CleanReport& report, Language language) {
  Json steps = Json::array();
  for (const StepReport& step : report.steps) steps.push_back(toJson(step, language));
  return {{"table", report.table.name},
          {"rows", report.rows},
          {"steps", steps},
          {"seconds", number(report.seconds)}};
}

Json toJson(const RecipePreview& preview, Language language) {
  Json steps = Json::array();
  for (const StepPreview& step : preview.steps) {
    Json changes = Json::array();
    for (const RowChange& change : step.changes)
      changes.push_back({{"row", change.row},
                         {"before", change.before.empty() ? Json(nullptr) : Json(change.before)},
                         {"after", change.after.empty() ? Json(nullptr) : Json(change.after)},
                         {"cells", change.cells}});
    Json one = toJson(step.report, language);
    one["columns_before"] = columnsJson(step.columns_before);
    one["columns_after"] = columnsJson(step.columns_after);
    one["changes"] = changes;
    steps.push_back(std::move(one));
  }
  Json json = {{"table_rows", preview.table_rows},
               {"rows_looked_at", preview.rows_looked_at},
               {"sampled", preview.rows_looked_at < preview.table_rows},
               {"steps", steps}};
  if (preview.failed) json["error"] = toJson(*preview.failed, language);
  return json;
}

}  // namespace lodestone::data
