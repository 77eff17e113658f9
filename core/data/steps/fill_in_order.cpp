// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/data/steps/fill_methods.h"

namespace lodestone::data::steps {

namespace {

constexpr Text kFilled{"{0}: {1} cells filled; {2} have no known cell to fill them from",
                       "{0}：填充了 {1} 个单元格；{2} 个没有可用的已知值"};
constexpr Text kNotAPlace{"The column {0} holds {1}; rows can be ordered in time by dates, times or numbers.",
                          "列 {0} 的类型是 {1}；只能用日期、时间或数字来确定行的先后。"};

std::string linear(const std::string& over, const std::string& until, const std::string& from) {
  const std::string value(kValue);
  const std::string place(kPlace);
  const std::string known_place = "CASE WHEN " + value + " IS NOT NULL THEN " + place + " END";
  const auto window = [&](const char* which, const std::string& what, const std::string& frame) {
    return which + ("(" + what + " IGNORE NULLS) OVER (" + over + frame + ")");
  };
  return "SELECT *, CASE WHEN t1 = t0 THEN v0 ELSE v0 + (v1 - v0) * ((" + place +
         " - t0) / (t1 - t0)) END AS filled " + "FROM (SELECT *, " + window("last_value", value, until) +
         " AS v0, " + window("last_value", known_place, until) + " AS t0, " +
         window("first_value", value, from) + " AS v1, " + window("first_value", known_place, from) +
         " AS t1 FROM ";
}

}  // namespace

void fillFrom(const StepRun& run, StepOutcome& outcome, const ColumnInfo& column, const std::string& table,
              const std::string& type) {
  const std::string alias = quoteIdentifier("lodestone fill " + column.name);
  const std::string& row = run.row();
  outcome.join += " LEFT JOIN " + table + " AS " + alias + " ON " + alias + "." + row + " = s." + row;
  const std::string old = cell(column.name);
  setCells(outcome, column.name,
           "coalesce(" + (type == column.type ? old : "CAST(" + old + " AS " + type + ")") + ", " + alias +
               "." + std::string(kValue) + ")");
}

Result<PlacedRows> placedRows(StepRun& run, const std::string& value) {
  const std::string& time = run.parameters().text("time");
  const auto by = run.columns("by");
  if (!by) return forward(by);
  const std::string& row = run.row();
  PlacedRows placed;
  std::string keys;
  std::vector<std::string> cells;
  for (std::size_t i = 0; i < by->size(); ++i) {
    const std::string name = quoteIdentifier("lodestone group " + std::to_string(i));
    cells.push_back(cell((*by)[i].name));
    keys += cells.back() + " AS " + name + ", ";
    placed.groups += name + ", ";
  }
  if (!by->empty())
    placed.partition = "PARTITION BY " + placed.groups.substr(0, placed.groups.size() - 2) + " ";
  std::string place;
  std::string where;
  if (time.empty()) {
    place = "row_number() OVER (" + (cells.empty() ? "" : "PARTITION BY " + join(cells, ", ") + " ") +
            "ORDER BY s." + row + ")::DOUBLE";
  } else {
    const auto found = run.column(time);
    if (!found) return forward(found);
    if (!isMoment(*found) && !isNumber(*found))
      return fail(ErrorCode::InvalidArgument, kNotAPlace, {found->name, found->type},
                  {.column = found->name});
    place = positionOf(*found);
    where = " WHERE " + cell(found->name) + " IS NOT NULL";
  }
  placed.select = "(SELECT s." + row + ", " + keys + place + " AS " + std::string(kPlace) + ", " + value +
                  " AS " + std::string(kValue) + " FROM " + run.source() + where + ")";
  return placed;
}

Result<> fillInOrder(StepRun& run, const ColumnInfo& column, StepOutcome& outcome) {
  const bool straight = run.parameters().text("method") == "linear";
  if (straight)
    if (const auto number = run.number(column.name); !number) return forward(number);
  const std::string type = straight ? "DOUBLE" : column.type;
  const auto placed = placedRows(run, straight ? cell(column.name) + "::DOUBLE" : cell(column.name));
  if (!placed) return forward(placed);
  const std::string value(kValue);
  const std::string& row = run.row();
  const std::string over = placed->partition + "ORDER BY " + std::string(kPlace) + ", " + row;
  const std::string until = " ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW";
  const std::string from = " ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING";
  const std::string windows = straight ? linear(over, until, from) + placed->select + ")"
                                       : "SELECT *, last_value(" + value + " IGNORE NULLS) OVER (" + over +
                                             until + ") AS filled FROM " + placed->select;
  const std::string table = run.newTable();
  if (auto made = run.makeTable(table, "SELECT " + row + ", filled AS " + value + " FROM (" + windows +
                                           ") WHERE " + value + " IS NULL AND filled IS NOT NULL");
      !made)
    return made;
  auto counts = run.session().rows("SELECT (SELECT count(*) FROM " + table + "), count(*) - count(" +
                                       cell(column.name) + ") FROM " + run.source(),
                                   run.job());
  if (!counts) return forward(counts);
  const auto filled = counts->rows.at(0).at(0).get<std::int64_t>();
  const auto missing = counts->rows.at(0).at(1).get<std::int64_t>();
  run.note(kFilled, {column.name, std::to_string(filled), std::to_string(missing - filled)});
  fillFrom(run, outcome, column, table, type);
  return {};
}

}  // namespace lodestone::data::steps
