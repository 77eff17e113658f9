// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QGraphicsView>
#include <memory>

namespace lodestone::pages {

/// An SVG to look at: all of it at first; Ctrl and the wheel, + and - zoom, a drag moves, 0 shows all again.
class PictureView : public QGraphicsView {
  Q_OBJECT
 public:
  explicit PictureView(QWidget* parent = nullptr);
  ~PictureView() override;
  void setPicture(const QByteArray& svg);

 protected:
  void resizeEvent(QResizeEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  struct Picture;
  void fit();
  void zoom(double factor);

  std::unique_ptr<Picture> picture_;
  QByteArray shown_;
  bool fits_ = true;
};

}  // namespace lodestone::pages
