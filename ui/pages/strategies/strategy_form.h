// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/campaign/catalogue.h"
#include "core/project/strategy_records.h"
#include "ui/pages/strategies/strategy_editor.h"

class QBoxLayout;
class QComboBox;
class QDateEdit;
class QLabel;
class QLineEdit;
class QVBoxLayout;

namespace lodestone::pages {

class TextBox;

/// What is decided about a strategy, to be changed. A field that is left with another value than the record's
/// sends committed(); what does not read keeps what was typed, with a complaint under it. Esc brings the
/// record's back.
class StrategyForm : public QWidget {
  Q_OBJECT
 public:
  explicit StrategyForm(QWidget* parent = nullptr);
  ~StrategyForm() override;

  void setCatalogue(const campaign::Catalogue& catalogue);
  /// Shows it. A field in which the user is typing keeps what was typed while the strategy is the same.
  void setStrategy(const project::StrategyVersion& strategy);
  /// Nothing can be changed, and every field's tooltip says why; empty: it can.
  void setLocked(const QString& reason);
  /// Under the field that the path means; false where no field has it.
  bool complain(const QString& path, const QString& text);
  /// What was sent came to nothing: leaving the field once more sends it again.
  void allowRetry();
  /// All fields as recorded, without complaints.
  void restore();
  void focusFirst();
  /// Takes over what is being typed, as leaving the field would.
  void commitTyped();

 Q_SIGNALS:
  void committed(const lodestone::pages::Changes& changes);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  struct Field {
    std::string path;
    QWidget* control = nullptr;
    QLabel* label = nullptr;
    QLabel* complaint = nullptr;
    std::function<QString()> shown;  ///< as editContent takes it; what was typed where it does not read
    std::function<void(const QString&)> show;  ///< a value as editContent takes it
    std::function<QString(const QString&)> problem;
    QString recorded;
    QString sent;  ///< handed to committed() and not answered yet, or refused
    QString tooltip;
  };

  Field& add(QBoxLayout* into, const std::string& path, QWidget* control, const QString& object_name);
  QLineEdit* addLine(QBoxLayout* into, const std::string& path, const QString& object_name);
  QLineEdit* addNumber(QBoxLayout* into, const std::string& path, const QString& object_name, double low,
                       double high, double factor);
  QComboBox* addChoice(QBoxLayout* into, const std::string& path, const QString& object_name);
  QDateEdit* addDate(QBoxLayout* into, const std::string& path, const QString& object_name);
  TextBox* addText(QBoxLayout* into, const std::string& path, const QString& object_name);
  void addMessage(QVBoxLayout* column, const char* language);
  void showTexts();
  void showChoices();
  QString numberProblem(const QString& text, double low, double high, double factor) const;
  Field* find(const std::string& path);
  void commit(Field& field);
  void setComplaint(Field& field, const QString& text);
  std::string recordedOf(const std::string& path) const;

  std::vector<std::unique_ptr<Field>> fields_;
  campaign::Catalogue catalogue_;
  project::StrategyVersion strategy_;
  QString locked_;
  QComboBox* offer_ = nullptr;
  QComboBox* channel_ = nullptr;
};

}  // namespace lodestone::pages
