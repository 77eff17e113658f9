// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/reshape.h"

#include "core/base/text.h"
#include "core/data/operations/operations.h"

namespace lodestone::data::operations {

namespace {

constexpr Text kMade{"{0} rows and {1} columns.", "{0} 行，{1} 列。"};

OperationReport told(const ReshapeReport& report) {
  OperationReport out{report.table, report.rows, {}, report.notices};
  out.lines.push_back({kMade,
                       {formatGrouped(static_cast<double>(report.rows), 0),
                        formatGrouped(static_cast<double>(report.columns.size()), 0)}});
  return out;
}

Aggregate aggregateOf(const std::string& id) {
  if (id == "count") return Aggregate::Count;
  if (id == "count_distinct") return Aggregate::CountDistinct;
  if (id == "mean") return Aggregate::Mean;
  if (id == "median") return Aggregate::Median;
  if (id == "min") return Aggregate::Min;
  return id == "max" ? Aggregate::Max : Aggregate::Sum;
}

}  // namespace

TableOperation unite() {
  return {.id = "union",
          .title = {"Append tables", "追加表"},
          .help = {"The rows of other tables below those of this one; columns are matched by name.",
                   "将其他表的行追加到本表之后，按列名对应。"},
          .suffix = "_all",
          .parameters = {{.id = "tables",
                          .title = {"Tables", "表"},
                          .help = {"The tables to append, separated by commas.", "要追加的表，用逗号分隔。"},
                          .kind = ParameterKind::List},
                         {.id = "source_column",
                          .title = {"Column of the source", "来源列"},
                          .help = {"A last column that says which table a row is from; empty: none.",
                                   "在最后一列注明每行来自哪张表；留空则不加。"}}},
          .required = {"tables"},
          .tables = "tables",
          .run = [](Database& database, const OperationInput& input, const NewTable& target,
                    JobContext& job) -> Result<OperationReport> {
            UnionSpec spec{{input.table}, input.parameters.text("source_column")};
            spec.tables.insert(spec.tables.end(), input.others.begin(), input.others.end());
            for (const std::string& name : input.parameters.list("tables")) spec.tables.push_back({name});
            const auto report = unionTables(database, spec, target, job);
            if (!report) return forward(report);
            return told(*report);
          }};
}

TableOperation pivot() {
  return {.id = "pivot",
          .title = {"Pivot: values to columns", "透视：值转为列"},
          .help = {"One row for each combination of some columns, one column for each value of another one.",
                   "按若干列分组为行，将某列的每个值转为一列。"},
          .suffix = "_pivot",
          .parameters = {{.id = "rows",
                          .title = {"Rows by", "行分组"},
                          .help = {"The columns that name a row of the result.", "决定结果行的列。"},
                          .kind = ParameterKind::ColumnList},
                         {.id = "column",
                          .title = {"Columns by", "列分组"},
                          .help = {"Its values become columns.", "该列的每个值成为一列。"},
                          .kind = ParameterKind::Column},
                         {.id = "value",
                          .title = {"Value", "值"},
                          .help = {"What is summed up in the cells; may be empty for the count of rows.",
                                   "单元格中汇总的列；计数时可留空。"},
                          .kind = ParameterKind::Column},
                         {.id = "aggregate",
                          .title = {"Summed up by", "汇总方式"},
                          .help = {"What stands in a cell.", "单元格中的内容。"},
                          .kind = ParameterKind::Choice,
                          .default_value = "sum",
                          .choices = {{"sum", {"Sum", "求和"}},
                                      {"mean", {"Mean", "均值"}},
                                      {"median", {"Median", "中位数"}},
                                      {"count", {"Count", "计数"}},
                                      {"count_distinct", {"Different values", "不同值个数"}},
                                      {"min", {"Smallest", "最小值"}},
                                      {"max", {"Largest", "最大值"}}}}},
          .required = {"column"},
          .run = [](Database& database, const OperationInput& input, const NewTable& target,
                    JobContext& job) -> Result<OperationReport> {
            const auto report = pivotTable(database,
                                           {.table = input.table,
                                            .rows = input.parameters.list("rows"),
                                            .column = input.parameters.text("column"),
                                            .value = input.parameters.text("value"),
                                            .aggregate = aggregateOf(input.parameters.text("aggregate"))},
                                           target, job);
            if (!report) return forward(report);
            return told(*report);
          }};
}

TableOperation unpivot() {
  return {.id = "unpivot",
          .title = {"Unpivot: columns to rows", "逆透视：列转为行"},
          .help = {"One row for each of some columns: its name and its cell.",
                   "将若干列转为多行：列名与单元格值。"},
          .suffix = "_long",
          .parameters = {{.id = "columns",
                          .title = {"Columns to rows", "转为行的列"},
                          .help = {"The columns that become rows; empty: all but those that stay.",
                                   "要转为行的列；留空表示除保留列外的全部。"},
                          .kind = ParameterKind::ColumnList},
                         {.id = "keep",
                          .title = {"Columns that stay", "保留的列"},
                          .help = {"Repeated on each new row.", "在每个新行上重复。"},
                          .kind = ParameterKind::ColumnList},
                         {.id = "name_column",
                          .title = {"Column of the names", "名称列"},
                          .help = {"Says which column a cell was in.", "记录单元格原来所在的列。"},
                          .default_value = "name"},
                         {.id = "value_column",
                          .title = {"Column of the values", "值列"},
                          .help = {"Holds the cells.", "存放单元格的值。"},
                          .default_value = "value"},
                         {.id = "keep_missing",
                          .title = {"Keep missing cells", "保留缺失值"},
                          .help = {"Rows for missing cells too.", "缺失的单元格也生成行。"},
                          .kind = ParameterKind::Flag,
                          .default_value = "false"}},
          .run = [](Database& database, const OperationInput& input, const NewTable& target,
                    JobContext& job) -> Result<OperationReport> {
            const auto report = unpivotTable(database,
                                             {.table = input.table,
                                              .columns = input.parameters.list("columns"),
                                              .keep = input.parameters.list("keep"),
                                              .name_column = input.parameters.text("name_column"),
                                              .value_column = input.parameters.text("value_column"),
                                              .keep_missing = input.parameters.flag("keep_missing")},
                                             target, job);
            if (!report) return forward(report);
            return told(*report);
          }};
}

}  // namespace lodestone::data::operations
