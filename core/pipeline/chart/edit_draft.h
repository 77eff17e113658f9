// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/pipeline/chart/chart_document.h"
#include "core/pipeline/chart/chart_syntax.h"

namespace lodestone::pipeline {

/// A document with the places of its statements, for one edit: made, changed in the text, accepted. The
/// document must outlive it.
struct EditDraft {
  ChartDocument& document;
  ChartSyntax syntax;
  Chart expected;  ///< the chart that is meant; the edit changes it

  std::string_view source() const { return document.text(); }
};

EditDraft draftOf(ChartDocument& document);

/// Whether one of the texts says what is expected; the first that does is then in the document.
bool takeFirst(EditDraft& draft, const std::vector<std::string>& texts);
/// Takes the first of the texts that says what is expected into the document; Unsupported when none does.
Result<> accept(EditDraft& draft, const std::vector<std::string>& texts);

/// Refusals.
tl::unexpected<Error> noSuchNode(const ChartDocument& document, std::string_view id);
tl::unexpected<Error> noSuchEdge(const ChartDocument& document, std::size_t edge);
tl::unexpected<Error> noSuchSubgraph(const ChartDocument& document, std::string_view id);

/// Whether it is a node that is drawn.
bool isNode(const Chart& chart, std::string_view id);
bool isSubgraph(const Chart& chart, std::string_view id);
/// All names that are given: nodes, subgraphs and edges.
std::set<std::string, std::less<>> takenIds(const Chart& chart);
/// The first of A to Z, AA, AB, ... that is not taken; it is then.
std::string newId(std::set<std::string, std::less<>>& taken);

/// The texts with a statement added as the last one: of the subgraph with this id, or of the chart when
/// empty. In the order in which they are to be tried.
/// Lines of the statement are parted by '\n' and begin where those around begin, unless it has its own
/// indents.
enum class Indents { OfPlace, Own };
std::vector<std::string> withStatement(const EditDraft& draft, std::string_view subgraph,
                                       const std::string& statement, Indents indents = Indents::OfPlace);

/// An id as the text gives it.
std::string idText(std::string_view id);

}  // namespace lodestone::pipeline
