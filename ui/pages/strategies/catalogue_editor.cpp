// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/strategies/catalogue_editor.h"

#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>

#include "core/campaign/rule.h"
#include "ui/pages/strategies/catalogue_model.h"
#include "ui/pages/strategies/labels.h"
#include "ui/tables/table_parts.h"
#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

namespace lodestone::pages {

namespace {

constexpr int kMostRowsInSight = 7;

/// As high as its rows, up to a few.
void fitHeight(QTableView* view) {
  const int rows = std::clamp(view->model()->rowCount(), 1, kMostRowsInSight);
  view->setFixedHeight(view->horizontalHeader()->sizeHint().height() + rows * theme::kRowHeight +
                       2 * view->frameWidth() + 2);
}

}  // namespace

CatalogueEditor::CatalogueEditor(QWidget* parent)
    : QWidget(parent),
      offers_(new CatalogueModel(CatalogueModel::Kind::Offers, this)),
      channels_(new CatalogueModel(CatalogueModel::Kind::Channels, this)),
      offers_view_(new QTableView),
      channels_view_(new QTableView),
      offers_title_(theme::label(theme::Role::Body)),
      channels_title_(theme::label(theme::Role::Body)),
      add_offer_(new QPushButton),
      remove_offer_(new QPushButton),
      add_channel_(new QPushButton),
      remove_channel_(new QPushButton),
      margin_label_(theme::label(theme::Role::Caption)),
      margin_(new QLineEdit),
      currency_label_(theme::label(theme::Role::Caption)),
      currency_(new QLineEdit),
      problem_(theme::label(theme::Role::Body)),
      save_(new QPushButton),
      revert_(new QPushButton) {
  setObjectName("catalogueEditor");
  offers_view_->setObjectName("offersTable");
  channels_view_->setObjectName("channelsTable");
  add_offer_->setObjectName("addOffer");
  remove_offer_->setObjectName("removeOffer");
  add_channel_->setObjectName("addChannel");
  remove_channel_->setObjectName("removeChannel");
  margin_->setObjectName("catalogueMargin");
  currency_->setObjectName("catalogueCurrency");
  problem_->setObjectName("catalogueProblem");
  save_->setObjectName("saveCatalogue");
  revert_->setObjectName("revertCatalogue");
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(theme::kSpace3);
  column->addWidget(makeTable(offers_, offers_view_, offers_title_, add_offer_, remove_offer_));
  column->addWidget(makeTable(channels_, channels_view_, channels_title_, add_channel_, remove_channel_));
  auto* row = new QHBoxLayout;
  row->setSpacing(theme::kSpace2);
  margin_label_->setBuddy(margin_);
  currency_label_->setBuddy(currency_);
  margin_->setAlignment(Qt::AlignRight);
  margin_->setMaximumWidth(margin_->fontMetrics().averageCharWidth() * 12);
  currency_->setMaximumWidth(currency_->fontMetrics().averageCharWidth() * 12);
  row->addWidget(margin_label_);
  row->addWidget(margin_);
  row->addSpacing(theme::kSpace3);
  row->addWidget(currency_label_);
  row->addWidget(currency_);
  row->addStretch();
  row->addWidget(revert_);
  row->addWidget(save_);
  column->addLayout(row);
  column->addWidget(complaining(problem_));
  for (QLineEdit* line : {margin_, currency_})
    connect(line, &QLineEdit::textEdited, this, [this] { touch(); });
  connect(offers_, &CatalogueModel::edited, this, &CatalogueEditor::touch);
  connect(channels_, &CatalogueModel::edited, this, &CatalogueEditor::touch);
  connect(save_, &QPushButton::clicked, this, &CatalogueEditor::saveRequested);
  connect(revert_, &QPushButton::clicked, this, &CatalogueEditor::revert);
  words::say(this, [this] { showTexts(); });
}

QWidget* CatalogueEditor::makeTable(CatalogueModel* model, QTableView* view, QLabel* title, QPushButton* add,
                                    QPushButton* remove) {
  auto* box = new QWidget;
  auto* column = new QVBoxLayout(box);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(theme::kSpace1);
  auto* head = new QHBoxLayout;
  head->addWidget(strong(title));
  head->addStretch();
  head->addWidget(add);
  head->addWidget(remove);
  column->addLayout(head);
  view->setModel(model);
  view->verticalHeader()->hide();
  view->verticalHeader()->setDefaultSectionSize(theme::kRowHeight);
  view->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
  view->horizontalHeader()->setHighlightSections(false);
  view->setSelectionMode(QAbstractItemView::SingleSelection);
  view->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed |
                        QAbstractItemView::AnyKeyPressed | QAbstractItemView::SelectedClicked);
  view->setTabKeyNavigation(false);
  view->setItemDelegate(new tables::CellDelegate(view));
  column->addWidget(view);
  connect(model, &QAbstractItemModel::modelReset, this, [view] { fitHeight(view); });
  connect(model, &QAbstractItemModel::rowsInserted, this, [view] { fitHeight(view); });
  connect(model, &QAbstractItemModel::rowsRemoved, this, [view] { fitHeight(view); });
  connect(add, &QPushButton::clicked, this, [model, view] {
    model->addRow();
    const QModelIndex id = model->index(model->rowCount() - 1, CatalogueModel::Id);
    view->setCurrentIndex(id);
    view->setFocus();
    view->edit(id);
  });
  connect(remove, &QPushButton::clicked, this,
          [model, view] { model->removeRow(view->currentIndex().row()); });
  connect(view->selectionModel(), &QItemSelectionModel::currentChanged, this, [this] { showState(); });
  fitHeight(view);
  return box;
}

