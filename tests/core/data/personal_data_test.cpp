// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/personal_data.h"

#include <gtest/gtest.h>

#include <string>

namespace lodestone::data {
namespace {

TEST(PersonalData, LuhnTakesPublishedTestNumbersAndNoNeighbour) {
  for (const std::string number :
       {"4111111111111111", "5555555555554444", "378282246310005", "6011111111111117", "3530111333300000"}) {
    EXPECT_TRUE(passesLuhn(number)) << number;
    for (char digit = '0'; digit <= '9'; ++digit) {
      std::string other = number;
      if (other.back() == digit) continue;
      other.back() = digit;
      EXPECT_FALSE(passesLuhn(other)) << other;
    }
  }
  EXPECT_FALSE(passesLuhn(""));
  EXPECT_FALSE(passesLuhn("4111 1111"));
}

TEST(PersonalData, ChineseIdsAreCheckedByDateAndCheckCharacter) {
  // The examples of GB 11643-1999.
  EXPECT_TRUE(isChineseId("11010519491231002X"));
  EXPECT_TRUE(isChineseId("11010519491231002x"));
  EXPECT_TRUE(isChineseId("440524188001010014"));
  EXPECT_FALSE(isChineseId("110105194912310021"));
  EXPECT_FALSE(isChineseId("11010519491331002X"));  // a thirteenth month
  EXPECT_FALSE(isChineseId("1101051949123100"));
  EXPECT_FALSE(isChineseId("X1010519491231002X"));
}

TEST(PersonalData, ShapesAreTold) {
  const auto is = [](const char* cell, Personal kind) { EXPECT_EQ(personalShape(cell), kind) << cell; };
  is("ann.lee+shop@mail.example.co.uk", Personal::Email);
  is(" <li.wei@example.cn> ", Personal::Email);
  is("please write to me at joe@example.com.", Personal::Email);
  is("+44 20 7946 0958", Personal::Phone);
  is("+1 (212) 555-0123", Personal::Phone);
  is("(212) 555-0123", Personal::Phone);
  is("212-555-0123", Personal::Phone);
  is("13812345678", Personal::Phone);
  is("+86 138 1234 5678", Personal::Phone);
  is("8613812345678", Personal::Phone);
  is("11010519491231002X", Personal::NationalId);
  is("078-05-1120", Personal::NationalId);
  is("AB 12 34 56 C", Personal::NationalId);
  is("12345678Z", Personal::NationalId);
  is("X1234567L", Personal::NationalId);
  is("4111 1111 1111 1111", Personal::Card);
  is("4111-1111-1111-1111", Personal::Card);
  is("5555555555554444", Personal::Card);
}

TEST(PersonalData, WhatOnlyLooksAlikeIsNot) {
  for (const char* cell : {"",
                           "2026-03-01",
                           "2026-03-01 09:30:00",
                           "1234567890",
                           "12.50",
                           "@home",
                           "a@b",
                           "a@b.1",
                           "a b@ c.de",
                           "000-12-3456",
                           "666-12-3456",
                           "12345678A",
                           "4111111111111112",
                           "192.168.100.200",
                           "v1.2.3-rc.4",
                           "20260301123045",
                           "ORD-2026-000123",
                           "10000000000",
                           "1-2-3-4-5-6-7-8",
                           "+12",
                           "北京市朝阳区"})
    EXPECT_FALSE(personalShape(cell)) << cell;
}

TEST(PersonalData, NamesOfColumnsHelp) {
  EXPECT_EQ(personalName("Customer_Email"), Personal::Email);
  EXPECT_EQ(personalName("phoneNo"), Personal::Phone);
  EXPECT_EQ(personalName("手机号"), Personal::Phone);
  EXPECT_EQ(personalName("id_card"), Personal::NationalId);
  EXPECT_EQ(personalName("First Name"), Personal::PersonName);
  EXPECT_EQ(personalName("lastName"), Personal::PersonName);
  EXPECT_EQ(personalName("姓名"), Personal::PersonName);
  EXPECT_EQ(personalName("收货地址"), Personal::Address);
  EXPECT_EQ(personalName("date_of_birth"), Personal::BirthDate);
  for (const char* name :
       {"name", "product_name", "user_id", "hotel", "telemetry", "panel", "amount", "城市"})
    EXPECT_FALSE(personalName(name)) << name;
}

}  // namespace
}  // namespace lodestone::data
