// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/campaign/economics.h"

#include <cmath>

namespace lodestone::campaign {

Outcome outcomeOf(const Terms& terms, const Rates& rates) {
  Outcome out;
  out.conversions = terms.contacts * rates.treated;
  out.incremental = terms.contacts * rates.difference();
  out.discounts = terms.discount > 0 ? out.conversions * terms.order_value * terms.discount : 0;
  out.revenue = out.conversions * terms.order_value - out.discounts;
  out.incremental_revenue = out.incremental * terms.order_value - out.discounts;
  out.contact_cost = terms.contacts * terms.contact_cost;
  out.redemption_cost = out.conversions * terms.redemption_cost;
  out.profit = terms.margin * out.incremental * terms.order_value - out.discounts - out.cost();
  const double spent = out.cost() + out.discounts;
  out.roi = spent > 0 ? out.profit / spent : NAN;
  return out;
}

}  // namespace lodestone::campaign
