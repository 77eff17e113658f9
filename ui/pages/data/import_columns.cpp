// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/data/import_columns.h"

#include <QAbstractTableModel>
#include <QComboBox>
#include <QCoreApplication>
#include <QHeaderView>
#include <QStyledItemDelegate>
#include <algorithm>
#include <array>

#include "ui/pages/data/profile_rows.h"
#include "ui/theme/theme.h"
#include "ui/words/words.h"

namespace lodestone::pages {
namespace {

struct Choice {
  const char* type;  ///< as in ImportOptions::column_types
  const char* word;
};

constexpr std::array kChoices{
    Choice{"VARCHAR", QT_TRANSLATE_NOOP("lodestone::pages::ImportColumns", "Text")},
    Choice{"BIGINT", QT_TRANSLATE_NOOP("lodestone::pages::ImportColumns", "Whole number")},
    Choice{"DOUBLE", QT_TRANSLATE_NOOP("lodestone::pages::ImportColumns", "Number")},
    Choice{"BOOLEAN", QT_TRANSLATE_NOOP("lodestone::pages::ImportColumns", "Yes or no")},
    Choice{"DATE", QT_TRANSLATE_NOOP("lodestone::pages::ImportColumns", "Date, 2026-12-31")},
    Choice{"DATE %d.%m.%Y", QT_TRANSLATE_NOOP("lodestone::pages::ImportColumns", "Date, 31.12.2026")},
    Choice{"DATE %d/%m/%Y", QT_TRANSLATE_NOOP("lodestone::pages::ImportColumns", "Date, 31/12/2026")},
    Choice{"DATE %m/%d/%Y", QT_TRANSLATE_NOOP("lodestone::pages::ImportColumns", "Date, 12/31/2026")},
    Choice{"TIMESTAMP", QT_TRANSLATE_NOOP("lodestone::pages::ImportColumns", "Date and time")}};

QString wordOf(const std::string& type) {
  for (const Choice& choice : kChoices)
    if (type == choice.type) return ImportColumns::tr(choice.word);
  return words::toQt(type);
}

class TypeDelegate : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;

  QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem&,
                        const QModelIndex& index) const override {
    auto* box = new QComboBox(parent);
    box->setAccessibleName(index.siblingAtColumn(0).data().toString());
    box->addItem(ImportColumns::tr("As found: %1").arg(index.data(Qt::UserRole + 1).toString()), QString());
    for (const Choice& choice : kChoices) box->addItem(ImportColumns::tr(choice.word), QString(choice.type));
    connect(box, &QComboBox::activated, this, [this, box] {
      auto* self = const_cast<TypeDelegate*>(this);  // signals are not const
      Q_EMIT self->commitData(box);
      Q_EMIT self->closeEditor(box);
    });
    return box;
  }
  void setEditorData(QWidget* editor, const QModelIndex& index) const override {
    auto* box = static_cast<QComboBox*>(editor);
    box->setCurrentIndex(std::max(0, box->findData(index.data(Qt::EditRole))));
  }
  void setModelData(QWidget* editor, QAbstractItemModel* model, const QModelIndex& index) const override {
    model->setData(index, static_cast<QComboBox*>(editor)->currentData(), Qt::EditRole);
  }
};

}  // namespace

class ImportColumns::Columns : public QAbstractTableModel {
 public:
  explicit Columns(ImportColumns* owner) : QAbstractTableModel(owner), owner_(owner) {}

  void set(const std::vector<data::ColumnInfo>& columns) {
    beginResetModel();
    for (const data::ColumnInfo& column : columns)
      if (!chosen.contains(column.name)) found_[column.name] = column.type;
    columns_ = columns;
    endResetModel();
  }
  void say() {
    if (columns_.empty()) return;
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, 1));
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, 1);
  }

  int rowCount(const QModelIndex& parent = {}) const override {
    return parent.isValid() ? 0 : static_cast<int>(columns_.size());
  }
  int columnCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : 2; }
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    return section == 0 ? ImportColumns::tr("Column") : ImportColumns::tr("Type");
  }
  Qt::ItemFlags flags(const QModelIndex& index) const override {
    return QAbstractTableModel::flags(index) | (index.column() == 1 ? Qt::ItemIsEditable : Qt::NoItemFlags);
  }
  QVariant data(const QModelIndex& index, int role) const override {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const data::ColumnInfo& column = columns_[static_cast<std::size_t>(index.row())];
    if (index.column() == 0)
      return role == Qt::DisplayRole || role == Qt::ToolTipRole ? words::toQt(column.name) : QVariant();
    const auto choice = chosen.find(column.name);
    const bool own = choice != chosen.end();
    const auto found = found_.find(column.name);
    const QString word = found == found_.end() ? QString() : ProfileRows::typeWord(found->second);
    if (role == Qt::DisplayRole) return own ? wordOf(choice->second) : word;
    if (role == Qt::EditRole) return own ? words::toQt(choice->second) : QString();
    if (role == Qt::UserRole + 1) return word;
    if (role == Qt::ForegroundRole && own) return theme::tokens().accent;
    return {};
  }
  bool setData(const QModelIndex& index, const QVariant& value, int role) override {
    if (role != Qt::EditRole || index.column() != 1) return false;
    const std::string name = columns_[static_cast<std::size_t>(index.row())].name;
    const std::string type = words::toUtf8(value.toString());
    const auto before = chosen;
    if (type.empty())
      chosen.erase(name);
    else
      chosen[name] = type;
    if (chosen == before) return true;
    Q_EMIT dataChanged(index, index);
    Q_EMIT owner_->changed();
    return true;
  }

  std::map<std::string, std::string> chosen;

 private:
  ImportColumns* owner_;
  std::vector<data::ColumnInfo> columns_;
  std::map<std::string, std::string> found_;  // types as they were found out, by column
};

ImportColumns::ImportColumns(QWidget* parent) : QTableView(parent), columns_(new Columns(this)) {
  setObjectName("importColumns");
  setModel(columns_);
  setItemDelegateForColumn(1, new TypeDelegate(this));
  setEditTriggers(QAbstractItemView::AllEditTriggers);
  setSelectionMode(QAbstractItemView::SingleSelection);
  setTabKeyNavigation(false);
  verticalHeader()->hide();
  verticalHeader()->setDefaultSectionSize(theme::kRowHeight);
  horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
  words::say(this, [this] {
    setAccessibleName(tr("Columns and their types"));
    columns_->say();
  });
}

ImportColumns::~ImportColumns() = default;

void ImportColumns::setColumns(const std::vector<data::ColumnInfo>& columns) {
  columns_->set(columns);
}

void ImportColumns::setChosen(const std::map<std::string, std::string>& types) {
  columns_->chosen = types;
  columns_->say();
}

std::map<std::string, std::string> ImportColumns::chosen() const {
  return columns_->chosen;
}

}  // namespace lodestone::pages
