// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/data/recipe_store.h"

#include <QPointer>
#include <QUndoCommand>
#include <QUndoStack>

#include "core/project/saved_records.h"
#include "ui/words/words.h"

namespace lodestone::pages {

class RecipeStore::Command : public QUndoCommand {
 public:
  Command(RecipeStore& store, std::string table, data::Recipe before, data::Recipe after)
      : store_(&store), table_(std::move(table)), before_(std::move(before)), after_(std::move(after)) {}

  void redo() override {
    if (store_ != nullptr) store_->apply(table_, after_);
  }
  void undo() override {
    if (store_ != nullptr) store_->apply(table_, before_);
  }

 private:
  QPointer<RecipeStore> store_;
  std::string table_;
  data::Recipe before_, after_;
};

RecipeStore::RecipeStore(jobs::Jobs& jobs, QUndoStack& undo, QObject* parent)
    : QObject(parent), jobs_(jobs), undo_(undo), reading_(jobs) {}

void RecipeStore::setProject(const std::shared_ptr<project::Project>& project, const QString& by) {
  by_ = words::toUtf8(by);
  if (project == project_) return;
  project_ = project;
  recipes_.clear();
  waiting_.clear();
  reading_.stop();
  if (project_) read();
}

data::Recipe RecipeStore::of(const QString& table) const {
  const auto found = recipes_.find(words::toUtf8(table));
  return found == recipes_.end() ? data::Recipe() : found->second;
}

void RecipeStore::change(const QString& table, const data::Recipe& recipe, const QString& what) {
  const data::Recipe now = of(table);
  if (recipe == now || !project_) return;
  auto* command = new Command(*this, words::toUtf8(table), now, recipe);
  command->setText(what);
  undo_.push(command);
}

void RecipeStore::apply(const std::string& table, const data::Recipe& recipe) {
  if (!project_) return;
  recipes_[table] = recipe;
  waiting_[table] = recipe;
  Q_EMIT changed(words::toQt(table));
  if (writing_ == 0) writeNext();
}

void RecipeStore::read() {
  reading_.start(
      this, {.title = {}, .shown = jobs::Shown::Quiet},
      [project = project_](JobContext&) -> Result<std::map<std::string, data::Recipe>> {
        auto drafts = project->saved().list(project::kSavedRecipeDraft);
        if (!drafts) return forward(drafts);
        std::map<std::string, data::Recipe> recipes;
        for (const project::SavedRecord& draft : *drafts) {
          // A draft of another version of the program is left alone: it is read again when it can be.
          if (auto recipe = data::parseRecipe(draft.value)) recipes[draft.name] = std::move(*recipe);
        }
        return recipes;
      },
      [this](Result<std::map<std::string, data::Recipe>> recipes) {
        if (!recipes) {
          Q_EMIT failed(recipes.error());
          return;
        }
        for (auto& [table, recipe] : *recipes) {
          if (recipes_.contains(table)) continue;  // changed while it was read
          recipes_[table] = std::move(recipe);
          Q_EMIT changed(words::toQt(table));
        }
      });
}

void RecipeStore::writeNext() {
  if (waiting_.empty()) return;
  const auto next = waiting_.extract(waiting_.begin());
  writing_ = jobs_.start(
      this, {.title = {}, .shown = jobs::Shown::Quiet},
      [project = project_, table = next.key(), recipe = next.mapped(), by = by_](JobContext&) {
        return project->saved().save(project::kSavedRecipeDraft, table, data::toJson(recipe), by,
                                     project::OnSaved::Replace);
      },
      [this](const Result<>& done) {
        writing_ = 0;
        if (!done) Q_EMIT failed(done.error());
        writeNext();
      });
}

}  // namespace lodestone::pages
