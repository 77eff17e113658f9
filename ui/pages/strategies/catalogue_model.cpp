// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/strategies/catalogue_model.h"

#include <QLocale>
#include <cmath>

#include "core/campaign/rule.h"
#include "ui/theme/theme.h"
#include "ui/words/words.h"

namespace lodestone::pages {

namespace {

bool readNumber(const QString& text, double& value) {
  bool ok = false;
  value = QLocale().toDouble(text.trimmed(), &ok);
  if (!ok) value = QLocale::c().toDouble(text.trimmed(), &ok);
  return ok && std::isfinite(value);
}

double numberIn(const QString& text) {
  double value = 0;
  return readNumber(text, value) ? value : 0;
}

QString plain(double value) {
  return words::toQt(campaign::plainNumber(campaign::roundSignificant(value, 12)));
}

}  // namespace

CatalogueModel::CatalogueModel(Kind kind, QObject* parent) : QAbstractTableModel(parent), kind_(kind) {}

void CatalogueModel::setCatalogue(const campaign::Catalogue& catalogue) {
  beginResetModel();
  rows_.clear();
  if (kind_ == Kind::Offers) {
    for (const auto& offer : catalogue.offers)
      rows_.push_back({words::toQt(offer.id), words::toQt(offer.title_en), words::toQt(offer.title_zh),
                       plain(offer.discount * 100), plain(offer.unit_cost)});
  } else {
    for (const auto& channel : catalogue.channels)
      rows_.push_back({words::toQt(channel.id), words::toQt(channel.title_en), words::toQt(channel.title_zh),
                       plain(channel.unit_cost),
                       channel.capacity ? QString::number(*channel.capacity) : QString()});
  }
  endResetModel();
}

void CatalogueModel::addRow() {
  const int row = rowCount();
  beginInsertRows({}, row, row);
  rows_.push_back({QString(), QString(), QString(), "0", kind_ == Kind::Offers ? QString("0") : QString()});
  endInsertRows();
  Q_EMIT edited();
}

void CatalogueModel::removeRow(int row) {
  if (row < 0 || row >= rowCount()) return;
  beginRemoveRows({}, row, row);
  rows_.erase(rows_.begin() + row);
  endRemoveRows();
  Q_EMIT edited();
}

QString CatalogueModel::problem(int row, int column) const {
  const QString text = rows_[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)].trimmed();
  if (column == Id) {
    if (text.isEmpty()) return tr("Give it an id of its own, such as free_gift.");
    for (int other = 0; other < rowCount(); ++other)
      if (other != row && rows_[static_cast<std::size_t>(other)][Id].trimmed() == text)
        return tr("The id %1 is there twice.").arg(text);
    return {};
  }
  if (column < Third) return {};
  const bool capacity = kind_ == Kind::Channels && column == Fourth;
  if (capacity && text.isEmpty()) return {};
  double value = 0;
  if (!readNumber(text, value)) return tr("This must be a number; it is “%1”.").arg(text);
  if (value < 0) return tr("This must not be below 0; it is %1.").arg(text);
  if (kind_ == Kind::Offers && column == Third && value > 100)
    return tr("A discount is at most 100 %; this is %1.").arg(text);
  if (capacity && value != std::floor(value))
    return tr("A capacity is a whole number; this is %1.").arg(text);
  if (value > (capacity ? 1e12 : 1e9)) return tr("This is too large: %1.").arg(text);
  return {};
}

QString CatalogueModel::firstProblem() const {
  if (rows_.empty())
    return kind_ == Kind::Offers ? tr("Add at least one offer.") : tr("Add at least one channel.");
  for (int row = 0; row < rowCount(); ++row)
    for (int column = 0; column < kColumns; ++column)
      if (const QString found = problem(row, column); !found.isEmpty())
        return tr("%1, row %2, %3: %4")
            .arg(kind_ == Kind::Offers ? tr("Offers") : tr("Channels"))
            .arg(row + 1)
            .arg(headerData(column, Qt::Horizontal, Qt::DisplayRole).toString(), found);
  return {};
}

std::vector<campaign::Offer> CatalogueModel::offers() const {
  std::vector<campaign::Offer> out;
  for (const Row& row : rows_)
    out.push_back({words::toUtf8(row[Id].trimmed()), words::toUtf8(row[English].trimmed()),
                   words::toUtf8(row[Chinese].trimmed()), numberIn(row[Third]) / 100, numberIn(row[Fourth])});
  return out;
}

std::vector<campaign::Channel> CatalogueModel::channels() const {
  std::vector<campaign::Channel> out;
  for (const Row& row : rows_) {
    campaign::Channel channel{words::toUtf8(row[Id].trimmed()), words::toUtf8(row[English].trimmed()),
                              words::toUtf8(row[Chinese].trimmed()), numberIn(row[Third]), std::nullopt};
    if (!row[Fourth].trimmed().isEmpty()) channel.capacity = static_cast<std::int64_t>(numberIn(row[Fourth]));
    out.push_back(std::move(channel));
  }
  return out;
}

int CatalogueModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int CatalogueModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : kColumns;
}

QVariant CatalogueModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rowCount()) return {};
  const QString& text =
      rows_[static_cast<std::size_t>(index.row())][static_cast<std::size_t>(index.column())];
  switch (role) {
    case Qt::DisplayRole:
      // Where nothing is written, no limit holds.
      if (text.isEmpty() && kind_ == Kind::Channels && index.column() == Fourth) return tr("unlimited");
      return text;
    case Qt::EditRole:
      return text;
    case Qt::TextAlignmentRole:
      return QVariant(index.column() >= Third ? Qt::AlignRight | Qt::AlignVCenter
                                              : Qt::AlignLeft | Qt::AlignVCenter);
    case Qt::ToolTipRole:
    case Qt::AccessibleDescriptionRole:
      return problem(index.row(), index.column());
    case Qt::ForegroundRole:
      return problem(index.row(), index.column()).isEmpty() ? QVariant() : QVariant(theme::tokens().fail);
    case Qt::DecorationRole:
      return problem(index.row(), index.column()).isEmpty() ? QVariant() : QVariant(theme::icon("warning"));
    default:
      return {};
  }
}

QVariant CatalogueModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) return {};
  if (role == Qt::TextAlignmentRole)
    return QVariant((section >= Third ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
  if (role != Qt::DisplayRole) return {};
  switch (section) {
    case Id:
      return tr("Id");
    case English:
      return tr("Name, English");
    case Chinese:
      return tr("Name, Chinese");
    case Third:
      return kind_ == Kind::Offers ? tr("Discount, %") : tr("Cost of a contact");
    case Fourth:
      return kind_ == Kind::Offers ? tr("Cost of a conversion") : tr("Most contacts");
    default:
      return {};
  }
}

Qt::ItemFlags CatalogueModel::flags(const QModelIndex& index) const {
  if (!index.isValid()) return Qt::NoItemFlags;
  return Qt::ItemIsSelectable | Qt::ItemIsEnabled | Qt::ItemIsEditable | Qt::ItemNeverHasChildren;
}

bool CatalogueModel::setData(const QModelIndex& index, const QVariant& value, int role) {
  if (!index.isValid() || role != Qt::EditRole) return false;
  QString& text = rows_[static_cast<std::size_t>(index.row())][static_cast<std::size_t>(index.column())];
  if (text == value.toString()) return true;
  text = value.toString();
  // Another row's id may have become right by this.
  Q_EMIT dataChanged(this->index(0, 0), this->index(rowCount() - 1, kColumns - 1));
  Q_EMIT edited();
  return true;
}

}  // namespace lodestone::pages
