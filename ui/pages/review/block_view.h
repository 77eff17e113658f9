// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTextBrowser>
#include <functional>
#include <vector>

#include "core/campaign/report.h"
#include "ui/pages/review/document_writer.h"

namespace lodestone::pages {

/// A report's blocks as a page to read: as high as its text, in the theme's type, selectable. Long ones are
/// written a few blocks at a time, so that the window stays free; what stood before stays until the first of
/// them is written.
class BlockView : public QTextBrowser {
  Q_OBJECT
 public:
  explicit BlockView(QWidget* parent = nullptr);
  void setBlocks(std::vector<campaign::Block> blocks);
  /// Written now, and again when the theme changes.
  void setContent(const std::function<void(DocumentWriter&)>& write);
  bool complete() const { return next_ >= steps_.size(); }

 protected:
  void resizeEvent(QResizeEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;

 private:
  using Step = std::function<void(DocumentWriter&)>;
  void begin();
  void writeSome();
  void fitHeight();

  std::vector<Step> steps_;
  std::size_t next_ = 0;
  std::unique_ptr<DocumentWriter> writer_;
};

}  // namespace lodestone::pages
