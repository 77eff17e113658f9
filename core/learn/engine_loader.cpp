// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <dlfcn.h>

#include <cstdlib>
#include <filesystem>
#include <mutex>

#include "core/learn/engine.h"

namespace lodestone::learn {

namespace fs = std::filesystem;

namespace {

constexpr const char* kModule = "lodestone_torch.so";
constexpr Text kMissing{
    "The learning library {0} is missing; it was looked for in {1}. Install Lodestone again, or name its "
    "folder in "
    "LODESTONE_LIBRARY_PATH.",
    "缺少学习库 {0}；已查找的位置：{1}。请重新安装 Lodestone，或用环境变量 LODESTONE_LIBRARY_PATH "
    "指明它所在的文件夹。"};
constexpr Text kCannotLoad{
    "The learning library cannot be loaded: {0}. Install the package libtorch1.13 or LibTorch 2.",
    "无法加载学习库：{0}。请安装软件包 libtorch1.13 或 LibTorch 2。"};
constexpr Text kCannotStart{"The learning library {0} does not start. Install Lodestone again.",
                            "学习库 {0} 无法启动。请重新安装 Lodestone。"};

std::vector<fs::path> folders() {
  std::vector<fs::path> out;
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  if (!error) {
    out.push_back(program.parent_path());
    out.push_back(program.parent_path().parent_path() / "lib" / "lodestone");
  }
  if (const char* named = std::getenv("LODESTONE_LIBRARY_PATH"); named != nullptr && *named != '\0')
    out.emplace_back(named);
  return out;
}

Result<Engine*> load(int threads) {
  std::vector<std::string> searched;
  for (const fs::path& folder : folders()) {
    searched.push_back(folder.string());
    const fs::path file = folder / kModule;
    std::error_code error;
    if (!fs::exists(file, error)) continue;
    // Two pools of threads that spin against each other are slower than one: LibTorch has the threads,
    // OpenBLAS, which reads this when it is loaded, has one.
    ::setenv("OPENBLAS_NUM_THREADS", "1", 0);
    void* library = ::dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr)
      return fail(ErrorCode::Unsupported, kCannotLoad, {::dlerror()}, {.file = file.string()});
    using MakeEngine = Engine* (*)(int);
    const auto make = reinterpret_cast<MakeEngine>(::dlsym(library, "lodestone_make_engine"));
    Engine* made = make == nullptr ? nullptr : make(threads);
    if (made == nullptr)
      return fail(ErrorCode::Unsupported, kCannotStart, {file.string()}, {.file = file.string()});
    return made;
  }
  return fail(ErrorCode::Unsupported, kMissing, {kModule, join(searched, ", ")});
}

}  // namespace

Result<Engine*> engine(int threads) {
  static std::mutex mutex;
  static Engine* loaded = nullptr;  // guarded by mutex; never freed: LibTorch does not survive being unloaded
  const std::scoped_lock lock(mutex);
  if (loaded == nullptr) {
    auto made = load(threads);
    if (!made) return made;
    loaded = *made;
  }
  return loaded;
}

}  // namespace lodestone::learn
