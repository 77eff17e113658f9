// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/pipeline/connection_rules.h"

#include <QCoreApplication>
#include <QHash>
#include <QSet>

#include "ui/words/words.h"

namespace lodestone::pages {

namespace {

QString say(const char* text) {
  return QCoreApplication::translate("lodestone::pages::Connection", text);
}

Verdict no(const char* why) {
  return {false, say(why)};
}

}  // namespace

Verdict stagesFit(const pipeline::StageType& from, const pipeline::StageType& to) {
  const pipeline::Connection connection = pipeline::compatible(from, to, words::language());
  return {connection.kind != pipeline::Connection::Kind::Never,
          words::said(connection.text, connection.args)};
}

Judge judgeFrom(const ChartReading& reading, const QString& from) {
  const pipeline::NodeOutlook* source = reading.outlook.find(words::toUtf8(from));
  if (source == nullptr || reading.document == nullptr)
    return [](const QString&) {
      return no(QT_TRANSLATE_NOOP("lodestone::pages::Connection", "The text has changed; try again."));
    };
  QHash<QString, const pipeline::StageType*> types;
  for (const pipeline::NodeOutlook& node : reading.outlook.nodes)
    types.insert(words::toQt(node.node), node.type);
  QSet<QString> joined;
  for (const pipeline::ChartEdge& edge : reading.document->chart().edges)
    if (edge.start == source->node) joined.insert(words::toQt(edge.end));
  return [from, types, joined, type = source->type](const QString& to) -> Verdict {
    if (from == to)
      return no(QT_TRANSLATE_NOOP("lodestone::pages::Connection", "A node cannot feed itself."));
    if (joined.contains(to))
      return no(QT_TRANSLATE_NOOP("lodestone::pages::Connection", "These two are connected already."));
    const pipeline::StageType* other = types.value(to);
    if (type == nullptr || other == nullptr)
      return {true, say(QT_TRANSLATE_NOOP("lodestone::pages::Connection",
                                          "One of them has no stage yet: the edge orders them only."))};
    return stagesFit(*type, *other);
  };
}

}  // namespace lodestone::pages
