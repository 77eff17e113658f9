// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>
#include <vector>

class QVBoxLayout;

namespace lodestone::pages {

/// A place where a node takes or gives something, as it is shown.
struct PortView {
  struct From {
    QString node;
    QString label;
    bool operator==(const From&) const = default;
  };
  QString title;
  QString kind;  ///< "a table"
  bool input = true;
  bool optional = false;
  std::vector<From> from = {};  ///< who gives it; of an output: nobody

  bool missing() const { return input && !optional && from.empty(); }
  bool operator==(const PortView&) const = default;
};

/// What a node takes and from whom, what it lacks, and what it gives. The names of givers are links.
class PortList : public QWidget {
  Q_OBJECT
 public:
  explicit PortList(QWidget* parent = nullptr);
  void setPorts(const std::vector<PortView>& ports);

 Q_SIGNALS:
  void nodePicked(const QString& node);

 private:
  void show();
  void addHeading(const QString& text);
  void addPort(const PortView& port);

  std::vector<PortView> ports_;
  QVBoxLayout* column_;
};

}  // namespace lodestone::pages
