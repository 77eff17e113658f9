// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/home/new_project.h"

#include <QComboBox>
#include <QDir>
#include <QFileInfo>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStandardPaths>
#include <QVBoxLayout>

#include "ui/theme/theme.h"
#include "ui/widgets/dialogs.h"
#include "ui/words/words.h"

namespace lodestone::pages {
namespace {

const QString kEnding = ".lodestone";

QString defaultFolder() {
  const QString documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
  return QFileInfo(documents).isDir() ? documents : QDir::homePath();
}

QLabel* fieldLabel(QWidget* parent, QWidget* buddy) {
  QLabel* label = theme::label(theme::Role::Caption, parent);
  label->setBuddy(buddy);
  return label;
}

}  // namespace

NewProject::NewProject(studio::Studio& studio, QWidget* parent)
    : Card(parent),
      studio_(studio),
      title_(theme::label(theme::Role::Section, this)),
      name_(new QLineEdit(this)),
      folder_(new QLineEdit(defaultFolder(), this)),
      browse_(new QPushButton(this)),
      template_(new QComboBox(this)),
      create_(new QPushButton(this)),
      complaint_(theme::label(theme::Role::Caption, this)),
      template_help_(theme::label(theme::Role::Caption, this)) {
  build();
  connect(name_, &QLineEdit::textChanged, this, &NewProject::check);
  connect(folder_, &QLineEdit::textChanged, this, &NewProject::check);
  connect(name_, &QLineEdit::returnPressed, this, &NewProject::create);
  connect(create_, &QPushButton::clicked, this, &NewProject::create);
  connect(template_, &QComboBox::currentIndexChanged, this,
          [this] { template_help_->setText(template_->currentData(Qt::UserRole + 1).toString()); });
  connect(browse_, &QPushButton::clicked, this, [this] {
    const QString chosen = widgets::askFolder(this, tr("Where the project will be"));
    if (!chosen.isEmpty()) folder_->setText(chosen);
  });
  words::say(this, [this] { showTexts(); });
}

void NewProject::build() {
  template_help_->setWordWrap(true);
  complaint_->setWordWrap(true);
  name_->setObjectName("newName");
  folder_->setObjectName("newFolder");
  template_->setObjectName("newTemplate");
  browse_->setObjectName("newBrowse");
  create_->setObjectName("newCreate");
  complaint_->setObjectName("newComplaint");
  widgets::makePrimary(create_);
  name_label_ = fieldLabel(this, name_);
  folder_label_ = fieldLabel(this, folder_);
  template_label_ = fieldLabel(this, template_);
  auto* grid = new QGridLayout;
  grid->setHorizontalSpacing(theme::kSpace3);
  grid->setVerticalSpacing(theme::kSpace2);
  grid->addWidget(name_label_, 0, 0);
  grid->addWidget(name_, 0, 1, 1, 2);
  grid->addWidget(folder_label_, 1, 0);
  grid->addWidget(folder_, 1, 1);
  grid->addWidget(browse_, 1, 2);
  grid->addWidget(template_label_, 2, 0);
  grid->addWidget(template_, 2, 1, 1, 2);
  grid->addWidget(template_help_, 3, 1, 1, 2);
  grid->setColumnStretch(1, 1);
  body()->addWidget(title_);
  body()->addLayout(grid);
  body()->addStretch();
  auto* last = new QHBoxLayout;
  last->addWidget(complaint_, 1);
  last->addWidget(create_);
  body()->addLayout(last);
}

void NewProject::showTexts() {
  title_->setText(tr("New project"));
  name_label_->setText(tr("Name"));
  name_->setAccessibleName(tr("Name of the new project"));
  name_->setPlaceholderText(tr("spring-campaign"));
  folder_label_->setText(tr("Folder"));
  folder_->setAccessibleName(tr("Folder that the project is made in"));
  template_label_->setText(tr("Pipeline"));
  template_->setAccessibleName(tr("Pipeline to begin with"));
  browse_->setText(tr("Browse…"));
  browse_->setAccessibleName(tr("Choose the folder"));
  create_->setText(tr("Create"));
  offerTemplates();
  check();
}

void NewProject::offerTemplates() {
  const QString chosen = template_->count() > 0 ? template_->currentData().toString() : QString("s3");
  template_->clear();
  const auto offer = [this](const QString& name, const QString& title, const QString& help) {
    template_->addItem(title, name);
    template_->setItemData(template_->count() - 1, help, Qt::UserRole + 1);
  };
  offer("s3", tr("Strategy generation (S3)"),
        tr("Collect, preprocess, extract features, train, predict, make strategies, evaluate, optimise. The "
           "place to begin."));
  offer("s2", tr("Precision marketing (S2)"), tr("User profiles and recommendation with a feedback loop."));
  offer("s1", tr("Strategy and effect prediction (S1)"),
        tr("Strategies and their effects with a feedback loop."));
  offer("s0", tr("Marketing automation (S0)"),
        tr("From collection to the automated campaign in eleven steps."));
  offer("", tr("Empty"), tr("Begin with data; choose a pipeline later."));
  template_->setCurrentIndex(std::max(0, template_->findData(chosen)));
  template_help_->setText(template_->currentData(Qt::UserRole + 1).toString());
}

QString NewProject::parentFolder() const {
  return QFileInfo(folder_->text()).isDir() ? folder_->text() : defaultFolder();
}

void NewProject::check() {
  const QString name = name_->text().trimmed();
  const QString path = QDir(folder_->text()).filePath(name + kEnding);
  QString problem;
  if (name.isEmpty())
    problem = tr("Give the project a name.");
  else if (name.contains('/') || name.startsWith('.'))
    problem = tr("A name has no slash and does not begin with a full stop.");
  else if (!QFileInfo(folder_->text()).isDir())
    problem = tr("There is no folder %1.").arg(folder_->text());
  else if (!QFileInfo(folder_->text()).isWritable())
    problem = tr("Nothing can be written to %1.").arg(folder_->text());
  else if (QFileInfo::exists(path))
    problem = tr("%1 is there already.").arg(QFileInfo(path).fileName());
  complaint_->setText(name.isEmpty() ? QString() : problem);
  widgets::enableOrSay(create_, problem);
  if (problem.isEmpty()) create_->setToolTip(path);
}

void NewProject::create() {
  if (!create_->isEnabled()) return;
  const QString path = QDir(folder_->text()).filePath(name_->text().trimmed() + kEnding);
  studio_.createProject(path, template_->currentData().toString());
  name_->clear();
}

}  // namespace lodestone::pages
