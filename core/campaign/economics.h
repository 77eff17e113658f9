// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/campaign/experiment.h"

namespace lodestone::campaign {

/// What a plan's money depends on.
struct Terms {
  double contacts = 0;         ///< N
  double contact_cost = 0;     ///< c, for each contact
  double discount = 0;         ///< d, share of the order's value
  double redemption_cost = 0;  ///< u, for each conversion beside the discount
  double margin = 0;           ///< m, profit as a share of revenue
  double order_value = 0;      ///< V, mean value of one conversion before the discount; NaN: not known
};

/// What a plan comes to at given rates of conversion p (treated) and q (holdout):
///   conversions  G = N p                 incremental conversions  I = N (p - q)
///   revenue      R = G V (1 - d)         incremental revenue      I V - G V d
///   cost         C = N c + G u           discounts                D = G V d
///   profit       P = m I V - D - C       return on investment     P / (C + D)
/// The discount is given to all who convert, also to those who would have bought anyway: that is why the
/// incremental conversions decide, not all of them.
struct Outcome {
  double conversions = 0;
  double incremental = 0;
  double revenue = 0;
  double incremental_revenue = 0;
  double contact_cost = 0;
  double redemption_cost = 0;
  double discounts = 0;
  double profit = 0;
  double roi = 0;  ///< NaN where nothing is spent

  double cost() const { return contact_cost + redemption_cost; }
};

Outcome outcomeOf(const Terms& terms, const Rates& rates);

}  // namespace lodestone::campaign
