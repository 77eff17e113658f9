// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/pipeline/chart_completion.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QTextBlock>
#include <QTextCursor>
#include <algorithm>

#include "core/pipeline/chart/chart_shapes.h"
#include "ui/pages/pipeline/chart_highlighter.h"
#include "ui/pages/pipeline/chart_scan.h"
#include "ui/pages/pipeline/stage_parameters.h"
#include "ui/pages/pipeline/yaml_place.h"
#include "ui/words/words.h"

namespace lodestone::pages {

namespace {

constexpr std::size_t kMost = 100;
constexpr qsizetype kLeastOfDetail = 2;  ///< one letter is in every sentence

QString say(const char* text) {
  return QCoreApplication::translate("lodestone::pages::ChartCompletion", text);
}

/// Gathers what begins with the words typed, then what has them inside or in its detail.
class Gathering {
 public:
  explicit Gathering(const QString& typed) : typed_(typed) {}

  void add(const Completion& item) {
    if (best_.size() >= kMost) return;
    if (typed_.isEmpty() || item.shown.startsWith(typed_, Qt::CaseInsensitive))
      best_.push_back(item);
    else if (rest_.size() < kMost &&
             (item.shown.contains(typed_, Qt::CaseInsensitive) ||
              (typed_.size() >= kLeastOfDetail && item.detail.contains(typed_, Qt::CaseInsensitive))))
      rest_.push_back(item);
  }
  void add(const QString& word, const QString& detail = {}, const QString& after = {}) {
    add({word + after, word, detail, {}});
  }
  Completions take() {
    for (Completion& item : rest_)
      if (best_.size() < kMost) best_.push_back(std::move(item));
    return {static_cast<int>(typed_.size()), std::move(best_)};
  }

