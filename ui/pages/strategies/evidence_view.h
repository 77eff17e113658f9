// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "core/project/strategy_records.h"

class QVBoxLayout;

namespace lodestone::pages {

/// Why to believe a strategy: what it promises, its checks in words, and the campaigns behind it.
class EvidenceView : public QWidget {
  Q_OBJECT
 public:
  explicit EvidenceView(QWidget* parent = nullptr);
  void setStrategy(const project::StrategyVersion& strategy);

 private:
  void showTexts();
  void addSection(const QString& title);
  void addPair(const QString& name, const QString& text);
  void addSentence(const QString& text);
  void showPromises(const Json& content);
  void showChecks(const Json& content);
  void showEvidence(const Json& content);

  project::StrategyVersion strategy_;
  QVBoxLayout* column_;
};

}  // namespace lodestone::pages
