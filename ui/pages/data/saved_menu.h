// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QToolButton>
#include <functional>

#include "core/base/json.h"
#include "ui/studio/studio.h"

class QMenu;

namespace lodestone::pages {

/// A button whose menu keeps something under a name in the project (a recipe, an import template), brings
/// back what is kept, and deletes it. Its text and tooltip are its owner's.
class SavedMenu : public QToolButton {
  Q_OBJECT
 public:
  /// kind: see project::SavedRecords. current: what is saved.
  SavedMenu(studio::Studio& studio, const char* kind, std::function<Json()> current,
            QWidget* parent = nullptr);

  /// Entries below the common ones; asked for again when the language changes.
  void setFurther(const std::function<void(QMenu&)>& add);
  /// Why nothing can be saved now; empty: it can.
  void setNotSavable(const QString& reason);

 Q_SIGNALS:
  void loaded(const lodestone::Json& value, const QString& name);
  void said(const QString& text);
  void failed(const lodestone::Error& error);

 private:
  void build();
  void list();
  void showNames(const QStringList& names);
  void save();
  void write(const QString& name, const Json& value, bool replace);
  void load(const QString& name);
  void remove(const QString& name);

  studio::Studio& studio_;
  const char* kind_;
  std::function<Json()> current_;
  std::function<void(QMenu&)> further_;
  jobs::Latest listing_;
  QString not_savable_;
  QMenu* menu_;
  QMenu* load_menu_ = nullptr;
  QMenu* remove_menu_ = nullptr;
  QAction* save_ = nullptr;
};

}  // namespace lodestone::pages
