// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>

#include "core/base/parameter.h"

namespace lodestone::forms {

/// What one parameter is edited with. Values are as the parameter writes them, in no language's notation.
class ParameterControl : public QWidget {
  Q_OBJECT
 public:
  /// A field that loses the focus as it goes says that its editing has ended: nobody is told any more.
  ~ParameterControl() override;
  using QWidget::QWidget;

  virtual QString value() const = 0;
  /// Without edited().
  virtual void setValue(const QString& value) = 0;
  /// Columns or tables to choose from, for those that name one.
  virtual void setOptions(const QStringList& options) { Q_UNUSED(options); }
  /// What an empty field shows instead of its own words; empty: those.
  virtual void setPlaceholder(const QString& text) { Q_UNUSED(text); }
  virtual void setReadOnly(bool read_only) = 0;
  /// Titles of choices and the like, in the language in use.
  virtual void showTexts() {}
  /// The widget that takes the focus and carries name and help.
  virtual QWidget* editor() const = 0;
  /// True where the control shows the parameter's title itself.
  virtual bool hasTitle() const { return false; }

 Q_SIGNALS:
  void typed();   ///< at every key
  void edited();  ///< editing ended
};

/// The control of the parameter's kind.
ParameterControl* makeControl(const Parameter& parameter, QWidget* parent);

}  // namespace lodestone::forms
