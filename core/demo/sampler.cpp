// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/sampler.h"

#include <cmath>

namespace lodestone::demo {

namespace {

// ln 2 in two parts, so that k * kLn2High is exact for the exponents of a double.
constexpr double kLn2High = 6.93147180369123816490e-01;
constexpr double kLn2Low = 1.90821492927058770002e-10;

}  // namespace

double portableExp(double x) {
  if (x > 700) x = 700;
  if (x < -700) return 0;
  const double k = std::floor(x * 1.4426950408889634 + 0.5);
  const double r = (x - k * kLn2High) - k * kLn2Low;
  double sum = 1;
  for (int term = 14; term > 0; --term) sum = 1 + r * sum / term;
  return std::ldexp(sum, static_cast<int>(k));
}

double portableLog(double x) {
  int exponent = 0;
  double mantissa = std::frexp(x, &exponent);
  if (mantissa < 0.70710678118654752) {
    mantissa *= 2;
    --exponent;
  }
  const double s = (mantissa - 1) / (mantissa + 1);
  const double square = s * s;
  double sum = 0;
  for (int odd = 25; odd > 0; odd -= 2) sum = sum * square + 1.0 / odd;
  return exponent * kLn2High + (2 * s * sum + exponent * kLn2Low);
}

double logistic(double x) {
  return 1 / (1 + portableExp(-x));
}

std::int64_t Sampler::between(std::int64_t low, std::int64_t high) {
  return low + static_cast<std::int64_t>(random_.below(static_cast<std::uint64_t>(high - low) + 1));
}

double Sampler::exponential() {
  return -portableLog(uniform());
}

double Sampler::normal() {
  while (true) {
    const double u = 2 * uniform() - 1;
    const double v = 2 * uniform() - 1;
    const double s = u * u + v * v;
    if (s >= 1 || s <= 0) continue;
    return u * std::sqrt(-2 * portableLog(s) / s);
  }
}

double Sampler::gamma(double shape) {
  if (shape < 1) {
    const double larger = gamma(shape + 1);
    return larger * portableExp(portableLog(uniform()) / shape);
  }
  const double d = shape - 1.0 / 3;
  const double c = 1 / std::sqrt(9 * d);
  while (true) {
    const double x = normal();
    const double root = 1 + c * x;
    if (root <= 0) continue;
    const double v = root * root * root;
    if (portableLog(uniform()) < 0.5 * x * x + d - d * v + d * portableLog(v)) return d * v;
  }
}

double Sampler::beta(double a, double b) {
  const double x = gamma(a);
  const double y = gamma(b);
  return x / (x + y);
}

std::int64_t Sampler::poisson(double mean) {
  constexpr double kPart = 500;  // e^-500 is still a number
  std::int64_t count = 0;
  for (double left = mean; left > 0; left -= kPart) {
    const double part = left < kPart ? left : kPart;
    const double target = uniform();
    double term = portableExp(-part);
    double sum = term;
    // The sum may end a rounding short of 1; what lies beyond cannot be told from it.
    std::int64_t drawn = 0;
    while (sum < target && term > 0) {
      ++drawn;
      term *= part / static_cast<double>(drawn);
      sum += term;
    }
    count += drawn;
  }
  return count;
}

std::size_t Sampler::pick(std::span<const double> weights) {
  double total = 0;
  for (const double weight : weights) total += weight;
  double left = uniform() * total;
  for (std::size_t i = 0; i + 1 < weights.size(); ++i) {
    left -= weights[i];
    if (left < 0) return i;
  }
  return weights.size() - 1;
}

}  // namespace lodestone::demo
