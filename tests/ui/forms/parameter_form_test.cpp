// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/forms/parameter_form.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QToolButton>
#include <QVBoxLayout>
#include <QWheelEvent>

#include "tests/ui/support/ui_test.h"
#include "ui/words/words.h"

namespace lodestone::forms {
namespace {

std::vector<Parameter> everyKind() {
  return {
      {.id = "epochs",
       .title = {"Epochs", "训练轮数"},
       .help = {"Passes over the rows.", "遍历数据行的次数。"},
       .kind = ParameterKind::Integer,
       .default_value = "10",
       .minimum = 1,
       .maximum = 100},
      {.id = "share",
       .title = {"Share", "比例"},
       .help = {"Of the rows.", "占全部行的比例。"},
       .kind = ParameterKind::Number,
       .default_value = "0.25",
       .minimum = 0,
       .maximum = 1,
       .unit = "%"},
      {.id = "clean",
       .title = {"Clean first", "先清洗"},
       .help = {"Drops bad rows.", "去掉坏行。"},
       .kind = ParameterKind::Flag,
       .default_value = "true"},
      {.id = "fill",
       .title = {"Fill gaps", "填补空缺"},
       .help = {"What stands for a gap.", "用什么填补空缺。"},
       .kind = ParameterKind::Choice,
       .default_value = "zero",
       .choices = {{"zero", {"Zero", "零"}}, {"median", {"Median", "中位数"}}}},
      {.id = "name",
       .title = {"Name", "名称"},
       .help = {"Of the result.", "结果的名称。"},
       .kind = ParameterKind::String,
       .default_value = "result"},
      {.id = "target",
       .title = {"Target", "目标列"},
       .help = {"What to learn.", "要学习的列。"},
       .kind = ParameterKind::Column},
      {.id = "exclude",
       .title = {"Leave out", "排除的列"},
       .help = {"No features.", "不作为特征。"},
       .kind = ParameterKind::ColumnList},
      {.id = "table",
       .title = {"Table", "数据表"},
       .help = {"To read.", "要读取的表。"},
       .kind = ParameterKind::Table},
      {.id = "query",
       .title = {"Query", "查询"},
       .help = {"One SELECT.", "一条 SELECT。"},
       .kind = ParameterKind::Sql},
  };
}

/// What changed() carries.
QVariantList told(const QString& id, const QString& value) {
  return {QVariant(id), QVariant(value)};
}

}  // namespace

class ParameterFormTest : public QObject {
  Q_OBJECT

  template <class Widget>
  Widget* find(const QString& id) {
    auto* widget = form_->findChild<Widget*>(id);
    if (widget == nullptr) qFatal("no %s", qPrintable(id));
    return widget;
  }
  void type(const QString& id, const QString& text) {
    auto* line = find<QLineEdit>("parameter_" + id);
    line->setFocus();
    line->selectAll();
    QTest::keyClick(line, Qt::Key_Delete);
    QTest::keyClicks(line, text);
    QTest::keyClick(line, Qt::Key_Return);
  }

  std::unique_ptr<ParameterForm> form_;

 private Q_SLOTS:
  void init() {
    words::setLanguage(Language::English);
    form_ = std::make_unique<ParameterForm>();
    form_->setColumns({"age", "city", "plan, yearly"});
    form_->setTables({"people", "orders"});
    form_->setParameters(everyKind(), {}, "clean");
    form_->resize(300, 700);
    form_->show();
    QVERIFY(QTest::qWaitForWindowExposed(form_.get()));
    form_->activateWindow();
  }
  void cleanup() {
    form_.reset();
    words::setLanguage(Language::English);
  }

  void whatIsDoneIsTakenBackByThePage() {
    auto* epochs = find<QLineEdit>("parameter_epochs");
    epochs->setFocus();
    epochs->selectAll();
    QTest::keyClicks(epochs, "12");
    QVERIFY(epochs->isUndoAvailable());  // while typing, by the line itself
    QTest::keyClick(epochs, Qt::Key_Return);
    QCOMPARE(epochs->text(), QString("12"));
    QVERIFY(!epochs->isUndoAvailable());
  }

  void showsDefaultsAndKeepsThemOutOfTheValues() {
    QCOMPARE(find<QLineEdit>("parameter_epochs")->text(), QString("10"));
    QCOMPARE(find<QComboBox>("parameter_fill")->currentText(), QString("Zero"));
    QVERIFY(find<QCheckBox>("parameter_clean")->isChecked());
    QVERIFY(form_->values().empty());
    QVERIFY(form_->problem().isEmpty());
    QVERIFY(!find<QToolButton>("reset_epochs")->isVisible());
  }

