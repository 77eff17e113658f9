// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/data/role_store.h"

#include <QPointer>
#include <QUndoCommand>
#include <QUndoStack>

#include "ui/words/words.h"

namespace lodestone::pages {
namespace {

class RoleCommand : public QUndoCommand {
 public:
  RoleCommand(RoleStore& store, std::string table, project::Roles forward, project::Roles backward)
      : store_(&store),
        table_(std::move(table)),
        forward_(std::move(forward)),
        backward_(std::move(backward)) {}

  void redo() override {
    if (store_ != nullptr) store_->apply(table_, forward_);
  }
  void undo() override {
    if (store_ != nullptr) store_->apply(table_, backward_);
  }

 private:
  QPointer<RoleStore> store_;
  std::string table_;
  project::Roles forward_, backward_;
};

}  // namespace

RoleStore::RoleStore(jobs::Jobs& jobs, QUndoStack& undo, QObject* parent)
    : QObject(parent), jobs_(jobs), undo_(undo) {}

void RoleStore::setAll(const std::shared_ptr<project::Project>& project,
                       const std::map<std::string, project::Roles>& roles) {
  if (project != project_) waiting_.clear();
  project_ = project;
  if (writing_ == 0) roles_ = roles;
}

project::Roles RoleStore::of(const std::string& table) const {
  const auto found = roles_.find(table);
  return found == roles_.end() ? project::Roles() : found->second;
}

void RoleStore::give(const std::string& table, const std::string& column, const std::string& role) {
  const project::Roles now = of(table);
  project::Roles forward;
  project::Roles backward;
  for (const auto& [name, holder] : now)
    if (holder == column && name != role) {
      forward[name] = "";
      backward[name] = column;
    }
  if (!role.empty()) {
    const auto held = now.find(role);
    if (held == now.end() || held->second != column) {
      forward[role] = column;
      backward[role] = held == now.end() ? std::string() : held->second;
    }
  }
  if (forward.empty()) return;
  auto* command = new RoleCommand(*this, table, forward, backward);
  command->setText(tr("role of %1").arg(words::toQt(column)));
  undo_.push(command);
}

void RoleStore::apply(const std::string& table, const project::Roles& change) {
  if (!project_) return;
  project::Roles& roles = roles_[table];
  for (const auto& [role, column] : change) {
    if (column.empty())
      roles.erase(role);
    else
      roles[role] = column;
  }
  waiting_.push_back({project_, table, change});
  Q_EMIT changed(words::toQt(table));
  if (writing_ == 0) writeNext();
}

void RoleStore::writeNext() {
  if (waiting_.empty()) return;
  const Change change = waiting_.front();
  waiting_.pop_front();
  writing_ = jobs_.start(
      this, {.title = {}, .shown = jobs::Shown::Quiet},
      [change](JobContext&) -> Result<> { return change.project->setRoles(change.table, change.roles); },
      [this](const Result<>& done) {
        writing_ = 0;
        if (!done) {
          waiting_.clear();
          undo_.clear();
          Q_EMIT failed(done.error());
          return;
        }
        if (waiting_.empty())
          Q_EMIT written();
        else
          writeNext();
      });
}

}  // namespace lodestone::pages
