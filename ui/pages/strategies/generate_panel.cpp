// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/strategies/generate_panel.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStyle>
#include <QVBoxLayout>
#include <algorithm>
#include <array>
#include <cmath>

#include "ui/pages/strategies/catalogue_editor.h"
#include "ui/pages/strategies/labels.h"
#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

namespace lodestone::pages {

namespace {

constexpr std::array kGoals{campaign::Goal::Profit, campaign::Goal::Revenue, campaign::Goal::Conversions};

}  // namespace

GeneratePanel::GeneratePanel(studio::Studio& studio, QWidget* parent)
    : QWidget(parent),
      studio_(studio),
      saving_(studio.jobs()),
      title_(theme::label(theme::Role::Section)),
      close_(new QPushButton),
      notice_(new widgets::Notice),
      goal_label_(theme::label(theme::Role::Caption)),
      goals_(new QButtonGroup(this)),
      budget_label_(theme::label(theme::Role::Caption)),
      budget_(new QLineEdit),
      budget_problem_(theme::label(theme::Role::Body)),
      model_label_(theme::label(theme::Role::Caption)),
      model_(new QComboBox),
      population_label_(theme::label(theme::Role::Caption)),
      population_(new QComboBox),
      catalogue_label_(theme::label(theme::Role::Caption)),
      catalogue_(new CatalogueEditor),
      progress_text_(theme::label(theme::Role::Caption)),
      progress_(new QProgressBar),
      cancel_(new QPushButton),
      start_(new QPushButton) {
  setObjectName("generatePanel");
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(theme::kSpace3);
  auto* head = new QHBoxLayout;
  head->addWidget(title_);
  head->addStretch();
  head->addWidget(close_);
  column->addLayout(head);
  column->addWidget(notice_);
  auto* content = new QWidget;
  auto* inside = new QVBoxLayout(content);
  inside->setContentsMargins(0, 0, theme::kSpace3, 0);
  inside->setSpacing(theme::kSpace3);
  inside->addWidget(makeGoals());
  inside->addWidget(makeSource());
  auto* line = new QFrame;
  line->setProperty("surface", "line");
  inside->addWidget(line);
  catalogue_label_->setWordWrap(true);
  inside->addWidget(catalogue_label_);
  inside->addWidget(catalogue_);
  inside->addStretch();
  column->addWidget(widgets::scrolled(content, "generateScroll"), 1);
  auto* foot = new QHBoxLayout;
  foot->setSpacing(theme::kSpace3);
  foot->addWidget(progress_text_);
  foot->addWidget(progress_, 1);
  foot->addStretch();
  foot->addWidget(cancel_);
  foot->addWidget(start_);
  column->addLayout(foot);
  notice_->setObjectName("generateNotice");
  close_->setObjectName("generateClose");
  cancel_->setObjectName("generateCancel");
  start_->setObjectName("generateStart");
  progress_->setObjectName("generateProgress");
  progress_->setRange(0, 1000);
  widgets::makePrimary(start_);
  connect(close_, &QPushButton::clicked, this, &GeneratePanel::closed);
  connect(start_, &QPushButton::clicked, this, &GeneratePanel::start);
  connect(cancel_, &QPushButton::clicked, this, [this] { studio_.jobs().cancel(job_); });
  connect(catalogue_, &CatalogueEditor::saveRequested, this, &GeneratePanel::saveCatalogue);
  connect(catalogue_, &CatalogueEditor::edited, this, &GeneratePanel::showState);
  connect(&studio.jobs(), &jobs::Jobs::progressed, this, [this](jobs::JobId id) {
    if (id == job_) showProgress();
  });
  words::say(this, [this] { showTexts(); });
}

QWidget* GeneratePanel::makeGoals() {
  auto* box = new QWidget;
  auto* grid = new QGridLayout(box);
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setHorizontalSpacing(theme::kSpace5);
  grid->setVerticalSpacing(theme::kSpace1);
  grid->addWidget(goal_label_, 0, 0);
  auto* row = new QHBoxLayout;
  row->setSpacing(theme::kSpace1);
  for (std::size_t i = 0; i < kGoals.size(); ++i) {
    auto* button = new QPushButton;
    button->setObjectName(QString("goal%1").arg(i));
    button->setCheckable(true);
    button->setChecked(i == 0);
    goals_->addButton(button, static_cast<int>(i));
    row->addWidget(button);
  }
  grid->addLayout(row, 1, 0);
  budget_->setObjectName("generateBudget");
  budget_->setAlignment(Qt::AlignRight);
  budget_label_->setBuddy(budget_);
  budget_problem_->setObjectName("generateBudgetProblem");
  complaining(budget_problem_);
  grid->addWidget(budget_label_, 0, 1);
  grid->addWidget(budget_, 1, 1);
  grid->addWidget(budget_problem_, 2, 1);
  grid->setColumnStretch(2, 1);
  connect(budget_, &QLineEdit::textEdited, this, [this] { showState(); });
  connect(budget_, &QLineEdit::returnPressed, this, &GeneratePanel::start);
  return box;
}

QWidget* GeneratePanel::makeSource() {
  auto* box = new QWidget;
  auto* grid = new QGridLayout(box);
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setHorizontalSpacing(theme::kSpace5);
  grid->setVerticalSpacing(theme::kSpace1);
  model_->setObjectName("generateModel");
  population_->setObjectName("generatePopulation");
  model_label_->setBuddy(model_);
  population_label_->setBuddy(population_);
  for (QComboBox* choice : {model_, population_}) {
    choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    choice->setMinimumContentsLength(16);
  }
  grid->addWidget(model_label_, 0, 0);
  grid->addWidget(population_label_, 0, 1);
  grid->addWidget(model_, 1, 0);
  grid->addWidget(population_, 1, 1);
  grid->setColumnStretch(0, 1);
  grid->setColumnStretch(1, 1);
  connect(model_, &QComboBox::currentIndexChanged, this, [this] { showState(); });
  return box;
}

void GeneratePanel::setBook(const StrategyBook& book) {
  book_ = book;
  catalogue_->setSaved(book.catalogue);
  showTexts();
}

void GeneratePanel::focusFirst() {
  goals_->checkedButton()->setFocus(Qt::OtherFocusReason);
}

void GeneratePanel::forget() {
  if (running()) studio_.jobs().retire(job_);
  job_ = 0;
  saving_.stop();
  notice_->clear();
  showState();
}

void GeneratePanel::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape)
    Q_EMIT closed();
  else
    QWidget::keyPressEvent(event);
}

