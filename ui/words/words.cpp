// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/words/words.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QRegularExpression>
#include <QTranslator>
#include <cmath>
#include <limits>
#include <memory>

/// A resource of a static library is found only after this; it must stand outside any namespace.
static void initResources() {
  Q_INIT_RESOURCE(translations);
}

namespace lodestone::words {
namespace {

const QString kNone = QStringLiteral("–");

struct State {
  Language language = Language::English;
  std::vector<std::unique_ptr<QTranslator>> translators;
  Notifier notifier;
};

State& state() {
  static State state;
  return state;
}

QLocale localeOf(Language language) {
  return language == Language::Chinese
             ? QLocale(QLocale::Chinese, QLocale::SimplifiedChineseScript, QLocale::China)
             : QLocale(QLocale::English, QLocale::UnitedStates);
}

void install(const QString& name, const QString& folder) {
  auto translator = std::make_unique<QTranslator>();
  if (!translator->load(name, folder)) return;
  QCoreApplication::installTranslator(translator.get());
  state().translators.push_back(std::move(translator));
}

/// The texts of this file; a class so that they have a context.
class Said {
  Q_DECLARE_TR_FUNCTIONS(lodestone::words)
};

}  // namespace

Language language() {
  return state().language;
}

Language systemLanguage() {
  const QStringList names = QLocale::system().uiLanguages();
  return !names.isEmpty() && names.front().startsWith("zh") ? Language::Chinese : Language::English;
}

void setLanguage(Language language) {
  initResources();
  for (const auto& translator : state().translators) QCoreApplication::removeTranslator(translator.get());
  state().translators.clear();
  state().language = language;
  QLocale::setDefault(localeOf(language));
  if (language == Language::Chinese) {
    install("qtbase_zh_CN", QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    install("lodestone_zh_CN", ":/translations");
  } else {
    install("lodestone_en", ":/translations");
  }
  Q_EMIT state().notifier.changed();
}

Notifier& notifier() {
  return state().notifier;
}

void say(QObject* owner, const std::function<void()>& set_texts) {
  set_texts();
  QObject::connect(&notifier(), &Notifier::changed, owner, set_texts);
}

QString said(const Text& text, const std::vector<std::string>& args) {
  return toQt(fill(text, state().language, args));
}

QString said(const Error& error) {
  return toQt(error.message(state().language));
}

QString said(const Json& both) {
  if (both.is_string()) return toQt(both.get<std::string>());
  if (!both.is_object()) return {};
  const auto found = both.find(std::string(languageCode(state().language)));
  return found != both.end() && found->is_string() ? toQt(found->get<std::string>()) : QString();
}

QString toQt(std::string_view utf8) {
  return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

std::string toUtf8(const QString& text) {
  return text.toStdString();
}

QString count(std::int64_t value) {
  return QLocale().toString(static_cast<qlonglong>(value));
}

QString number(double value, int decimals) {
  // A minus as long as a plus, as money has it.
  return std::isfinite(value) ? QLocale().toString(value, 'f', decimals).replace('-', QChar(0x2212)) : kNone;
}

QString percent(double fraction, int decimals) {
  return std::isfinite(fraction) ? number(fraction * 100, decimals) + QStringLiteral("\u00A0%") : kNone;
}

QString money(double value, const QString& currency, int decimals) {
  if (!std::isfinite(value)) return kNone;
  const QString digits = QLocale().toString(std::abs(value), 'f', decimals);
  const QString sign =
      value < 0 && digits.contains(QRegularExpression("[1-9]")) ? QStringLiteral("−") : QString();
  return sign + (currency.isEmpty() ? digits : currency + QChar(0x00A0) + digits);
}

QString signedMoney(double value, const QString& currency) {
  const QString text = money(value, currency, 0);
  return std::isfinite(value) && value > 0 ? "+" + text : text;
}

QString duration(double seconds) {
  if (!std::isfinite(seconds)) return kNone;
  if (seconds < 10) return Said::tr("%1 s").arg(QLocale().toString(seconds, 'f', 1));
  const auto whole = static_cast<qint64>(std::llround(seconds));
  if (whole < 60) return Said::tr("%1 s").arg(whole);
  if (whole < 3600) return Said::tr("%1 min %2 s").arg(whole / 60).arg(whole % 60);
  return Said::tr("%1 h %2 min").arg(whole / 3600).arg(whole % 3600 / 60);
}

QString moment(const std::string& utc) {
  const QDateTime read = QDateTime::fromString(toQt(utc), Qt::ISODateWithMs);
  if (!read.isValid()) return toQt(utc);
  return QLocale().toString(read.toLocalTime(), "yyyy-MM-dd HH:mm");
}

QString ago(const QDateTime& when) {
  if (!when.isValid()) return kNone;
  const qint64 seconds = when.secsTo(QDateTime::currentDateTime());
  if (seconds < 60) return Said::tr("just now");
  if (seconds < 3600) return Said::tr("%n minute(s) ago", nullptr, static_cast<int>(seconds / 60));
  if (seconds < 24 * 3600) return Said::tr("%n hour(s) ago", nullptr, static_cast<int>(seconds / 3600));
  if (seconds < 7 * 24 * 3600)
    return Said::tr("%n day(s) ago", nullptr, static_cast<int>(seconds / (24 * 3600)));
  return QLocale().toString(when.date(), "yyyy-MM-dd");
}

double figure(const Json& object, std::string_view key) {
  if (object.is_object())
    if (const auto found = object.find(std::string(key)); found != object.end() && found->is_number())
      return found->get<double>();
  return std::numeric_limits<double>::quiet_NaN();
}

}  // namespace lodestone::words
