// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/demo_shop.h"

#include <array>
#include <cerrno>
#include <cstdlib>

#include "core/base/file.h"
#include "core/base/spoken.h"
#include "core/demo/shop.h"
#include "core/demo/tables.h"

namespace lodestone::demo {

namespace fs = std::filesystem;

namespace {

constexpr Text kOutOfRange{"{0} is {1}; the demo shop takes {2} to {3}. Give a number within that range.",
                           "{0} 为 {1}；演示商店允许 {2} 到 {3}。请给出此范围内的数值。"};
constexpr Text kUnknownDirt{"'{0}' is no amount of dirt. Use none, some or much.",
                            "“{0}”不是有效的脏数据程度。请使用 none、some 或 much。"};
constexpr Text kFileThere{
    "{0} is already there; nothing was written. Choose another folder or remove the file.",
    "{0} 已经存在；没有写入任何内容。请选择其他文件夹或先删除该文件。"};
constexpr Text kCannotPlace{"Cannot put files into {0}: {1}. Check the free space and your rights there.",
                            "无法把文件放入 {0}：{1}。请检查磁盘空间和权限。"};

constexpr std::array<const char*, 15> kFiles{
    "customers.csv", "products.csv",    "events.csv",   "orders.csv",        "order_items.csv",
    "campaigns.csv", "assignments.csv", "reviews.csv",  "tickets.csv",       "payments.csv",
    "ad_log.csv",    "demand.csv",      "holidays.csv", "channel_spend.csv", "truth.json"};

Result<> within(const char* name, std::int64_t value, std::int64_t low, std::int64_t high) {
  if (value >= low && value <= high) return {};
  return fail(ErrorCode::InvalidArgument, kOutOfRange,
              {name, std::to_string(value), std::to_string(low), std::to_string(high)}, {.item = name});
}

Result<> check(const DemoShopOptions& options) {
  if (auto good = within("customers", options.customers, 100, 2'000'000); !good) return good;
  if (auto good = within("days", options.days, 60, 3650); !good) return good;
  return within("events", options.events, options.customers, 200'000'000);
}

Result<> nothingThere(const fs::path& folder) {
  std::error_code error;
  for (const char* name : kFiles) {
    const fs::path path = folder / name;
    if (fs::symlink_status(path, error).type() != fs::file_type::not_found)
      return fail(ErrorCode::AlreadyExists, kFileThere, {path.string()}, {.file = path.string()});
  }
  return {};
}

// The folder with what is being written in it; unless kept, all that was made is taken away again.
class Workplace {
 public:
  explicit Workplace(const fs::path& folder) : folder_(folder) {
    std::error_code error;
    for (fs::path path = fs::absolute(folder, error); !path.empty() && !fs::exists(path, error);
         path = path.parent_path())
      if (path.has_filename()) made_.push_back(path);
  }
  Workplace(const Workplace&) = delete;
  Workplace& operator=(const Workplace&) = delete;
  ~Workplace() {
    std::error_code error;
    if (!temporary_.empty()) fs::remove_all(temporary_, error);
    if (kept_) return;
    for (const fs::path& path : placed_) fs::remove(path, error);
    for (const fs::path& path : made_) fs::remove(path, error);
  }

  Result<> open() {
    if (auto made = makeFolder(folder_); !made) return made;
    std::string pattern = (folder_ / ".demo-shop-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) {
      return fail(ErrorCode::Io, kCannotPlace, {folder_.string(), systemReason(errno)},
                  {.file = folder_.string()});
    }
    temporary_ = pattern;
    return {};
  }

  /// Moves the files into the folder: all of them, or none.
  Result<> keep(std::vector<fs::path>& files) {
    for (fs::path& name : files) {
      const fs::path target = folder_ / name;
      std::error_code error;
      fs::rename(temporary_ / name, target, error);
      if (error)
        return fail(ErrorCode::Io, kCannotPlace, {folder_.string(), systemReason(error.value())},
                    {.file = target.string()});
      placed_.push_back(target);
      name = target;
    }
    kept_ = true;
    return {};
  }

  const fs::path& temporary() const { return temporary_; }

 private:
  fs::path folder_;
  fs::path temporary_;
  std::vector<fs::path> made_;  // folders that were not there before, innermost first
  std::vector<fs::path> placed_;
  bool kept_ = false;
};

Result<Shop> makeShop(const DemoShopOptions& options, JobContext& job) {
  Shop shop = emptyShop(options);
  makeProducts(shop);
  makeCustomers(shop);
  JobContext orders = job.part(0, 0.15);
  if (auto done = makeOrders(shop, orders); !done) return forward(done);
  JobContext campaigns = job.part(0.15, 0.2);
  if (auto done = makeCampaigns(shop, campaigns); !done) return forward(done);
  JobContext traffic = job.part(0.2, 0.45);
  if (auto done = makeTraffic(shop, traffic); !done) return forward(done);
  sortOrders(shop);
  for (const auto make : {makeReviews, makeTickets, makePayments, makeAdLog, makeDemand})
    if (auto done = make(shop, job); !done) return forward(done);
  makeMedia(shop);
  rankByTaste(shop);
  return shop;
}

}  // namespace

Result<Dirt> parseDirt(std::string_view text) {
  if (text == "none") return Dirt::None;
  if (text == "some") return Dirt::Some;
  if (text == "much") return Dirt::Much;
  return fail(ErrorCode::InvalidArgument, kUnknownDirt, {std::string(text)});
}

Result<DemoShopFiles> writeDemoShop(const fs::path& folder, const DemoShopOptions& options, JobContext& job) {
  if (auto good = check(options); !good) return forward(good);
  if (auto free = nothingThere(folder); !free) return forward(free);
  if (auto go = job.checkpoint(); !go) return forward(go);
  Workplace workplace(folder);
  if (auto opened = workplace.open(); !opened) return forward(opened);
  auto shop = makeShop(options, job);
  if (!shop) return forward(shop);
  DemoShopFiles written;
  JobContext tables = job.part(0.5, 0.9);
  const auto records = writeTables(*shop, workplace.temporary(), written, tables);
  if (!records) return forward(records);
  JobContext truth = job.part(0.9, 1);
  if (auto done = writeTruth(*shop, *records, workplace.temporary(), written, truth); !done)
    return forward(done);
  if (auto go = job.checkpoint(); !go) return forward(go);
  if (auto kept = workplace.keep(written.files); !kept) return forward(kept);
  return written;
}

}  // namespace lodestone::demo
