// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/vocabulary.h"

namespace lodestone::demo {

namespace {

constexpr Vocabulary kEnglish{
    .genders = {"female", "male", ""},
    .cities = {"Port Alder", "Greyhaven", "Marlow City", "Eastbridge", "Kingsmere", "Novaport", "Willowford",
               "Stonegate", "Ashby", "Fernhill", "Redwater", "Clearbrook", "Oakdale", "Thornbury", "Lakeview",
               "Millbrook", "Sandhurst", "Brackley"},
    .acquisition_channels = {"organic", "search_ads", "social", "referral", "affiliate", "marketplace"},
    .categories = {"Coffee and tea", "Kitchen", "Home textiles", "Garden", "Outdoor", "Sports", "Toys",
                   "Beauty", "Pets", "Stationery", "Electronics", "Snacks"},
    .nouns = {{{"coffee beans", "green tea", "black tea", "teapot", "coffee grinder", "filter set",
                "cold brew jug", "tea sampler"},
               {"frying pan", "chef's knife", "mixing bowl", "cutting board", "stock pot", "baking tray",
                "spice rack", "storage jar"},
               {"bed sheet", "pillow", "blanket", "curtain", "towel set", "bath mat", "tablecloth",
                "cushion"},
               {"flower pot", "watering can", "seed box", "pruning shears", "garden lamp", "hose reel",
                "herb planter", "rake"},
               {"tent", "sleeping bag", "camp stove", "backpack", "head lamp", "water bottle", "hiking poles",
                "rain jacket"},
               {"yoga mat", "dumbbell", "jump rope", "running belt", "resistance band", "football",
                "badminton set", "swim goggles"},
               {"puzzle", "building blocks", "plush bear", "board game", "toy train", "paint set", "kite",
                "card game"},
               {"face cream", "shampoo", "hand soap", "sun lotion", "lip balm", "hair oil", "bath salt",
                "face mask"},
               {"dog bed", "cat tree", "dog lead", "cat litter", "bird feeder", "chew toy", "pet bowl",
                "fish tank"},
               {"notebook", "fountain pen", "desk lamp", "pencil case", "calendar", "sticky notes",
                "paper box", "marker set"},
               {"headphones", "phone stand", "power bank", "desk fan", "keyboard", "mouse", "speaker",
                "charging cable"},
               {"dark chocolate", "trail mix", "rice crackers", "fruit bar", "salted nuts", "cookies",
                "popcorn", "dried mango"}}},
    .adjectives = {"Classic", "Light", "Premium", "Compact", "Everyday", "Natural", "Soft", "Bright",
                   "Travel", "Family", "Urban", "Country"},
    .brands = {"Arvell", "Bexo", "Calmwood", "Dorrin", "Elmfield", "Foxtal", "Garnio", "Havenly", "Ironleaf",
               "Juniro", "Kestrio", "Lumora", "Mavento", "Nordvik", "Ollero", "Pinecrest"},
    .devices = {"mobile", "desktop", "tablet"},
    .offers = {"10 % off", "20 % off", "Free shipping", "Free gift"},
    .channels = {"e-mail", "text message", "push"},
    .title = "{0} {1} {2}",
    .description = "{0} by {1}. A favourite of our {2} range, packed with care.",
    .campaign = "{2}: {0} by {1}",
    .random_rule = "{0} = 1, drawn at random; {1} % treated, {2} % held out",
    .confounded_rule = "{0} = 1; whoever ordered in the last 45 days first, no random holdout"};

constexpr Vocabulary kChinese{
    .genders = {"女", "男", ""},
    .cities = {"北京", "上海", "广州", "深圳", "杭州", "成都", "长沙", "合肥", "昆明", "福州", "南昌", "贵阳",
               "洛阳", "绵阳", "襄阳", "赣州", "桂林", "大理"},
    .acquisition_channels = {"自然流量", "搜索广告", "社交媒体", "好友推荐", "联盟推广", "电商平台"},
    .categories = {"咖啡茶饮", "厨房用品", "家纺", "园艺", "户外", "运动", "玩具", "美妆", "宠物", "文具",
                   "数码", "零食"},
    .nouns = {{{"咖啡豆", "绿茶", "红茶", "茶壶", "磨豆机", "滤纸套装", "冷萃壶", "茶礼盒"},
               {"煎锅", "菜刀", "调理盆", "砧板", "汤锅", "烤盘", "调料架", "储物罐"},
               {"床单", "枕头", "毛毯", "窗帘", "毛巾套装", "浴室地垫", "桌布", "抱枕"},
               {"花盆", "洒水壶", "种子盒", "修枝剪", "庭院灯", "水管车", "香草盆", "耙子"},
               {"帐篷", "睡袋", "露营炉", "双肩包", "头灯", "水壶", "登山杖", "雨衣"},
               {"瑜伽垫", "哑铃", "跳绳", "跑步腰包", "弹力带", "足球", "羽毛球套装", "泳镜"},
               {"拼图", "积木", "毛绒熊", "桌游", "小火车", "颜料套装", "风筝", "纸牌"},
               {"面霜", "洗发水", "洗手液", "防晒霜", "润唇膏", "护发油", "浴盐", "面膜"},
               {"狗窝", "猫爬架", "牵引绳", "猫砂", "喂鸟器", "磨牙玩具", "宠物碗", "鱼缸"},
               {"笔记本", "钢笔", "台灯", "笔袋", "日历", "便利贴", "收纳纸盒", "记号笔套装"},
               {"耳机", "手机支架", "充电宝", "桌面风扇", "键盘", "鼠标", "音箱", "充电线"},
               {"黑巧克力", "混合坚果", "米饼", "水果棒", "盐焗坚果", "曲奇", "爆米花", "芒果干"}}},
    .adjectives = {"经典", "轻便", "优选", "迷你", "日常", "天然", "柔软", "亮彩", "旅行", "家庭", "都市",
                   "田园"},
    .brands = {"雅诺", "柏木", "静林", "多润", "榆园", "狐泰", "佳纽", "暖屋", "铁叶", "君罗", "隼鸟", "明朗",
               "迈拓", "北湾", "欧乐", "松岭"},
    .devices = {"mobile", "desktop", "tablet"},
    .offers = {"九折", "八折", "包邮", "赠品"},
    .channels = {"邮件", "短信", "推送"},
    .title = "{0}{1} {2}",
    .description = "{1}出品的{0}，{2}类人气之选，用心包装。",
    .campaign = "{2}：{1}{0}活动",
    .random_rule = "{0} = 1，随机抽取；{1} % 触达，{2} % 对照",
    .confounded_rule = "{0} = 1；优先近 45 天下过单的顾客，无随机对照"};

}  // namespace

const Vocabulary& vocabulary(Language language) {
  return language == Language::Chinese ? kChinese : kEnglish;
}

std::string fillPattern(std::string_view pattern, const std::array<std::string_view, 3>& words) {
  std::string out;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const bool place = i + 2 < pattern.size() && pattern[i] == '{' && pattern[i + 2] == '}';
    if (!place) {
      out += pattern[i];
      continue;
    }
    out += words.at(static_cast<std::size_t>(pattern[i + 1] - '0'));
    i += 2;
  }
  return out;
}

std::string productTitle(const Vocabulary& words, const Product& product) {
  const std::string variant = std::to_string(product.variant);
  return fillPattern(words.title, {words.adjectives[product.adjective],
                                   words.nouns[product.category][product.noun], variant});
}

}  // namespace lodestone::demo