void CatalogueEditor::setSaved(const campaign::Catalogue& catalogue) {
  saved_ = catalogue;
  if (!changed_) revert();
}

void CatalogueEditor::revert() {
  offers_->setCatalogue(saved_);
  channels_->setCatalogue(saved_);
  margin_->setText(words::toQt(campaign::plainNumber(campaign::roundSignificant(saved_.margin * 100, 12))));
  currency_->setText(words::toQt(saved_.currency));
  changed_ = false;
  showState();
  Q_EMIT edited();
}

void CatalogueEditor::touch() {
  changed_ = true;
  showState();
  Q_EMIT edited();
}

void CatalogueEditor::accept() {
  saved_ = catalogue();
  changed_ = false;
  showState();
  Q_EMIT edited();
}

QString CatalogueEditor::problem() const {
  if (const QString found = offers_->firstProblem(); !found.isEmpty()) return found;
  if (const QString found = channels_->firstProblem(); !found.isEmpty()) return found;
  bool ok = false;
  const double margin = QLocale().toDouble(margin_->text().trimmed(), &ok);
  if (!ok || margin < 0 || margin > 100) return tr("The margin must be a number from 0 to 100 per cent.");
  if (currency_->text().trimmed().isEmpty()) return tr("Give the currency, such as EUR.");
  return {};
}

campaign::Catalogue CatalogueEditor::catalogue() const {
  campaign::Catalogue out;
  out.offers = offers_->offers();
  out.channels = channels_->channels();
  out.margin = QLocale().toDouble(margin_->text().trimmed()) / 100;
  out.currency = words::toUtf8(currency_->text().trimmed());
  return out;
}

void CatalogueEditor::showTexts() {
  offers_title_->setText(tr("Offers"));
  channels_title_->setText(tr("Channels"));
  offers_view_->setAccessibleName(tr("Offers"));
  channels_view_->setAccessibleName(tr("Channels"));
  add_offer_->setText(tr("Add offer"));
  add_channel_->setText(tr("Add channel"));
  for (QPushButton* remove : {remove_offer_, remove_channel_}) remove->setText(tr("Remove"));
  margin_label_->setText(tr("Margin, %"));
  margin_->setAccessibleName(margin_label_->text());
  margin_->setToolTip(tr("Profit as a share of revenue, before the costs of offers and contacts"));
  currency_label_->setText(tr("Currency"));
  currency_->setAccessibleName(currency_label_->text());
  currency_->setToolTip(tr("As it is to stand before amounts, such as EUR"));
  save_->setText(tr("Save catalogue"));
  revert_->setText(tr("Undo changes"));
  for (CatalogueModel* model : {offers_, channels_})
    Q_EMIT model->headerDataChanged(Qt::Horizontal, 0, CatalogueModel::kColumns - 1);
  showState();
}

void CatalogueEditor::showState() {
  const QString found = problem();
  problem_->setText(found);
  problem_->setVisible(!found.isEmpty());
  const QString unchanged = changed_ ? QString() : tr("Nothing has been changed.");
  widgets::enableOrSay(save_, {});
  save_->setToolTip(tr("Keeps offers and channels for this project"));
  widgets::enableOrSay(save_, !found.isEmpty() ? found : unchanged);
  widgets::enableOrSay(revert_, {});
  revert_->setToolTip(tr("Back to what was saved"));
  widgets::enableOrSay(revert_, unchanged);
  const QString none = tr("Select a row first.");
  widgets::enableOrSay(remove_offer_, offers_view_->currentIndex().isValid() ? QString() : none);
  widgets::enableOrSay(remove_channel_, channels_view_->currentIndex().isValid() ? QString() : none);
}

}  // namespace lodestone::pages
