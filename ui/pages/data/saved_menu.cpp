// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/data/saved_menu.h"

#include <QMenu>

#include "core/project/saved_records.h"
#include "ui/theme/theme.h"
#include "ui/widgets/dialogs.h"
#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

namespace lodestone::pages {

SavedMenu::SavedMenu(studio::Studio& studio, const char* kind, std::function<Json()> current, QWidget* parent)
    : QToolButton(parent),
      studio_(studio),
      kind_(kind),
      current_(std::move(current)),
      listing_(studio.jobs()),
      menu_(new QMenu(this)) {
  setIcon(theme::icon("template"));
  setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  setPopupMode(QToolButton::InstantPopup);
  setMenu(menu_);
  menu_->setToolTipsVisible(true);
  connect(menu_, &QMenu::aboutToShow, this, &SavedMenu::list);
  words::say(this, [this] { build(); });
}

void SavedMenu::setFurther(const std::function<void(QMenu&)>& add) {
  further_ = add;
  build();
}

void SavedMenu::setNotSavable(const QString& reason) {
  not_savable_ = reason;
  widgets::enableOrSay(save_, reason);
}

void SavedMenu::build() {
  menu_->clear();
  delete load_menu_;  // clear() leaves the menus below
  delete remove_menu_;
  save_ = menu_->addAction(theme::icon("save"), tr("Save under a name…"), this, &SavedMenu::save);
  save_->setObjectName("saveUnderName");
  load_menu_ = menu_->addMenu(theme::icon("open"), tr("Use a saved one"));
  load_menu_->setObjectName("useSaved");
  remove_menu_ = menu_->addMenu(theme::icon("delete"), tr("Delete a saved one"));
  if (further_) {
    menu_->addSeparator();
    further_(*menu_);
  }
  setNotSavable(not_savable_);
  showNames({});
}

void SavedMenu::list() {
  if (!studio_.project()) return;
  listing_.start(
      this, {.title = {}, .shown = jobs::Shown::Quiet},
      [project = studio_.project(), kind = kind_](JobContext&) { return project->saved().list(kind); },
      [this](const Result<std::vector<project::SavedRecord>>& list) {
        if (!list) {
          Q_EMIT failed(list.error());
          return;
        }
        QStringList names;
        for (const project::SavedRecord& one : *list) names.push_back(words::toQt(one.name));
        showNames(names);
      });
}

void SavedMenu::showNames(const QStringList& names) {
  const QString reason = names.isEmpty() ? tr("Nothing is saved yet") : QString();
  for (QMenu* menu : {load_menu_, remove_menu_}) {
    menu->clear();
    widgets::enableOrSay(menu->menuAction(), reason);
  }
  for (const QString& name : names) {
    QString shown = name;
    shown.replace('&', "&&");
    load_menu_->addAction(shown, this, [this, name] { load(name); });
    remove_menu_->addAction(shown, this, [this, name] { remove(name); });
  }
}

void SavedMenu::save() {
  const auto name = widgets::askText(this, tr("Save under a name"), tr("Name"));
  if (name && !name->trimmed().isEmpty()) write(name->trimmed(), current_(), false);
}

void SavedMenu::write(const QString& name, const Json& value, bool replace) {
  if (!studio_.project()) return;
  studio_.jobs().start(
      this, {.title = {}, .shown = jobs::Shown::Quiet},
      [project = studio_.project(), kind = kind_, name = words::toUtf8(name), value,
       by = words::toUtf8(studio_.userName()), replace](JobContext&) {
        return project->saved().save(kind, name, value, by,
                                     replace ? project::OnSaved::Replace : project::OnSaved::Fail);
      },
      [this, name, value](const Result<>& done) {
        if (done) {
          Q_EMIT said(tr("Saved as %1").arg(name));
        } else if (done.error().code == ErrorCode::AlreadyExists) {
          if (widgets::confirm(this, tr("Replace %1?").arg(name),
                               tr("Something is saved under this name: it is gone then."), tr("Replace")))
            write(name, value, true);
        } else {
          Q_EMIT failed(done.error());
        }
      });
}

void SavedMenu::load(const QString& name) {
  if (!studio_.project()) return;
  studio_.jobs().start(
      this, {.title = {}, .shown = jobs::Shown::Quiet},
      [project = studio_.project(), kind = kind_, name = words::toUtf8(name)](JobContext&) {
        return project->saved().get(kind, name);
      },
      [this, name](const Result<project::SavedRecord>& saved) {
        if (saved)
          Q_EMIT loaded(saved->value, name);
        else
          Q_EMIT failed(saved.error());
      });
}

void SavedMenu::remove(const QString& name) {
  if (!studio_.project() || !widgets::confirm(this, tr("Delete %1?").arg(name),
                                              tr("What was made with it stays as it is."), tr("Delete")))
    return;
  studio_.jobs().start(
      this, {.title = {}, .shown = jobs::Shown::Quiet},
      [project = studio_.project(), kind = kind_, name = words::toUtf8(name)](JobContext&) {
        return project->saved().remove(kind, name);
      },
      [this, name](const Result<>& done) {
        if (done)
          Q_EMIT said(tr("%1 is deleted").arg(name));
        else
          Q_EMIT failed(done.error());
      });
}

}  // namespace lodestone::pages
