// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/data/import_options.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <utility>
#include <vector>

#include "ui/pages/data/wheel_guard.h"
#include "ui/theme/theme.h"
#include "ui/words/words.h"

namespace lodestone::pages {
namespace {

using Entries = std::vector<std::pair<QString, QString>>;  // value, word

/// Fills a list anew and keeps what is chosen by its value.
void refill(QComboBox& box, const Entries& entries) {
  const QSignalBlocker quiet(&box);
  const QVariant chosen = box.count() > 0 ? box.currentData() : entries.front().first;
  box.clear();
  for (const auto& [value, word] : entries) box.addItem(word, value);
  box.setCurrentIndex(std::max(0, box.findData(chosen)));
}

std::optional<char> character(const QComboBox& box) {
  const QString value = box.currentData().toString();
  return value.isEmpty() ? std::nullopt : std::optional(value.front().toLatin1());
}

}  // namespace

ImportOptions::ImportOptions(QWidget* parent) : QWidget(parent), form_(new QFormLayout(this)) {
  form_->setContentsMargins(0, 0, 0, 0);
  form_->setHorizontalSpacing(theme::kSpace3);
  form_->setVerticalSpacing(theme::kSpace2);
  form_->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  form_->setRowWrapPolicy(QFormLayout::WrapLongRows);
  form_->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  encoding_ = addBox("importEncoding", &encoding_label_);
  delimiter_ = addBox("importDelimiter", &delimiter_label_);
  quote_ = addBox("importQuote", &quote_label_);
  header_ = addBox("importHeader", &header_label_);
  types_ = addBox("importTypes", &types_label_);
  bad_rows_ = addBox("importBadRows", &bad_rows_label_);
  for (QComboBox* box : {encoding_, delimiter_, quote_, header_, types_})
    connect(box, &QComboBox::activated, this, &ImportOptions::changed);
  connect(bad_rows_, &QComboBox::activated, this, &ImportOptions::handlingChanged);
  words::say(this, [this] { fill(); });
}

QComboBox* ImportOptions::addBox(const char* object_name, QLabel** label) {
  auto* box = new QComboBox(this);
  box->setObjectName(object_name);
  box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  box->setMinimumContentsLength(12);
  new WheelGuard(box);
  *label = new QLabel(this);
  (*label)->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Expanding);  // in the middle of its field
  (*label)->setBuddy(box);
  form_->addRow(*label, box);
  return box;
}

QString ImportOptions::named(const QString& character) {
  if (character.isEmpty()) return tr("none");
  if (character == ",") return tr("comma");
  if (character == ";") return tr("semicolon");
  if (character == "\t") return tr("tab");
  if (character == "|") return tr("vertical bar");
  if (character == " ") return tr("space");
  if (character == "\"") return tr("double, \"");
  if (character == "'") return tr("single, '");
  return character;
}

void ImportOptions::fill() {
  const auto automatic = [this](const QString& found) {
    return detected_ ? tr("Automatic (%1)").arg(found) : tr("Automatic");
  };
  const data::Detected found = detected_.value_or(data::Detected{});
  const auto say = [](QLabel* label, QComboBox* box, const QString& text, const QString& help) {
    label->setText(text);
    box->setAccessibleName(text);
    box->setToolTip(help);
  };
  say(encoding_label_, encoding_, tr("Encoding"),
      tr("How letters are stored: wrong when é or 中 look strange"));
  say(delimiter_label_, delimiter_, tr("Delimiter"), tr("What stands between the cells of a row"));
  say(quote_label_, quote_, tr("Quotes"), tr("What stands around cells that hold delimiters or line ends"));
  say(header_label_, header_, tr("First row"), tr("Whether the first row names the columns"));
  say(types_label_, types_, tr("Types"), tr("Numbers and dates are recognised, or everything stays text"));
  say(bad_rows_label_, bad_rows_, tr("Rows that do not fit"),
      tr("A row that does not fit its column's type is kept apart with the reason, or ends the import"));
  refill(*encoding_, {{"", automatic(words::toQt(found.encoding).toUpper())},
                      {"utf-8", "UTF-8"},
                      {"utf-16", "UTF-16"},
                      {"gb18030", "GB18030 / GBK"},
                      {"big5", "Big5"},
                      {"latin-1", "Latin-1"}});
  refill(*delimiter_, {{"", automatic(named(words::toQt(found.delimiter)))},
                       {",", named(",")},
                       {";", named(";")},
                       {"\t", named("\t")},
                       {"|", named("|")}});
  refill(*quote_, {{"", automatic(named(words::toQt(found.quote)))}, {"\"", named("\"")}, {"'", named("'")}});
  refill(*header_, {{"", automatic(found.header ? tr("names") : tr("data"))},
                    {"yes", tr("Names of the columns")},
                    {"no", tr("Data")}});
  refill(*types_, {{"", tr("Recognised")}, {"text", tr("Everything is text")}});
  refill(*bad_rows_, {{"reject", tr("Keep apart and go on")}, {"fail", tr("Import nothing")}});
}

void ImportOptions::reset() {
  detected_.reset();
  for (QComboBox* box : {encoding_, delimiter_, quote_, header_, types_, bad_rows_}) box->setCurrentIndex(0);
  fill();
}

void ImportOptions::setDetected(const std::optional<data::Detected>& detected) {
  // Where the user has chosen, the answer is that choice: what was found before stays in brackets.
  const auto before = detected_;
  detected_ = detected;
  if (before && detected_) {
    if (encoding_->currentIndex() > 0) detected_->encoding = before->encoding;
    if (delimiter_->currentIndex() > 0) detected_->delimiter = before->delimiter;
    if (quote_->currentIndex() > 0) detected_->quote = before->quote;
    if (header_->currentIndex() > 0) detected_->header = before->header;
  }
  fill();
}

data::ImportOptions ImportOptions::options() const {
  data::ImportOptions options;
  if (const QString encoding = encoding_->currentData().toString(); !encoding.isEmpty())
    options.encoding = words::toUtf8(encoding);
  if (const auto delimiter = character(*delimiter_)) options.delimiter = std::string(1, *delimiter);
  options.quote = character(*quote_);
  const QString header = header_->currentData().toString();
  if (!header.isEmpty()) options.header = header == "yes" ? data::Header::Yes : data::Header::No;
  if (types_->currentData().toString() == "text") options.types = data::Types::AllText;
  if (bad_rows_->currentData().toString() == "fail") options.on_bad_rows = data::OnBadRows::Fail;
  return options;
}

}  // namespace lodestone::pages
