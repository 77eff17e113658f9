// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <optional>

class QWidget;

// Questions that stop the work: files, folders, and what cannot be undone. Tests answer them beforehand.
namespace lodestone::widgets {

/// Empty when the user gave up.
QStringList askOpenFiles(QWidget* parent, const QString& title, const QString& filter);
QString askOpenFile(QWidget* parent, const QString& title, const QString& filter);
QString askSaveFile(QWidget* parent, const QString& title, const QString& name, const QString& filter);
QString askFolder(QWidget* parent, const QString& title);

/// A choice that cannot be undone. yes: what the button that does it says. False is the default.
bool confirm(QWidget* parent, const QString& title, const QString& text, const QString& yes);
/// One line; nothing when the user gave up.
std::optional<QString> askText(QWidget* parent, const QString& title, const QString& label,
                               const QString& text = {});

/// The next question of any kind gets this answer and shows nothing; confirm() reads "yes" as true. For
/// tests.
void answerNext(const QString& answer);
/// What the last answered question said, for tests.
QString lastQuestion();

}  // namespace lodestone::widgets
