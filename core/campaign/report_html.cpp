// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/campaign/report.h"

namespace lodestone::campaign {

namespace {

constexpr Text kMade{"Made {0}", "生成于 {0}"};
constexpr Text kAuditHead{"Audit chain {0}", "审计链 {0}"};
constexpr Text kDraftMark{"DRAFT", "草稿 DRAFT"};

constexpr std::string_view kStyle = R"css(
:root{--window:#F6F7F9;--surface:#FFFFFF;--line:#DADDE3;--text:#1B1F27;--text2:#5B6472;--accent:#2F5BEA;--ok:#1B7F4B;--warn:#9A6700;--fail:#B42318;--info:#2F5BEA}
@media (prefers-color-scheme:dark){:root{--window:#16181C;--surface:#1E2126;--line:#343943;--text:#E8EAEE;--text2:#9AA3B2;--accent:#7B9BFF;--ok:#4CC38A;--warn:#E2B340;--fail:#F2766B;--info:#7B9BFF}}
*{box-sizing:border-box}
body{margin:0;background:var(--window);color:var(--text);font:15px/1.55 system-ui,"Segoe UI",Roboto,"Noto Sans","Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif}
main{max-width:1120px;margin:0 auto;padding:32px 24px 48px}
header{border-bottom:1px solid var(--line);padding-bottom:16px;margin-bottom:16px}
h1{font-size:28px;line-height:1.25;margin:0 0 8px}
h2{font-size:21px;margin:40px 0 8px;padding-top:16px;border-top:1px solid var(--line)}
h3{font-size:16px;margin:24px 0 4px}
p{margin:8px 0;max-width:96ch}
.small{color:var(--text2);font-size:12.5px}
.hash{font-family:ui-monospace,"DejaVu Sans Mono",monospace;overflow-wrap:anywhere}
.notice{border-left:4px solid var(--info);background:var(--surface);padding:5px 12px;margin:5px 0;border-radius:0 6px 6px 0}
.notice b{margin-right:8px}
.notice.ok{border-color:var(--ok)}.notice.ok b{color:var(--ok)}
.notice.warning{border-color:var(--warn)}.notice.warning b{color:var(--warn)}
.notice.failure{border-color:var(--fail)}.notice.failure b{color:var(--fail)}
.notice.info b{color:var(--info)}
.notice.draft{border-color:var(--warn)}.notice.draft b{color:var(--warn)}
.scroll{overflow-x:auto;margin:12px 0}
table{border-collapse:collapse;background:var(--surface);border:1px solid var(--line);font-size:13.5px;width:100%}
th,td{padding:6px 9px;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}
td{overflow-wrap:break-word;white-space:pre-line}
th{color:var(--text2);font-weight:600;word-break:keep-all}
td.number,th.number{text-align:right;font-variant-numeric:tabular-nums;white-space:pre}
@media (min-width:640px){td:first-child,th:first-child{white-space:nowrap}}
tr:last-child td{border-bottom:0}
.figures{display:flex;flex-wrap:wrap;gap:16px;margin:12px 0}
figure{flex:1 1 400px;margin:0;background:#FFFFFF;border:1px solid var(--line);border-radius:6px;padding:12px;color:#1B1F27;min-width:0}
figure.wide{flex-basis:100%}
figure svg{display:block;width:100%;height:auto}
figure.wide svg{max-width:900px;margin:0 auto}
figcaption b{display:block}
figcaption span{color:#5B6472;font-size:12.5px}
.mark{position:fixed;right:12px;top:12px;border:2px solid var(--warn);color:var(--warn);background:var(--surface);border-radius:6px;padding:2px 10px;font-weight:700;letter-spacing:.08em}
footer{margin-top:40px;padding-top:12px;border-top:1px solid var(--line)}
@media print{
:root{--window:#FFFFFF;--surface:#FFFFFF;--line:#DADDE3;--text:#1B1F27;--text2:#5B6472;--ok:#1B7F4B;--warn:#9A6700;--fail:#B42318;--info:#2F5BEA}
@page{size:A4;margin:16mm 14mm}
body{font-size:11pt}main{max-width:none;padding:0}
h2,h3{break-after:avoid}figure,tr,.notice{break-inside:avoid}
.mark{right:0;top:0}
}
)css";

std::string_view noticeClass(Notice::Kind kind) {
  switch (kind) {
    case Notice::Kind::Draft:
      return "draft";
    case Notice::Kind::Ok:
      return "ok";
    case Notice::Kind::Warning:
      return "warning";
    case Notice::Kind::Failure:
      return "failure";
    case Notice::Kind::Info:
      return "info";
  }
  return "info";
}

/// A sign beside the colour, so that colour is never alone.
std::string_view noticeSign(Notice::Kind kind) {
  switch (kind) {
    case Notice::Kind::Draft:
      return "✎";
    case Notice::Kind::Ok:
      return "✓";
    case Notice::Kind::Warning:
      return "▲";
    case Notice::Kind::Failure:
      return "✕";
    case Notice::Kind::Info:
      return "ℹ";
  }
  return "";
}

/// Whether a chart needs a row of its own.
bool wide(const std::string& svg) {
  constexpr std::string_view kWidth = " width=\"";
  const std::size_t at = svg.find(kWidth);
  if (at == std::string::npos) return false;
  const std::size_t from = at + kWidth.size();
  double width = 0;
  return parseNumber(std::string_view(svg).substr(from, svg.find('"', from) - from), width) && width > 600;
}

/// Writes the blocks one after the other; figures that follow each other share a row.
class Writer {
 public:
  void operator()(const Heading& heading) {
    closeFigures();
    // The page's own title is the only first level.
    const std::string tag = heading.level >= 3 ? "h3" : "h2";
    out += "<" + tag + ">" + escapeHtml(heading.text) + "</" + tag + ">\n";
  }
  void operator()(const Paragraph& paragraph) {
    closeFigures();
    out += "<p>" + escapeHtml(paragraph.text) + "</p>\n";
  }
  void operator()(const Notice& notice) {
    closeFigures();
    out += "<div class=\"notice " + std::string(noticeClass(notice.kind)) + "\"><b aria-hidden=\"true\">" +
           std::string(noticeSign(notice.kind)) + "</b>" + escapeHtml(notice.text) + "</div>\n";
  }
  void operator()(const Table& table) {
    closeFigures();
    out += "<div class=\"scroll\"><table><thead><tr>";
    for (std::size_t i = 0; i < table.header.size(); ++i)
      cell("th scope=\"col\"", "th", table, i, table.header[i]);
    out += "</tr></thead><tbody>\n";
    for (const auto& row : table.rows) {
      out += "<tr>";
      for (std::size_t i = 0; i < row.size(); ++i) cell("td", "td", table, i, row[i]);
      out += "</tr>\n";
    }
    out += "</tbody></table></div>\n";
  }
  void operator()(const Figure& figure) {
    if (!in_figures_) out += "<div class=\"figures\">\n";
    in_figures_ = true;
    out += (wide(figure.svg) ? "<figure class=\"wide\">" : "<figure>") + figure.svg + "<figcaption><b>" +
           escapeHtml(figure.title) + "</b><span>" + escapeHtml(figure.summary) +
           "</span></figcaption></figure>\n";
  }
  void closeFigures() {
    if (in_figures_) out += "</div>\n";
    in_figures_ = false;
  }

  std::string out;

 private:
  void cell(const std::string& open, const std::string& close, const Table& table, std::size_t column,
            const std::string& text) {
    const bool number = column < table.numeric.size() && table.numeric[column];
    out += "<" + open + (number ? " class=\"number\"" : "") + ">" + escapeHtml(text) + "</" + close + ">";
  }

  bool in_figures_ = false;
};

}  // namespace

std::string renderHtml(const ReportDocument& report) {
  const std::string language = report.language == Language::Chinese ? "zh-CN" : "en";
  const std::string title = escapeHtml(report.title);
  std::string out = "<!DOCTYPE html>\n<html lang=\"" + language + "\">\n<head>\n<meta charset=\"utf-8\">\n" +
                    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
  if (!report.audit_head.empty())
    out +=
        "<meta name=\"keywords\" content=\"lodestone-audit-head:" + escapeHtml(report.audit_head) + "\">\n";
  out += "<title>" + title + "</title>\n<style>" + std::string(kStyle) + "</style>\n</head>\n<body>\n";
  if (report.draft)
    out += "<div class=\"mark\" aria-hidden=\"true\">" + fill(kDraftMark, report.language) + "</div>\n";
  out += "<main>\n<header>\n<h1>" + title + "</h1>\n<p class=\"small\">" +
         escapeHtml(fill(kMade, report.language, {report.made_at})) + "</p>\n</header>\n";
  Writer writer;
  for (const Block& block : report.blocks) std::visit(writer, block);
  writer.closeFigures();
  out += writer.out + "<footer class=\"small\">";
  if (!report.audit_head.empty())
    out += "<p class=\"hash\">" +
           escapeHtml(fill(kAuditHead, report.language, {"lodestone-audit-head:" + report.audit_head})) +
           "</p>";
  out += "</footer>\n</main>\n</body>\n</html>\n";
  return out;
}

}  // namespace lodestone::campaign
