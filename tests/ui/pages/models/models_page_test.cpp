// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/models/models_page.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSlider>
#include <QStackedWidget>
#include <QTabWidget>
#include <QToolButton>
#include <set>

#include "core/base/random.h"
#include "core/data/import.h"
#include "core/learn/metrics.h"
#include "core/pipeline/held_out.h"
#include "core/pipeline/lineage.h"
#include "core/project/model_records.h"
#include "tests/ui/support/ui_test.h"
#include "ui/charts/charts.h"
#include "ui/pages/models/epoch_charts.h"
#include "ui/pages/models/figure_tile.h"
#include "ui/pages/models/model_view.h"
#include "ui/pages/models/run_card_view.h"
#include "ui/pages/models/runs_table.h"
#include "ui/pages/models/threshold_view.h"
#include "ui/tables/data_table.h"
#include "ui/widgets/dialogs.h"
#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

namespace lodestone::pages {
namespace {

constexpr int kPatience = 60000;

QByteArray visitors(int rows, double rate) {
  Random random(3);
  QByteArray csv = "visitor,age,spend,city,bought\n";
  const char* cities[] = {"Berlin", "Lyon", "Porto"};
  for (int i = 0; i < rows; ++i) {
    const auto age = static_cast<int>(20 + random.below(50));
    const auto spend = static_cast<int>(random.below(900));
    const bool bought = random.uniform() < rate * age / 50 + (spend > 600 ? rate : 0);
    csv += "V" + QByteArray::number(10000 + i) + "," + QByteArray::number(age) + "," +
           QByteArray::number(spend) + "," + cities[random.below(3)] + "," + (bought ? "yes" : "no") + "\n";
  }
  return csv;
}

}  // namespace

class ModelsPageTest : public QObject {
  Q_OBJECT

  template <class Widget>
  Widget* find(const QString& name) {
    auto* widget = page_->findChild<Widget*>(name);
    if (widget == nullptr) qFatal("no %s", qPrintable(name));
    return widget;
  }
  QAction* action(const QString& name) { return find<QAction>(name); }

  void import(const QString& name, const QByteArray& csv) {
    const auto project = studio_->project();
    JobContext job;
    const auto database = project->tables();
    QVERIFY(database.has_value());
    const auto report = data::importFile(**database, test::csvFile(name + ".csv", csv).toStdString(),
                                         name.toStdString(), {}, job);
    QVERIFY(report.has_value());
    Q_EMIT studio_->tablesChanged();
  }

  /// A page on an empty project with one table.
  void begin(int rows = 600, double rate = 0.3) {
    studio_ = test::makeStudio();
    QVERIFY(test::openAndWait(*studio_, test::emptyProject()));
    studio_->setDevice("cpu");
    import("visitors", visitors(rows, rate));
    open();
    QTRY_COMPARE(find<QComboBox>("train_table")->currentText(), QString("visitors"));
  }
  void open() {
    page_ = std::make_unique<ModelsPage>(*studio_);
    page_->resize(1224, 620);
    page_->show();
    page_->activateWindow();
    QVERIFY(QTest::qWaitForWindowExposed(page_.get()));
  }
  void chooseTarget() {
    find<QComboBox>("train_target")->setCurrentText("bought");
    QTRY_COMPARE(find<QComboBox>("train_positive")->currentText(), QString("yes"));
    QTRY_VERIFY(action("train")->isEnabled());
  }
  void set(const QString& parameter, const QString& value) {
    auto* line = find<QLineEdit>("parameter_" + parameter);
    line->setText(value);
    Q_EMIT line->editingFinished();
  }
  /// Trains with the form as it is and waits for the model.
  QString train() {
    const int before = find<RunsTable>("runs")->model()->rowCount();
    action("train")->trigger();
    auto* view = find<ModelView>("model_view");
    auto* runs = find<RunsTable>("runs");
    const bool done = QTest::qWaitFor(
        [&] {
          return runs->model()->rowCount() == before + 1 && view->isVisible() && view->model() &&
                 view->model()->record.state == project::TrainingState::Done &&
                 QString::fromStdString(view->model()->record.id) == runs->currentId();
        },
        kPatience);
    if (!done) qFatal("no model");
    return runs->currentId();
  }
  project::ModelRecord record(const QString& id) {
    return *studio_->project()->models().get(id.toStdString());
  }
  QString stateOf(const QString& id) {
    auto* runs = find<RunsTable>("runs");
    for (int row = 0; row < runs->model()->rowCount(); ++row)
      if (runs->model()->index(row, 0).data().toString() == id)
        return runs->model()->index(row, 1).data().toString();
    return {};
  }
  QString figure(double value) { return words::number(value, 3); }

