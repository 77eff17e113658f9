// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/data/database.h"

namespace lodestone::data {

/// What the columns of a table of events mean: a row is something that a user did. Empty: there is none.
struct EventColumns {
  std::string user;
  std::string time;      ///< DATE or TIMESTAMP
  std::string amount;    ///< money of a purchase
  std::string item;      ///< what it was about
  std::string event;     ///< which kind of event: view, click, purchase, ...
  std::string category;  ///< of the item
  std::string session;   ///< which visit
};

/// The given columns, and for each that is empty the first column of a usual name and a fitting type, in
/// English or Chinese ("user_id", "客户"). Stays empty where there is none.
EventColumns guessEventColumns(const TableInfo& table, EventColumns given = {});
/// {"user": "customer", ...}: those that there are.
Json toJson(const EventColumns& columns);

/// Which words of the event column mean what. Empty: the usual words that occur there, in English or Chinese.
struct EventWords {
  std::vector<std::string> view;
  std::vector<std::string> click;
  std::vector<std::string> cart;
  std::vector<std::string> purchase;
};
Json toJson(const EventWords& words);

}  // namespace lodestone::data
