// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "core/data/recipe.h"

// Any bytes: a recipe or an error that says something in both languages, and what was read comes back the
// same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace lodestone::data;
  const std::string text(data, data + size);
  const auto recipe = parseRecipeText(text, "fuzz.json");
  if (!recipe) {
    for (const auto language : {lodestone::Language::English, lodestone::Language::Chinese})
      if (recipe.error().message(language).empty()) std::abort();
    (void)lodestone::dumpJson(lodestone::toJson(recipe.error(), lodestone::Language::Chinese));
    return 0;
  }
  if (!checkRecipe(*recipe)) std::abort();
  const auto again = parseRecipeText(lodestone::dumpJson(toJson(*recipe)), "again.json");
  if (!again || toJson(*again) != toJson(*recipe)) std::abort();
  return 0;
}
