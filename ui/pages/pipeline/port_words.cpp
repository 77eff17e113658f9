// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/pipeline/port_words.h"

#include <QCoreApplication>

namespace lodestone::pages {

QString portWord(pipeline::PortKind kind) {
  using pipeline::PortKind;
  const auto say = [](const char* word) {
    return QCoreApplication::translate("lodestone::pages::portWord", word);
  };
  switch (kind) {
    case PortKind::Table:
      return say(QT_TRANSLATE_NOOP("lodestone::pages::portWord", "table"));
    case PortKind::Dataset:
      return say(QT_TRANSLATE_NOOP("lodestone::pages::portWord", "prepared rows"));
    case PortKind::Model:
      return say(QT_TRANSLATE_NOOP("lodestone::pages::portWord", "model"));
    case PortKind::Predictions:
      return say(QT_TRANSLATE_NOOP("lodestone::pages::portWord", "predictions"));
    case PortKind::Strategies:
      return say(QT_TRANSLATE_NOOP("lodestone::pages::portWord", "strategies"));
    case PortKind::Evaluation:
      return say(QT_TRANSLATE_NOOP("lodestone::pages::portWord", "evaluation"));
  }
  return {};
}

}  // namespace lodestone::pages
