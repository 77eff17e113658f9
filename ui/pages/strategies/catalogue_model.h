// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QString>
#include <array>
#include <vector>

#include "core/campaign/catalogue.h"

namespace lodestone::pages {

/// The offers or the channels of a catalogue, to be edited as they are typed: what does not read stays, and
/// its tooltip says what is wrong.
class CatalogueModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum class Kind { Offers, Channels };
  enum Column { Id, English, Chinese, Third, Fourth, kColumns };  ///< discount and cost, or cost and capacity

  explicit CatalogueModel(Kind kind, QObject* parent = nullptr);
  void setCatalogue(const campaign::Catalogue& catalogue);
  void addRow();
  void removeRow(int row);
  /// What is wrong with the first cell that does not read; empty when all do.
  QString firstProblem() const;
  /// Only while there is no problem.
  std::vector<campaign::Offer> offers() const;
  std::vector<campaign::Channel> channels() const;

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
  Qt::ItemFlags flags(const QModelIndex& index) const override;
  bool setData(const QModelIndex& index, const QVariant& value, int role) override;

 Q_SIGNALS:
  void edited();

 private:
  using Row = std::array<QString, kColumns>;
  QString problem(int row, int column) const;

  Kind kind_;
  std::vector<Row> rows_;
};

}  // namespace lodestone::pages
