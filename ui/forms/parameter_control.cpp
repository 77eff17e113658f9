// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/forms/parameter_control.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCompleter>
#include <QFontDatabase>
#include <QFontMetrics>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <cmath>

#include "ui/forms/column_list_edit.h"
#include "ui/forms/undo_guard.h"
#include "ui/forms/wheel_guard.h"
#include "ui/theme/theme.h"
#include "ui/words/words.h"

namespace lodestone::forms {
namespace {

void fillWith(QWidget* control, QWidget* editor) {
  auto* layout = new QVBoxLayout(control);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(editor);
  control->setFocusProxy(editor);
}

/// Numbers and short texts. A number is typed as everywhere, and stepped with the arrow keys.
class TextControl : public ParameterControl {
 public:
  TextControl(const Parameter& parameter, QWidget* parent)
      : ParameterControl(parent), parameter_(parameter), line_(new QLineEdit(this)) {
    fillWith(this, line_);
    line_->setMinimumWidth(0);
    line_->setPlaceholderText(words::toQt(parameter.default_value));
    if (isNumber()) line_->installEventFilter(this);
    connect(line_, &QLineEdit::textEdited, this, &TextControl::typed);
    connect(line_, &QLineEdit::editingFinished, this, [this] {
      if (isNumber() && line_->text().trimmed().isEmpty())
        line_->setText(words::toQt(parameter_.default_value));
      Q_EMIT edited();
    });
    forgetStepsWhenDone(line_);
  }
  QString value() const override {
    if (!isNumber()) return line_->text();
    const QString typed_text = line_->text().trimmed();
    return typed_text.isEmpty() ? words::toQt(parameter_.default_value) : typed_text;
  }
  void setValue(const QString& value) override {
    if (value != line_->text()) line_->setText(value);
  }
  void setReadOnly(bool read_only) override { line_->setReadOnly(read_only); }
  QWidget* editor() const override { return line_; }

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override {
    if (event->type() == QEvent::KeyPress && !line_->isReadOnly()) {
      const int key = static_cast<QKeyEvent*>(event)->key();
      if (key == Qt::Key_Up || key == Qt::Key_Down) {
        step(key == Qt::Key_Up ? 1 : -1);
        return true;
      }
    }
    return ParameterControl::eventFilter(watched, event);
  }

 private:
  bool isNumber() const {
    return parameter_.kind == ParameterKind::Integer || parameter_.kind == ParameterKind::Number;
  }
  /// One up or down; of a fraction, one of its last decimal.
  void step(int direction) {
    double now = 0;
    const std::string text = words::toUtf8(value());
    if (!parseNumber(text, now)) return;
    double size = 1;
    const auto point = text.find('.');
    if (parameter_.kind == ParameterKind::Number && point != std::string::npos &&
        text.find('e') == std::string::npos)
      size = std::pow(10.0, -static_cast<double>(text.size() - point - 1));
    double next = std::round(now / size + direction) * size;
    if (parameter_.minimum) next = std::max(next, *parameter_.minimum);
    if (parameter_.maximum) next = std::min(next, *parameter_.maximum);
    // As many digits as the step has, so that 0.1 + 0.2 stays 0.3.
    const int decimals = static_cast<int>(std::max(0.0, std::round(-std::log10(size))));
    line_->setText(QString::number(next, 'f', decimals));
    Q_EMIT typed();
  }

  Parameter parameter_;
  QLineEdit* line_;
};

class ChoiceControl : public ParameterControl {
 public:
  ChoiceControl(const Parameter& parameter, QWidget* parent)
      : ParameterControl(parent), parameter_(parameter), combo_(new QComboBox(this)) {
    fillWith(this, combo_);
    combo_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    for (const ParameterChoice& choice : parameter.choices)
      combo_->addItem(QString(), words::toQt(choice.id));
    guardWheel(combo_);
    connect(combo_, &QComboBox::activated, this, &ChoiceControl::edited);
  }
  QString value() const override { return combo_->currentData().toString(); }
  void setValue(const QString& value) override {
    const QSignalBlocker quiet(combo_);
    int at = combo_->findData(value);
    if (at < 0 && !value.isEmpty()) {
      combo_->addItem(value, value);  // shown as it stands, so that the complaint has something to point at
      at = combo_->count() - 1;
    }
    combo_->setCurrentIndex(at);
  }
  void setReadOnly(bool read_only) override { combo_->setEnabled(!read_only); }
  void showTexts() override {
    for (std::size_t i = 0; i < parameter_.choices.size(); ++i)
      combo_->setItemText(static_cast<int>(i), words::said(parameter_.choices[i].title));
  }
  QWidget* editor() const override { return combo_; }

 private:
  Parameter parameter_;
  QComboBox* combo_;
};

class FlagControl : public ParameterControl {
 public:
  FlagControl(const Parameter& parameter, QWidget* parent)
      : ParameterControl(parent), parameter_(parameter), box_(new QCheckBox(this)) {
    fillWith(this, box_);
    connect(box_, &QCheckBox::clicked, this, &FlagControl::edited);
  }
  QString value() const override { return box_->isChecked() ? "true" : "false"; }
  void setValue(const QString& value) override { box_->setChecked(value == "true"); }
  void setReadOnly(bool read_only) override { box_->setEnabled(!read_only); }
  void showTexts() override { box_->setText(words::said(parameter_.title)); }
  QWidget* editor() const override { return box_; }
  bool hasTitle() const override { return true; }

