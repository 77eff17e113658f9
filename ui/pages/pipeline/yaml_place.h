// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMap>
#include <QString>
#include <QStringList>

class QTextCursor;

namespace lodestone::pages {

/// Where in the front matter's YAML a cursor stands, while it is being written and may be wrong.
struct YamlPlace {
  QStringList path = {};               ///< the keys around it; of a value its own key last
  bool value = false;                  ///< a value is written here, else a key
  bool comment = false;                ///< neither
  QString typed = {};                  ///< of it so far
  QMap<QString, QString> beside = {};  ///< keys in the same place and their values
};
YamlPlace yamlPlaceAt(const QTextCursor& cursor);

/// A text as one YAML value: bare where it can be, else in quotes.
QString yamlScalar(const QString& text);

}  // namespace lodestone::pages
