// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/review/figure_object.h"

#include <QAbstractTextDocumentLayout>
#include <QPainter>
#include <QRegularExpression>
#include <QSvgRenderer>
#include <QTextCursor>
#include <QTextDocument>

#include "ui/theme/theme.h"

namespace lodestone::pages {

namespace {

constexpr int kObjectType = QTextFormat::UserObject + 1;
constexpr int kSvg = QTextFormat::UserProperty + 1;
constexpr int kWidth = QTextFormat::UserProperty + 2;
constexpr int kHeight = QTextFormat::UserProperty + 3;

double attribute(const QString& head, const char* name, double missing) {
  const QRegularExpression wanted(QString(" %1=\"([0-9.]+)").arg(QLatin1String(name)));
  const auto match = wanted.match(head);
  return match.hasMatch() ? match.captured(1).toDouble() : missing;
}

}  // namespace

QByteArray recoloured(const std::string& svg) {
  const theme::Tokens& tokens = theme::tokens();
  const std::vector<std::pair<const char*, QColor>> colours{
      {"#FFFFFF", tokens.window},         {"#DADDE3", tokens.line},
      {"#1B1F27", tokens.text},           {"#5B6472", tokens.text2},
      {"#B42318", tokens.fail},           {"#0072B2", theme::seriesColor(0)},
      {"#D55E00", theme::seriesColor(1)}, {"#009E73", theme::seriesColor(2)},
      {"#CC79A7", theme::seriesColor(3)}, {"#E69F00", theme::seriesColor(4)},
      {"#56B4E9", theme::seriesColor(5)}};
  const QByteArray given = QByteArray::fromStdString(svg);
  QByteArray out;
  out.reserve(given.size());
  qsizetype from = 0;
  // One pass, so that a colour put in is never taken for another one.
  for (qsizetype at = given.indexOf('#'); at >= 0; at = given.indexOf('#', at + 1)) {
    const QByteArray word = given.mid(at, 7).toUpper();
    for (const auto& [old_colour, new_colour] : colours) {
      if (word != old_colour) continue;
      out += given.mid(from, at - from) + new_colour.name().toLatin1();
      from = at + 7;
      break;
    }
  }
  return out + given.mid(from);
}

FigureObject::FigureObject(QTextDocument* document) : QObject(document) {}
FigureObject::~FigureObject() = default;

void FigureObject::insert(QTextCursor& cursor, const std::string& svg) {
  QTextDocument* document = cursor.document();
  if (document->documentLayout()->handlerForObject(kObjectType) == nullptr)
    document->documentLayout()->registerHandler(kObjectType, new FigureObject(document));
  const QString head =
      QString::fromUtf8(svg.data(), static_cast<qsizetype>(std::min<std::size_t>(svg.size(), 400)));
  const auto renderer = std::make_shared<QSvgRenderer>();
  renderer->load(recoloured(svg));
  QTextCharFormat format;
  format.setObjectType(kObjectType);
  format.setProperty(kSvg, QVariant::fromValue(renderer));
  format.setProperty(kWidth, attribute(head, "width", 600));
  format.setProperty(kHeight, attribute(head, "height", 300));
  cursor.insertText(QString(QChar::ObjectReplacementCharacter), format);
}

QSizeF FigureObject::intrinsicSize(QTextDocument* document, int, const QTextFormat& format) {
  const QSizeF natural(format.doubleProperty(kWidth), format.doubleProperty(kHeight));
  const double room = document->textWidth() > 0 ? document->textWidth() : natural.width();
  const double share = std::min(1.0, room / natural.width());
  return natural * share;
}

void FigureObject::drawObject(QPainter* painter, const QRectF& area, QTextDocument*, int,
                              const QTextFormat& format) {
  const auto renderer = format.property(kSvg).value<std::shared_ptr<QSvgRenderer>>();
  if (renderer == nullptr) return;
  painter->save();
  painter->setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
  renderer->render(painter, area);
  painter->restore();
}

}  // namespace lodestone::pages
