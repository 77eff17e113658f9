// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/base/parameter.h"

class QVBoxLayout;

namespace lodestone::forms {

/// A form made from a descriptor's parameters: one labelled control each, with help as tooltip, unit, range,
/// the default shown where nothing is set, and its own complaint under it where what is typed does not read.
/// Texts follow the language.
class ParameterForm : public QWidget {
  Q_OBJECT
 public:
  explicit ParameterForm(QWidget* parent = nullptr);
  ~ParameterForm() override;

  /// Replaces the controls. owner: the stage or model in messages. A value that the parameters lack is
  /// ignored.
  void setParameters(const std::vector<Parameter>& parameters,
                     const std::map<std::string, std::string>& values, const std::string& owner);
  /// What Column, ColumnList and Table parameters offer; other words may still be typed.
  void setColumns(const QStringList& columns);
  void setTables(const QStringList& tables);
  /// Sets what the controls show, without changed().
  void setValues(const std::map<std::string, std::string>& values);
  void setReadOnly(bool read_only);
  /// What a table's field shows while it is empty; an empty text: its own words.
  void setPlaceholder(const std::string& id, const QString& text);

  /// What the controls show, but only what differs from the defaults.
  std::map<std::string, std::string> values() const;
  /// What is wrong now, in the language in use; empty when all reads.
  QString problem() const;

 Q_SIGNALS:
  /// The user set a parameter to something that reads; empty value: back to its default. Sent when editing it
  /// ended.
  void changed(const QString& id, const QString& value);
  /// problem() says something else than before; at every key.
  void problemChanged();

 private:
  struct Row;
  void addRow(const Parameter& parameter);
  void removeRows();
  void offerNames(Row& row) const;
  void showTexts();
  /// Shows what is wrong with a row, and whether it may be reset.
  void check(Row& row);
  void commit(Row& row);
  void reset(Row& row);

  std::string owner_;
  QVBoxLayout* layout_;
  std::vector<std::unique_ptr<Row>> rows_;
  QStringList columns_;
  QStringList tables_;
  bool read_only_ = false;
  QString told_problem_;
};

}  // namespace lodestone::forms
