// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/single_instance.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QLocalServer>
#include <QLocalSocket>

namespace lodestone::shell {
namespace {

constexpr int kWaitMs = 1000;

QString nameOf(const QString& project_folder) {
  const QString canonical = QFileInfo(project_folder).canonicalFilePath();
  const QString path = canonical.isEmpty() ? QDir(project_folder).absolutePath() : canonical;
  // User names may share a machine: each has names of its own.
  const QByteArray of = (QDir::homePath() + "\n" + path).toUtf8();
  return "lodestone-" + QCryptographicHash::hash(of, QCryptographicHash::Sha256).toHex().left(32);
}

}  // namespace

SingleInstance::SingleInstance(QObject* parent) : QObject(parent), server_(new QLocalServer(this)) {
  server_->setSocketOptions(QLocalServer::UserAccessOption);
  connect(server_, &QLocalServer::newConnection, this, [this] {
    while (QLocalSocket* other = server_->nextPendingConnection()) {
      connect(other, &QLocalSocket::disconnected, other, &QObject::deleteLater);
      other->write("here\n");
      other->flush();
    }
    Q_EMIT raiseRequested();
  });
}

SingleInstance::~SingleInstance() {
  server_->close();
}

void SingleInstance::listenFor(const QString& project_folder) {
  server_->close();
  if (project_folder.isEmpty()) return;
  const QString name = nameOf(project_folder);
  QLocalServer::removeServer(name);  // left by a window that was killed: we have the project's lock
  server_->listen(name);
}

bool SingleInstance::raiseOther(const QString& project_folder) {
  QLocalSocket socket;
  socket.connectToServer(nameOf(project_folder));
  return socket.waitForConnected(kWaitMs) && socket.waitForReadyRead(kWaitMs);
}

}  // namespace lodestone::shell