 private:
  QString typed_;
  std::vector<Completion> best_;
  std::vector<Completion> rest_;
};

QString oneLine(std::string_view label) {
  return words::toQt(label).replace(u'\n', u' ');
}

void addNodes(Gathering& found, const CompletionSource& source, bool subgraphs) {
  if (source.reading == nullptr || source.reading->document == nullptr) return;
  for (const pipeline::NodeOutlook& node : source.reading->outlook.nodes)
    found.add(words::toQt(node.node), node.label == node.node ? QString() : oneLine(node.label));
  if (!subgraphs) return;
  for (const pipeline::ChartSubgraph& subgraph : source.reading->document->chart().subgraphs)
    if (!subgraph.made_id) found.add(words::toQt(subgraph.id), oneLine(subgraph.plain));
}

void addClasses(Gathering& found, const CompletionSource& source) {
  if (source.reading == nullptr || source.reading->document == nullptr) return;
  for (const pipeline::ChartClass& known : source.reading->document->chart().classes)
    found.add(words::toQt(known.id), say(QT_TRANSLATE_NOOP("lodestone::pages::ChartCompletion", "class")));
}

void addStatements(Gathering& found) {
  const std::pair<const char*, const char*> kinds[] = {
      {"subgraph", QT_TRANSLATE_NOOP("lodestone::pages::ChartCompletion", "a frame around nodes")},
      {"end", QT_TRANSLATE_NOOP("lodestone::pages::ChartCompletion", "ends the frame")},
      {"direction", QT_TRANSLATE_NOOP("lodestone::pages::ChartCompletion", "which way the frame runs")},
      {"classDef", QT_TRANSLATE_NOOP("lodestone::pages::ChartCompletion", "how a class looks")},
      {"class", QT_TRANSLATE_NOOP("lodestone::pages::ChartCompletion", "puts nodes into a class")},
      {"style", QT_TRANSLATE_NOOP("lodestone::pages::ChartCompletion", "how a node looks")},
      {"linkStyle", QT_TRANSLATE_NOOP("lodestone::pages::ChartCompletion", "how an edge looks")},
      {"click", QT_TRANSLATE_NOOP("lodestone::pages::ChartCompletion", "what a click on a node opens")}};
  for (const auto& [word, detail] : kinds)
    found.add(QString::fromLatin1(word), say(detail),
              QLatin1String(word) == "end" ? QString() : QStringLiteral(" "));
}

void addDirections(Gathering& found) {
  const std::pair<const char*, const char*> ways[] = {
      {"TD", QT_TRANSLATE_NOOP("lodestone::pages::ChartCompletion", "from top to bottom")},
      {"LR", QT_TRANSLATE_NOOP("lodestone::pages::ChartCompletion", "from left to right")},
      {"BT", QT_TRANSLATE_NOOP("lodestone::pages::ChartCompletion", "from bottom to top")},
      {"RL", QT_TRANSLATE_NOOP("lodestone::pages::ChartCompletion", "from right to left")}};
  for (const auto& [way, detail] : ways) found.add(QString::fromLatin1(way), say(detail));
}

/// Inside @{ ... }: its keys, or the shapes.
Completions inData(const QString& before) {
  static const QRegularExpression shape(QStringLiteral("\\bshape\\s*:\\s*\"?([\\w-]*)$"));
  static const QRegularExpression key(QStringLiteral("(?:@\\{|,|^)\\s*(\\w*)$"));
  if (const auto match = shape.match(before); match.hasMatch()) {
    Gathering found(match.captured(1));
    for (const std::string_view name : pipeline::shapeNames()) {
      const auto canonical = pipeline::canonicalShape(name).value_or(name);
      found.add(words::toQt(name), canonical == name ? QString() : words::toQt(canonical));
    }
    return found.take();
  }
  if (const auto match = key.match(before); match.hasMatch()) {
    Gathering found(match.captured(1));
    for (const char* name : {"shape", "label", "icon", "form", "pos", "img", "w", "h", "constraint"})
      found.add(QString::fromLatin1(name), {}, QStringLiteral(": "));
    return found.take();
  }
  return {};
}

Completions inStatement(const QString& before, int state, const CompletionSource& source) {
  static const QRegularExpression class_name(QStringLiteral(":::(?:[\\w-]+,)*([\\w-]*)$"));
  static const QRegularExpression word(QStringLiteral("[\\w./-]*$"),
                                       QRegularExpression::UseUnicodePropertiesOption);
  static const QRegularExpression header(
      QStringLiteral("^\\s*(?:graph|flowchart(?:-elk)?|direction)\\s+(\\w*)$"));
  static const QRegularExpression classing(
      QStringLiteral("^\\s*class\\s+[^\\s,]+(?:\\s*,\\s*[^\\s,]+)*\\s+([\\w-]*)$"));
  static const QRegularExpression naming(
      QStringLiteral("^\\s*(?:class|style|click)\\s+(?:[^\\s,]+\\s*,\\s*)*([^\\s,]*)$"));
  static const QRegularExpression style(QStringLiteral("^\\s*(?:classDef|style|linkStyle)\\s+\\S+\\s"));
  static const QRegularExpression starts(QStringLiteral("(?:^|;)\\s*[\\w-]*$"),
                                         QRegularExpression::UseUnicodePropertiesOption);
  const ScannedLine line = scanLine(before, state);
  const int open = scan_state::place(line.state);
  if (open == scan_state::kData) return inData(before);
  if (open != scan_state::kChart) return {};
  if (!line.spans.empty() && line.spans.back().end() == before.size()) {
    const ScanKind last = line.spans.back().kind;
    if (last == ScanKind::Comment || last == ScanKind::EdgeLabel || last == ScanKind::Value) return {};
  }
  if (const auto match = class_name.match(before); match.hasMatch()) {
    Gathering found(match.captured(1));
    addClasses(found, source);
    return found.take();
  }
  if (const auto match = header.match(before); match.hasMatch()) {
    Gathering found(match.captured(1));
    addDirections(found);
    return found.take();
  }
  if (const auto match = classing.match(before); match.hasMatch()) {
    Gathering found(match.captured(1));
    addClasses(found, source);
    return found.take();
  }
  if (const auto match = naming.match(before); match.hasMatch()) {
    Gathering found(match.captured(1));
    addNodes(found, source, true);
    return found.take();
  }
  if (style.match(before).hasMatch()) return {};
  Gathering found(word.match(before).captured());
  if (starts.match(before).hasMatch()) addStatements(found);
  addNodes(found, source, true);
  return found.take();
}

// --- the front matter ---

void addParameters(Gathering& found, const std::vector<Parameter>& parameters, const QStringList& given) {
  for (const Parameter& parameter : parameters) {
    const QString id = words::toQt(parameter.id);
    if (!given.contains(id))
      found.add({id + QStringLiteral(": "), id, words::said(parameter.title), words::said(parameter.help)});
  }
}

/// The type of a node: as the lines of its binding say, else as the chart was read last.
const pipeline::StageType* typeOf(const YamlPlace& place, const QString& node,
                                  const CompletionSource& source) {
  if (const auto type = pipeline::stageType(words::toUtf8(place.beside.value(QStringLiteral("stage")))))
    return *type;
  const pipeline::NodeOutlook* known =
      source.reading != nullptr ? source.reading->outlook.find(words::toUtf8(node)) : nullptr;
  return known != nullptr ? known->type : nullptr;
}

std::vector<Parameter> parametersOf(const pipeline::StageType& type, const YamlPlace& place) {
  std::map<std::string, std::string> given;
  for (auto it = place.beside.begin(); it != place.beside.end(); ++it)
    given[words::toUtf8(it.key())] = words::toUtf8(it.value());
  return shownParameters(type, given);
}

void addValues(Gathering& found, const Parameter& parameter, const QString& node,
               const CompletionSource& source) {
  const QString standard = say(QT_TRANSLATE_NOOP("lodestone::pages::ChartCompletion", "standard"));
  switch (parameter.kind) {
    case ParameterKind::Choice:
      for (const ParameterChoice& choice : parameter.choices)
        found.add(words::toQt(choice.id), words::said(choice.title));
      break;
    case ParameterKind::Flag:
      for (const char* word : {"true", "false"})
        found.add(QString::fromLatin1(word), parameter.default_value == word ? standard : QString());
      break;
    case ParameterKind::Table:
      for (const QString& table : source.tables)
        found.add({yamlScalar(table),
                   table,
                   say(QT_TRANSLATE_NOOP("lodestone::pages::ChartCompletion", "table")),
                   {}});
      break;
    case ParameterKind::Column:
    case ParameterKind::ColumnList:
      if (source.columns)
        for (const QString& column : source.columns(node))
          found.add({yamlScalar(column),
                     column,
                     say(QT_TRANSLATE_NOOP("lodestone::pages::ChartCompletion", "column")),
                     {}});
      break;
    default:
      if (!parameter.default_value.empty())
        found.add({yamlScalar(words::toQt(parameter.default_value)),
                   words::toQt(parameter.default_value),
                   standard,
                   {}});
      break;
  }
}

void addNodeKeys(Gathering& found, const YamlPlace& place, const CompletionSource& source) {
  if (!place.beside.contains(QStringLiteral("stage")))
    found.add(QStringLiteral("stage"),
              say(QT_TRANSLATE_NOOP("lodestone::pages::ChartCompletion", "what the node does")),
              QStringLiteral(": "));
  if (!place.beside.contains(QStringLiteral("apply")))
    found.add(
        QStringLiteral("apply"),
        say(QT_TRANSLATE_NOOP("lodestone::pages::ChartCompletion", "by itself, or when somebody says so")),
        QStringLiteral(": "));
  if (const pipeline::StageType* type = typeOf(place, place.path.value(2), source))
    addParameters(found, parametersOf(*type, place), place.beside.keys());
}

void addKeys(Gathering& found, const YamlPlace& place, const CompletionSource& source) {
  const QString colon = QStringLiteral(": ");
  const auto add = [&](const char* key, const char* detail, const QString& after) {
    if (!place.beside.contains(QString::fromLatin1(key)))
      found.add(QString::fromLatin1(key), say(detail), after);
  };
  if (place.path.isEmpty()) {
    add("lodestone", QT_TRANSLATE_NOOP("lodestone::pages::ChartCompletion", "what the nodes do"),
        QStringLiteral(":"));
    add("title", QT_TRANSLATE_NOOP("lodestone::pages::ChartCompletion", "of the chart"), colon);
    add("config", QT_TRANSLATE_NOOP("lodestone::pages::ChartCompletion", "for Mermaid"), QStringLiteral(":"));
  } else if (place.path == QStringList{"lodestone"}) {
    add("nodes", QT_TRANSLATE_NOOP("lodestone::pages::ChartCompletion", "stage and parameters of each node"),
        QStringLiteral(":"));
    add("seed", QT_TRANSLATE_NOOP("lodestone::pages::ChartCompletion", "of everything random"), colon);
    add("cycles", QT_TRANSLATE_NOOP("lodestone::pages::ChartCompletion", "times round a loop at most"),
        colon);
    add("until",
        QT_TRANSLATE_NOOP("lodestone::pages::ChartCompletion", "when a loop has gone round often enough"),
        QStringLiteral(": {"));
  } else if (place.path == QStringList{"lodestone", "until"}) {
    add("metric",
        QT_TRANSLATE_NOOP("lodestone::pages::ChartCompletion", "a figure of the model or the strategies"),
        colon);
    add("better", QT_TRANSLATE_NOOP("lodestone::pages::ChartCompletion", "by at least so much, or it stops"),
        colon);
  } else if (place.path == QStringList{"lodestone", "nodes"}) {
    if (source.reading == nullptr) return;
    for (const pipeline::NodeOutlook& node : source.reading->outlook.nodes)
      if (const QString id = words::toQt(node.node); !place.beside.contains(id))
        found.add({yamlScalar(id) + QStringLiteral(": {"), id, oneLine(node.label), {}});
  } else if (place.path.size() == 3 && place.path[1] == u"nodes") {
    addNodeKeys(found, place, source);
  }
}

Completions inFrontMatter(const QTextCursor& cursor, const CompletionSource& source) {
  const YamlPlace place = yamlPlaceAt(cursor);
  Gathering found(place.typed);
  if (place.comment) return {};
  if (!place.value) {
    addKeys(found, place, source);
    return found.take();
  }
  if (place.path == QStringList{"lodestone", "until", "metric"}) {
    for (const QString& metric : source.metrics) found.add(metric);
  } else if (place.path.size() == 4 && place.path[0] == u"lodestone" && place.path[1] == u"nodes") {
    const QString& key = place.path[3];
    const pipeline::StageType* type = typeOf(place, place.path[2], source);
    if (key == u"stage") {
      for (const pipeline::StageType& known : pipeline::stageTypes())
        found.add({words::toQt(known.id), words::toQt(known.id), words::said(known.title),
                   words::said(known.help)});
    } else if (key == u"apply") {
      found.add(QStringLiteral("auto"),
                say(QT_TRANSLATE_NOOP("lodestone::pages::ChartCompletion", "by itself")));
      found.add(QStringLiteral("manual"),
                say(QT_TRANSLATE_NOOP("lodestone::pages::ChartCompletion", "when somebody says so")));
    } else if (type != nullptr) {
      for (const Parameter& parameter : parametersOf(*type, place))
        if (words::toQt(parameter.id) == key) addValues(found, parameter, place.path[2], source);
    }
  }
  return found.take();
}

}  // namespace

Completions completionsAt(const QTextCursor& cursor, const CompletionSource& source) {
  const QTextBlock block = cursor.block();
  const int state = ChartHighlighter::stateBefore(block);
  if (state == scan_state::kFrontMatter) return inFrontMatter(cursor, source);
  const QString before = block.text().left(cursor.positionInBlock());
  if (state == scan_state::kStart && !before.contains(u' ')) {
    Gathering found(before);
    found.add(QStringLiteral("flowchart"), {}, QStringLiteral(" "));
    found.add(QStringLiteral("graph"), {}, QStringLiteral(" "));
    return found.take();
  }
  return inStatement(before, state, source);
}

}  // namespace lodestone::pages
