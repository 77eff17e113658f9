// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/chart/shape_text.h"

#include <algorithm>
#include <iterator>

#include "core/pipeline/chart/chart_shapes.h"

namespace lodestone::pipeline {

namespace {

constexpr Text kNoSuchShape{"There is no shape named \"{0}\".", "没有名为“{0}”的形状。"};

struct Brackets {
  std::string_view shape;
  std::string_view open;
  std::string_view close;
  std::string_view type;
};

constexpr Brackets kBrackets[] = {{"rect", "[", "]", "square"},
                                  {"rounded", "(", ")", "round"},
                                  {"stadium", "([", "])", "stadium"},
                                  {"fr-rect", "[[", "]]", "subroutine"},
                                  {"cyl", "[(", ")]", "cylinder"},
                                  {"circle", "((", "))", "circle"},
                                  {"dbl-circ", "(((", ")))", "doublecircle"},
                                  {"diam", "{", "}", "diamond"},
                                  {"hex", "{{", "}}", "hexagon"},
                                  {"lean-r", "[/", "/]", "lean_right"},
                                  {"lean-l", "[\\", "\\]", "lean_left"},
                                  {"trap-b", "[/", "\\]", "trapezoid"},
                                  {"trap-t", "[\\", "/]", "inv_trapezoid"},
                                  {"ellipse", "(-", "-)", "ellipse"},
                                  {"odd", ">", "]", "odd"}};

}  // namespace

std::optional<ShapeText> shapeText(std::string_view name) {
  const auto known = canonicalShape(name);
  const std::string shape(known.value_or(name));
  const auto* const found = std::find_if(std::begin(kBrackets), std::end(kBrackets),
                                         [&](const Brackets& row) { return row.shape == shape; });
  if (found != std::end(kBrackets))
    return ShapeText{std::string(found->open), std::string(found->close), "", std::string(found->type),
                     shape};
  // Between braces Mermaid takes names in lower case only.
  const bool writable =
      std::none_of(name.begin(), name.end(), [](char c) { return c == '_' || (c >= 'A' && c <= 'Z'); });
  if (!known || !writable) return std::nullopt;
  return ShapeText{"[", "]", "@{ shape: " + std::string(name) + " }", std::string(name), shape};
}

tl::unexpected<Error> noSuchShape(const ChartDocument& document, std::string_view name) {
  return fail(ErrorCode::InvalidArgument, kNoSuchShape, {std::string(name)}, {.file = document.fileName()});
}

}  // namespace lodestone::pipeline
