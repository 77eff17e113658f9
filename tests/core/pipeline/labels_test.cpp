// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/labels.h"

#include <gtest/gtest.h>

#include <set>

#include "core/pipeline/stage_type.h"

namespace lodestone::pipeline {
namespace {

struct Bound {
  const char* label;
  const char* type;
};

// What people write on nodes, and what they mean by it.
constexpr Bound kBound[] = {
    {"Load the customer table", "collect"},
    {"Get rid of duplicates", "drop_duplicates"},
    {"Fill in blanks", "fill"},
    {"Handle nulls", "fill"},
    {"数据清理", "preprocess"},
    {"缺失值填补", "fill"},
    {"客户分群", "profiles"},
    {"Split train test", "features"},
    {"Churn risk scoring", "predict"},
    {"推荐系统", "recommend"},
    {"Recommend goods", "recommend"},
    {"Save results", "export"},
    {"Group by city", "aggregate"},
    {"Join orders", "join"},
    // the flowcharts that ship with the program
    {"数据采集", "collect"},
    {"数据清洗", "preprocess"},
    {"数据集成", "integrate"},
    {"数据探索", "explore"},
    {"模式识别", "features"},
    {"机器学习", "machine_learning"},
    {"深度学习", "deep_learning"},
    {"大模型训练", "large_model"},
    {"预测与分析", "predict"},
    {"个性化推荐", "recommend"},
    {"自动化营销", "strategies"},
    {"数据收集", "collect"},
    {"数据处理", "preprocess"},
    {"策略生成", "strategies"},
    {"效果预测", "evaluate"},
    {"结果反馈", "feedback"},
    {"用户行为数据收集", "collect"},
    {"数据预处理", "preprocess"},
    {"用户画像构建", "profiles"},
    {"个性化推荐模型训练", "train_recommender"},
    {"商品推荐", "recommend"},
    {"用户反馈收集", "feedback"},
    {"模型优化", "tune"},
    {"特征提取", "features"},
    {"模型训练", "train"},
    {"结果预测", "predict"},
    {"营销策略生成", "strategies"},
    {"效果评估", "evaluate"},
    {"Data integration", "integrate"},
    {"Pattern recognition", "features"},
    {"Machine learning", "machine_learning"},
    {"Large model training", "large_model"},
    {"Automated marketing", "strategies"},
    {"Feedback of results", "feedback"},
    {"Effect prediction", "evaluate"},
    {"Collection of user behaviour", "collect"},
    {"Recommendation model training", "train_recommender"},
    {"Collection of user feedback", "feedback"},
    {"Model optimisation", "tune"},
    // ordinary speech
    {"clean the data", "preprocess"},
    {"Clean the customer data", "preprocess"},
    {"Cleaning of data", "preprocess"},
    {"data-cleaning", "preprocess"},
    {"CLEAN DATA!", "preprocess"},
    {"drop duplicates", "drop_duplicates"},
    {"Remove all duplicates", "drop_duplicates"},
    {"Removing duplicate rows", "drop_duplicates"},
    {"Deduplicate", "drop_duplicates"},
    {"fill the gaps", "fill"},
    {"Fill in missing values", "fill"},
    {"impute missing values", "fill"},
    {"remove outliers", "drop_outliers"},
    {"Clip the outliers", "clip_outliers"},
    {"Filter rows", "filter"},
    {"rename a column", "rename"},
    {"Drop some columns", "drop_columns"},
    {"Mask personal data", "mask"},
    {"convert types", "change_type"},
    {"Group by customer", "aggregate"},
    {"join tables", "join"},
    {"Join the two tables", "join"},
    {"append tables", "union"},
    {"pivot table", "pivot"},
    {"RFM analysis", "rfm"},
    {"Behaviour analysis", "behaviour"},
    {"explore the data", "explore"},
    {"Exploratory analysis", "explore"},
    {"Check data quality", "explore"},
    {"run a query", "sql"},
    {"load data", "collect"},
    {"Collecting data", "collect"},
    {"get the data", "collect"},
    {"Import a CSV file", "import"},
    {"read a csv file", "import"},
    {"feature engineering", "features"},
    {"Extract the features", "features"},
    {"train model", "train"},
    {"Train the churn model", "train"},
    {"Training a model", "train"},
    {"model is trained", "train"},
    {"Neural network", "deep_learning"},
    {"logistic regression", "machine_learning"},
    {"predict churn", "predict"},
    {"Churn prediction", "predict"},
    {"Predict who will buy", "predict"},
    {"Score the customers", "predict"},
    {"tune the model", "tune"},
    {"Optimize our model", "tune"},
    {"Grid search", "tune"},
    {"recommend products", "recommend"},
    {"Product recommendations", "recommend"},
    {"Collaborative filtering", "train_recommender"},
    {"User profiling", "profiles"},
    {"Customer segmentation", "profiles"},
    {"generate marketing strategies", "strategies"},
    {"Plan the campaigns", "strategies"},
    {"evaluate the effect", "evaluate"},
    {"Import campaign results", "feedback"},
    {"export results", "export"},
    {"Note", "note"},
    {"去重", "drop_duplicates"},
    {"数据去重", "drop_duplicates"},
    {"删除重复的行", "drop_duplicates"},
    {"训练模型", "train"},
    {"训练流失模型", "train"},
    {"清洗数据", "preprocess"},
    {"对数据进行清洗", "preprocess"},
    {"清洗用户数据", "preprocess"},
    {"缺失值填充", "fill"},
    {"填充缺失值", "fill"},
    {"剔除异常值", "drop_outliers"},
    {"异常值处理", "clip_outliers"},
    {"数据脱敏", "mask"},
    {"关联表", "join"},
    {"导入文件", "import"},
    {"特征工程", "features"},
    {"预测流失", "predict"},
    {"客户流失预测", "predict"},
    {"推荐商品", "recommend"},
    {"协同过滤", "train_recommender"},
    {"客户画像", "profiles"},
    {"生成营销策略", "strategies"},
    {"评估效果", "evaluate"},
    {"收集用户反馈", "feedback"},
    {"导出结果", "export"},
    {"收集 数据", "collect"},
    {"① 数据收集", "collect"},
};

constexpr const char* kUnbound[] = {
    "",
    "   ",
    "???",
    "Dog grooming",
    "Something",
    "Start",
    "End",
    "Good?",
    "yes",
    "A",
    "Customer",
    "Our beautiful data",
    "model",
    "Lunch",
    "Steering committee meets",
    "Budget approved by finance",
    "Send the newsletter by post",
    "Do not train a model",
    "Skip data cleaning",
    "Without feature extraction",
    "不训练模型",
    "跳过数据清洗",
    "Datum cleansing of dogs in the park on sunny days",
    "开始",
    "结束",
    "午餐",
    "数据",
    "用户",
    "模型",
    "老板审批",
    "客户经理开会讨论明年的预算",
    "🙂",
};

TEST(Labels, BindsWhatPeopleWrite) {
  static_assert(std::size(kBound) + std::size(kUnbound) >= 120);
  for (const Bound& expected : kBound) {
    const LabelMatch match = stageTypeForLabel(expected.label);
    ASSERT_NE(match.type, nullptr) << expected.label;
    EXPECT_EQ(match.type->id, expected.type) << expected.label << " " << match.confidence;
    EXPECT_NE(match.bound(), nullptr)
        << expected.label << " as " << match.type->id << " " << match.confidence;
  }
}

TEST(Labels, DoesNotBindWhatIsSomethingElse) {
  for (const char* label : kUnbound) {
    const LabelMatch match = stageTypeForLabel(label);
    EXPECT_EQ(match.bound(), nullptr) << label << " as " << match.type->id << " " << match.confidence;
  }
}

TEST(Labels, ASlipOfThePenIsASuggestion) {
  for (const char* label : {"Data colection", "Modell training", "Featur extraction"}) {
    const LabelMatch match = stageTypeForLabel(label);
    ASSERT_NE(match.type, nullptr) << label;
    EXPECT_GT(match.confidence, 0.5) << label;
  }
  EXPECT_EQ(stageTypeForLabel("Data colection").type->id, "collect");
  EXPECT_EQ(stageTypeForLabel("Data colection").bound(), nullptr);
}

TEST(Labels, ConfidenceFollowsHowMuchOfTheLabelIsMeant) {
  EXPECT_DOUBLE_EQ(labelConfidence("Data-Cleaning", "data cleaning"), 1);
  const double near = labelConfidence("clean the customer data", "clean data");
  const double far = labelConfidence("clean the warm house and water data of the flowers", "clean data");
  EXPECT_LT(near, 1);
  EXPECT_LT(far, near);
  EXPECT_DOUBLE_EQ(labelConfidence("grooming", "clean data"), 0);
  EXPECT_LT(labelConfidence("skip clean data", "clean data"), 0.5);
}

TEST(Labels, NoNameBelongsToTwoTypes) {
  std::set<std::string> seen;
  for (const StageType& type : stageTypes()) {
    EXPECT_GE(type.labels.size(), 3U) << type.id;
    for (const std::string& name : type.labels) {
      EXPECT_TRUE(seen.insert(lowerAscii(name)).second) << type.id << ": " << name;
      const LabelMatch match = stageTypeForLabel(name);
      ASSERT_NE(match.type, nullptr) << name;
      EXPECT_EQ(match.type->id, type.id) << name << " is " << match.type->id;
    }
  }
}

TEST(Labels, OfAnyBytesAndLengthAreSafe) {
  EXPECT_EQ(stageTypeForLabel(std::string(100000, '\xE6')).bound(), nullptr);
  EXPECT_EQ(stageTypeForLabel("\xFF\xFE\x80").bound(), nullptr);
  EXPECT_EQ(stageTypeForLabel(std::string(100000, 'a')).bound(), nullptr);
}

}  // namespace
}  // namespace lodestone::pipeline
