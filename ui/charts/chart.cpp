// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chart.h"

#include <QAction>
#include <QBuffer>
#include <QEvent>
#include <QHBoxLayout>
#include <QImage>
#include <QLabel>
#include <QMenu>
#include <QMetaMethod>
#include <QStackedWidget>
#include <QSvgGenerator>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

#include "core/base/file.h"
#include "ui/charts/chart_table_view.h"
#include "ui/charts/csv.h"
#include "ui/charts/elided_label.h"
#include "ui/charts/qcustomplot_wrapper.h"
#include "ui/theme/theme.h"
#include "ui/widgets/dialogs.h"
#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

namespace lodestone::charts {
namespace {

constexpr Text kNoMemory{
    "There is not enough memory for the picture of this chart. Make it smaller and try again.",
    "内存不足，无法生成该图表的图片。请缩小图表后重试。"};

/// How often the table follows a chart that grows.
constexpr int kTableMs = 250;

QToolButton* makeTool(const QString& object_name, const QString& icon) {
  auto* tool = new QToolButton;
  tool->setObjectName(object_name);
  tool->setIcon(theme::icon(icon));
  tool->setAutoRaise(true);
  tool->setFocusPolicy(Qt::StrongFocus);
  return tool;
}

}  // namespace

struct Chart::Parts {
  ElidedLabel* title = nullptr;
  QHBoxLayout* tools = nullptr;
  QToolButton* as_table = nullptr;
  QToolButton* save_as = nullptr;
  QAction* png = nullptr;
  QAction* svg = nullptr;
  QAction* csv = nullptr;
  QLabel* summary = nullptr;
  widgets::Notice* notice = nullptr;
  QStackedWidget* stack = nullptr;
  QWidget* plot = nullptr;
  ChartTableView* table = nullptr;
  QLabel* nothing = nullptr;
  QTimer* table_timer = nullptr;
  QString empty_text;
  bool as_table_wanted = false;
  bool table_stale = true;
};

Chart::Chart(QWidget* parent) : QWidget(parent), parts_(std::make_unique<Parts>()) {
  Parts& parts = *parts_;
  parts.title = new ElidedLabel;
  parts.title->setObjectName("chartTitle");
  parts.as_table = makeTool("chartAsTable", "table");
  parts.as_table->setCheckable(true);
  parts.save_as = makeTool("chartSave", "save");
  parts.save_as->setPopupMode(QToolButton::InstantPopup);
  auto* menu = new QMenu(parts.save_as);
  parts.png = menu->addAction(QString(), this, [this] { save("png"); });
  parts.png->setObjectName("chartSavePng");
  parts.svg = menu->addAction(QString(), this, [this] { save("svg"); });
  parts.svg->setObjectName("chartSaveSvg");
  parts.csv = menu->addAction(QString(), this, [this] { save("csv"); });
  parts.csv->setObjectName("chartSaveCsv");
  parts.save_as->setMenu(menu);

  auto* head = new QHBoxLayout;
  head->setSpacing(theme::kSpace1);
  head->addWidget(parts.title, 1);
  parts.tools = new QHBoxLayout;
  parts.tools->setSpacing(theme::kSpace2);
  head->addLayout(parts.tools);
  head->addSpacing(theme::kSpace1);
  head->addWidget(parts.as_table);
  head->addWidget(parts.save_as);

  parts.summary = theme::label(theme::Role::Caption, this);
  parts.summary->setObjectName("chartSummary");
  parts.summary->setWordWrap(true);
  parts.summary->setTextInteractionFlags(Qt::TextSelectableByMouse);
  parts.summary->hide();
  parts.notice = new widgets::Notice(this);
  parts.notice->hide();

  parts.nothing = theme::label(theme::Role::Body, this);
  parts.nothing->setObjectName("chartEmpty");
  parts.nothing->setAlignment(Qt::AlignCenter);
  parts.nothing->setWordWrap(true);
  parts.nothing->setMargin(theme::kSpace5);
  parts.table = new ChartTableView(this);
  parts.stack = new QStackedWidget;
  parts.stack->addWidget(parts.nothing);
  parts.stack->addWidget(parts.table);

  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(theme::kSpace1);
  layout->addLayout(head);
  layout->addWidget(parts.summary);
  layout->addWidget(parts.notice);
  layout->addWidget(parts.stack, 1);

  parts.table_timer = new QTimer(this);
  parts.table_timer->setSingleShot(true);
  parts.table_timer->setInterval(kTableMs);
  connect(parts.table_timer, &QTimer::timeout, this, [this] { fillTable(); });
  connect(parts.as_table, &QToolButton::clicked, this, [this](bool checked) { showAsTable(checked); });
  const auto look = [this] {
    QPalette palette = parts_->nothing->palette();
    palette.setColor(QPalette::WindowText, theme::tokens().text2);
    parts_->nothing->setPalette(palette);
    QFont font = theme::font(theme::Role::Body);
    font.setWeight(QFont::DemiBold);
    parts_->title->setFont(font);
  };
  look();
  connect(&theme::notifier(), &theme::Notifier::changed, this, [this, look] {
    look();
    recolour();
  });
  showTexts();
  connect(&words::notifier(), &words::Notifier::changed, this, [this] {
    showTexts();
    recolour();
    contentChanged();
  });
}

Chart::~Chart() = default;

void Chart::setTitle(const QString& title) {
  parts_->title->setText(title);
  parts_->table->setAccessibleName(title);
  setAccessibleName(title);
  namePlot();
}

void Chart::setSummary(const QString& summary) {
  parts_->summary->setText(summary);
  parts_->summary->setVisible(!summary.isEmpty());
  setAccessibleDescription(summary);
  namePlot();
}

/// Of what takes the focus: the plot, or the part of it that stands in for it.
void Chart::namePlot() {
  if (parts_->plot == nullptr) return;
  QWidget* plot = parts_->plot->focusProxy() != nullptr ? parts_->plot->focusProxy() : parts_->plot;
  plot->setAccessibleName(title().isEmpty() ? tr("Chart") : title());
  plot->setAccessibleDescription(summary());
}

void Chart::setEmptyText(const QString& text) {
  parts_->empty_text = text;
  showContent();
}

QString Chart::title() const {
  return parts_->title->text();
}

QString Chart::summary() const {
  return parts_->summary->text();
}

void Chart::showAsTable(bool table) {
  if (parts_->as_table_wanted == table) return;
  parts_->as_table_wanted = table;
  showContent();
  showTexts();
}

bool Chart::isTable() const {
  return parts_->as_table_wanted;
}

void Chart::setPlot(QWidget* plot) {
  parts_->plot = plot;
  namePlot();
  parts_->stack->addWidget(plot);
  showContent();
}

void Chart::contentChanged() {
  parts_->table_stale = true;
  showContent();
}

void Chart::showContent() {
  Parts& parts = *parts_;
  if (parts.plot == nullptr) return;
  const bool nothing = empty();
  const QString text = parts.empty_text.isEmpty() ? tr("There is nothing to show yet.") : parts.empty_text;
  parts.nothing->setText(text);
  const QString reason = nothing ? text : QString();
  const bool was_enabled = parts.as_table->isEnabled();
  widgets::enableOrSay(parts.as_table, reason);
  widgets::enableOrSay(parts.save_as, reason);
  if (!nothing && !was_enabled) showTexts();
  if (!nothing && parts.as_table_wanted) {
    // At once when it is asked for, then now and again.
    if (parts.stack->currentWidget() != parts.table)
      fillTable();
    else if (parts.table_stale && !parts.table_timer->isActive())
      parts.table_timer->start();
  }
  QWidget* page = nothing ? parts.nothing : parts.as_table_wanted ? parts.table : parts.plot;
  if (parts.stack->currentWidget() != page) parts.stack->setCurrentWidget(page);
}

void Chart::fillTable() {
  if (!parts_->table_stale) return;
  parts_->table_stale = false;
  parts_->table->setTable(table());
}

void Chart::addTool(QWidget* tool) {
  parts_->tools->addWidget(tool);
}

void Chart::showTexts() {
  Parts& parts = *parts_;
  parts.as_table->setChecked(parts.as_table_wanted);
  const QString view = parts.as_table_wanted ? tr("View as chart") : tr("View as table");
  parts.as_table->setAccessibleName(view);
  parts.save_as->setAccessibleName(tr("Save chart"));
  if (parts.as_table->isEnabled()) {
    parts.as_table->setToolTip(view);
    parts.save_as->setToolTip(tr("Save as a picture, a drawing or a table"));
  }
  parts.png->setText(tr("Picture (PNG)…"));
  parts.svg->setText(tr("Drawing (SVG)…"));
  parts.csv->setText(tr("Table (CSV)…"));
}

void Chart::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) recolour();
}

