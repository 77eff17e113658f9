// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/grammar.h"

#include "core/demo/vocabulary.h"

namespace lodestone::demo {

namespace {

constexpr Grammar kEnglish{
    .openers = {"", "Ordered this a while ago.", "My second one already.", "Bought it as a present."},
    .sentences =
        {{{{{"It broke after two weeks.", "The material feels cheap.", "Poorly made, I expected better."},
            {"Very well made.", "The quality is excellent.", "Sturdy, and it works just as it should."}}},
          {{{"Far too expensive for what it is.", "Not worth the money.", "The price is a joke."},
            {"A bargain at this price.", "Great value for money.", "Worth every cent."}}},
          {{{"Delivery took for ever.", "It arrived a week late.", "The courier left it in the rain."},
            {"Delivered the next day.", "Shipping was quick.", "It arrived earlier than promised."}}},
          {{{"The colour is nothing like the picture.", "It looks dull.", "Ugly, I have to say."},
            {"It looks lovely.", "Beautiful colour, even nicer than in the picture.",
             "A design that everybody asks me about."}}},
          {{{"The box was torn open.", "Badly packed, one corner was dented.", "So much plastic around it!"},
            {"Neatly packed.", "The box alone is pretty enough to keep.",
             "Packed safely and without plastic."}}}}},
    .closers = {"", "That is all.", "Just so that you know.", "Written after a few days of use."},
    .greetings = {"", "Hello,", "Dear shop,"},
    .questions =
        {{{"where is my {0}? I have been waiting for {1} days.",
           "my parcel with the {0} has not arrived. Order {2}.",
           "the tracking of order {2} has not moved for {1} days."},
          {"I would like to send the {0} back.", "how do I return order {2}?",
           "the {0} does not suit me; please send me a return label."},
          {"when will I get my money back for order {2}?", "I am still waiting for the refund of the {0}.",
           "you promised a refund {1} days ago and nothing has come."},
          {"the {0} arrived broken.", "a part of order {2} is damaged.",
           "the {0} has a crack; can I have a replacement?"},
          {"I was charged twice for order {2}.", "my card was declined although it is valid.",
           "I need an invoice for order {2}."},
          {"I have moved; please change the address of order {2}.", "can order {2} go to another address?",
           "I mistyped my street, please correct it for order {2}."},
          {"is the {0} dishwasher-safe?", "what is the {0} made of?", "does the {0} come in another size?"},
          {"I cannot log in any more.", "please delete my account.", "how do I change my password?"}}},
    .also = "Besides: {0}",
    .answers =
        {{{"Order {2} is on its way and should be with you within two days.",
           "We have asked the courier about order {2} and will write again tomorrow."},
          {"The return label for order {2} is attached; you have 30 days.",
           "You can send the {0} back free of charge; the label is in your account."},
          {"The refund for order {2} was paid out today.",
           "Your bank needs up to five days; the money for order {2} has left us."},
          {"We are sorry. A new {0} leaves us today.", "Please send us a photo; we will replace the {0}."},
          {"We have cancelled the second charge for order {2}.", "The invoice for order {2} is attached."},
          {"The address of order {2} has been changed.",
           "Order {2} has left us already; the courier can redirect it."},
          {"The product page of the {0} now tells this as well.",
           "Our colleagues have measured the {0} for you: see the table on its page."},
          {"We have sent you a link to set a new password.", "Your request about the account is done."}}},
    .holidays = {"New Year's Day", "Valentine's Day", "May Day", "Midyear sale", "Autumn holiday",
                 "Singles' Day", "Christmas Eve", "Christmas Day"},
    .space = " "};

constexpr Grammar kChinese{
    .openers = {"", "买了有一阵子了。", "已经是第二次购买。", "买来送人的。"},
    .sentences = {{{{{"用了两周就坏了。", "材质感觉很廉价。", "做工粗糙，不如预期。"},
                     {"做工很好。", "质量非常棒。", "结实耐用，用着很顺手。"}}},
                   {{{"价格太贵了。", "不值这个价。", "这个定价太离谱。"},
                     {"这个价格很划算。", "性价比很高。", "每一分钱都花得值。"}}},
                   {{{"物流太慢了。", "晚了一个星期才到。", "快递员把包裹丢在雨里。"},
                     {"第二天就送到了。", "发货很快。", "比承诺的时间还早到。"}}},
                   {{{"颜色和图片完全不一样。", "外观很普通。", "说实话挺难看的。"},
                     {"外观很漂亮。", "颜色好看，比图片还美。", "款式谁见了都夸。"}}},
                   {{{"包装盒破了。", "包装太差，一个角被压坏。", "塑料包装太多了！"},
                     {"包装很用心。", "盒子漂亮得舍不得扔。", "包装安全又环保。"}}}}},
    .closers = {"", "就说这些。", "供大家参考。", "用了几天后的感受。"},
    .greetings = {"", "你好，", "客服您好，"},
    .questions = {{{"我买的{0}到哪里了？已经等了{1}天。", "装有{0}的包裹还没有收到，订单号{2}。",
                    "订单{2}的物流信息{1}天没有更新了。"},
                   {"我想把{0}退掉。", "订单{2}怎么退货？", "{0}不合适，请发我退货单。"},
                   {"订单{2}的钱什么时候退给我？", "{0}的退款我还没有收到。",
                    "你们{1}天前答应退款，到现在还没到账。"},
                   {"收到的{0}是坏的。", "订单{2}里有一件破损了。", "{0}有裂痕，可以换一个吗？"},
                   {"订单{2}被扣了两次款。", "我的银行卡有效，却付款失败。", "订单{2}需要开发票。"},
                   {"我搬家了，请修改订单{2}的地址。", "订单{2}可以改送到别的地址吗？",
                    "街道写错了，请更正订单{2}的地址。"},
                   {"{0}可以用洗碗机洗吗？", "{0}是什么材质的？", "{0}有别的尺寸吗？"},
                   {"我的账号登录不了。", "请注销我的账号。", "怎么修改密码？"}}},
    .also = "另外，{0}",
    .answers = {{{"订单{2}正在运输途中，预计两天内送达。", "我们已向快递查询订单{2}，明天再给您回复。"},
                 {"订单{2}的退货单已附上，30天内有效。", "{0}可以免费退回，退货单在您的账号里。"},
                 {"订单{2}的退款今天已经打出。", "银行最多需要五天，订单{2}的款项已转出。"},
                 {"非常抱歉，新的{0}今天寄出。", "请发一张照片，我们给您更换{0}。"},
                 {"订单{2}的重复扣款已取消。", "订单{2}的发票已附上。"},
                 {"订单{2}的地址已修改。", "订单{2}已发出，可以联系快递改派。"},
                 {"{0}的商品页已补充这一说明。", "同事已为您测量{0}，结果见商品页。"},
                 {"重设密码的链接已发送给您。", "您的账号问题已处理完毕。"}}},
    .holidays = {"元旦", "情人节", "劳动节", "年中大促", "国庆节", "双十一", "平安夜", "圣诞节"},
    .space = ""};

void addSentence(std::string& text, std::string_view sentence, std::string_view space) {
  if (sentence.empty()) return;
  if (!text.empty()) text += space;
  text += sentence;
}

std::string ask(std::string_view pattern, const Ticket& ticket, std::string_view product,
                std::string_view order) {
  const std::string days = std::to_string(ticket.days);
  return fillPattern(pattern, {product, days, order});
}

}  // namespace

const Grammar& grammar(Language language) {
  return language == Language::Chinese ? kChinese : kEnglish;
}

std::string reviewText(const Grammar& grammar, const Review& review) {
  std::string text;
  addSentence(text, grammar.openers[review.opener], grammar.space);
  for (const Mention& mention : review.mentions)
    addSentence(text, grammar.sentences[mention.aspect][mention.praise ? 1 : 0][mention.variant],
                grammar.space);
  addSentence(text, grammar.closers[review.closer], grammar.space);
  return text;
}

std::string questionText(const Grammar& grammar, const Ticket& ticket, std::string_view product,
                         std::string_view order) {
  std::string text(grammar.greetings[ticket.greeting]);
  addSentence(text, ask(grammar.questions[ticket.intent][ticket.question], ticket, product, order),
              grammar.space);
  if (ticket.second == kNoIntent) return text;
  const std::string second =
      ask(grammar.questions[ticket.second][ticket.second_question], ticket, product, order);
  addSentence(text, fillPattern(grammar.also, {second, {}, {}}), grammar.space);
  return text;
}

std::string answerText(const Grammar& grammar, const Ticket& ticket, std::string_view product,
                       std::string_view order) {
  return ask(grammar.answers[ticket.intent][ticket.answer], ticket, product, order);
}

}  // namespace lodestone::demo