void GeneratePanel::showTexts() {
  title_->setText(tr("Generate strategies"));
  close_->setText(tr("Close"));
  close_->setToolTip(tr("Back to the strategies (Esc)"));
  goal_label_->setText(tr("Aim for"));
  const std::array names{tr("Profit"), tr("Revenue"), tr("Conversions")};
  const std::array tips{tr("Offers and channels that bring the most extra profit"),
                        tr("Offers and channels that bring the most extra revenue"),
                        tr("Offers and channels that bring the most extra conversions")};
  for (std::size_t i = 0; i < names.size(); ++i) {
    goals_->button(static_cast<int>(i))->setText(names[i]);
    goals_->button(static_cast<int>(i))->setToolTip(tips[i]);
  }
  budget_label_->setText(tr("Budget for all (%1)").arg(words::toQt(book_.catalogue.currency)));
  budget_->setAccessibleName(budget_label_->text());
  budget_->setPlaceholderText(tr("unlimited"));
  budget_->setToolTip(tr("The most that all new strategies together may cost; empty: unlimited"));
  model_label_->setText(tr("Predictions"));
  model_->setAccessibleName(model_label_->text());
  model_->setToolTip(tr("Whose scores the segments are made of"));
  population_label_->setText(tr("Customers to address"));
  population_->setAccessibleName(population_label_->text());
  catalogue_label_->setText(
      tr("Strategies are made of these offers and channels. What you change here is saved with the "
         "generation, or by "
         "itself."));
  cancel_->setText(tr("Cancel"));
  cancel_->setToolTip(tr("Stops it; no strategy is kept then"));
  start_->setText(tr("Generate"));
  progress_->setAccessibleName(tr("Progress of the generation"));
  showSources();
  showState();
}

void GeneratePanel::showSources() {
  const QSignalBlocker quiet(model_);
  const QString model = model_->currentData().toString();
  const QString population = population_->currentData().toString();
  model_->clear();
  if (book_.newest)
    model_->addItem(tr("Newest run: %1, scored by %2")
                        .arg(words::toQt(book_.newest->source), words::toQt(book_.newest->model)),
                    QString());
  for (const auto& record : book_.models)
    model_->addItem(tr("%1: %2 of %3, %4")
                        .arg(words::toQt(record.id), words::toQt(record.target), words::toQt(record.table),
                             words::moment(record.created_at)),
                    words::toQt(record.id));
  model_->setCurrentIndex(std::max(0, model_->findData(model)));
  population_->clear();
  population_->addItem(tr("Those of the model's own table"), QString());
  for (const std::string& table : book_.tables) population_->addItem(words::toQt(table), words::toQt(table));
  population_->setCurrentIndex(std::max(0, population_->findData(population)));
}

QString GeneratePanel::budgetProblem() const {
  const QString text = budget_->text().trimmed();
  if (text.isEmpty()) return {};
  bool ok = false;
  double value = QLocale().toDouble(text, &ok);
  if (!ok) value = QLocale::c().toDouble(text, &ok);
  if (!ok || !std::isfinite(value)) return tr("This must be a number; it is “%1”.").arg(text);
  return value > 0 ? QString() : tr("A budget is a positive amount; leave it empty for no limit.");
}

