// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/data/import_options.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QToolButton>
#include <utility>
#include <vector>

#include "core/base/parameter.h"
#include "ui/pages/data/wheel_guard.h"
#include "ui/theme/theme.h"
#include "ui/words/words.h"

namespace lodestone::pages {
namespace {

using Entries = std::vector<std::pair<QString, QString>>;  // value, word

constexpr int kMostLines = 20;
/// A quote or an escape that is not there; an empty value means "find it out".
constexpr const char* kNone = "none";

/// Fills a list anew and keeps what is chosen by its value.
void refill(QComboBox& box, const Entries& entries) {
  const QSignalBlocker quiet(&box);
  const QVariant chosen = box.count() > 0 ? box.currentData() : entries.front().first;
  box.clear();
  for (const auto& [value, word] : entries) box.addItem(word, value);
  if (box.findData(chosen) < 0) box.addItem(chosen.toString(), chosen);  // a template's own
  box.setCurrentIndex(box.findData(chosen));
}

void choose(QComboBox& box, const QString& value) {
  const QSignalBlocker quiet(&box);
  if (box.findData(value) < 0) box.addItem(value, value);
  box.setCurrentIndex(box.findData(value));
}

std::optional<std::string> text(const QComboBox& box) {
  const QString value = box.currentData().toString();
  return value.isEmpty() ? std::nullopt : std::optional(words::toUtf8(value));
}

std::optional<char> character(const QComboBox& box) {
  const auto value = text(box);
  if (!value) return std::nullopt;
  return *value == kNone ? '\0' : value->front();
}

std::optional<std::int64_t> lines(const QComboBox& box) {
  const auto value = text(box);
  return value ? std::optional<std::int64_t>(QString::fromStdString(*value).toLongLong()) : std::nullopt;
}

QString valueOf(const std::optional<char>& value) {
  if (!value) return {};
  return *value == '\0' ? QString(kNone) : QString(QLatin1Char(*value));
}

QString valueOf(const std::optional<std::int64_t>& value) {
  return value ? QString::number(*value) : QString();
}

}  // namespace

ImportOptions::ImportOptions(QWidget* parent) : QWidget(parent), form_(new QFormLayout(this)) {
  form_->setContentsMargins(0, 0, 0, 0);
  form_->setHorizontalSpacing(theme::kSpace3);
  form_->setVerticalSpacing(theme::kSpace2);
  form_->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  form_->setRowWrapPolicy(QFormLayout::WrapLongRows);
  form_->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  table_ = addBox("importSourceTable", false, false);
  query_ = new QLineEdit(this);
  query_->setObjectName("importQuery");
  query_label_ = new QLabel(this);
  query_label_->setBuddy(query_);
  form_->addRow(query_label_, query_);
  encoding_ = addBox("importEncoding", true, false);
  delimiter_ = addBox("importDelimiter", true, false);
  quote_ = addBox("importQuote", true, false);
  header_ = addBox("importHeader", true, false);
  types_ = addBox("importTypes", false, false);
  bad_rows_ = addBox("importBadRows", false, false);
  further_ = new QToolButton(this);
  further_->setObjectName("importFurther");
  further_->setCheckable(true);
  further_->setAutoRaise(true);
  further_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  form_->addRow(further_);
  before_ = addBox("importSkipLines", true, true);
  header_lines_ = addBox("importHeaderLines", true, true);
  escape_ = addBox("importEscape", true, true);
  decimal_ = addBox("importDecimal", true, true);
  missing_ = new QLineEdit(this);
  missing_->setObjectName("importMissing");
  missing_label_ = new QLabel(this);
  missing_label_->setBuddy(missing_);
  form_->addRow(missing_label_, missing_);
  connect(further_, &QToolButton::toggled, this, [this] { showFields(); });
  for (QLineEdit* line : {query_, missing_})
    connect(line, &QLineEdit::editingFinished, this, [this, line] {
      if (line->isModified()) Q_EMIT changed();
      line->setModified(false);
    });
  for (const Field& field : fields_)
    connect(field.box, &QComboBox::activated, this,
            field.box == bad_rows_ ? &ImportOptions::handlingChanged : &ImportOptions::changed);
  words::say(this, [this] { fill(); });
}

QComboBox* ImportOptions::addBox(const char* object_name, bool text_only, bool further) {
  auto* box = new QComboBox(this);
  box->setObjectName(object_name);
  box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  box->setMinimumContentsLength(12);
  new WheelGuard(box);
  auto* label = new QLabel(this);
  label->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Expanding);  // in the middle of its field
  label->setBuddy(box);
  form_->addRow(label, box);
  fields_.push_back({label, box, text_only, further});
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
  if (character == "\\") return tr("backslash");
  return character;
}

