// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTextObjectInterface>
#include <memory>
#include <string>
#include <vector>

class QSvgRenderer;
class QTextCursor;

namespace lodestone::pages {

/// Draws the SVG figures of a document as vectors, recoloured for the theme, no wider than the text around
/// them. One for each document, owned by it.
class FigureObject : public QObject, public QTextObjectInterface {
  Q_OBJECT
  Q_INTERFACES(QTextObjectInterface)
 public:
  /// The document's own one; made with the first figure.
  static void insert(QTextCursor& cursor, const std::string& svg);

  ~FigureObject() override;
  QSizeF intrinsicSize(QTextDocument* document, int position, const QTextFormat& format) override;
  void drawObject(QPainter* painter, const QRectF& area, QTextDocument* document, int position,
                  const QTextFormat& format) override;

 private:
  explicit FigureObject(QTextDocument* document);
};

/// The colours of a figure of a report, which are those of the light theme, in the theme in use.
QByteArray recoloured(const std::string& svg);

}  // namespace lodestone::pages