QSize Chart::pictureSize() const {
  return parts_->plot->size().expandedTo({480, 280});
}

void Chart::save(const QString& kind) {
  const QString filter = kind == "png"   ? tr("PNG picture (*.png)")
                         : kind == "svg" ? tr("SVG drawing (*.svg)")
                                         : tr("CSV table (*.csv)");
  const QString name = words::toQt(safeFileName(words::toUtf8(title().isEmpty() ? tr("Chart") : title())));
  QString file = widgets::askSaveFile(this, tr("Save chart"), name + "." + kind, filter);
  if (file.isEmpty()) return;
  if (!file.endsWith("." + kind, Qt::CaseInsensitive)) file += "." + kind;
  parts_->notice->clear();
  const auto written = kind == "png" ? savePng(file) : kind == "svg" ? saveSvg(file) : saveCsv(file);
  if (written)
    Q_EMIT saved(file);
  else
    tell(written.error());
}

void Chart::tell(const Error& error) {
  // Whoever listens shows it in a place of its own.
  static const QMetaMethod kFailed = QMetaMethod::fromSignal(&Chart::failed);
  if (!isSignalConnected(kFailed)) parts_->notice->showError(error);
  Q_EMIT failed(error);
}

namespace {

constexpr int kPictureMargin = theme::kSpace4;

QFont titleFont() {
  return theme::font(theme::Role::Section);
}

int textHeight(const QFont& font, const QString& text, int width) {
  if (text.isEmpty()) return 0;
  return QFontMetrics(font).boundingRect(QRect(0, 0, width, 10000), Qt::TextWordWrap, text).height();
}

}  // namespace

