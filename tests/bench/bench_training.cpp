// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Trains the worked example on the public churn table, or hands the very rows to another program.
//   bench_training export FILE      the rows as raw bytes: int64 train, validation, columns; then float32
//   train rows,
//                                   train targets, validation rows, validation targets
//   bench_training fit FILE THREADS SEED    trains on such a file; one JSON line
#include <cstring>
#include <iostream>

#include "core/base/file.h"
#include "tests/core/learn/made_data.h"
#include "tests/support/shared_data.h"

namespace lodestone::learn {
namespace {

int failed(const std::string& message) {
  std::cerr << "bench_training: " << message << '\n';
  return 1;
}

void append(std::string& bytes, const std::vector<float>& values) {
  bytes.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(float));
}

int exportRows(const std::string& to) {
  const auto file = test::sharedFile("data/telco-churn/Telco-Customer-Churn.csv");
  if (file.empty()) return failed("the churn table is not beside the checkout");
  const Frame frame = test::readPlainCsv(readFile(file).value());
  JobContext job;
  const auto data = prepareDataset(frame, {.target = "Churn", .exclude = {"customerID"}}, job);
  if (!data) return failed(data.error().message(Language::English));
  const std::int64_t sizes[] = {data->train.rows, data->validation.rows, data->train.columns};
  std::string bytes(reinterpret_cast<const char*>(sizes), sizeof(sizes));
  append(bytes, data->train.values);
  append(bytes, data->train_target);
  append(bytes, data->validation.values);
  append(bytes, data->validation_target);
  const auto written = writeFileAtomically(to, bytes);
  return written ? 0 : failed(written.error().message(Language::English));
}

int fitRows(const std::string& from, int threads, std::uint64_t seed) {
  const auto bytes = readFile(from);
  if (!bytes) return failed(bytes.error().message(Language::English));
  std::int64_t sizes[3];
  std::memcpy(sizes, bytes->data(), sizeof(sizes));
  const char* next = bytes->data() + sizeof(sizes);
  const auto take = [&](std::int64_t count) {
    std::vector<float> values(static_cast<std::size_t>(count));
    std::memcpy(values.data(), next, values.size() * sizeof(float));
    next += values.size() * sizeof(float);
    return values;
  };
  const Matrix train{sizes[0], sizes[2], take(sizes[0] * sizes[2])};
  const std::vector<float> target = take(sizes[0]);
  const Matrix validation{sizes[1], sizes[2], take(sizes[1] * sizes[2])};
  const std::vector<float> validation_target = take(sizes[1]);
  const auto learner = engine(threads);
  if (!learner) return failed(learner.error().message(Language::English));
  JobContext job;
  const auto fit = (*learner)->fit({.type = "mlp",
                                    .parameters = test::parametersOf("mlp"),
                                    .train = &train,
                                    .train_target = &target,
                                    .validation = &validation,
                                    .validation_target = &validation_target,
                                    .seed = seed},
                                   job);
  if (!fit) return failed(fit.error().message(Language::English));
  std::cout << dumpJson({{"seconds", fit->train_seconds},
                         {"loss", fit->epochs.back().loss},
                         {"roc_auc", fit->epochs.back().validation_roc_auc}})
            << '\n';
  return 0;
}

}  // namespace
}  // namespace lodestone::learn

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  if (arguments.size() == 2 && arguments[0] == "export") return lodestone::learn::exportRows(arguments[1]);
  if (arguments.size() == 4 && arguments[0] == "fit")
    return lodestone::learn::fitRows(arguments[1], std::stoi(arguments[2]), std::stoull(arguments[3]));
  std::cerr << "usage: bench_training export FILE | fit FILE THREADS SEED\n";
  return 2;
}