  std::unique_ptr<studio::Studio> studio_;
  std::unique_ptr<ModelsPage> page_;

 private Q_SLOTS:
  void cleanup() {
    page_.reset();
    studio_.reset();
    words::setLanguage(qEnvironmentVariableIsSet("LODESTONE_CHINESE") ? Language::Chinese
                                                                      : Language::English);
  }

  void withoutTablesItLeadsToTheImport() {
    studio_ = test::makeStudio();
    QVERIFY(test::openAndWait(*studio_, test::emptyProject()));
    open();
    QTRY_VERIFY(find<widgets::EmptyState>("no_tables")->isVisible());
    test::shoot(*page_, "models_no_tables", {1224, 620});
    QVERIFY(!action("train")->isEnabled());
    QVERIFY(!action("train")->toolTip().isEmpty());
    QSignalSpy gone(studio_.get(), &studio::Studio::goRequested);
    QTest::mouseClick(find<QPushButton>("go_import"), Qt::LeftButton);
    QCOMPARE(gone.first().at(0).toString(), QString("data"));
    QCOMPARE(gone.first().at(1).value<QVariant>().toString(), QString("import"));
  }

  void theFormSaysWhatItLacks() {
    begin();
    QTRY_VERIFY(find<widgets::EmptyState>("no_models")->isVisible());
    QVERIFY(!action("train")->isEnabled());
    chooseTarget();
    QVERIFY(find<widgets::EmptyState>("no_models")->isVisible());
    set("epochs", "0");
    QVERIFY(!action("train")->isEnabled());
    QVERIFY(find<QLabel>("complaint_epochs")->isVisible());
    set("epochs", "2");
    QVERIFY(action("train")->isEnabled());
    find<QComboBox>("train_target")->setCurrentText("age");
    QTRY_VERIFY(find<QComboBox>("train_positive")->isEditable());
    QVERIFY(!action("train")->isEnabled());
    test::shoot(*page_, "models_none", {1224, 620});
  }

  void theTargetComesFromTheRoles() {
    studio_ = test::makeStudio();
    QVERIFY(test::openAndWait(*studio_, test::emptyProject()));
    import("aaa", "x,y\n1,2\n3,4\n");
    import("visitors", visitors(300, 0.3));
    QVERIFY(
        studio_->project()->setRoles("visitors", {{"target", "bought"}, {"user", "visitor"}}).has_value());
    open();
    QTRY_COMPARE(find<QComboBox>("train_target")->currentText(), QString("bought"));
    QCOMPARE(find<QComboBox>("train_table")->currentText(), QString("visitors"));
    QTRY_VERIFY(action("train")->isEnabled());
  }