  void everyKindIsEditedAndTold() {
    QSignalSpy changed(form_.get(), &ParameterForm::changed);
    type("epochs", "20");
    QCOMPARE(changed.takeLast(), told("epochs", "20"));
    type("share", "0.5");
    QCOMPARE(changed.takeLast(), told("share", "0.5"));
    QTest::keyClick(find<QCheckBox>("parameter_clean"), Qt::Key_Space);
    QCOMPARE(changed.takeLast(), told("clean", "false"));
    QTest::keyClick(find<QComboBox>("parameter_fill"), Qt::Key_Down);
    QCOMPARE(changed.takeLast(), told("fill", "median"));
    type("name", "best");
    QCOMPARE(changed.takeLast(), told("name", "best"));
    auto* target = find<QComboBox>("parameter_target");
    QCOMPARE(target->count(), 3);
    target->lineEdit()->setFocus();
    QTest::keyClicks(target->lineEdit(), "not there yet");
    QTest::keyClick(target->lineEdit(), Qt::Key_Return);
    QCOMPARE(changed.takeLast(), told("target", "not there yet"));
    auto* query = find<QPlainTextEdit>("parameter_query");
    query->setFocus();
    QTest::keyClicks(query, "SELECT 1");
    QTest::keyClick(query, Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(changed.takeLast(), told("query", "SELECT 1"));
    const auto values = form_->values();
    QCOMPARE(values.size(), std::size_t{7});
    QCOMPARE(values.at("clean"), std::string("false"));
  }

  void ticksColumnsAndKeepsTypedOnes() {
    auto* line = find<QLineEdit>("parameter_exclude");
    line->setFocus();
    QTest::keyClicks(line, "typed");
    QTest::keyClick(line, Qt::Key_Down, Qt::AltModifier);
    auto* list = find<QListWidget>("column_list_list");
    QTRY_VERIFY(list->isVisible());
    QCOMPARE(list->count(), 3);
    test::shoot(*list->window(), "column_list", list->window()->size());
    list->setFocus();
    list->setCurrentRow(2);
    QTest::keyClick(list, Qt::Key_Space);
    QCOMPARE(form_->values().at("exclude"), std::string("typed,\"plan, yearly\""));
    QTest::keyClick(list, Qt::Key_Return);
    QVERIFY(!list->isVisible());
  }

  void complainsUnderTheControl() {
    QSignalSpy changed(form_.get(), &ParameterForm::changed);
    QSignalSpy problems(form_.get(), &ParameterForm::problemChanged);
    type("epochs", "1000");
    QCOMPARE(problems.count(), 1);
    auto* complaint = find<QLabel>("complaint_epochs");
    QVERIFY(complaint->isVisible());
    QCOMPARE(complaint->text(), QString("The parameter \"Epochs\" must be at most 100, not 1000."));
    QCOMPARE(form_->problem(), complaint->text());
    QCOMPARE(changed.count(), 0);
    QVERIFY(find<QToolButton>("reset_epochs")->isVisible());
    test::shoot(*form_, "parameter_form", {300, 720});
    type("share", "many");
    QVERIFY(find<QLabel>("complaint_share")->isVisible());
    words::setLanguage(Language::Chinese);
    QVERIFY(complaint->text().contains("“训练轮数”不能大于"));
    QVERIFY(!complaint->text().contains("clean"));
    type("epochs", "50");
    QVERIFY(!complaint->isVisible());
    QCOMPARE(changed.count(), 1);
  }

  void resetGoesBackToTheDefault() {
    form_->setValues({{"epochs", "50"}, {"unknown", "x"}});
    QCOMPARE(form_->values(), (std::map<std::string, std::string>{{"epochs", "50"}}));
    QSignalSpy changed(form_.get(), &ParameterForm::changed);
    QTest::mouseClick(find<QToolButton>("reset_epochs"), Qt::LeftButton);
    QCOMPARE(find<QLineEdit>("parameter_epochs")->text(), QString("10"));
    QCOMPARE(changed.takeLast(), told("epochs", ""));
    QVERIFY(!find<QToolButton>("reset_epochs")->isVisible());
    // An emptied number means its default too.
    type("epochs", "30");
    type("epochs", "");
    QCOMPARE(find<QLineEdit>("parameter_epochs")->text(), QString("10"));
    QCOMPARE(changed.takeLast(), told("epochs", ""));
  }

  void arrowsStepNumbers() {
    auto* share = find<QLineEdit>("parameter_share");
    share->setFocus();
    QTest::keyClick(share, Qt::Key_Up);
    QCOMPARE(share->text(), QString("0.26"));
    type("share", "0.995");
    share->setFocus();
    for (int i = 0; i < 9; ++i) QTest::keyClick(share, Qt::Key_Up);
    QVERIFY(share->text().toDouble() <= 1);
  }

  void mayReplaceItselfWhileItTells() {
    connect(form_.get(), &ParameterForm::changed, form_.get(), [this] {
      form_->setParameters(everyKind(), {{"epochs", "7"}}, "clean");
    });
    type("name", "again");
    QTRY_COMPARE(find<QLineEdit>("parameter_epochs")->text(), QString("7"));
    form_->setReadOnly(true);
    QVERIFY(find<QLineEdit>("parameter_epochs")->isReadOnly());
  }

  void theWheelScrollsPastControls() {
    QScrollArea area;
    auto* form = new ParameterForm;
    form->setParameters(everyKind(), {}, "clean");
    area.setWidget(form);
    area.setWidgetResizable(true);
    area.resize(300, 200);
    area.show();
    QVERIFY(QTest::qWaitForWindowExposed(&area));
    auto* fill = form->findChild<QComboBox*>("parameter_fill");
    fill->clearFocus();
    QWheelEvent wheel(QPointF(5, 5), fill->mapToGlobal(QPointF(5, 5)), QPoint(0, -120), QPoint(0, -120),
                      Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(fill, &wheel);
    QCOMPARE(fill->currentIndex(), 0);
    QVERIFY(!wheel.isAccepted());
  }

  void followsTheLanguage() {
    words::setLanguage(Language::Chinese);
    QCOMPARE(find<QComboBox>("parameter_fill")->currentText(), QString("零"));
    QCOMPARE(find<QCheckBox>("parameter_clean")->text(), QString("先清洗"));
    QCOMPARE(find<QLineEdit>("parameter_epochs")->accessibleName(), QString("训练轮数"));
    QVERIFY(find<QLineEdit>("parameter_epochs")->toolTip().contains("遍历数据行的次数。"));
  }
};

}  // namespace lodestone::forms

using lodestone::forms::ParameterFormTest;
LODESTONE_UI_TEST(ParameterFormTest)
#include "parameter_form_test.moc"
