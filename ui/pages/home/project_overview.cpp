// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/home/project_overview.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <cmath>
#include <filesystem>
#include <limits>

#include "core/project/model_records.h"
#include "core/project/pipeline_records.h"
#include "core/project/strategy_records.h"
#include "ui/pages/home/steps.h"
#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

namespace lodestone::pages {

struct ProjectOverview::Figures {
  std::int64_t tables = 0;
  std::int64_t rows = 0;
  std::int64_t models = 0;
  double best_auc = std::numeric_limits<double>::quiet_NaN();
  std::int64_t strategies = 0;
  std::int64_t drafts = 0;
  std::int64_t waiting = 0;
  std::int64_t approved = 0;
  bool has_chart = false;
  std::string last_run;  ///< its state; empty: none yet
  std::string last_run_at;
};

ProjectOverview::ProjectOverview(studio::Studio& studio, QWidget* parent)
    : QWidget(parent), studio_(studio), reading_(studio.jobs()) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(theme::kSpace3);
  auto* row = new QHBoxLayout;
  auto* texts = new QVBoxLayout;
  texts->setSpacing(2);
  title_ = theme::label(theme::Role::Section, this);
  next_text_ = theme::label(theme::Role::Body, this);
  next_text_->setObjectName("nextText");
  next_text_->setProperty("role", "caption");
  next_text_->setWordWrap(true);
  texts->addWidget(title_);
  texts->addWidget(next_text_);
  row->addLayout(texts, 1);
  next_ = new QPushButton(this);
  next_->setObjectName("nextStep");
  widgets::makePrimary(next_);
  connect(next_, &QPushButton::clicked, this, [this] { studio_.go(next_page_, next_what_); });
  row->addWidget(next_, 0, Qt::AlignBottom);
  column->addLayout(row);
  auto* cards = new QHBoxLayout;
  cards->setSpacing(theme::kSpace3);
  for (const char* page : kPages) {
    auto* card = new widgets::Card(this);
    card->setObjectName(QString("overview_") + page);
    card->setPressable(true);
    Place place{card, theme::label(theme::Role::Caption, card), theme::label(theme::Role::Section, card),
                theme::label(theme::Role::Caption, card)};
    addHead(*card, page, place.title);
    card->body()->addWidget(place.figure);
    place.note->setWordWrap(true);
    place.note->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    card->body()->addWidget(place.note, 1);
    connect(card, &widgets::Card::pressed, this, [this, page] { studio_.go(page); });
    places_.emplace(page, place);
    cards->addWidget(card, 1);
  }
  column->addLayout(cards);
  for (const auto news : {&studio::Studio::tablesChanged, &studio::Studio::modelsChanged,
                          &studio::Studio::runsChanged, &studio::Studio::strategiesChanged})
    connect(&studio_, news, this, &ProjectOverview::read);
  words::say(this, [this] {
    for (std::size_t i = 0; i < std::size(kPages); ++i) places_.at(kPages[i]).title->setText(pageTitles()[i]);
    read();
  });
}

void ProjectOverview::read() {
  title_->setText(studio_.projectName());
  if (!studio_.project()) return;
  reading_.start(
      this, {.title = tr("Reading the project"), .shown = jobs::Shown::Quiet},
      [project = studio_.project()](JobContext&) -> Result<Figures> {
        Figures seen;
        const auto database = project->tables();
        if (!database) return forward(database);
        const auto tables = (*database)->tables();
        if (!tables) return forward(tables);
        seen.tables = static_cast<std::int64_t>(tables->size());
        for (const auto& table : *tables) seen.rows += table.rows;
        const auto models = project->models().list();
        if (!models) return forward(models);
        for (const auto& model : *models) {
          if (model.state != project::TrainingState::Done) continue;
          ++seen.models;
          const auto test = model.metrics.find("test");
          const double auc = test == model.metrics.end() ? NAN : words::figure(*test, "roc_auc");
          if (!(seen.best_auc >= auc)) seen.best_auc = auc;
        }
        const auto strategies = project->strategies().list();
        if (!strategies) return forward(strategies);
        using State = project::StrategyState;
        for (const auto& strategy : *strategies) {
          ++seen.strategies;
          seen.drafts += strategy.state == State::Draft || strategy.state == State::ChangesRequested ? 1 : 0;
          seen.waiting += strategy.state == State::InReview ? 1 : 0;
          seen.approved += strategy.state == State::Approved ? 1 : 0;
        }
        const auto runs = project->pipelines().runs();
        if (!runs) return forward(runs);
        for (const auto& run : *runs)
          if (seen.last_run_at <= run.started_at) {
            seen.last_run_at = run.started_at;
            seen.last_run = run.state;
          }
        seen.has_chart = std::filesystem::exists(project->folder() / "pipeline.mmd");
        return seen;
      },
      [this](const Result<Figures>& seen) {
        if (seen)
          show(*seen);
        else
          Q_EMIT failed(seen.error());
      });
}

void ProjectOverview::show(const Figures& seen) {
  const auto fill = [this](const QString& page, const QString& figure, const QString& note) {
    const Place& place = places_.at(page);
    place.figure->setText(figure);
    place.note->setText(note);
    place.card->setAccessibleName(QString("%1: %2, %3").arg(place.title->text(), figure, note));
  };
  fill("data", tr("%n table(s)", nullptr, static_cast<int>(seen.tables)),
       tr("%1 rows").arg(words::count(seen.rows)));
  fill("pipeline",
       seen.last_run.empty() ? tr("not run yet") : widgets::stateWord(widgets::stateOf(seen.last_run)),
       seen.last_run.empty() ? (seen.has_chart ? tr("ready to be set up") : tr("no pipeline yet"))
                             : tr("last run %1").arg(words::moment(seen.last_run_at)));
  fill("models", tr("%n model(s)", nullptr, static_cast<int>(seen.models)),
       seen.models > 0 ? tr("best ROC AUC on test rows: %1").arg(words::number(seen.best_auc, 3))
                       : tr("none trained yet"));
  fill("strategies", tr("%n strategies", nullptr, static_cast<int>(seen.strategies)),
       tr("%n draft(s)", nullptr, static_cast<int>(seen.drafts)));
  fill("review", tr("%n waiting", nullptr, static_cast<int>(seen.waiting)),
       tr("%n approved", nullptr, static_cast<int>(seen.approved)));
  suggest(seen);
  studio_.rememberCounts(static_cast<int>(seen.strategies), static_cast<int>(seen.waiting));
}

void ProjectOverview::suggest(const Figures& seen) {
  const auto next = [this](const QString& text, const QString& button, const QString& page,
                           const QVariant& what = {}) {
    next_text_->setText(text);
    next_->setText(button);
    next_page_ = page;
    next_what_ = what;
  };
  if (seen.tables == 0)
    next(tr("Next: load a shop's exports."), tr("Import data"), "data", "import");
  else if (seen.last_run.empty() && seen.models == 0)
    next(tr("Next: set the pipeline up on your tables and run it."), tr("Open the pipeline"), "pipeline");
  else if (seen.strategies == 0)
    next(tr("Next: let strategies be made from the predictions."), tr("Make strategies"), "strategies");
  else if (seen.waiting > 0)
    next(tr("Next: someone other than the author looks at what is in review."), tr("Review"), "review");
  else if (seen.approved > 0)
    next(tr("Next: export what was approved."), tr("Export"), "review");
  else
    next(tr("Next: look at the strategies, change what you must, and send them to review."),
         tr("Look at strategies"), "strategies");
}

}  // namespace lodestone::pages
