// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <optional>

#include "core/data/import.h"

class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QToolButton;

namespace lodestone::pages {

/// How a file is read: each setting is found out unless the user says otherwise, and shows what was found.
/// What only some formats have is there when it means something.
class ImportOptions : public QWidget {
  Q_OBJECT
 public:
  explicit ImportOptions(QWidget* parent = nullptr);

  /// Everything found out again, bad rows rejected.
  void reset();
  /// What the first entries of the lists say in brackets; none: nothing was found (yet).
  void setDetected(const std::optional<data::Detected>& detected);
  /// A database by its address: what is read may be a query.
  void setAddress(bool address);
  /// As a template says; what it leaves open is found out.
  void setOptions(const data::ImportOptions& options);
  /// What the user has said. Columns' types and what is done with a table of the same name are not of here.
  data::ImportOptions options() const;

 Q_SIGNALS:
  void changed();          ///< by the user: the file reads differently now
  void handlingChanged();  ///< by the user: of rows that do not fit

 private:
  struct Field {
    QLabel* label;
    QComboBox* box;
    bool text_only;  ///< means something for text with delimiters alone
    bool further;    ///< among the further settings
  };
  QComboBox* addBox(const char* object_name, bool text_only, bool further);
  void fill();
  void fillFurther(const data::Detected& found);
  void showFields();
  static QString named(const QString& character);

  std::optional<data::Detected> detected_;
  std::optional<data::ImportOptions> kept_;  // of a template: what has no field here
  std::vector<Field> fields_;
  QFormLayout* form_;
  QComboBox *table_, *encoding_, *delimiter_, *quote_, *header_, *types_, *bad_rows_;
  QComboBox *escape_, *before_, *header_lines_, *decimal_;
  bool address_ = false;
  QLabel* query_label_;
  QLineEdit* query_;
  QLabel* missing_label_;
  QLineEdit* missing_;
  QToolButton* further_;
};

}  // namespace lodestone::pages
