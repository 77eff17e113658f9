// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <optional>

#include "core/data/import.h"

class QComboBox;
class QFormLayout;
class QLabel;

namespace lodestone::pages {

/// How a file is read: each setting is found out unless the user says otherwise, and shows what was found.
class ImportOptions : public QWidget {
  Q_OBJECT
 public:
  explicit ImportOptions(QWidget* parent = nullptr);

  /// Everything found out again, bad rows rejected.
  void reset();
  /// What the first entries of the lists say in brackets; none: nothing was found (yet).
  void setDetected(const std::optional<data::Detected>& detected);
  data::ImportOptions options() const;

 Q_SIGNALS:
  void changed();          ///< by the user: the file reads differently now
  void handlingChanged();  ///< by the user: of rows that do not fit

 private:
  QComboBox* addBox(const char* object_name, QLabel** label);
  void fill();
  static QString named(const QString& character);

  std::optional<data::Detected> detected_;
  QFormLayout* form_;
  QComboBox* encoding_;
  QComboBox* delimiter_;
  QComboBox* quote_;
  QComboBox* header_;
  QComboBox* types_;
  QComboBox* bad_rows_;
  QLabel *encoding_label_, *delimiter_label_, *quote_label_, *header_label_, *types_label_, *bad_rows_label_;
};

}  // namespace lodestone::pages
