// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/dialogs.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QInputDialog>
#include <QMessageBox>
#include <QPushButton>
#include <QStandardPaths>

#include "ui/widgets/widgets.h"

namespace lodestone::widgets {
namespace {

struct State {
  std::optional<QString> next;
  QString last;
  QString folder;  ///< where the user was last
};

State& state() {
  static State state;
  return state;
}

std::optional<QString> answered(const QString& question) {
  if (!state().next) return std::nullopt;
  state().last = question;
  return std::exchange(state().next, std::nullopt);
}

QString folder() {
  const QString folder = state().folder.isEmpty()
                             ? QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation)
                             : state().folder;
  return QFileInfo(folder).isDir() ? folder : QDir::homePath();
}

QString kept(const QString& file) {
  if (!file.isEmpty()) state().folder = QFileInfo(file).path();
  return file;
}

}  // namespace

QStringList askOpenFiles(QWidget* parent, const QString& title, const QString& filter) {
  if (const auto answer = answered(title)) return answer->isEmpty() ? QStringList() : answer->split('\n');
  QStringList files = QFileDialog::getOpenFileNames(parent, title, folder(), filter);
  if (!files.isEmpty()) kept(files.front());
  return files;
}

QString askOpenFile(QWidget* parent, const QString& title, const QString& filter) {
  if (const auto answer = answered(title)) return *answer;
  return kept(QFileDialog::getOpenFileName(parent, title, folder(), filter));
}

QString askSaveFile(QWidget* parent, const QString& title, const QString& name, const QString& filter) {
  if (const auto answer = answered(title)) return *answer;
  return kept(QFileDialog::getSaveFileName(parent, title, folder() + "/" + name, filter));
}

QString askFolder(QWidget* parent, const QString& title) {
  if (const auto answer = answered(title)) return *answer;
  const QString chosen = QFileDialog::getExistingDirectory(parent, title, folder());
  if (!chosen.isEmpty()) state().folder = chosen;
  return chosen;
}

bool confirm(QWidget* parent, const QString& title, const QString& text, const QString& yes) {
  if (const auto answer = answered(text)) return *answer == "yes";
  QMessageBox box(QMessageBox::Question, title, text, QMessageBox::Cancel, parent);
  box.setTextFormat(Qt::PlainText);
  QPushButton* accept = box.addButton(yes, QMessageBox::AcceptRole);
  makeDangerous(accept);
  box.setDefaultButton(QMessageBox::Cancel);
  box.exec();
  return box.clickedButton() == accept;
}

std::optional<QString> askText(QWidget* parent, const QString& title, const QString& label,
                               const QString& text) {
  if (const auto answer = answered(label)) return answer->isEmpty() ? std::nullopt : answer;
  bool accepted = false;
  const QString typed = QInputDialog::getText(parent, title, label, QLineEdit::Normal, text, &accepted);
  return accepted ? std::optional(typed) : std::nullopt;
}

void answerNext(const QString& answer) {
  state().next = answer;
}
QString lastQuestion() {
  return state().last;
}

}  // namespace lodestone::widgets