void ImportOptions::fill() {
  const auto automatic = [this](const QString& found) {
    return detected_ ? tr("Automatic (%1)").arg(found) : tr("Automatic");
  };
  const data::Detected found = detected_.value_or(data::Detected{});
  const auto say = [this](QComboBox* box, const QString& text, const QString& help) {
    for (const Field& field : fields_)
      if (field.box == box) field.label->setText(text);
    box->setAccessibleName(text);
    box->setToolTip(help);
  };
  say(table_, tr("Sheet or table"), tr("Which of the file's tables is read"));
  say(encoding_, tr("Encoding"), tr("How letters are stored: wrong when é or 中 look strange"));
  say(delimiter_, tr("Delimiter"), tr("What stands between the cells of a row"));
  say(quote_, tr("Quotes"), tr("What stands around cells that hold delimiters or line ends"));
  say(header_, tr("First row"), tr("Whether the first row names the columns"));
  say(types_, tr("Types"), tr("Numbers and dates are recognised, or everything stays text"));
  say(bad_rows_, tr("Rows that do not fit"),
      tr("A row that does not fit its column's type is kept apart with the reason, or ends the import"));
  query_label_->setText(tr("Query"));
  query_->setAccessibleName(query_label_->text());
  query_->setPlaceholderText(tr("SELECT …"));
  query_->setToolTip(tr("SQL that the database answers, in place of a whole table"));
  Entries tables{{"", automatic(words::toQt(found.source_table))}};
  for (const std::string& one : found.source_tables) tables.emplace_back(words::toQt(one), words::toQt(one));
  refill(*table_, tables);
  refill(*encoding_, {{"", automatic(words::toQt(found.encoding).toUpper())},
                      {"utf-8", "UTF-8"},
                      {"utf-16", "UTF-16"},
                      {"gb18030", "GB18030 / GBK"},
                      {"big5", "Big5"},
                      {"shift_jis", "Shift-JIS"},
                      {"windows-1252", "Windows-1252"},
                      {"latin-1", "Latin-1"}});
  refill(*delimiter_, {{"", automatic(named(words::toQt(found.delimiter)))},
                       {",", named(",")},
                       {";", named(";")},
                       {"\t", named("\t")},
                       {"|", named("|")},
                       {" ", named(" ")}});
  refill(*quote_, {{"", automatic(named(words::toQt(found.quote)))},
                   {"\"", named("\"")},
                   {"'", named("'")},
                   {kNone, named({})}});
  refill(*header_, {{"", automatic(found.header ? tr("names") : tr("data"))},
                    {"yes", tr("Names of the columns")},
                    {"no", tr("Data")}});
  refill(*types_, {{"", tr("Recognised")}, {"text", tr("Everything is text")}});
  refill(*bad_rows_, {{"reject", tr("Keep apart and go on")}, {"fail", tr("Import nothing")}});
  say(before_, tr("Lines before the table"), tr("A title or notes above the table: they are left out"));
  say(header_lines_, tr("Rows of names"), tr("How many rows together name the columns"));
  say(escape_, tr("Escape"), tr("What stands before a quote inside quotes"));
  say(decimal_, tr("Decimal sign"), tr("What stands between the whole number and its fraction"));
  fillFurther(found);
}

void ImportOptions::fillFurther(const data::Detected& found) {
  const auto automatic = [this](const QString& word) {
    return detected_ ? tr("Automatic (%1)").arg(word) : tr("Automatic");
  };
  const auto counts = [&](std::int64_t now, int first) {
    Entries entries{{"", automatic(words::count(now))}};
    for (int i = first; i <= kMostLines; ++i) entries.emplace_back(QString::number(i), words::count(i));
    return entries;
  };
  refill(*before_, counts(found.preamble_lines, 0));
  refill(*header_lines_, counts(found.header_lines, 1));
  const QString escape = words::toQt(found.escape.empty() ? found.quote : found.escape);
  refill(*escape_,
         {{"", automatic(named(escape))}, {"\"", named("\"")}, {"\\", named("\\")}, {kNone, named({})}});
  refill(*decimal_, {{"", automatic(found.decimal == "," ? tr("comma") : tr("point"))},
                     {".", tr("point")},
                     {",", tr("comma")}});
  missing_label_->setText(tr("Marks of missing cells"));
  missing_->setAccessibleName(missing_label_->text());
  missing_->setToolTip(
      tr("Words that mean that there is no value, separated by commas; blank cells always do"));
  QStringList met;
  for (const std::string& word : found.null_words) met.push_back(words::toQt(word));
  missing_->setPlaceholderText(automatic(met.isEmpty() ? tr("none") : met.join(", ")));
  further_->setText(tr("Further settings"));
  further_->setToolTip(tr("Lines above the table, escapes, decimal sign, marks of missing cells"));
  showFields();
}

