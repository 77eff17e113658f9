// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

#include "ui/theme/theme.h"

namespace lodestone::theme {
namespace {

QByteArray source(const QString& name) {
  QFile file(":/icons/" + name + ".svg");
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Draws one icon in the colour that fits what it stands on, at the time it is drawn.
class Engine : public QIconEngine {
 public:
  explicit Engine(const QString& name) : name_(name) {}

  void paint(QPainter* painter, const QRect& area, QIcon::Mode mode, QIcon::State state) override {
    const qreal ratio = painter->device() != nullptr ? painter->device()->devicePixelRatioF() : 1;
    const int size = std::min(area.width(), area.height());
    const QPixmap drawn = theme::pixmap(name_, colour(mode, state), size, ratio);
    painter->drawPixmap(QRect(area.center().x() - size / 2 + (size % 2 == 0 ? 1 : 0),
                              area.center().y() - size / 2 + (size % 2 == 0 ? 1 : 0), size, size),
                        drawn);
  }

  QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
    return theme::pixmap(name_, colour(mode, state), std::min(size.width(), size.height()), 1);
  }

  QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State state, qreal scale) override {
    // size is in device pixels here
    return theme::pixmap(name_, colour(mode, state),
                         static_cast<int>(std::min(size.width(), size.height()) / scale), scale);
  }

  QIconEngine* clone() const override { return new Engine(name_); }
  QString key() const override { return "lodestone"; }
  bool isNull() override { return false; }

 private:
  static QColor colour(QIcon::Mode mode, QIcon::State state) {
    QColor made = state == QIcon::On ? tokens().accent : tokens().text;
    if (mode == QIcon::Disabled) {
      made = tokens().text2;
      made.setAlphaF(0.5);
    }
    return made;
  }

  QString name_;
};

}  // namespace

QIcon icon(const QString& name) {
  return QIcon(new Engine(name));
}

QPixmap pixmap(const QString& name, const QColor& colour, int size, qreal ratio) {
  const QString key =
      QString("lodestone/%1/%2/%3/%4").arg(name, colour.name(QColor::HexArgb)).arg(size).arg(ratio);
  QPixmap made;
  if (QPixmapCache::find(key, &made)) return made;
  const int pixels = std::max(1, qRound(size * ratio));
  made = QPixmap(pixels, pixels);
  made.fill(Qt::transparent);
  QByteArray svg = source(name);
  svg.replace("currentColor", colour.name().toUtf8());
  QSvgRenderer renderer(svg);
  QPainter painter(&made);
  painter.setOpacity(colour.alphaF());
  renderer.render(&painter);
  painter.end();
  made.setDevicePixelRatio(ratio);
  QPixmapCache::insert(key, made);
  return made;
}

}  // namespace lodestone::theme
