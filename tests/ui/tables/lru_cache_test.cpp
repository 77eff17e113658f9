// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tables/lru_cache.h"

#include <string>

#include "tests/ui/support/ui_test.h"

namespace lodestone::tables {

class LruCacheTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void findsWhatWasPut() {
    LruCache<int, std::string> cache(2);
    QVERIFY(cache.find(1) == nullptr);
    cache.put(1, "one");
    QVERIFY(cache.find(1) != nullptr);
    QCOMPARE(*cache.find(1), std::string("one"));
    cache.put(1, "uno");
    QCOMPARE(*cache.find(1), std::string("uno"));
    QCOMPARE(cache.size(), std::size_t{1});
  }
  void dropsWhatWasNotUsedForLongest() {
    LruCache<int, int> cache(2);
    cache.put(1, 10);
    cache.put(2, 20);
    QVERIFY(cache.find(1) != nullptr);  // used: 2 is the oldest now
    cache.put(3, 30);
    QVERIFY(cache.contains(1));
    QVERIFY(!cache.contains(2));
    QVERIFY(cache.contains(3));
  }
  void askingWhetherItIsThereIsNoUse() {
    LruCache<int, int> cache(2);
    cache.put(1, 10);
    cache.put(2, 20);
    QVERIFY(cache.contains(1));
    cache.put(3, 30);
    QVERIFY(!cache.contains(1));
  }
  void neverHoldsMoreThanItsCapacity() {
    LruCache<int, int> cache(8);
    for (int i = 0; i < 1000; ++i) cache.put(i * 7 % 100, i);
    QCOMPARE(cache.size(), std::size_t{8});
    cache.clear();
    QCOMPARE(cache.size(), std::size_t{0});
    QVERIFY(cache.find(1) == nullptr);
    QCOMPARE((LruCache<int, int>(0).capacity()), std::size_t{1});
  }
};

}  // namespace lodestone::tables

LODESTONE_UI_TEST(lodestone::tables::LruCacheTest)
#include "lru_cache_test.moc"
