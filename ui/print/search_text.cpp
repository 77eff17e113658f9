// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/print/search_text.h"

#include <QFontDatabase>
#include <QHash>
#include <QRawFont>

#include "ui/print/flow.h"

namespace lodestone::print {
namespace {

constexpr char16_t kFirstRadical = 0x2E80;
constexpr char16_t kLastRadical = 0x2FDF;
constexpr char16_t kFirstIdeograph = 0x4E00;
constexpr char16_t kLastIdeograph = 0x9FFF;

QList<quint32> glyphsOf(const QRawFont& font, char16_t first, char16_t last) {
  QString text;
  for (char32_t c = first; c <= last; ++c) text += QChar(static_cast<char16_t>(c));
  return font.glyphIndexesForString(text);
}

/// Radical -> the ideograph that the installed Chinese fonts draw with the same glyph.
QHash<char16_t, char16_t> ideographsOfRadicals() {
  QHash<char16_t, char16_t> found;
  for (const char* name : kChineseFamilies) {
    const QString family = QString::fromLatin1(name);
    if (!QFontDatabase::hasFamily(family)) continue;
    const QRawFont font = QRawFont::fromFont(QFont(family));
    QHash<quint32, char16_t> ideographs;
    const auto glyphs = glyphsOf(font, kFirstIdeograph, kLastIdeograph);
    for (qsizetype i = 0; i < glyphs.size(); ++i)
      if (glyphs[i] != 0) ideographs.insert(glyphs[i], static_cast<char16_t>(kFirstIdeograph + i));
    const auto radicals = glyphsOf(font, kFirstRadical, kLastRadical);
    for (qsizetype i = 0; i < radicals.size(); ++i) {
      const auto radical = static_cast<char16_t>(kFirstRadical + i);
      if (ideographs.contains(radicals[i]) && !found.contains(radical))
        found.insert(radical, ideographs.value(radicals[i]));
    }
  }
  return found;
}

}  // namespace

void mendSearchText(QByteArray& pdf) {
  const QByteArray begin = "beginbfrange";
  const QByteArray end = "endbfrange";
  QHash<char16_t, char16_t> ideographs;
  for (qsizetype at = pdf.indexOf(begin); at >= 0; at = pdf.indexOf(begin, at + 1)) {
    const qsizetype stop = pdf.indexOf(end, at);
    if (stop < 0) return;
    // Characters stand as <hhhh> in lists in brackets; what stands outside are numbers of glyphs.
    bool in_list = false;
    for (qsizetype i = at; i + 5 < stop; ++i) {
      if (pdf[i] == '[') in_list = true;
      if (pdf[i] == ']') in_list = false;
      if (!in_list || pdf[i] != '<' || pdf[i + 5] != '>') continue;
      bool is_number = false;
      const auto character = static_cast<char16_t>(pdf.mid(i + 1, 4).toUShort(&is_number, 16));
      if (!is_number || character < kFirstRadical || character > kLastRadical) continue;
      if (ideographs.isEmpty()) ideographs = ideographsOfRadicals();
      if (!ideographs.contains(character)) continue;
      const QByteArray digits =
          QByteArray::number(ideographs.value(character), 16).toUpper().rightJustified(4, '0');
      pdf.replace(i + 1, 4, digits);
    }
  }
}

}  // namespace lodestone::print
