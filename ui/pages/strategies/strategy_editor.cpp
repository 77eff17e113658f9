// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/strategies/strategy_editor.h"

#include <QUndoCommand>
#include <algorithm>

#include "core/campaign/generate.h"
#include "core/project/strategy_records.h"
#include "ui/words/words.h"

namespace lodestone::pages {

using project::StrategyState;

/// One edit that was done.
class StrategyEditor::Command : public QUndoCommand {
 public:
  Command(StrategyEditor& editor, const Outcome& outcome)
      : editor_(editor), before_(outcome.before), after_(*outcome.after) {
    setText(StrategyEditor::tr("edit of %1").arg(words::toQt(after_.id)));
  }
  void undo() override { write(Kind::Undo, before_, after_); }
  void redo() override {
    if (done_)
      write(Kind::Redo, after_, before_);
    else
      done_ = true;  // pushing it onto the stack calls this, and it has been done
  }

 private:
  void write(Kind kind, const project::StrategyVersion& wanted, const project::StrategyVersion& there) {
    if (editor_.replaying_) return;
    Request request;
    request.kind = kind;
    request.id = words::toQt(wanted.id);
    request.content = wanted.content;
    request.expected_hash = there.content_hash;
    if (editor_.may_void_) request.approval = Approval::Void;
    editor_.submit(std::move(request));
  }

  StrategyEditor& editor_;
  project::StrategyVersion before_;
  project::StrategyVersion after_;
  bool done_ = false;
};

StrategyEditor::StrategyEditor(studio::Studio& studio, QObject* parent) : QObject(parent), studio_(studio) {}

void StrategyEditor::edit(const QString& id, const Changes& changes, Approval approval) {
  Request request;
  request.id = id;
  request.changes = changes;
  request.approval = approval;
  submit(std::move(request));
}

void StrategyEditor::clear() {
  if (job_ != 0) studio_.jobs().retire(job_);
  job_ = 0;
  running_.reset();
  waiting_.clear();
  replaying_ = true;
  stack_.clear();
  replaying_ = false;
  Q_EMIT busyChanged();
}

bool StrategyEditor::busy(const QString& id) const {
  return (running_ && running_->id == id) ||
         std::any_of(waiting_.begin(), waiting_.end(), [&](const Request& each) { return each.id == id; });
}

void StrategyEditor::submit(Request request) {
  waiting_.push_back(std::move(request));
  Q_EMIT busyChanged();
  next();
}

void StrategyEditor::next() {
  const auto project = studio_.project();
  if (running_ || waiting_.empty() || project == nullptr) return;
  running_ = std::move(waiting_.front());
  waiting_.pop_front();
  const Request request = *running_;
  // Working out an edit reads the tables anew, which takes its time; undo and redo only write.
  jobs::JobSpec spec{.title = tr("Working out %1 anew").arg(request.id)};
  if (request.kind != Kind::Edit) spec.shown = jobs::Shown::Quiet;
  const std::string by = words::toUtf8(studio_.userName());
  job_ = studio_.jobs().start(
      this, spec, [project, request, by](JobContext& job) { return carryOut(*project, request, by, job); },
      [this, request](Result<Outcome> outcome) { finish(request, std::move(outcome)); });
}

Result<StrategyEditor::Outcome> StrategyEditor::carryOut(project::Project& project, const Request& request,
                                                         const std::string& by, JobContext& job) {
  const std::string id = words::toUtf8(request.id);
  auto newest = project.strategies().get(id);
  if (!newest) return forward(newest);
  Outcome outcome{.before = std::move(*newest), .after = std::nullopt};
  const project::StrategyVersion& before = outcome.before;
  if (request.kind != Kind::Edit && before.content_hash != request.expected_hash) {
    outcome.moved_on = true;
    return outcome;
  }
  const bool approved = before.state == StrategyState::Approved || before.state == StrategyState::Exported ||
                        before.state == StrategyState::Measured;
  if (approved && request.approval == Approval::Ask) {
    outcome.at_stake = true;
    return outcome;
  }
  Json content = request.content;
  if (request.kind == Kind::Edit) {
    auto worked_out = campaign::editContent(project, before.content, request.changes, job);
    if (!worked_out) return forward(worked_out);
    content = std::move(*worked_out);
    if (project::contentHash(content) == before.content_hash) return outcome;
  }
  auto after = project.strategies().edit(id, content, by);
  if (!after) return forward(after);
  outcome.after = std::move(*after);
  return outcome;
}

void StrategyEditor::finish(const Request& request, Result<Outcome> outcome) {
  running_.reset();
  job_ = 0;
  if (!outcome || !outcome->after) takeBack(request);
  if (!outcome) {
    QString path = words::toQt(outcome.error().where.item);
    // What a value may not be is said where it was typed, also where core names no path.
    const bool of_value = outcome.error().code == ErrorCode::InvalidArgument && !request.changes.empty();
    if (path.isEmpty() && of_value) path = words::toQt(request.changes.front().first);
    Q_EMIT failed(request.id, path, outcome.error());
  } else if (outcome->at_stake) {
    ask(request, *outcome);
  } else if (outcome->moved_on) {
    Q_EMIT refused(request.id,
                   tr("%1 has been changed since by somebody else, so this cannot be undone or redone. "
                      "Edit it instead.")
                       .arg(request.id));
  } else if (!outcome->after) {
    Q_EMIT unchanged(request.id);
  } else {
    if (request.kind == Kind::Edit) stack_.push(new Command(*this, *outcome));
    Q_EMIT edited(request.id, outcome->after->version);
  }
  Q_EMIT busyChanged();
  next();
}

void StrategyEditor::takeBack(const Request& request) {
  if (request.kind == Kind::Edit) return;
  // The stack has moved already, and perhaps further for steps that still wait: all of these move back.
  std::vector<Kind> moved{request.kind};
  while (!waiting_.empty() && waiting_.front().kind != Kind::Edit) {
    moved.push_back(waiting_.front().kind);
    waiting_.pop_front();
  }
  replaying_ = true;
  for (auto kind = moved.rbegin(); kind != moved.rend(); ++kind) {
    if (*kind == Kind::Undo)
      stack_.redo();
    else
      stack_.undo();
  }
  replaying_ = false;
}

void StrategyEditor::ask(const Request& request, const Outcome& outcome) {
  const auto proceed = [this, request] {
    if (request.kind == Kind::Edit) {
      edit(request.id, request.changes, Approval::Void);
      return;
    }
    may_void_ = true;
    if (request.kind == Kind::Undo)
      stack_.undo();
    else
      stack_.redo();
    may_void_ = false;
  };
  Q_EMIT approvalAtStake(request.id, words::toQt(outcome.before.decided_by), proceed);
}

}  // namespace lodestone::pages