void ImportOptions::showFields() {
  const bool as_text = !detected_ || detected_->format == "csv";
  const bool open = further_->isChecked();
  further_->setIcon(theme::icon(open ? "chevron-down" : "chevron-right"));
  further_->setVisible(as_text);
  for (const Field& field : fields_) {
    const bool several = field.box != table_ || (detected_ && detected_->source_tables.size() > 1);
    const bool there = several && (as_text || !field.text_only) && (open || !field.further);
    field.label->setVisible(there);
    field.box->setVisible(there);
  }
  query_label_->setVisible(address_);
  query_->setVisible(address_);
  missing_label_->setVisible(as_text && open);
  missing_->setVisible(as_text && open);
}

void ImportOptions::reset() {
  detected_.reset();
  kept_.reset();
  for (const Field& field : fields_) field.box->setCurrentIndex(0);
  missing_->clear();
  query_->clear();
  fill();
}

void ImportOptions::setAddress(bool address) {
  address_ = address;
  showFields();
}

void ImportOptions::setDetected(const std::optional<data::Detected>& detected) {
  // Where the user has chosen, the answer is that choice: what was found before stays in brackets.
  const auto before = detected_;
  detected_ = detected;
  if (before && detected_) {
    const auto keep = [](const QComboBox* box, auto& now, const auto& then) {
      if (box->currentIndex() > 0) now = then;
    };
    keep(encoding_, detected_->encoding, before->encoding);
    keep(delimiter_, detected_->delimiter, before->delimiter);
    keep(quote_, detected_->quote, before->quote);
    keep(header_, detected_->header, before->header);
    keep(escape_, detected_->escape, before->escape);
    keep(before_, detected_->preamble_lines, before->preamble_lines);
    keep(header_lines_, detected_->header_lines, before->header_lines);
    keep(decimal_, detected_->decimal, before->decimal);
    keep(table_, detected_->source_table, before->source_table);
  }
  fill();
}

void ImportOptions::setOptions(const data::ImportOptions& options) {
  kept_ = options;
  choose(*table_, words::toQt(options.source_table));
  choose(*encoding_, words::toQt(options.encoding.value_or("")));
  choose(*delimiter_, words::toQt(options.delimiter.value_or("")));
  choose(*quote_, valueOf(options.quote));
  choose(*escape_, valueOf(options.escape));
  choose(*before_, valueOf(options.skip_lines));
  choose(*header_lines_, valueOf(options.header_lines));
  choose(*decimal_, valueOf(options.decimal));
  choose(*header_, options.header == data::Header::Auto  ? QString()
                   : options.header == data::Header::Yes ? QString("yes")
                                                         : QString("no"));
  choose(*types_, options.types == data::Types::AllText ? QString("text") : QString());
  choose(*bad_rows_, options.on_bad_rows == data::OnBadRows::Fail ? QString("fail") : QString("reject"));
  query_->setText(words::toQt(options.query));
  missing_->setText(options.null_words ? words::toQt(joinList(*options.null_words)) : QString());
  fill();
}

data::ImportOptions ImportOptions::options() const {
  data::ImportOptions options = kept_.value_or(data::ImportOptions());
  options.source_table = text(*table_).value_or("");
  options.encoding = text(*encoding_);
  options.delimiter = text(*delimiter_);
  options.quote = character(*quote_);
  options.escape = character(*escape_);
  options.skip_lines = lines(*before_);
  options.header_lines = lines(*header_lines_);
  options.decimal = character(*decimal_);
  const auto header = text(*header_);
  options.header = !header ? data::Header::Auto : *header == "yes" ? data::Header::Yes : data::Header::No;
  options.types = text(*types_) ? data::Types::AllText : data::Types::Detect;
  options.on_bad_rows = *text(*bad_rows_) == "fail" ? data::OnBadRows::Fail : data::OnBadRows::Reject;
  options.query = words::toUtf8(query_->text().trimmed());
  options.null_words.reset();
  if (const std::string marks = words::toUtf8(missing_->text().trimmed()); !marks.empty())
    options.null_words = splitList(marks);
  return options;
}

}  // namespace lodestone::pages
