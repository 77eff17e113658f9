// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/data/column_panel.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <array>

#include "ui/charts/charts.h"
#include "ui/pages/data/profile_rows.h"
#include "ui/pages/data/top_values.h"
#include "ui/pages/data/wheel_guard.h"
#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

namespace lodestone::pages {
namespace {

constexpr int kHistogramHeight = 220;
/// Those that have a word of their own in roleWord(); a project may have others, such as another channel's
/// consent.
constexpr std::array kRoles = {
    "user",  "item",    "time", "event", "amount",  "revenue",       "target",      "treatment",   "campaign",
    "offer", "channel", "cost", "text",  "consent", "consent:email", "consent:sms", "consent:push"};

QLabel* selectable(theme::Role role, QWidget* parent) {
  QLabel* label = theme::label(role, parent);
  label->setTextInteractionFlags(Qt::TextSelectableByMouse);
  return label;
}

}  // namespace

ColumnPanel::ColumnPanel(QWidget* parent) : QWidget(parent) {
  setObjectName("columnPanel");
  build();
  connect(role_, &QComboBox::activated, this, [this](int index) {
    if (column_) Q_EMIT roleChosen(words::toQt(column_->name), role_->itemData(index).toString());
  });
  words::say(this, [this] {
    hint_->setText(tr("Select a column of the table: what is known of it stands here."));
    role_label_->setText(tr("Role"));
    role_->setAccessibleName(tr("Role of the column"));
    role_->setToolTip(tr("What the column means for models and campaigns"));
    waiting_->setText(tr("Looking at the columns…"));
    findings_label_->setText(tr("Findings"));
    histogram_->setTitle(tr("Distribution"));
    histogram_->setEmptyText(tr("There are no values."));
    fillRoles();
    setProfile(profile_ ? &*profile_ : nullptr);
  });
  connect(&theme::notifier(), &theme::Notifier::changed, this, [this] { showFindings(); });
}

void ColumnPanel::build() {
  hint_ = theme::label(theme::Role::Caption, this);
  hint_->setWordWrap(true);
  content_ = new QWidget(this);
  content_->hide();
  name_ = selectable(theme::Role::Section, content_);
  name_->setObjectName("columnName");
  name_->setWordWrap(true);
  type_ = selectable(theme::Role::Caption, content_);
  type_->setObjectName("columnType");
  role_label_ = theme::label(theme::Role::Caption, content_);
  role_ = new QComboBox(content_);
  role_->setObjectName("columnRole");
  new WheelGuard(role_);
  role_label_->setBuddy(role_);
  role_note_ = theme::label(theme::Role::Caption, content_);
  role_note_->setObjectName("columnRoleNote");
  role_note_->setWordWrap(true);
  waiting_ = theme::label(theme::Role::Caption, content_);
  known_ = new QWidget(content_);
  figures_ = new QGridLayout;
  figures_->setHorizontalSpacing(theme::kSpace3);
  figures_->setVerticalSpacing(theme::kSpace1);
  figures_->setColumnStretch(1, 1);
  histogram_ = new charts::HistogramChart(known_);
  histogram_->setObjectName("columnHistogram");
  histogram_->setMinimumHeight(kHistogramHeight);
  top_label_ = theme::label(theme::Role::Caption, known_);
  top_ = new TopValues(known_);
  top_->setObjectName("columnTopValues");
  findings_label_ = theme::label(theme::Role::Caption, known_);
  findings_ = new QVBoxLayout;
  findings_->setSpacing(theme::kSpace2);

  auto* known = new QVBoxLayout(known_);
  known->setContentsMargins(0, 0, 0, 0);
  known->setSpacing(theme::kSpace2);
  known->addWidget(findings_label_);
  known->addLayout(findings_);
  known->addLayout(figures_);
  known->addSpacing(theme::kSpace2);
  known->addWidget(histogram_);
  known->addWidget(top_label_);
  known->addWidget(top_);
  auto* content = new QVBoxLayout(content_);
  content->setContentsMargins(0, 0, 0, 0);
  content->setSpacing(theme::kSpace2);
  content->addWidget(name_);
  content->addWidget(type_);
  content->addSpacing(theme::kSpace1);
  content->addWidget(role_label_);
  content->addWidget(role_);
  content->addWidget(role_note_);
  content->addSpacing(theme::kSpace1);
  content->addWidget(waiting_);
  content->addWidget(known_);
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(theme::kSpace4, theme::kSpace3, theme::kSpace4, theme::kSpace4);
  all->addWidget(hint_);
  all->addWidget(content_);
  all->addStretch();
}

QString ColumnPanel::roleWord(const QString& role) {
  static const std::map<QString, const char*> kWords = {{"user", QT_TR_NOOP("Customer")},
                                                        {"item", QT_TR_NOOP("Product")},
                                                        {"time", QT_TR_NOOP("Time")},
                                                        {"event", QT_TR_NOOP("Kind of event")},
                                                        {"amount", QT_TR_NOOP("Value of a conversion")},
                                                        {"revenue", QT_TR_NOOP("Revenue")},
                                                        {"target", QT_TR_NOOP("Target")},
                                                        {"treatment", QT_TR_NOOP("Treated (0 or 1)")},
                                                        {"campaign", QT_TR_NOOP("Campaign")},
                                                        {"offer", QT_TR_NOOP("Offer")},
                                                        {"channel", QT_TR_NOOP("Channel")},
                                                        {"cost", QT_TR_NOOP("Cost")},
                                                        {"text", QT_TR_NOOP("Free text")},
                                                        {"consent", QT_TR_NOOP("Consent, all channels")},
                                                        {"consent:email", QT_TR_NOOP("Consent to e-mail")},
                                                        {"consent:sms", QT_TR_NOOP("Consent to SMS")},
                                                        {"consent:push", QT_TR_NOOP("Consent to push")}};
  const auto found = kWords.find(role);
  if (found != kWords.end()) return tr(found->second);
  return role.startsWith("consent:") ? tr("Consent to %1").arg(role.mid(8)) : role;
}

QString ColumnPanel::roleHelp(const QString& role) {
  static const std::map<QString, const char*> kHelp = {
      {"user", QT_TR_NOOP("Who: tells customers apart, in every table that has it")},
      {"item", QT_TR_NOOP("What was looked at or bought")},
      {"time", QT_TR_NOOP("When it happened: features are made of what came before")},
      {"event", QT_TR_NOOP("What was done: view, cart, purchase, ...")},
      {"amount", QT_TR_NOOP("What a conversion is worth")},
      {"revenue", QT_TR_NOOP("What it brought in")},
      {"target", QT_TR_NOOP("What a model learns to predict")},
      {"treatment", QT_TR_NOOP("1 where the campaign reached the customer, 0 where it was held back")},
      {"consent", QT_TR_NOOP("Nobody is contacted without it")}};
  const auto found = kHelp.find(role.startsWith("consent") ? QString("consent") : role);
  return found == kHelp.end() ? QString() : tr(found->second);
}

void ColumnPanel::fillRoles() {
  const QSignalBlocker quiet(role_);
  role_->clear();
  role_->addItem(tr("No role"), QString());
  for (const char* role : kRoles) {
    role_->addItem(roleWord(role), QString(role));
    role_->setItemData(role_->count() - 1, roleHelp(role), Qt::ToolTipRole);
  }
  showRole();
}

void ColumnPanel::showRole() {
  const QSignalBlocker quiet(role_);
  while (role_->count() > static_cast<int>(kRoles.size()) + 1) role_->removeItem(role_->count() - 1);
  QStringList mine;
  for (const auto& [role, column] : roles_)
    if (column_ && column == column_->name) mine.push_back(words::toQt(role));
  int at = mine.isEmpty() ? 0 : role_->findData(mine.front());
  if (mine.size() > 1 || at < 0) {
    // Several roles at once, or another channel's consent: as it is, until the user chooses one of the list.
    QStringList said;
    for (const QString& role : mine) said.push_back(roleWord(role));
    role_->addItem(said.join(", "), mine.size() == 1 ? mine.front() : QString());
    at = role_->count() - 1;
  }
  role_->setCurrentIndex(at);
  const QString help = mine.size() == 1 ? roleHelp(mine.front()) : QString();
  role_note_->setText(help);
  role_note_->setVisible(!help.isEmpty());
}

void ColumnPanel::clear() {
  column_.reset();
  profile_.reset();
  content_->hide();
  hint_->show();
}

void ColumnPanel::setColumn(const data::ColumnInfo& column, const project::Roles& roles) {
  column_ = column;
  roles_ = roles;
  hint_->hide();
  content_->show();
  name_->setText(words::toQt(column.name));
  showRole();
  showFigures();
}

void ColumnPanel::setProfile(const data::TableProfile* profile) {
  if (profile == nullptr)
    profile_.reset();
  else if (!profile_ || &*profile_ != profile)
    profile_ = *profile;
  showFigures();
}

const data::ColumnProfile* ColumnPanel::profileOfColumn() const {
  if (!profile_ || !column_) return nullptr;
  for (const data::ColumnProfile& one : profile_->columns)
    if (one.name == column_->name) return &one;
  return nullptr;
}

void ColumnPanel::addFigure(const QString& name, const QString& value) {
  const int row = figure_count_++;
  QLabel* title = theme::label(theme::Role::Caption, known_, name);
  QLabel* figure = selectable(theme::Role::Body, known_);
  figure->setText(value);
  figure->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  figure->setWordWrap(true);
  figures_->addWidget(title, row, 0, Qt::AlignVCenter);
  figures_->addWidget(figure, row, 1);
}

void ColumnPanel::showFigures() {
  if (!column_) return;
  type_->setText(ProfileRows::typeWord(column_->type) + QStringLiteral(" · ") + words::toQt(column_->type));
  const data::ColumnProfile* one = profileOfColumn();
  waiting_->setVisible(one == nullptr);
  known_->setVisible(one != nullptr);
  widgets::clearLayout(figures_);
  figure_count_ = 0;
  if (one == nullptr) return;
  const std::int64_t rows = profile_->rows;
  const double missing = rows == 0 ? 0 : static_cast<double>(one->missing) / static_cast<double>(rows);
  addFigure(tr("Missing"), one->missing == 0
                               ? tr("none")
                               : words::count(one->missing) + " (" + words::percent(missing) + ")");
  addFigure(tr("Distinct values"),
            one->exact ? words::count(one->distinct) : tr("about %1").arg(words::count(one->distinct)));
  addFigure(tr("Smallest"), ProfileRows::bound(*one, one->min));
  addFigure(tr("Largest"), ProfileRows::bound(*one, one->max));
  if (one->mean) addFigure(tr("Mean"), ProfileRows::figure(*one->mean, *one));
  if (one->standard_deviation)
    addFigure(tr("Std. deviation"), ProfileRows::figure(*one->standard_deviation, *one));
  if (one->quantiles.size() == 5) {
    addFigure(tr("Median"), ProfileRows::figure(one->quantiles[2], *one));
    addFigure(tr("Middle half"), tr("%1 to %2")
                                     .arg(ProfileRows::figure(one->quantiles[1], *one),
                                          ProfileRows::figure(one->quantiles[3], *one)));
    addFigure(tr("Middle 90 %"), tr("%1 to %2")
                                     .arg(ProfileRows::figure(one->quantiles[0], *one),
                                          ProfileRows::figure(one->quantiles[4], *one)));
  }
  if (one->lengths)
    addFigure(tr("Characters"), tr("%1 to %2, mean %3")
                                    .arg(words::count(one->lengths->min), words::count(one->lengths->max),
                                         words::number(one->lengths->mean, 1)));
  if (one->not_finite > 0) addFigure(tr("Infinite or no number"), words::count(one->not_finite));
  // Where none comes twice none is frequent.
  const bool examples = !one->top.empty() && one->top.front().count == 1;
  const QString title = examples ? tr("Some of the values") : tr("Most frequent values");
  top_label_->setText(title);
  top_->setAccessibleName(title);
  top_->setValues(one->top, examples ? 0 : rows - one->missing);
  top_->setVisible(!one->top.empty());
  top_label_->setVisible(!one->top.empty());
  showHistogram();
  showFindings();
}

void ColumnPanel::showHistogram() {
  const data::ColumnProfile* one = profileOfColumn();
  const bool there = one != nullptr && one->histogram && one->distinct > 1;
  histogram_->setVisible(there);
  if (!there) return;
  const auto values =
      one->mean ? charts::HistogramChart::Values::Numbers : charts::HistogramChart::Values::Times;
  std::optional<charts::HistogramChart::Box> box;
  if (const auto& q = one->quantiles; q.size() == 5) box = {q[0], q[1], q[2], q[3], q[4]};
  histogram_->setBox(box);
  histogram_->setHistogram(one->histogram->low, one->histogram->high, one->histogram->counts, values,
                           words::toQt(one->name));
  histogram_->setSummary(tr("%1 values from %2 to %3")
                             .arg(words::count(profile_->rows - one->missing),
                                  ProfileRows::bound(*one, one->min), ProfileRows::bound(*one, one->max)));
}

void ColumnPanel::addFinding(const data::Finding& finding) {
  auto* row = new QHBoxLayout;
  row->setSpacing(theme::kSpace2);
  auto* icon = new QLabel(known_);
  constexpr int kIcon = 16;
  const bool note = finding.severity == data::Severity::Note;
  const QColor colour = finding.severity == data::Severity::Problem
                            ? widgets::stateColour(widgets::State::Failed)
                            : widgets::stateColour(widgets::State::Warning);
  icon->setPixmap(theme::pixmap(note ? "info" : widgets::stateIcon(widgets::State::Warning),
                                note ? theme::tokens().info : colour, kIcon, devicePixelRatioF()));
  QLabel* text = selectable(theme::Role::Body, known_);
  text->setWordWrap(true);
  text->setText(words::said(finding.text, finding.args));
  text->setObjectName("finding");
  row->addWidget(icon, 0, Qt::AlignTop);
  row->addWidget(text, 1);
  if (!finding.step.is_null()) {
    auto* mend = new QToolButton(known_);
    mend->setObjectName("mend");
    mend->setText(tr("Mend"));
    mend->setToolTip(tr("Adds the step that mends it to the cleaning of the table"));
    mend->setAccessibleName(tr("Mend: %1").arg(text->text()));
    connect(mend, &QToolButton::clicked, this, [this, step = finding.step] { Q_EMIT mendWanted(step); });
    row->addWidget(mend, 0, Qt::AlignTop);
  }
  findings_->addLayout(row);
}

void ColumnPanel::showFindings() {
  widgets::clearLayout(findings_);
  if (!profile_ || !column_) return;
  for (const data::Finding& finding : profile_->findings)
    if (finding.column == column_->name || finding.column.empty()) addFinding(finding);
  findings_label_->setVisible(findings_->count() > 0);
}

}  // namespace lodestone::pages
