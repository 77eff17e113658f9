// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tables/filter_words.h"

#include <QLocale>
#include <QRegularExpression>

#include "ui/words/words.h"

namespace lodestone::tables {
namespace {

constexpr int kShownValue = 40;
constexpr int kShownValues = 3;

QString shortened(const std::string& value) {
  const QString text = words::toQt(value);
  return text.size() > kShownValue ? text.left(kShownValue) + "…" : text;
}

}  // namespace

QString FilterWords::test(data::CellTest test) {
  using data::CellTest;
  switch (test) {
    case CellTest::Contains:
      return tr("contains");
    case CellTest::ContainsNot:
      return tr("does not contain");
    case CellTest::Equals:
      return tr("is");
    case CellTest::Differs:
      return tr("is not");
    case CellTest::OneOf:
      return tr("is one of");
    case CellTest::AtLeast:
      return tr("is at least");
    case CellTest::AtMost:
      return tr("is at most");
    case CellTest::Between:
      return tr("is between");
    case CellTest::Missing:
      return tr("is missing");
    case CellTest::NotMissing:
      return tr("is not missing");
    case CellTest::Matches:
      break;
  }
  return tr("matches the pattern");
}

std::vector<data::CellTest> FilterWords::tests(CellKind kind) {
  using data::CellTest;
  if (kind == CellKind::Flag)
    return {CellTest::Equals, CellTest::Differs, CellTest::Missing, CellTest::NotMissing};
  if (kind == CellKind::Text)
    return {CellTest::Contains, CellTest::ContainsNot, CellTest::Equals,     CellTest::Differs,
            CellTest::OneOf,    CellTest::Missing,     CellTest::NotMissing, CellTest::Matches};
  return {CellTest::Between, CellTest::AtLeast,  CellTest::AtMost,  CellTest::Equals,     CellTest::Differs,
          CellTest::OneOf,   CellTest::Contains, CellTest::Missing, CellTest::NotMissing, CellTest::Matches};
}

int FilterWords::valueCount(data::CellTest test) {
  using data::CellTest;
  if (test == CellTest::Missing || test == CellTest::NotMissing) return 0;
  if (test == CellTest::OneOf) return -1;
  return test == CellTest::Between ? 2 : 1;
}

QString FilterWords::condition(const data::Condition& condition) {
  const QString column = words::toQt(condition.column);
  const QString said = test(condition.test);
  if (condition.values.empty()) return column + " " + said;
  if (condition.test == data::CellTest::Between && condition.values.size() == 2)
    return tr("%1 is between %2 and %3")
        .arg(column, shortened(condition.values[0]), shortened(condition.values[1]));
  QStringList values;
  for (const std::string& value : condition.values) {
    if (values.size() == kShownValues) {
      values.push_back("…");
      break;
    }
    values.push_back(tr("“%1”").arg(shortened(value)));
  }
  return column + " " + said + " " + values.join(", ");
}

QString FilterWords::line(const std::vector<std::string>& values) {
  QStringList parts;
  for (const std::string& value : values) {
    QString text = words::toQt(value);
    if (text.contains(',') || text.contains('"') || text.trimmed() != text || text.isEmpty())
      text = '"' + text.replace('"', "\"\"") + '"';
    parts.push_back(text);
  }
  return parts.join(", ");
}

std::vector<std::string> FilterWords::values(const QString& line) {
  static const QRegularExpression one(
      QStringLiteral(R"re(\s*(?:"((?:[^"]|"")*)"|([^,，]*))\s*(?:[,，]|$))re"));
  std::vector<std::string> values;
  for (auto found = one.globalMatch(line); found.hasNext();) {
    const auto match = found.next();
    if (match.capturedLength() == 0) continue;
    const QString quoted = match.captured(1);
    const QString plain = match.captured(2).trimmed();
    if (match.capturedStart(1) >= 0)
      values.push_back(words::toUtf8(QString(quoted).replace("\"\"", "\"")));
    else if (!plain.isEmpty())
      values.push_back(words::toUtf8(plain));
  }
  return values;
}

QString FilterWords::stored(const QString& text) {
  static const QRegularExpression number(QStringLiteral(R"(^[-+−]?[\d.,'’\s]*\d[\d.,'’\s]*$)"),
                                         QRegularExpression::UseUnicodePropertiesOption);
  if (!number.match(text.trimmed()).hasMatch()) return text;
  const QLocale locale;
  QString plain = text.trimmed();
  plain.remove(locale.groupSeparator());
  plain.replace(locale.decimalPoint(), ".");
  plain.replace("−", "-");
  return plain;
}

}  // namespace lodestone::tables