void GeneratePanel::showState() {
  const QString budget = budgetProblem();
  budget_problem_->setText(budget);
  budget_problem_->setVisible(!budget.isEmpty());
  if (budget_->property("invalid").toBool() != !budget.isEmpty()) {
    budget_->setProperty("invalid", !budget.isEmpty());
    budget_->style()->unpolish(budget_);
    budget_->style()->polish(budget_);
  }
  const bool own_model = !model_->currentData().toString().isEmpty();
  widgets::enableOrSay(population_, {});
  population_->setToolTip(tr("Whom to address by the model's scores"));
  widgets::enableOrSay(population_, own_model ? QString()
                                              : tr("The newest run has chosen them already. Choose a model "
                                                   "to address another table."));
  QString reason = budget;
  if (reason.isEmpty()) reason = catalogue_->problem();
  if (reason.isEmpty() && !book_.canGenerate())
    reason = tr("There are no predictions yet. Run the pipeline first.");
  if (running()) reason = tr("Strategies are being made.");
  widgets::enableOrSay(start_, {});
  start_->setToolTip(tr("Makes new drafts; the strategies that there are stay"));
  widgets::enableOrSay(start_, reason);
  progress_->setVisible(running());
  progress_text_->setVisible(running());
  cancel_->setVisible(running());
}

void GeneratePanel::start() {
  const auto project = studio_.project();
  if (project == nullptr || !start_->isEnabled()) return;
  Request request;
  request.options.goal = kGoals[static_cast<std::size_t>(goals_->checkedId())];
  if (const QString budget = budget_->text().trimmed(); !budget.isEmpty()) {
    bool ok = false;
    double value = QLocale().toDouble(budget, &ok);
    if (!ok) value = QLocale::c().toDouble(budget);
    request.options.budget = value;
  }
  request.source.model = words::toUtf8(model_->currentData().toString());
  if (const QString table = population_->currentData().toString();
      population_->isEnabled() && !table.isEmpty())
    request.source.population = data::TableName{words::toUtf8(table)};
  saves_catalogue_ = catalogue_->changed();
  if (saves_catalogue_) request.catalogue = catalogue_->catalogue();
  request.by = words::toUtf8(studio_.userName());
  if (request.by.empty()) request.by = project::kProgramName;
  request.device = words::toUtf8(studio_.device());
  notice_->clear();
  progress_->setValue(0);
  progress_text_->clear();
  // Scoring may run a model.
  const jobs::JobSpec spec{.title = tr("Generating strategies"), .pool = jobs::Pool::Model};
  job_ = studio_.jobs().start(
      this, spec, [project, request](JobContext& job) { return generate(*project, request, job); },
      [this](Result<MadeStrategies> result) { finish(std::move(result)); });
  showState();
}

Result<MadeStrategies> GeneratePanel::generate(project::Project& project, const Request& request,
                                               JobContext& job) {
  if (request.catalogue)
    if (const auto saved = campaign::saveCatalogue(project, *request.catalogue); !saved)
      return forward(saved);
  JobContext scoring = job.part(0, 0.5);
  const auto tables = pipeline::predictionsFor(project, request.source, request.device, scoring);
  if (!tables) return forward(tables);
  JobContext making = job.part(0.5, 1);
  auto generated = campaign::generateStrategies(project, *tables, request.options, making);
  if (!generated) return forward(generated);
  if (const auto go_on = job.checkpoint(); !go_on) return forward(go_on);
  const auto added = project.strategies().add(generated->strategies, request.by);
  if (!added) return forward(added);
  MadeStrategies out{.ids = {}, .binding = std::move(generated->binding), .unspent = generated->unspent};
  for (const auto& strategy : *added) out.ids.append(words::toQt(strategy.id));
  return out;
}

void GeneratePanel::finish(Result<MadeStrategies> result) {
  job_ = 0;
  if (saves_catalogue_ && (result || catalogue_->problem().isEmpty())) {
    // It was saved before anything else was tried.
    catalogue_->accept();
    Q_EMIT catalogueSaved();
  }
  showState();
  if (!result) {
    notice_->showError(result.error());
    return;
  }
  Q_EMIT made(*result);
}

void GeneratePanel::saveCatalogue() {
  const auto project = studio_.project();
  if (project == nullptr || !catalogue_->problem().isEmpty()) return;
  const campaign::Catalogue catalogue = catalogue_->catalogue();
  const jobs::JobSpec spec{.title = tr("Saving the catalogue"), .shown = jobs::Shown::Quiet};
  saving_.start(
      this, spec,
      [project, catalogue](JobContext&) -> Result<> { return campaign::saveCatalogue(*project, catalogue); },
      [this](Result<> saved) {
        if (!saved) {
          notice_->showError(saved.error());
          return;
        }
        catalogue_->accept();
        notice_->showText(widgets::Notice::Kind::Ok, tr("Catalogue saved."));
        Q_EMIT catalogueSaved();
      });
}

void GeneratePanel::showProgress() {
  const jobs::JobView* view = studio_.jobs().view(job_);
  if (view == nullptr) return;
  progress_->setValue(static_cast<int>(view->fraction * 1000));
  QString text = view->what;
  if (view->remaining_seconds) text = tr("%1, %2 left").arg(text, words::duration(*view->remaining_seconds));
  progress_text_->setText(text);
}

}  // namespace lodestone::pages
