// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QObject>
#include <QString>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/base/text.h"

// What the window says: in which language, and how numbers and moments are written there.
// All of it belongs to the window's thread.
namespace lodestone::words {

/// The language in use; English until setLanguage was called.
Language language();
/// Switches the window: our texts, Qt's own, and the locale of numbers and dates. Everything given to say()
/// is said anew.
void setLanguage(Language language);
/// Chinese where the system's own language is Chinese, else English.
Language systemLanguage();

/// Tells that the language has changed, after the translators have.
class Notifier : public QObject {
  Q_OBJECT
 Q_SIGNALS:
  void changed();
};
Notifier& notifier();

/// Runs a function that sets texts: now, and whenever the language changes while its owner lives.
void say(QObject* owner, const std::function<void()>& set_texts);

/// A text of core in the language in use.
QString said(const Text& text, const std::vector<std::string>& args = {});
/// What happened, to what, and what to do.
QString said(const Error& error);
/// {"en":...,"zh_CN":...} in the language in use; a plain string as it is; empty for anything else.
QString said(const Json& both);

QString toQt(std::string_view utf8);
std::string toUtf8(const QString& text);

// --- numbers, with the locale's separators; "–" where there is none (NaN) ---

QString count(std::int64_t value);                                       ///< 7,043
QString number(double value, int decimals);                              ///< 0.831
QString percent(double fraction, int decimals = 1);                      ///< 12.3 %
QString money(double value, const QString& currency, int decimals = 2);  ///< EUR 4,966.85
QString signedMoney(double value, const QString& currency);              ///< +EUR 1,200 / −EUR 30
/// "3 s", "2 min 5 s", "1 h 3 min".
QString duration(double seconds);
/// Local time of "2026-03-01T09:30:00.000Z"; the text itself where it does not read.
QString moment(const std::string& utc);
/// "5 minutes ago", "yesterday", then the date.
QString ago(const QDateTime& when);
/// A figure of a JSON object: NaN where it is missing or null.
double figure(const Json& object, std::string_view key);

}  // namespace lodestone::words
