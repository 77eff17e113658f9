// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/review/difference_view.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "core/campaign/difference.h"
#include "ui/pages/review/block_view.h"
#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

namespace lodestone::pages {

using theme::Role;

namespace {

constexpr qsizetype kNamedFields = 4;

/// The version that the newest is held against: the last one decided on, else the one before.
int earlierVersion(const std::vector<project::StrategyVersion>& versions) {
  for (auto each = versions.rbegin() + 1; each != versions.rend(); ++each)
    if (!each->decided_at.empty()) return each->version;
  return versions[versions.size() - 2].version;
}

QComboBox* versionBox(const char* name) {
  auto* box = new QComboBox;
  box->setObjectName(name);
  box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  box->setMinimumContentsLength(18);
  box->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  return box;
}

}  // namespace

DifferenceView::DifferenceView(QWidget* parent)
    : QWidget(parent),
      before_(versionBox("versionBefore")),
      after_(versionBox("versionAfter")),
      only_(new QCheckBox),
      before_label_(theme::label(Role::Caption)),
      after_label_(theme::label(Role::Caption)),
      summary_(theme::label(Role::Body)),
      table_(new BlockView),
      stack_(new QStackedWidget),
      single_(new widgets::EmptyState("compare")) {
  setObjectName("differenceView");
  only_->setObjectName("onlyChanges");
  only_->setChecked(true);
  summary_->setObjectName("differenceSummary");
  summary_->setWordWrap(true);
  table_->setObjectName("differenceTable");
  before_label_->setBuddy(before_);
  after_label_->setBuddy(after_);

  auto* page = new QWidget;
  auto* column = new QVBoxLayout(page);
  column->setContentsMargins(theme::kSpace5, theme::kSpace4, theme::kSpace5, theme::kSpace5);
  column->setSpacing(theme::kSpace3);
  auto* boxes = new QHBoxLayout;
  boxes->setSpacing(theme::kSpace3);
  for (auto [label, box] : {std::pair{before_label_, before_}, std::pair{after_label_, after_}}) {
    auto* pair = new QVBoxLayout;
    pair->setSpacing(theme::kSpace1);
    pair->addWidget(label);
    pair->addWidget(box);
    boxes->addLayout(pair, 1);
    connect(box, &QComboBox::currentIndexChanged, this, [this] { showDifference(); });
  }
  column->addLayout(boxes);
  column->addWidget(only_);
  column->addWidget(summary_);
  column->addWidget(table_);
  column->addStretch(1);
  connect(only_, &QCheckBox::toggled, this, [this] { showDifference(); });
  stack_->addWidget(widgets::scrolled(page, "differenceArea"));
  stack_->addWidget(single_);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(stack_);
  words::say(this, [this] {
    before_label_->setText(tr("Earlier version"));
    after_label_->setText(tr("Later version"));
    before_->setAccessibleName(tr("Earlier version"));
    after_->setAccessibleName(tr("Later version"));
    before_->setToolTip(tr("The version on the left"));
    after_->setToolTip(tr("The version on the right"));
    only_->setText(tr("Only what changed"));
    only_->setToolTip(tr("Leaves out the fields that are the same in both versions"));
    table_->setAccessibleName(tr("Fields of both versions side by side"));
    single_->setTexts(
        tr("One version so far"),
        tr("When the strategy is edited, the new version and this one stand side by side here."));
    if (versions_.size() > 1) {
      const auto* was = chosen(*before_);
      const auto* is = chosen(*after_);
      if (was != nullptr && is != nullptr) fillBoxes(was->version, is->version);
      showDifference();
    }
  });
  stack_->setCurrentWidget(single_);
}

bool DifferenceView::onlyChanges() const {
  return only_->isChecked();
}
void DifferenceView::setOnlyChanges(bool only) {
  only_->setChecked(only);
}

QString DifferenceView::versionText(const project::StrategyVersion& version) const {
  return tr("Version %1 · %2")
      .arg(words::count(version.version), widgets::stateWord(widgets::stateOf(version.state)));
}

QString DifferenceView::authorText(const project::StrategyVersion& version) const {
  return tr("%1, %2", "who, when").arg(words::toQt(version.created_by), words::moment(version.created_at));
}

void DifferenceView::fillBoxes(int before, int after) {
  const QSignalBlocker quiet_before(before_);
  const QSignalBlocker quiet_after(after_);
  for (auto [box, version] : {std::pair{before_, before}, std::pair{after_, after}}) {
    box->clear();
    for (auto each = versions_.rbegin(); each != versions_.rend(); ++each) {
      box->addItem(versionText(*each), each->version);
      box->setItemData(box->count() - 1, authorText(*each), Qt::ToolTipRole);
    }
    box->setCurrentIndex(box->findData(version));
  }
}

void DifferenceView::setVersions(const std::vector<project::StrategyVersion>& versions) {
  const bool same = !versions_.empty() && !versions.empty() && versions_.back().id == versions.back().id &&
                    versions_.back().version == versions.back().version;
  const auto* was = same ? chosen(*before_) : nullptr;
  const auto* is = same ? chosen(*after_) : nullptr;
  const int before = was != nullptr ? was->version : versions.size() > 1 ? earlierVersion(versions) : 0;
  const int after = is != nullptr ? is->version : versions.empty() ? 0 : versions.back().version;
  versions_ = versions;
  stack_->setCurrentIndex(versions_.size() > 1 ? 0 : 1);
  if (versions_.size() < 2) return;
  fillBoxes(before, after);
  showDifference();
}

const project::StrategyVersion* DifferenceView::chosen(const QComboBox& box) const {
  const auto found = std::find_if(versions_.begin(), versions_.end(), [&](const auto& each) {
    return each.version == box.currentData().toInt();
  });
  return found == versions_.end() ? nullptr : &*found;
}

void DifferenceView::showDifference() {
  const auto* before = chosen(*before_);
  const auto* after = chosen(*after_);
  if (before == nullptr || after == nullptr) return;
  std::vector<ComparedRow> rows;
  QStringList changed;
  for (const campaign::FieldPair& pair : campaign::compareContents(before->content, after->content)) {
    if (!pair.changed && only_->isChecked()) continue;
    ComparedRow row{words::said(pair.title), words::said(pair.before), words::said(pair.after), {}};
    if (pair.changed) {
      changed << row.name;
      row.word = pair.before.is_null()  ? tr("+ added")
                 : pair.after.is_null() ? tr("− removed")
                                        : tr("≠ changed");
    }
    rows.push_back(std::move(row));
  }
  const auto count = static_cast<int>(changed.size());
  if (count == 0) {
    summary_->setText(tr("The two versions say the same."));
  } else {
    const QString names = changed.mid(0, kNamedFields).join(tr(", "));
    summary_->setText(count > kNamedFields
                          ? tr("%n field(s) changed, among them %1.", nullptr, count).arg(names)
                          : tr("%n field(s) changed: %1.", nullptr, count).arg(names));
  }
  table_->setVisible(!rows.empty());
  const QString left = tr("Version %1").arg(words::count(before->version)) + '\n' + authorText(*before);
  const QString right = tr("Version %1").arg(words::count(after->version)) + '\n' + authorText(*after);
  table_->setContent([rows, left, right, field = tr("Field")](DocumentWriter& writer) {
    writer.comparison(left, right, field, rows);
  });
}

}  // namespace lodestone::pages
