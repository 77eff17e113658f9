// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/sources/xlsx/shared_texts.h"

#include "core/base/text.h"

namespace lodestone::data {

namespace {

constexpr Text kReadingTexts{"Reading the texts of {0}", "正在读取 {0} 的文本"};
constexpr Text kDamagedPart{"{0} is damaged in its part {1}: {2}. Copy or save the file again.",
                            "{0} 的部分 {1} 已损坏：{2}。请重新复制或保存该文件。"};
constexpr Text kTooMuchText{
    "{0} holds more than 1 GB of different texts. Save the sheet as CSV, and import that.",
    "{0} 中的不同文本超过 1 GB。请将工作表另存为 CSV 后再导入。"};

constexpr std::size_t kMostBytes = std::size_t{1} << 30U;

}  // namespace

bool appendText(XmlPull& xml, std::string& out) {
  const bool preserved = xml.attribute("xml:space") == "preserve";
  const std::size_t from = out.size();
  while (true) {
    switch (xml.next()) {
      case XmlPull::Event::Text:
        if (xml.textIsLiteral())
          out += xml.text();
        else
          appendResolved(xml.text(), out);
        break;
      case XmlPull::Event::Start:
        if (!xml.skip()) return false;
        break;
      case XmlPull::Event::End: {
        if (!preserved) {
          const auto last = out.find_last_not_of(" \t\r\n");
          out.resize(last == std::string::npos || last < from ? from : last + 1);
          const auto first = out.find_first_not_of(" \t\r\n", from);
          if (first != std::string::npos) out.erase(from, first - from);
        }
        resolveEscapes(out, from);
        return true;
      }
      default:
        return false;
    }
  }
}

bool appendRichText(XmlPull& xml, std::string& out) {
  int depth = 0;
  while (true) {
    switch (xml.next()) {
      case XmlPull::Event::Start:
        if (xml.name() == "t") {
          if (!appendText(xml, out)) return false;
        } else if (xml.name() == "r") {
          ++depth;
        } else if (!xml.skip()) {
          return false;
        }
        break;
      case XmlPull::Event::End:
        if (depth-- == 0) return true;
        break;
      case XmlPull::Event::Text:
        break;
      default:
        return false;
    }
  }
}

Result<SharedTexts> SharedTexts::read(ByteStream& stream, const std::string& file, const std::string& part,
                                      JobContext& job) {
  SharedTexts texts;
  XmlPull xml(stream);
  const Where where{.file = file};
  while (true) {
    const XmlPull::Event event = xml.next();
    if (event == XmlPull::Event::Finished) return texts;
    bool well = event != XmlPull::Event::Failed;
    if (event == XmlPull::Event::Start && xml.name() == "si") {
      well = appendRichText(xml, texts.bytes_);
      texts.ends_.push_back(texts.bytes_.size());
      if (texts.bytes_.size() + 8 * texts.ends_.size() > kMostBytes)
        return fail(ErrorCode::Unsupported, kTooMuchText, {file}, where);
      if (texts.ends_.size() % 8192 == 0) {
        if (auto go = job.checkpoint(); !go) return forward(go);
        job.report(stream.fraction(), kReadingTexts, {file});
      }
    }
    if (well) continue;
    if (xml.fault() == XmlPull::Fault::Stream) return tl::unexpected<Error>(xml.streamError());
    return fail(
        ErrorCode::Corrupt, kDamagedPart,
        {file, part, std::string(xml.faultText()) + " (text " + std::to_string(texts.ends_.size()) + ")"},
        where);
  }
}

}  // namespace lodestone::data
