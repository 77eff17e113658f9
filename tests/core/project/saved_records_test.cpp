// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/saved_records.h"

#include "core/project/schema.h"
#include "tests/core/project/project_fixture.h"

namespace lodestone::project {

namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class SavedRecordsTest : public ProjectTest {
 protected:
  static std::vector<std::string> names(SavedRecords records, const std::string& kind) {
    std::vector<std::string> out;
    for (const SavedRecord& record : must(records.list(kind))) out.push_back(record.name);
    return out;
  }
};

TEST_F(SavedRecordsTest, whatIsSavedIsThereAfterReopening) {
  const Json steps = Json::parse(R"([{"step":"fill","column":"城市 \"x\"; DROP TABLE saved","value":null}])");
  mustDo(create().saved().save(kSavedRecipe, "monthly 清洗 🧹", steps, "Ann"));
  Project project = open();
  const SavedRecord record = must(project.saved().get(kSavedRecipe, "monthly 清洗 🧹"));
  EXPECT_EQ(record.value, steps);
  EXPECT_EQ(record.created_by, "Ann");
  EXPECT_EQ(record.changed_at, record.created_at);
}

TEST_F(SavedRecordsTest, kindsHaveNamesOfTheirOwn) {
  Project project = create();
  SavedRecords saved = project.saved();
  mustDo(saved.save(kSavedRecipe, "shop", Json::array(), "Ann"));
  mustDo(saved.save(kSavedImportTemplate, "shop", Json::object(), "Ann"));
  mustDo(saved.save(kSavedImportTemplate, "Shop", Json::object(), "Ann"));
  EXPECT_THAT(names(saved, kSavedImportTemplate), ElementsAre("Shop", "shop"));
  mustDo(saved.remove(kSavedImportTemplate, "shop"));
  EXPECT_THAT(names(saved, kSavedImportTemplate), ElementsAre("Shop"));
  EXPECT_THAT(names(saved, kSavedRecipe), ElementsAre("shop"));
}

TEST_F(SavedRecordsTest, aNameIsReplacedOnlyOnRequestAndRemembersItsMaker) {
  Project project = create();
  SavedRecords saved = project.saved();
  mustDo(saved.save(kSavedRecipe, "shop", Json(1), "Ann"));
  EXPECT_EQ(codeOf(saved.save(kSavedRecipe, "shop", Json(2), "Bob")), ErrorCode::AlreadyExists);
  EXPECT_EQ(must(saved.get(kSavedRecipe, "shop")).value, Json(1));
  mustDo(saved.save(kSavedRecipe, "shop", Json(2), "Bob", OnSaved::Replace));
  const SavedRecord record = must(saved.get(kSavedRecipe, "shop"));
  EXPECT_EQ(record.value, Json(2));
  EXPECT_EQ(record.created_by, "Ann");
  EXPECT_EQ(record.changed_by, "Bob");
}

TEST_F(SavedRecordsTest, whatIsNotThereIsToldWithWhatIs) {
  Project project = create();
  SavedRecords saved = project.saved();
  EXPECT_EQ(codeOf(saved.get(kSavedRecipe, "x")), ErrorCode::NotFound);
  mustDo(saved.save(kSavedRecipe, "shop", Json(1), "Ann"));
  EXPECT_THAT(messageOf(saved.get(kSavedRecipe, "x")), HasSubstr("shop"));
  EXPECT_THAT(messageOf(saved.remove(kSavedRecipe, "x")), HasSubstr("shop"));
}

TEST_F(SavedRecordsTest, namesThatNobodyCouldReadAreRefused) {
  Project project = create();
  SavedRecords saved = project.saved();
  for (const std::string& name : {std::string(), std::string("  \t"), std::string(201, 'x'),
                                  std::string("\xFF"), std::string("a\0b", 3)})
    EXPECT_EQ(codeOf(saved.save(kSavedRecipe, name, Json(1), "Ann")), ErrorCode::InvalidArgument);
  EXPECT_THAT(names(saved, kSavedRecipe), IsEmpty());
  std::string longest;
  for (int i = 0; i < 200; ++i) longest += "店";
  mustDo(saved.save(kSavedRecipe, longest, Json(1), "Ann"));
}

TEST_F(SavedRecordsTest, aProjectOfTheFirstVersionGetsThem) {
  std::filesystem::create_directories(path_);
  {
    auto db = must(Sqlite::open(path_ / "project.db", Sqlite::Mode::Make));
    mustDo(db.execute("PRAGMA application_id = " + std::to_string(kApplicationId)));
    EXPECT_EQ(must(migrate(db, migrations().first(1))), 1);
    mustDo(db.execute("INSERT INTO settings VALUES ('kept', 'yes')"));
  }
  Project project = open();
  EXPECT_EQ(must(project.setting("kept")), "yes");
  mustDo(project.saved().save(kSavedRecipe, "shop", Json(1), "Ann"));
  EXPECT_THAT(messages(must(project.verify())), IsEmpty());
}

}  // namespace

}  // namespace lodestone::project