int Chart::headHeight(int width) const {
  const int title_height = textHeight(titleFont(), title(), width);
  const int summary_height = textHeight(theme::font(theme::Role::Caption), summary(), width);
  return title_height + (title_height > 0 ? theme::kSpace1 : 0) + summary_height +
         (title_height + summary_height > 0 ? theme::kSpace3 : 0);
}

void Chart::paintPicture(QPainter& painter, const QSize& plot) {
  const int head = headHeight(plot.width());
  const QSize whole = plot + QSize(2 * kPictureMargin, 2 * kPictureMargin + head);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setRenderHint(QPainter::TextAntialiasing);
  painter.fillRect(QRect(QPoint(0, 0), whole), theme::tokens().surface);
  QRect place(kPictureMargin, kPictureMargin, plot.width(), textHeight(titleFont(), title(), plot.width()));
  painter.setFont(titleFont());
  painter.setPen(theme::tokens().text);
  painter.drawText(place, Qt::TextWordWrap, title());
  place.moveTop(place.bottom() + 1 + theme::kSpace1);
  place.setHeight(textHeight(theme::font(theme::Role::Caption), summary(), plot.width()));
  painter.setFont(theme::font(theme::Role::Caption));
  painter.setPen(theme::tokens().text2);
  painter.drawText(place, Qt::TextWordWrap, summary());
  painter.save();
  painter.translate(kPictureMargin, kPictureMargin + head);
  paintPlot(painter, plot);
  painter.restore();
}

Result<> Chart::savePng(const QString& file) {
  const QSize plot = pictureSize();
  const QSize whole = plot + QSize(2 * kPictureMargin, 2 * kPictureMargin + headHeight(plot.width()));
  constexpr int kScale = 2;
  QImage image(whole * kScale, QImage::Format_ARGB32_Premultiplied);
  if (image.isNull()) return fail(ErrorCode::OutOfMemory, kNoMemory);
  image.setDevicePixelRatio(kScale);
  {
    // QCustomPlot paints on no other painter than its own.
    QCPPainter painter(&image);
    paintPicture(painter, plot);
  }
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  if (!image.save(&buffer, "PNG")) return fail(ErrorCode::OutOfMemory, kNoMemory);
  return writeFileAtomically(words::toUtf8(file), bytes.toStdString());
}

Result<> Chart::saveSvg(const QString& file) {
  const QSize plot = pictureSize();
  const QSize whole = plot + QSize(2 * kPictureMargin, 2 * kPictureMargin + headHeight(plot.width()));
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  QSvgGenerator generator;
  generator.setOutputDevice(&buffer);
  generator.setSize(whole);
  generator.setViewBox(QRect(QPoint(0, 0), whole));
  generator.setResolution(logicalDpiX());
  generator.setTitle(title());
  generator.setDescription(summary());
  {
    QCPPainter painter;
    painter.begin(&generator);
    painter.setMode(QCPPainter::pmVectorized);
    paintPicture(painter, plot);
  }
  return writeFileAtomically(words::toUtf8(file), bytes.toStdString());
}

Result<> Chart::saveCsv(const QString& file) const {
  return writeFileAtomically(words::toUtf8(file), csvOf(plainTable()).toStdString());
}

}  // namespace lodestone::charts
