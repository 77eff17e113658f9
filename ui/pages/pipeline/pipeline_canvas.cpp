// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The page and its canvas: drawing the text, and making the text what was ordered on the drawing.
#include <QAction>
#include <QCryptographicHash>
#include <QSettings>
#include <QTextDocument>

#include "ui/pages/pipeline/canvas_commands.h"
#include "ui/pages/pipeline/canvas_menu.h"
#include "ui/pages/pipeline/chart_canvas.h"
#include "ui/pages/pipeline/chart_editor.h"
#include "ui/pages/pipeline/chart_file.h"
#include "ui/pages/pipeline/find_bar.h"
#include "ui/pages/pipeline/pipeline_page.h"
#include "ui/pages/pipeline/text_change.h"
#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

namespace lodestone::pages {

namespace {

/// Longer texts are changed in a worker thread, so that the window never waits for their reading.
constexpr std::size_t kAtOnce = 16 * 1024;

/// A project's own place in the settings.
QString foldsKey(const QString& folder) {
  const QByteArray hash =
      QCryptographicHash::hash(folder.toUtf8(), QCryptographicHash::Sha1).toHex().left(16);
  return QStringLiteral("pipeline_folds/") + QString::fromLatin1(hash);
}

bool closedInText(const pipeline::ChartSubgraph& subgraph) {
  return subgraph.metadata.is_object() && subgraph.metadata.value("view", Json()) == Json("collapsed");
}

}  // namespace

void PipelinePage::makeCommands() {
  CanvasHost host;
  host.edit = [this](const ChartChange& change, const std::function<void()>& then) { edit(change, then); };
  host.reading = [this]() -> const ChartReading& { return good_; };
  host.blocked = [this] { return whyNoEdit(); };
  host.tell = [this](const QString& words) { run_notice_->showText(widgets::Notice::Kind::Warning, words); };
  host.collapse = [this](const QStringList& subgraphs, bool closed) { collapse(subgraphs, closed); };
  commands_ = new CanvasCommands(*canvas_, std::move(host), this);
  addActions(commands_->actions());
  connect(canvas_, &ChartCanvas::menuWanted, this, [this](const QPoint& at) {
    MenuExtras extras{undo_, redo_, run_to_, fit_, find_, exports_};
    extras.exports << export_dark_;
    showCanvasMenu(*canvas_, *commands_, extras, at);
  });
}

QString PipelinePage::whyNoEdit() const {
  if (studio_.project() == nullptr) return tr("Open a project first.");
  if (!file_->exists()) return tr("The project has no flowchart yet.");
  if (reading_.problem) return tr("Mend the text first: line %1.").arg(words::count(reading_.problem->line));
  return {};
}

// --- what is drawn ---

void PipelinePage::drawIfNew() {
  const std::set<std::string> ids = collapsed();
  std::string shape = good_.shape;
  for (const std::string& id : ids) shape += '\n' + id;
  if (shape == drawn_) return;
  drawn_ = shape;
  layout_job_.start(
      this, {{}, jobs::Pool::Data, jobs::Shown::Quiet},
      [document = good_.document, ids](JobContext& job) { return layoutForCanvas(*document, ids, job); },
      [this, document = good_.document](const Result<pipeline::Layout>& layout) {
        if (!layout) {
          drawn_.clear();
          if (layout.error().code != ErrorCode::Cancelled) run_notice_->showError(layout.error());
          return;
        }
        canvas_->showChart(document, *layout);
        if (canvas_->chosen() != chosen_) canvas_->choose(chosen_);
        find_bar_->searchAgain();
        showNode();
        showProblem();
        commands_->enable();
      });
}

std::set<std::string> PipelinePage::collapsed() const {
  std::set<std::string> closed;
  if (good_.document == nullptr) return closed;
  for (const pipeline::ChartSubgraph& subgraph : good_.document->chart().subgraphs) {
    const auto own = folds_.find(words::toQt(subgraph.id));
    if (own != folds_.end() ? own->second : closedInText(subgraph)) closed.insert(subgraph.id);
  }
  return closed;
}

void PipelinePage::collapse(const QStringList& subgraphs, bool closed) {
  if (good_.document == nullptr) return;
  for (const pipeline::ChartSubgraph& subgraph : good_.document->chart().subgraphs) {
    const QString id = words::toQt(subgraph.id);
    if (!subgraphs.isEmpty() && !subgraphs.contains(id)) continue;
    if (closed == closedInText(subgraph))
      folds_.erase(id);
    else
      folds_[id] = closed;
  }
  QStringList stored;
  for (const auto& [id, fold] : folds_) stored << (fold ? u'+' : u'-') + id;
  if (stored.isEmpty())
    studio_.settings().remove(foldsKey(studio_.folder()));
  else
    studio_.settings().setValue(foldsKey(studio_.folder()), stored);
  drawIfNew();
}

void PipelinePage::readFolds() {
  folds_.clear();
  if (studio_.project() == nullptr) return;
  for (const QString& entry : studio_.settings().value(foldsKey(studio_.folder())).toStringList())
    folds_[entry.mid(1)] = entry.startsWith(u'+');
}

// --- what is changed ---

/// Changes the text by way of the document; the editor's own undo takes it back.
void PipelinePage::edit(const Change& change, const std::function<void()>& then) {
  const std::string text = words::toUtf8(rawText(*editor_->document()));
  const auto work = [text, change,
                     known = good_.text == text ? good_.document : nullptr]() -> Result<std::string> {
    auto document = known != nullptr ? Result<pipeline::ChartDocument>(*known)
                                     : pipeline::ChartDocument::parse(text, "pipeline.mmd");
    if (!document) return forward(document);
    if (const Result<> done = change(*document); !done) return forward(done);
    return document->text();
  };
  if (text.size() <= kAtOnce) {
    apply(text, work(), change, then);
    return;
  }
  edit_job_.start(
      this, {{}, jobs::Pool::Data, jobs::Shown::Quiet}, [work](JobContext&) { return work(); },
      [this, text, change, then](const Result<std::string>& after) { apply(text, after, change, then); });
}

void PipelinePage::apply(const std::string& before, const Result<std::string>& after, const Change& change,
                         const std::function<void()>& then) {
  if (!after) {
    if (after.error().code == ErrorCode::Cancelled) return;
    run_notice_->showError(after.error());
    drawn_.clear();  // nodes that were dragged go back
    if (good_.document != nullptr) drawIfNew();
    showNode();
    return;
  }
  if (words::toUtf8(rawText(*editor_->document())) != before) {  // typed meanwhile
    edit(change, then);
    return;
  }
  run_notice_->clear();
  changeText(*editor_->document(), words::toQt(*after));
  read();
  if (then) then();
}

}  // namespace lodestone::pages
