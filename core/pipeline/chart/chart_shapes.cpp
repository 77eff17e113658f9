// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/chart/chart_shapes.h"

#include <algorithm>
#include <iterator>

namespace lodestone::pipeline {

namespace {

struct ShapeName {
  std::string_view name;
  std::string_view shape;
};

// Sorted by name.
// clang-format off
constexpr ShapeName kShapes[] = {
    {"anchor", "anchor"},
    {"bang", "bang"},
    {"block_arrow", "block_arrow"},
    {"bolt", "bolt"},
    {"bow-rect", "bow-rect"},
    {"bow-tie-rectangle", "bow-rect"},
    {"bpmn-activity", "bpmn-activity"},
    {"bpmn-annotation", "bpmn-annotation"},
    {"bpmn-boundary", "bpmn-boundary"},
    {"bpmn-data", "bpmn-data"},
    {"bpmn-data-store", "bpmn-data-store"},
    {"bpmn-end", "bpmn-end"},
    {"bpmn-gateway", "bpmn-gateway"},
    {"bpmn-intermediate", "bpmn-intermediate"},
    {"bpmn-start", "bpmn-start"},
    {"brace", "brace"},
    {"brace-l", "brace"},
    {"brace-r", "brace-r"},
    {"braces", "braces"},
    {"browser", "browser"},
    {"bucket", "bucket"},
    {"card", "notch-rect"},
    {"choice", "choice"},
    {"circ", "circle"},
    {"circle", "circle"},
    {"classBox", "classBox"},
    {"cloud", "cloud"},
    {"collapsedGroup", "collapsedGroup"},
    {"collate", "hourglass"},
    {"com-link", "bolt"},
    {"comment", "brace"},
    {"composite", "composite"},
    {"console", "console"},
    {"cross-circ", "cross-circ"},
    {"crossed-circle", "cross-circ"},
    {"curv-trap", "curv-trap"},
    {"curved-trapezoid", "curv-trap"},
    {"cyl", "cyl"},
    {"cylinder", "cyl"},
    {"das", "h-cyl"},
    {"data-store", "datastore"},
    {"database", "cyl"},
    {"datastore", "datastore"},
    {"db", "cyl"},
    {"dbl-circ", "dbl-circ"},
    {"decision", "diam"},
    {"defaultMindmapNode", "defaultMindmapNode"},
    {"delay", "delay"},
    {"diam", "diam"},
    {"diamond", "diam"},
    {"directory", "folder"},
    {"disk", "lin-cyl"},
    {"display", "curv-trap"},
    {"div-proc", "div-rect"},
    {"div-rect", "div-rect"},
    {"divided-process", "div-rect"},
    {"divided-rectangle", "div-rect"},
    {"doc", "doc"},
    {"docs", "docs"},
    {"document", "doc"},
    {"documents", "docs"},
    {"double-circle", "dbl-circ"},
    {"doublecircle", "dbl-circ"},
    {"erBox", "erBox"},
    {"event", "rounded"},
    {"extract", "tri"},
    {"f-circ", "f-circ"},
    {"filled-circle", "f-circ"},
    {"flag", "flag"},
    {"flip-tri", "flip-tri"},
    {"flipped-triangle", "flip-tri"},
    {"folder", "folder"},
    {"fork", "fork"},
    {"forkJoin", "fork"},
    {"fr-circ", "fr-circ"},
    {"fr-rect", "fr-rect"},
    {"framed-circle", "fr-circ"},
    {"framed-rectangle", "fr-rect"},
    {"h-cyl", "h-cyl"},
    {"half-rounded-rectangle", "delay"},
    {"hex", "hex"},
    {"hexagon", "hex"},
    {"horizontal-cylinder", "h-cyl"},
    {"hourglass", "hourglass"},
    {"icon", "icon"},
    {"iconCircle", "iconCircle"},
    {"iconRounded", "iconRounded"},
    {"iconSquare", "iconSquare"},
    {"imageSquare", "imageSquare"},
    {"in-out", "lean-r"},
    {"internal-storage", "win-pane"},
    {"inv-trapezoid", "trap-t"},
    {"inv_trapezoid", "trap-t"},
    {"join", "fork"},
    {"junction", "f-circ"},
    {"kanbanItem", "kanbanItem"},
    {"labelRect", "labelRect"},
    {"lean-l", "lean-l"},
    {"lean-left", "lean-l"},
    {"lean-r", "lean-r"},
    {"lean-right", "lean-r"},
    {"lean_left", "lean-l"},
    {"lean_right", "lean-r"},
    {"lightning-bolt", "bolt"},
    {"lin-cyl", "lin-cyl"},
    {"lin-doc", "lin-doc"},
    {"lin-proc", "lin-rect"},
    {"lin-rect", "lin-rect"},
    {"lined-cylinder", "lin-cyl"},
    {"lined-document", "lin-doc"},
    {"lined-process", "lin-rect"},
    {"lined-rectangle", "lin-rect"},
    {"loop-limit", "notch-pent"},
    {"manual", "trap-t"},
    {"manual-file", "flip-tri"},
    {"manual-input", "sl-rect"},
    {"mindmapCircle", "mindmapCircle"},
    {"notch-pent", "notch-pent"},
    {"notch-rect", "notch-rect"},
    {"notched-pentagon", "notch-pent"},
    {"notched-rectangle", "notch-rect"},
    {"note", "note"},
    {"odd", "odd"},
    {"out-in", "lean-l"},
    {"paper-tape", "flag"},
    {"person", "person"},
    {"pill", "stadium"},
    {"prepare", "hex"},
    {"priority", "trap-b"},
    {"proc", "rect"},
    {"process", "rect"},
    {"processes", "st-rect"},
    {"procs", "st-rect"},
    {"question", "diam"},
    {"rect", "rect"},
    {"rectWithTitle", "rectWithTitle"},
    {"rect_left_inv_arrow", "odd"},
    {"rectangle", "rect"},
    {"requirementBox", "requirementBox"},
    {"rounded", "rounded"},
    {"roundedRect", "rounded"},
    {"shaded-process", "lin-rect"},
    {"sl-rect", "sl-rect"},
    {"sloped-rectangle", "sl-rect"},
    {"sm-circ", "sm-circ"},
    {"small-circle", "sm-circ"},
    {"squareRect", "rect"},
    {"st-doc", "docs"},
    {"st-rect", "st-rect"},
    {"stacked-document", "docs"},
    {"stacked-rectangle", "st-rect"},
    {"stadium", "stadium"},
    {"start", "sm-circ"},
    {"state", "state"},
    {"stateEnd", "fr-circ"},
    {"stateStart", "sm-circ"},
    {"stop", "fr-circ"},
    {"stored-data", "bow-rect"},
    {"subproc", "fr-rect"},
    {"subprocess", "fr-rect"},
    {"subroutine", "fr-rect"},
    {"summary", "cross-circ"},
    {"tag-doc", "tag-doc"},
    {"tag-proc", "tag-rect"},
    {"tag-rect", "tag-rect"},
    {"tagged-document", "tag-doc"},
    {"tagged-process", "tag-rect"},
    {"tagged-rectangle", "tag-rect"},
    {"terminal", "stadium"},
    {"text", "text"},
    {"trap-b", "trap-b"},
    {"trap-t", "trap-t"},
    {"trapezoid", "trap-b"},
    {"trapezoid-bottom", "trap-b"},
    {"trapezoid-top", "trap-t"},
    {"tri", "tri"},
    {"triangle", "tri"},
    {"usecaseActor", "usecaseActor"},
    {"usecaseActorAwesome", "usecaseActorAwesome"},
    {"usecaseActorHollow", "usecaseActorHollow"},
    {"usecaseActorIcon", "usecaseActorIcon"},
    {"usecaseBusiness", "usecaseBusiness"},
    {"usecaseEllipse", "usecaseEllipse"},
    {"usecaseJsonTable", "usecaseJsonTable"},
    {"win-pane", "win-pane"},
    {"window-pane", "win-pane"},
};
// clang-format on

constexpr bool isSorted() {
  for (std::size_t i = 1; i < std::size(kShapes); ++i)
    if (!(kShapes[i - 1].name < kShapes[i].name)) return false;
  return true;
}
static_assert(isSorted());

}  // namespace

std::optional<std::string_view> canonicalShape(std::string_view name) {
  const auto* found =
      std::lower_bound(std::begin(kShapes), std::end(kShapes), name,
                       [](const ShapeName& row, std::string_view value) { return row.name < value; });
  if (found == std::end(kShapes) || found->name != name) return std::nullopt;
  return found->shape;
}

const std::vector<std::string_view>& shapeNames() {
  static const std::vector<std::string_view> names = [] {
    std::vector<std::string_view> all;
    for (const ShapeName& row : kShapes) all.push_back(row.name);
    return all;
  }();
  return names;
}

}  // namespace lodestone::pipeline
