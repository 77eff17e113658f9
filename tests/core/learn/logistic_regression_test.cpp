// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <cmath>

#include "core/base/random.h"
#include "core/learn/metrics.h"
#include "tests/core/learn/made_data.h"

namespace lodestone::learn {
namespace {

struct Fitted {
  std::vector<float> weight;
  float bias = 0;
};

Fitted fitted(const Matrix& rows, const std::vector<float>& target, const std::string& c) {
  JobContext job;
  auto fit = engine().value()->fit({.type = "logistic_regression",
                                    .parameters = test::parametersOf("logistic_regression", {{"c", c}}),
                                    .train = &rows,
                                    .train_target = &target},
                                   job);
  const std::vector<Tensor> tensors = fit.value().model->tensors();
  return {tensors.at(0).values, tensors.at(1).values.at(0)};
}

/// Largest entry of the gradient of C * loss + |weight|^2 / 2, worked out here from its definition.
double gradientAt(const Fitted& model, const Matrix& rows, const std::vector<float>& target, double c) {
  std::vector<double> gradient(model.weight.begin(), model.weight.end());
  gradient.push_back(0);
  for (std::int64_t i = 0; i < rows.rows; ++i) {
    double z = model.bias;
    for (std::size_t j = 0; j < model.weight.size(); ++j)
      z += static_cast<double>(model.weight[j]) * rows.row(i)[j];
    const double error = 1 / (1 + std::exp(-z)) - target[static_cast<std::size_t>(i)];
    for (std::size_t j = 0; j < model.weight.size(); ++j) gradient[j] += c * error * rows.row(i)[j];
    gradient.back() += c * error;
  }
  double largest = 0;
  for (const double g : gradient) largest = std::max(largest, std::fabs(g));
  return largest;
}

const Matrix kRows{12, 2, {0.5F, 1.2F, 1.5F,  -0.3F, 2.2F, 0.8F, -1.0F, 0.4F,  0.1F, -1.1F, -0.7F, -0.9F,
                           1.9F, 1.5F, -1.6F, 1.0F,  0.9F, 0.2F, -0.2F, -0.5F, 2.5F, -1.4F, -2.1F, -0.6F}};
const std::vector<float> kTarget = {1, 1, 1, 0, 0, 0, 1, 0, 0, 1, 1, 0};

// The expected coefficients are those of scikit-learn 1.2.1, LogisticRegression(C=..., tol=1e-12).
TEST(LogisticRegression, agreesWithScikitLearn) {
  struct Case {
    std::string c;
    double weight0, weight1, bias;
  };
  for (const Case& known :
       {Case{"1", 1.11528563, 0.31430559, -0.3849796}, Case{"0.1", 0.39850557, 0.08321258, -0.1360849},
        Case{"1000", 1.73578112, 0.59091041, -0.57868214}}) {
    const Fitted model = fitted(kRows, kTarget, known.c);
    EXPECT_NEAR(model.weight[0], known.weight0, 1e-4) << known.c;
    EXPECT_NEAR(model.weight[1], known.weight1, 1e-4) << known.c;
    EXPECT_NEAR(model.bias, known.bias, 1e-4) << known.c;
  }
}

Matrix wide(std::int64_t rows, std::int64_t columns, std::vector<float>& target) {
  Random random(11);
  Matrix matrix{rows, columns, {}};
  for (std::int64_t i = 0; i < rows; ++i) {
    double z = 0;
    for (std::int64_t j = 0; j < columns; ++j) {
      const double value = 2 * random.uniform() - 1;
      matrix.values.push_back(static_cast<float>(value));
      if (j < 5) z += value;
    }
    target.push_back(random.uniform() < 1 / (1 + std::exp(-z)) ? 1.0F : 0.0F);
  }
  return matrix;
}

TEST(LogisticRegression, endsWhereTheGradientIsZero) {
  std::vector<float> target;
  const Matrix rows = wide(2000, 30, target);
  EXPECT_LT(gradientAt(fitted(rows, target, "1"), rows, target, 1), 1e-2);
}

TEST(LogisticRegression, manyColumnsEndThereToo) {
  std::vector<float> target;
  const Matrix rows = wide(300, 1600, target);  // more than Newton's method is used for
  EXPECT_LT(gradientAt(fitted(rows, target, "1"), rows, target, 1), 1e-2);
}

TEST(LogisticRegression, rowsThatALineTellsApartStayFinite) {
  Matrix rows{100, 1, {}};
  std::vector<float> target;
  for (int i = 0; i < 100; ++i) {
    rows.values.push_back(static_cast<float>(i) - 49.5F);
    target.push_back(i >= 50 ? 1.0F : 0.0F);
  }
  const Fitted model = fitted(rows, target, "1000000");
  EXPECT_TRUE(std::isfinite(model.weight[0]));
  EXPECT_GT(model.weight[0], 1);
  EXPECT_NEAR(model.bias, 0, 1e-2);
}

TEST(LogisticRegression, constantTargetsAndRowsAreNoHazard) {
  const Matrix rows{4, 2, {1, 0, 1, 0, 1, 0, 1, 0}};
  const Fitted model = fitted(rows, {1, 1, 1, 1}, "1");
  EXPECT_TRUE(std::isfinite(model.weight[0]));
  EXPECT_TRUE(std::isfinite(model.bias));
}

}  // namespace
}  // namespace lodestone::learn