 private:
  Parameter parameter_;
  QCheckBox* box_;
};

/// The name of a column or a table: chosen or typed.
class NameControl : public ParameterControl {
 public:
  NameControl(const Parameter& parameter, QWidget* parent)
      : ParameterControl(parent),
        table_(parameter.kind == ParameterKind::Table),
        combo_(new QComboBox(this)) {
    fillWith(this, combo_);
    combo_->setEditable(true);
    combo_->setInsertPolicy(QComboBox::NoInsert);
    combo_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    combo_->completer()->setFilterMode(Qt::MatchContains);
    combo_->completer()->setCompletionMode(QCompleter::PopupCompletion);
    guardWheel(combo_);
    connect(combo_, &QComboBox::editTextChanged, this, &NameControl::typed);
    connect(combo_, &QComboBox::activated, this, &NameControl::edited);
    connect(combo_->lineEdit(), &QLineEdit::editingFinished, this, &NameControl::edited);
    forgetStepsWhenDone(combo_->lineEdit());
  }
  QString value() const override { return combo_->currentText().trimmed(); }
  void setValue(const QString& value) override {
    const QSignalBlocker quiet(combo_);
    combo_->setCurrentIndex(combo_->findText(value, Qt::MatchFixedString | Qt::MatchCaseSensitive));
    combo_->setEditText(value);
  }
  void setOptions(const QStringList& options) override {
    const QString now = combo_->currentText();
    const QSignalBlocker quiet(combo_);
    combo_->clear();
    combo_->addItems(options);
    setValue(now);
    showTexts();
  }
  void setPlaceholder(const QString& text) override {
    placeholder_ = text;
    showTexts();
  }
  /// Of a table: the one that is taken where none is named, when it is the only one.
  void showTexts() override {
    if (!table_) return;
    combo_->lineEdit()->setPlaceholderText(!placeholder_.isEmpty() ? placeholder_
                                           : combo_->count() == 0  ? ParameterControl::tr("No table yet")
                                           : combo_->count() == 1  ? combo_->itemText(0)
                                                                   : ParameterControl::tr("Choose a table"));
  }
  void setReadOnly(bool read_only) override { combo_->setEnabled(!read_only); }
  QWidget* editor() const override { return combo_; }

 private:
  bool table_;
  QString placeholder_;
  QComboBox* combo_;
};

class ColumnListControl : public ParameterControl {
 public:
  explicit ColumnListControl(QWidget* parent) : ParameterControl(parent), edit_(new ColumnListEdit(this)) {
    fillWith(this, edit_);
    connect(edit_->lineEdit(), &QLineEdit::textEdited, this, &ColumnListControl::typed);
    connect(edit_, &ColumnListEdit::edited, this, &ColumnListControl::edited);
    forgetStepsWhenDone(edit_->lineEdit());
  }
  QString value() const override { return edit_->text(); }
  void setValue(const QString& value) override {
    if (value != edit_->text()) edit_->setText(value);
  }
  void setOptions(const QStringList& options) override { edit_->setColumns(options); }
  void setReadOnly(bool read_only) override { edit_->setReadOnly(read_only); }
  QWidget* editor() const override { return edit_->lineEdit(); }

 private:
  ColumnListEdit* edit_;
};

/// A query, in letters of one width. Editing ends when the focus leaves it, or with Ctrl+Return.
class SqlControl : public ParameterControl {
 public:
  SqlControl(const Parameter& parameter, QWidget* parent)
      : ParameterControl(parent), text_(new QPlainTextEdit(this)) {
    fillWith(this, text_);
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setPixelSize(theme::font(theme::Role::Body).pixelSize());
    text_->setFont(font);
    text_->setTabChangesFocus(true);
    text_->setLineWrapMode(QPlainTextEdit::WidgetWidth);
    text_->setPlaceholderText(words::toQt(parameter.default_value));
    constexpr int kLines = 6;
    text_->setFixedHeight(QFontMetrics(font).lineSpacing() * kLines + 2 * theme::kSpace3);
    text_->installEventFilter(this);
    connect(text_, &QPlainTextEdit::textChanged, this, [this] {
      if (text_->hasFocus()) Q_EMIT typed();
    });
  }
  QString value() const override { return text_->toPlainText(); }
  void setValue(const QString& value) override {
    if (value == text_->toPlainText()) return;  // keeps the cursor
    const QSignalBlocker quiet(text_);
    text_->setPlainText(value);
  }
  void setReadOnly(bool read_only) override { text_->setReadOnly(read_only); }
  QWidget* editor() const override { return text_; }

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override {
    if (event->type() == QEvent::FocusOut) Q_EMIT edited();
    if (event->type() == QEvent::KeyPress) {
      const auto* key = static_cast<QKeyEvent*>(event);
      if (key->key() == Qt::Key_Return && key->modifiers().testFlag(Qt::ControlModifier)) {
        Q_EMIT edited();
        return true;
      }
    }
    return ParameterControl::eventFilter(watched, event);
  }

 private:
  QPlainTextEdit* text_;
};

}  // namespace

ParameterControl* makeControl(const Parameter& parameter, QWidget* parent) {
  switch (parameter.kind) {
    case ParameterKind::Integer:
    case ParameterKind::Number:
    case ParameterKind::String:
    case ParameterKind::List:
    case ParameterKind::Pairs:
      return new TextControl(parameter, parent);
    case ParameterKind::Flag:
      return new FlagControl(parameter, parent);
    case ParameterKind::Choice:
      return new ChoiceControl(parameter, parent);
    case ParameterKind::Column:
    case ParameterKind::Table:
      return new NameControl(parameter, parent);
    case ParameterKind::ColumnList:
      return new ColumnListControl(parent);
    case ParameterKind::Sql:
      return new SqlControl(parameter, parent);
  }
  return new TextControl(parameter, parent);
}

ParameterControl::~ParameterControl() {
  for (QWidget* field : findChildren<QWidget*>()) field->disconnect(this);
}

}  // namespace lodestone::forms
