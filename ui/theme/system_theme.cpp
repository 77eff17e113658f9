// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/system_theme.h"

#include <QCoreApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <QObject>

namespace lodestone::theme {
namespace {

constexpr auto kService = "org.freedesktop.portal.Desktop";
constexpr auto kPath = "/org/freedesktop/portal/desktop";
constexpr auto kInterface = "org.freedesktop.portal.Settings";
constexpr auto kNamespace = "org.freedesktop.appearance";
constexpr auto kKey = "color-scheme";

SystemScheme schemeOf(QVariant value) {
  // Read() wraps the value in one variant more than the signal does.
  while (value.canConvert<QDBusVariant>()) value = value.value<QDBusVariant>().variant();
  switch (value.toUInt()) {
    case 1:
      return SystemScheme::Dark;
    case 2:
      return SystemScheme::Light;
    default:
      return SystemScheme::Unknown;
  }
}

class Watch : public QObject {
  Q_OBJECT
 public:
  explicit Watch(std::function<void(SystemScheme)> tell)
      : QObject(QCoreApplication::instance()), tell_(std::move(tell)) {
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected()) return;
    bus.connect(kService, kPath, kInterface, "SettingChanged", this,
                SLOT(settingChanged(QString, QString, QDBusVariant)));
    QDBusMessage read = QDBusMessage::createMethodCall(kService, kPath, kInterface, "Read");
    read << QString(kNamespace) << QString(kKey);
    auto* waiting = new QDBusPendingCallWatcher(bus.asyncCall(read, 2000), this);
    connect(waiting, &QDBusPendingCallWatcher::finished, this, [this, waiting] {
      const QDBusPendingReply<QDBusVariant> reply = *waiting;
      if (!reply.isError()) tell_(schemeOf(reply.value().variant()));
      waiting->deleteLater();
    });
  }

 private Q_SLOTS:
  void settingChanged(const QString& group, const QString& key, const QDBusVariant& value) {
    if (group == kNamespace && key == kKey) tell_(schemeOf(value.variant()));
  }

 private:
  std::function<void(SystemScheme)> tell_;
};

}  // namespace

void watchSystemScheme(const std::function<void(SystemScheme)>& tell) {
  if (qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS")) return;  // else the bus would be started
  new Watch(tell);                                                      // owned by the application
}

}  // namespace lodestone::theme

#include "system_theme.moc"
