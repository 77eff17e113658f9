// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/pipeline/chart/chart_document.h"
#include "core/pipeline/outlook.h"
#include "ui/pages/pipeline/node_status.h"
#include "ui/pages/pipeline/port_list.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QStackedLayout;

namespace lodestone::forms {
class ParameterForm;
}

namespace lodestone::pages {

/// A node as the inspector shows it.
struct NodeView {
  pipeline::NodeOutlook outlook;
  NodeStatus status;
  QStringList tables;
  QStringList columns;  ///< of the rows that reach it
  std::vector<PortView> ports;
  QString when;         ///< of the last run; empty before one
  bool manual = false;  ///< applied by hand
  QString run_blocked;  ///< why it cannot be run to now; empty: it can
};

/// One node: label, stage, state, parameters, and the way to run up to it. Says what the user changes; the
/// page writes it into the text.
class NodeInspector : public QWidget {
  Q_OBJECT
 public:
  explicit NodeInspector(QWidget* parent = nullptr);

  void showNode(const NodeView& view);
  void showNothing(const QString& why);
  /// The text is wrong: nothing can be changed here until it reads.
  void setReadOnly(const QString& why);
  QString node() const;
  void focusLabel();

 Q_SIGNALS:
  void labelEdited(const QString& node, const QString& label);
  void bindingEdited(const lodestone::pipeline::NodeBinding& bound);
  void runToHere();
  void applyWanted();
  void importWanted();
  void nodePicked(const QString& node);

 private:
  void build();
  void showTexts();
  void showStages();
  void showForm();
  void showApply();
  void showSuggestion();
  void useSuggestion();
  void stageChosen(int index);
  void parameterChanged(const QString& id, const QString& value);
  pipeline::NodeBinding binding() const;

  std::optional<NodeView> view_;
  QString nothing_;
  QString read_only_;
  std::string form_of_;  ///< for which stage and model the controls were made
  std::map<std::string, std::string> shown_values_;
  QStringList offered_;
  QString stages_of_;
  QString noticed_;
  QStackedLayout* places_;
  QLabel* empty_;
  QWidget* content_;
  QLabel* id_;
  QLabel* label_title_;
  QLineEdit* label_;
  widgets::StateBadge* badge_;
  QLabel* when_;
  widgets::Notice* notice_;
  QLabel* message_;
  QLabel* stage_title_;
  QComboBox* stage_;
  QLabel* help_;
  forms::ParameterForm* form_;
  QLabel* form_title_;
  PortList* ports_;
  QLabel* suggestion_;
  QPushButton* use_suggestion_;
  QLabel* apply_title_;
  QComboBox* apply_;
  QPushButton* apply_now_;
  QPushButton* run_;
};

}  // namespace lodestone::pages
