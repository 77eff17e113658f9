// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/data/recipe_panel.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QStackedWidget>
#include <QTableView>
#include <QTemporaryDir>
#include <QUndoStack>

#include "core/data/import.h"
#include "core/data/profile.h"
#include "core/project/saved_records.h"
#include "tests/ui/support/ui_test.h"
#include "ui/forms/parameter_form.h"
#include "ui/pages/data/recipe_store.h"
#include "ui/pages/data/saved_menu.h"
#include "ui/widgets/dialogs.h"
#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

namespace lodestone::pages {
namespace {

constexpr QSize kPanelSize(1280 - 56 - 320 - 220, 720 - 72 - 28 - 30);

/// Customers as exports have them: two rows twice, gaps in the age, spaces behind names.
QByteArray customers() {
  QByteArray text = "customer,name,age,city\n";
  for (int i = 0; i < 200; ++i) {
    const int id = i >= 198 ? i - 198 : i;  // the last two repeat the first two
    text += QString("%1,%2,%3,%4\n")
                .arg(1000 + id)
                .arg(id % 10 == 3 ? "\"Ann  \"" : "Bob")
                .arg(id % 20 == 5 ? QString() : QString::number(20 + id % 50))
                .arg(id % 3 == 0 ? "Berlin" : "上海")
                .toUtf8();
  }
  return text;
}

}  // namespace

class RecipePanelTest : public QObject {
  Q_OBJECT

  std::unique_ptr<studio::Studio> studio_;
  std::unique_ptr<QUndoStack> undo_;
  std::unique_ptr<RecipeStore> store_;
  std::unique_ptr<RecipePanel> panel_;

  template <class T>
  T* find(const char* name) const {
    T* found = panel_->findChild<T*>(name);
    if (found == nullptr) qFatal("no %s", name);
    return found;
  }
  data::Database& database() const {
    auto tables = studio_->project()->tables();
    if (!tables) qFatal("no tables");
    return **tables;
  }
  data::TableInfo info(const std::string& table) const {
    auto found = database().table({table});
    if (!found) qFatal("no table");
    return *found;
  }
  QListWidget* steps() const { return find<QListWidget>("recipeSteps"); }
  QTableView* changes() const { return find<QTableView>("changedRows"); }
  QString change(int row, int column) const {
    return changes()->model()->index(row, column).data().toString();
  }
  void makePanel() {
    panel_.reset();
    store_.reset();
    undo_ = std::make_unique<QUndoStack>();
    store_ = std::make_unique<RecipeStore>(studio_->jobs(), *undo_, nullptr);
    panel_ = std::make_unique<RecipePanel>(*studio_, *store_);
    store_->setProject(studio_->project(), "anna");
    panel_->setTable(info("customers"));
    panel_->resize(kPanelSize);
    panel_->show();
  }
  void addStep(const char* id) const {
    auto* action = find<QMenu>("stepMenu")->findChild<QAction*>(QString("step_%1").arg(id));
    if (action == nullptr) qFatal("no step %s", id);
    action->trigger();
  }

 private Q_SLOTS:
  void init() {
    studio_ = test::makeStudio();
    QVERIFY(test::openAndWait(*studio_, test::emptyProject()));
    JobContext job;
    QVERIFY(data::importFile(database(), words::toUtf8(test::csvFile("customers.csv", customers())),
                             "customers", {}, job));
    makePanel();
  }
  void cleanup() {
    words::setLanguage(qEnvironmentVariableIsSet("LODESTONE_CHINESE") ? Language::Chinese
                                                                      : Language::English);
    panel_.reset();
    store_.reset();
    studio_.reset();
  }

  void saysWhatToDoFirst() {
    QVERIFY(find<widgets::EmptyState>("noSteps")->isVisible());
    QVERIFY(!find<QPushButton>("makeStart")->isEnabled());
    QVERIFY(!find<QPushButton>("makeStart")->toolTip().isEmpty());
    test::shoot(*panel_, "recipe_empty", kPanelSize);
  }

  void showsWhatAStepWouldChange() {
    QAbstractItemModelTester tester(changes()->model());
    addStep("drop_duplicates");
    QTRY_COMPARE(changes()->model()->rowCount(), 2);
    QVERIFY2(change(0, 0).contains("199"), qPrintable(change(0, 0)));
    QTRY_VERIFY(steps()->item(0)->text().contains("198"));
    addStep("fill");
    // A step without its column does not work yet, and says so where it is.
    QTRY_VERIFY(find<widgets::Notice>("stepNotice")->isVisible());
    QVERIFY(!find<QPushButton>("makeStart")->isEnabled());
    Q_EMIT find<forms::ParameterForm>("stepForm")->changed("column", "age");
    QTRY_VERIFY(find<QPushButton>("makeStart")->isEnabled());
    QTRY_VERIFY(changes()->model()->rowCount() == 10);
    QVERIFY2(change(0, 1).contains(QString::fromUtf8("∅ → ")), qPrintable(change(0, 1)));
    test::shoot(*panel_, "recipe_fill", kPanelSize);
  }