  void trainsWithCurvesAndShowsTheRecordsFigures() {
    begin();
    chooseTarget();
    set("epochs", "12");
    QSignalSpy changed(studio_.get(), &studio::Studio::modelsChanged);
    page_->setFocus();
    QTest::keyClick(page_.get(), Qt::Key_Return, Qt::ControlModifier);
    auto* panel = find<QWidget>("training_panel");
    QTRY_VERIFY(panel->isVisible());
    auto* curves = panel->findChild<EpochCharts*>("training_charts");
    QTRY_VERIFY_WITH_TIMEOUT(curves->count() > 0, kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(find<ModelView>("model_view")->isVisible(), kPatience);
    QCOMPARE(curves->count(), 12);
    QVERIFY(changed.count() > 0);
    const QString id = find<RunsTable>("runs")->currentId();
    const project::ModelRecord done = record(id);
    QCOMPARE(done.state, project::TrainingState::Done);
    for (const char* name : {"roc_auc", "pr_auc", "f1", "precision", "recall", "accuracy"})
      QCOMPARE(find<FigureTile>(QString("figure_") + name)->value(),
               figure(words::figure(done.metrics["test"], name)));
    const auto bars = find<charts::BarChart>("quality_bars")->table();
    QCOMPARE(bars.rows.size(), std::size_t{4});
    QVERIFY(!find<charts::LineChart>("roc_chart")->table().rows.empty());
    QCOMPARE(find<charts::LineChart>("loss_chart")->table().rows.size(), std::size_t{12});
    test::shoot(*page_, "models_quality", {1224, 720});
    test::shoot(*page_, "models_quality_narrow", {904, 620});
    // The run card says it in full, and copies.
    auto* card = qobject_cast<RunCardView*>(page_->inspector());
    // The list that it is taken from is read for itself.
    QTRY_VERIFY(card->text().contains(QString::fromStdString(done.card["data_hash"].get<std::string>())));
    test::shoot(*card, "models_run_card", {320, 620});
    QTest::mouseClick(card->findChild<QPushButton*>("copy_run_card"), Qt::LeftButton);
    QCOMPARE(QGuiApplication::clipboard()->text(), card->text());
    card->hide();
    auto* tabs = find<QTabWidget>("model_tabs");
    for (int at = 1; at < tabs->count(); ++at) {
      tabs->setCurrentIndex(at);
      if (at == 4) QTRY_VERIFY_WITH_TIMEOUT(find<tables::DataTable>("held_out_rows")->rows() > 0, kPatience);
      test::shoot(*page_, QString("models_tab%1").arg(at), {1224, 720});
    }
    QCOMPARE(find<tables::DataTable>("held_out_rows")->rows(),
             done.metrics["test"]["rows"].get<std::int64_t>());
  }

  void holdsGoesOnAndCancels() {
    begin();
    chooseTarget();
    set("epochs", "100000");
    action("train")->trigger();
    auto* curves = find<EpochCharts>("training_charts");
    QTRY_VERIFY_WITH_TIMEOUT(curves->count() > 3, kPatience);
    auto* runs = find<RunsTable>("runs");
    QTRY_COMPARE(runs->currentId(), QString("mlp-0001"));
    QVERIFY(!action("train")->isEnabled());
    test::shoot(*page_, "models_training", {1224, 620});
    QTest::mouseClick(find<QToolButton>("pause_training_button"), Qt::LeftButton);
    QTRY_COMPARE(stateOf("mlp-0001"), widgets::stateWord(widgets::State::Paused));
    test::shoot(*page_, "models_paused", {1224, 620});
    action("pause_training")->trigger();
    QTRY_COMPARE(stateOf("mlp-0001"), widgets::stateWord(widgets::State::Running));
    const int so_far = curves->count();
    QTRY_VERIFY_WITH_TIMEOUT(curves->count() > so_far, kPatience);
    action("cancel_training")->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(stateOf("mlp-0001"), widgets::stateWord(widgets::State::Cancelled), kPatience);
    QCOMPARE(record("mlp-0001").state, project::TrainingState::Cancelled);
    auto* tabs = find<QTabWidget>("model_tabs");
    QTRY_VERIFY(tabs->isVisible());
    QVERIFY(!tabs->isTabEnabled(0));
    QVERIFY(tabs->isTabEnabled(3));
    QVERIFY(action("train")->isEnabled());
    test::shoot(*page_, "models_cancelled", {1224, 620});
  }

  void tooLittleDataIsSaidWithItsNumbers() {
    begin(40);
    chooseTarget();
    action("train")->trigger();
    auto* form = find<QWidget>("training_form");
    auto* notice = form->findChild<widgets::Notice*>("notice");
    QTRY_VERIFY_WITH_TIMEOUT(notice->isVisible(), kPatience);
    QVERIFY(notice->text().contains("40"));
    QVERIFY(notice->text().contains("50"));
    QCOMPARE(find<RunsTable>("runs")->model()->rowCount(), 0);
    test::shoot(*page_, "models_too_little", {1224, 620});
  }

  void theThresholdCountsAsADirectComputationDoes() {
    begin();
    chooseTarget();
    set("epochs", "3");
    const QString id = train();
    JobContext job;
    const auto rows = pipeline::heldOut(*studio_->project(), id.toStdString(), job);
    QVERIFY(rows.has_value());
    auto& view = find<ModelView>("model_view")->threshold();
    auto* slider = find<QSlider>("threshold_slider");
    find<QTabWidget>("model_tabs")->setCurrentIndex(1);
    for (const int step : {0, 250, 500, 750, 1000}) {
      slider->setValue(step);
      const auto direct = learn::measure(rows->probability, rows->target, view.threshold());
      const auto shown = view.outcome();
      QCOMPARE(shown.true_positives, direct.true_positives);
      QCOMPARE(shown.false_positives, direct.false_positives);
      QCOMPARE(shown.true_negatives, direct.true_negatives);
      QCOMPARE(shown.false_negatives, direct.false_negatives);
      QCOMPARE(find<FigureTile>("threshold_contacts")->value(), words::count(shown.contacts()));
    }
    // The best is best, and a dearer contact makes it pickier.
    QTest::mouseClick(find<QPushButton>("best_threshold"), Qt::LeftButton);
    const auto cheap = view.outcome();
    for (const int step : {0, 100, 300, 600, 900}) {
      slider->setValue(step);
      QVERIFY(view.outcome().profit(10, 1) <= cheap.profit(10, 1));
    }
    find<QDoubleSpinBox>("contact_cost")->setValue(6);
    QTest::mouseClick(find<QPushButton>("best_threshold"), Qt::LeftButton);
    QVERIFY(view.outcome().contacts() < cheap.contacts());
    view.setCurrency("CNY");
    QVERIFY(find<FigureTile>("threshold_profit")->value().contains("CNY"));
  }

  void comparesTwo() {
    begin();
    chooseTarget();
    set("epochs", "3");
    const QString first = train();
    set("dropout", "0.1");
    set("seed", "7");
    const QString second = train();
    QVERIFY(!action("compare_models")->isEnabled());
    find<RunsTable>("runs")->selectAll();
    QVERIFY(action("compare_models")->isEnabled());
    action("compare_models")->trigger();
    auto* compare = find<QWidget>("compare");
    QTRY_VERIFY(compare->isVisible());
    QVERIFY(find<QLabel>("compare_title")->text().contains(first));
    QVERIFY(find<QLabel>("compare_title")->text().contains(second));
    QCOMPARE(find<charts::BarChart>("compare_bars")->table().rows.size(), std::size_t{6});
    // Another seed holds out other rows, which is said.
    QCOMPARE(compare->findChild<widgets::Notice*>("notice")->kind(), widgets::Notice::Kind::Warning);
    QStringList entries;
    auto* differences = find<tables::ListTable>("compare_differences");
    QAbstractItemModelTester tester(differences->model(),
                                    QAbstractItemModelTester::FailureReportingMode::Fatal);
    for (int row = 0; row < differences->model()->rowCount(); ++row)
      entries += differences->model()->index(row, 0).data().toString();
    QVERIFY(entries.contains(words::language() == Language::Chinese ? "随机失活率" : "Dropout"));
    QVERIFY(!entries.contains("Epochs"));
    test::shoot(*page_, "models_compare", {1224, 720});

    // A picture of both leads back to both.
    const QTemporaryDir folder;
    const QString picture = folder.filePath("both.csv");
    widgets::answerNext(picture);
    find<charts::BarChart>("compare_bars")->findChild<QAction*>("chartSaveCsv")->trigger();
    JobContext job;
    const auto followed = [&] {
      return pipeline::lineageOf(*studio_->project(), picture.toStdString(), job);
    };
    QTRY_VERIFY(followed().has_value());
    const auto lineage = followed();
    std::set<QString> models;
    for (const pipeline::Lineage& part : lineage->parts) models.insert(words::toQt(part.model));
    QCOMPARE(models, (std::set<QString>{first, second}));
    QSignalSpy wanted(studio_.get(), &studio::Studio::lineageWanted);
    action("model_lineage")->trigger();
    QVERIFY(models.contains(wanted.value(0).value(0).toString()));
    // A model by its id, as other pages ask for it.
    page_->opened(first);
    QTRY_VERIFY(find<ModelView>("model_view")->isVisible());
    QCOMPARE(find<RunsTable>("runs")->currentId(), first);
  }

  void followsTheLanguage() {
    begin();
    QTRY_VERIFY(!action("train")->text().isEmpty());
    QAbstractItemModelTester tester(find<RunsTable>("runs")->model(),
                                    QAbstractItemModelTester::FailureReportingMode::Fatal);
    chooseTarget();
    set("epochs", "2");
    const QString id = train();
    words::setLanguage(Language::Chinese);
    auto* card = qobject_cast<RunCardView*>(page_->inspector());
    QVERIFY(card->text().contains("随机种子"));
    QCOMPARE(stateOf(id), widgets::stateWord(widgets::State::Done));
    QCOMPARE(find<QComboBox>("train_type")->currentText(), QString("神经网络（多层感知机）"));
    words::setLanguage(Language::English);
    QCOMPARE(find<QComboBox>("train_type")->currentText(), QString("Neural network (MLP)"));
  }

  void keepsTheFormBetweenVisits() {
    begin();
    chooseTarget();
    set("dropout", "0.2");
    set("test", "30");
    QSettings& settings = studio_->settings();
    page_->saveState(settings);
    page_ = std::make_unique<ModelsPage>(*studio_);
    page_->restoreState(settings);
    QTRY_COMPARE(find<QComboBox>("train_target")->currentText(), QString("bought"));
    QTRY_VERIFY(action("train")->isEnabled());
    QCOMPARE(find<QLineEdit>("parameter_dropout")->text(), QString("0.2"));
    QCOMPARE(find<QLineEdit>("parameter_test")->text(), QString("30"));
  }

  void beginsWithWhatWasLearnedLast() {
    begin();
    chooseTarget();
    set("epochs", "2");
    train();
    import("another", visitors(100, 0.5));
    open();  // a page that knows no choice of the user
    QTRY_COMPARE(find<QComboBox>("train_target")->currentText(), QString("bought"));
    QCOMPARE(find<QComboBox>("train_table")->currentText(), QString("visitors"));
    QTRY_COMPARE(find<QComboBox>("train_positive")->currentText(), QString("yes"));
    // A choice of the user stays.
    find<QComboBox>("train_table")->setCurrentText("another");
    Q_EMIT studio_->modelsChanged();
    Q_EMIT studio_->tablesChanged();
    QTRY_VERIFY(!studio_->jobs().busy());
    QCOMPARE(find<QComboBox>("train_table")->currentText(), QString("another"));
  }

  void showsTheDemosModels() {
    studio_ = test::makeStudio();
    QVERIFY(test::openAndWait(*studio_, test::demoProject()));
    open();
    auto* view = find<ModelView>("model_view");
    QTRY_VERIFY_WITH_TIMEOUT(view->isVisible() && view->model(), kPatience);
    QVERIFY(!view->model()->held_out_problem);
    test::shoot(*page_, "models_demo", {1224, 720});
    auto* tabs = find<QTabWidget>("model_tabs");
    for (int at = 1; at < tabs->count(); ++at) {
      tabs->setCurrentIndex(at);
      if (at == 4) QTRY_VERIFY_WITH_TIMEOUT(find<tables::DataTable>("held_out_rows")->rows() > 0, kPatience);
      test::shoot(*page_, QString("models_demo_tab%1").arg(at), {1224, 720});
    }
    // Closing the project leaves nothing of it.
    studio_->closeProject();
    QTRY_COMPARE(find<RunsTable>("runs")->model()->rowCount(), 0);
  }
};

}  // namespace lodestone::pages

using lodestone::pages::ModelsPageTest;
LODESTONE_UI_TEST(ModelsPageTest)
#include "models_page_test.moc"
