// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

class QLocalServer;

namespace lodestone::shell {

/// One window for each project: the window that has it listens, and a second start asks it to come to the
/// front.
class SingleInstance : public QObject {
  Q_OBJECT
 public:
  explicit SingleInstance(QObject* parent = nullptr);
  ~SingleInstance() override;
  /// Listens for the project of that folder from now on, and no longer for another; empty: for none.
  void listenFor(const QString& project_folder);
  /// Asks the window that has the project to show itself. False when there is none.
  static bool raiseOther(const QString& project_folder);

 Q_SIGNALS:
  void raiseRequested();

 private:
  QLocalServer* server_;
};

}  // namespace lodestone::shell
