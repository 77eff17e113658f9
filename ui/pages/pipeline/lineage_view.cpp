// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/pipeline/lineage_view.h"

#include <QLabel>
#include <QLocale>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "core/pipeline/chart/layout.h"
#include "ui/pages/pipeline/picture_view.h"
#include "ui/tables/list_table.h"
#include "ui/theme/theme.h"
#include "ui/words/words.h"

namespace lodestone::pages {

using tables::ListRow;

namespace {

QString oneLine(std::string_view text) {
  return words::toQt(text).replace(u'\n', u' ');
}

QString valuesOf(const Json& parameters) {
  QStringList parts;
  if (parameters.is_object())
    for (const auto& [key, value] : parameters.items()) {
      const std::string text = value.is_string() ? value.get<std::string>() : dumpJson(value);
      if (!text.empty()) parts << words::toQt(key) + u'=' + oneLine(text);
    }
  return parts.join(QStringLiteral(", "));
}

}  // namespace

LineageView::LineageView(studio::Studio& studio, QWidget* parent)
    : QWidget(parent), studio_(studio), job_(studio.jobs()), places_(new QStackedWidget(this)) {
  setObjectName("lineage_view");
  empty_ = theme::label(theme::Role::Caption, places_);
  empty_->setObjectName("lineage_empty");
  empty_->setAlignment(Qt::AlignCenter);
  empty_->setWordWrap(true);
  auto* both = new QSplitter(Qt::Horizontal, places_);
  both->setObjectName("lineage_splitter");
  picture_ = new PictureView(both);
  picture_->setObjectName("lineage_picture");
  list_ = new tables::ListTable(both);
  list_->setObjectName("lineage_list");
  both->setStretchFactor(0, 1);
  both->setStretchFactor(1, 1);
  both->setSizes({400, 500});
  places_->addWidget(empty_);
  places_->addWidget(both);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(places_);
  words::say(this, [this] { show(); });
  connect(&theme::notifier(), &theme::Notifier::changed, this, &LineageView::read);
}

LineageView::~LineageView() = default;

void LineageView::follow(const std::optional<Subject>& subject, const QString& why_not) {
  why_not_ = why_not;
  if (subject == subject_ && (found_ || !subject)) {
    show();
    return;
  }
  subject_ = subject;
  found_.reset();
  failed_.clear();
  read();
}

Result<LineageView::Found> LineageView::find(project::Project& project, const Subject& subject, bool dark,
                                             JobContext& job) {
  auto lineage = subject.run != 0
                     ? pipeline::lineageOfRun(project, subject.run, job, words::toUtf8(subject.stage))
                     : pipeline::lineageOf(project, words::toUtf8(subject.name), job);
  if (!lineage) return forward(lineage);
  Found found{std::move(*lineage), {}};
  // What no run made has a chart of its own.
  const bool ran = found.lineage.run.has_value();
  const auto chart = pipeline::parseChart(
      ran ? found.lineage.run->chart : pipeline::lineageMermaid(found.lineage), "lineage.mmd");
  if (!chart) return forward(chart);
  const auto layout = pipeline::layoutChart(*chart, job);
  if (!layout) return forward(layout);
  pipeline::SvgOptions look;
  look.dark = dark;
  if (ran)
    for (const pipeline::LineageStage& stage : found.lineage.stages) look.lit.insert(stage.record.node);
  found.picture = QByteArray::fromStdString(pipeline::renderSvg(*chart, *layout, look));
  return found;
}

void LineageView::read() {
  const auto project = studio_.project();
  if (project == nullptr || !subject_) {
    job_.stop();
    show();
    return;
  }
  job_.start(
      this, {{}, jobs::Pool::Data, jobs::Shown::Quiet},
      [project, subject = *subject_, dark = theme::isDark()](JobContext& job) {
        return find(*project, subject, dark, job);
      },
      [this](const Result<Found>& found) {
        if (!found && found.error().code == ErrorCode::Cancelled) return;
        failed_ = found ? QString() : words::said(found.error());
        if (found)
          found_ = *found;
        else
          found_.reset();
        show();
      });
}

void LineageView::show() {
  const QString name = subject_ ? subject_->name : QString();
  list_->setAccessibleName(tr("Where %1 came from").arg(name));
  picture_->setAccessibleName(tr("The chart with the way to %1 lit").arg(name));
  if (!found_) {
    empty_->setText(!failed_.isEmpty()   ? failed_
                    : subject_           ? tr("Following %1 back…").arg(name)
                    : why_not_.isEmpty() ? tr("Choose a node that has run to see where its result came from.")
                                         : why_not_);
    places_->setCurrentIndex(0);
    return;
  }
  picture_->setPicture(found_->picture);
  list_->setColumns({{tr("What")}, {tr("Name")}, {tr("Details")}});
  std::vector<ListRow> rows;
  const auto add = [&](const QString& what, const QString& shown, const QString& details) {
    rows.push_back({QString::number(rows.size()), {{what}, {shown, {}, shown}, {details, {}, details}}});
  };
  const pipeline::Lineage& lineage = found_->lineage;
  for (const pipeline::SourceFile& file : lineage.files)
    add(tr("File"), words::toQt(file.file),
        tr("%1 rows, %2, imported %3 as %4")
            .arg(words::count(file.rows), QLocale().formattedDataSize(file.bytes, 1),
                 words::moment(file.imported_at), words::toQt(file.table)));
  for (const std::string& table : lineage.tables) add(tr("Table"), words::toQt(table), {});
  for (const data::OriginStep& step : lineage.operations)
    if (!step.code.empty())
      add(step.operation == "figure" ? tr("Picture") : tr("Stage"),
          step.operation == "figure"
              ? words::toQt(step.made)
              : words::toQt(step.operation) + QStringLiteral(" · ") + words::toQt(step.made),
          valuesOf(step.parameters));
  addMakers(lineage, add);
  for (const pipeline::Lineage& part : lineage.parts) addMakers(part, add);
  list_->setRows(rows);
  places_->setCurrentIndex(1);
}

/// The stages, the model, the strategy, and with which seed and program they came about.
void LineageView::addMakers(const pipeline::Lineage& lineage, const AddRow& add) {
  for (const pipeline::LineageStage& stage : lineage.stages) {
    QString name = words::toQt(stage.record.node) + QStringLiteral(" · ") + oneLine(stage.record.label);
    if (stage.record.cycle > 1)
      name += QStringLiteral(" · ") + tr("round %1").arg(words::count(stage.record.cycle));
    add(tr("Stage"), name, valuesOf(stage.record.parameters));
  }
  const Json card = lineage.training.is_object() ? lineage.training : Json::object();
  if (!lineage.model.empty())
    add(tr("Model"), words::toQt(lineage.model), valuesOf(card.value("parameters", Json())));
  if (!lineage.strategy.empty())
    add(tr("Strategy"), words::toQt(lineage.strategy), tr("version %1").arg(words::count(lineage.version)));
  if (lineage.run) {
    add(tr("Run"), words::count(lineage.run->id), words::moment(lineage.run->started_at));
    add(tr("Seed"), QString::number(lineage.run->seed), {});
    if (!lineage.run->code.empty()) add(tr("Program"), words::toQt(lineage.run->code), {});
  } else if (card.contains("seed")) {
    add(tr("Seed"), words::toQt(dumpJson(card["seed"])), {});
    add(tr("Program"), valuesOf(card.value("versions", Json())), {});
  }
}

}  // namespace lodestone::pages