  void everyChangeIsUndoneAndRedone() {
    addStep("drop_duplicates");
    addStep("fill");
    Q_EMIT find<forms::ParameterForm>("stepForm")->changed("column", "age");
    QCOMPARE(steps()->count(), 2);
    find<QAction>("stepUp")->trigger();
    QVERIFY(steps()->item(0)->text().contains("age"));
    QCOMPARE(steps()->currentRow(), 0);
    find<QAction>("removeStep")->trigger();
    QCOMPARE(steps()->count(), 1);
    const auto whole = store_->of("customers");
    while (undo_->canUndo()) undo_->undo();
    QVERIFY(store_->of("customers").steps.empty());
    QVERIFY(find<widgets::EmptyState>("noSteps")->isVisible());
    while (undo_->canRedo()) undo_->redo();
    QVERIFY(store_->of("customers") == whole);
  }

  void makesTheCleanTableAndLeavesTheOldOne() {
    JobContext job;
    QVERIFY(studio_->project()->setRoles("customers", {{"user", "customer"}, {"text", "name"}}));
    addStep("drop_duplicates");
    addStep("drop_columns");
    Q_EMIT find<forms::ParameterForm>("stepForm")->changed("columns", "name");
    QTRY_VERIFY(find<QPushButton>("makeStart")->isEnabled());
    QCOMPARE(find<QLineEdit>("makeName")->text(), QString("customers_clean"));
    QSignalSpy cleaned(panel_.get(), &RecipePanel::cleaned);
    QTest::mouseClick(find<QPushButton>("makeStart"), Qt::LeftButton);
    QTRY_COMPARE(cleaned.count(), 1);
    QCOMPARE(info("customers").rows, 200);
    QCOMPARE(info("customers_clean").rows, 198);
    QCOMPARE(info("customers_clean").columns.size(), std::size_t{3});
    // What the columns mean goes with those that are left.
    const auto roles = studio_->project()->roles("customers_clean");
    QVERIFY(roles && *roles == (project::Roles{{"user", "customer"}}));
    // Once more under the same name: refused, and said where it was asked for.
    QTest::mouseClick(find<QPushButton>("makeStart"), Qt::LeftButton);
    QTRY_VERIFY(find<widgets::Notice>("recipeNotice")->isVisible());
    QCOMPARE(cleaned.count(), 1);
    find<QCheckBox>("makeReplace")->setChecked(true);
    QTest::mouseClick(find<QPushButton>("makeStart"), Qt::LeftButton);
    QTRY_COMPARE(cleaned.count(), 2);
  }

  void aRecipeOutlivesTheWindow() {
    addStep("drop_duplicates");
    QTRY_VERIFY(!studio_->jobs().busy());
    makePanel();
    QTRY_COMPARE(steps()->count(), 1);
    QVERIFY(!undo_->canUndo());
  }

  void takesOverWhatTheProfileSuggests() {
    JobContext job;
    const auto profile = data::profile(database(), {"customers"}, job);
    QVERIFY(profile);
    panel_->setSuggestions(*profile);
    auto* take = find<QPushButton>("takeSuggestions");
    QVERIFY(take->isVisible());
    QTest::mouseClick(take, Qt::LeftButton);
    const auto recipe = store_->of("customers");
    QVERIFY(std::any_of(recipe.steps.begin(), recipe.steps.end(),
                        [](const auto& step) { return step.step == "drop_duplicates"; }));
    undo_->undo();
    QVERIFY(store_->of("customers").steps.empty());
  }

  void recipesAreKeptUnderNamesAndInFiles() {
    addStep("drop_duplicates");
    auto* saved = find<SavedMenu>("savedRecipes");
    widgets::answerNext("monthly");
    saved->menu()->findChild<QAction*>("saveUnderName")->trigger();
    QTRY_VERIFY(find<widgets::Notice>("recipeNotice")->text().contains("monthly"));
    const auto kept = studio_->project()->saved().get(project::kSavedRecipe, "monthly");
    QVERIFY(kept && kept->value == Json::parse(R"([{"step":"drop_duplicates"}])"));
    find<QAction>("removeStep")->trigger();
    QVERIFY(store_->of("customers").steps.empty());
    Q_EMIT saved->menu()->aboutToShow();
    auto* use = saved->menu()->findChild<QMenu*>("useSaved");
    QTRY_COMPARE(use->actions().size(), 1);
    use->actions().front()->trigger();
    QTRY_COMPARE(steps()->count(), 1);
  }

  void aRecipeThatIsNoneIsSaid() {
    QTemporaryDir folder;
    widgets::answerNext(test::csvFile("wrong.json", R"([{"step":"no_such_step"}])"));
    auto* saved = find<SavedMenu>("savedRecipes");
    for (QAction* action : saved->menu()->actions())
      if (action->objectName() == "readRecipe") action->trigger();
    QTRY_VERIFY(find<widgets::Notice>("recipeNotice")->isVisible());
    QVERIFY(find<widgets::Notice>("recipeNotice")->text().contains("no_such_step"));
    QVERIFY(store_->of("customers").steps.empty());
  }

  void speaksTheLanguageInUse() {
    addStep("drop_duplicates");
    QTRY_VERIFY(steps()->item(0)->text().contains("198"));
    const QString english = steps()->item(0)->text();
    words::setLanguage(words::language() == Language::Chinese ? Language::English : Language::Chinese);
    QVERIFY(steps()->item(0)->text() != english);
    QVERIFY(steps()->item(0)->text().contains("198"));
  }
};

}  // namespace lodestone::pages

LODESTONE_UI_TEST(lodestone::pages::RecipePanelTest)
#include "recipe_panel_test.moc"
