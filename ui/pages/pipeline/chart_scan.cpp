// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/pipeline/chart_scan.h"

#include <QStringList>
#include <algorithm>

namespace lodestone::pages {

namespace {

using namespace scan_state;

constexpr QStringView kOpening = u"[({";
constexpr QStringView kClosing = u"])}";

bool isIdLetter(QStringView text, int at) {
  const QChar c = text[at];
  const QChar next = at + 1 < text.size() ? text[at + 1] : QChar();
  if (c == u'-') return next.isLetterOrNumber() || next == u'_';
  if (c == u'=') return next != u'=' && next.isLetterOrNumber();
  return c.isLetterOrNumber() || c.isMark() || c.isSurrogate() || QStringView(u"_./\\+*'!#$%?`").contains(c);
}

class LineScan {
 public:
  LineScan(QStringView text, int state) : text_(text), size_(static_cast<int>(text.size())), state_(state) {}

  ScannedLine run() {
    if (state_ == kStart) {
      if (isFence()) return {{{0, size_, ScanKind::Fence}}, kFrontMatter};
      state_ = kChart;
    }
    if (state_ == kFrontMatter) {
      if (isFence()) return {{{0, size_, ScanKind::Fence}}, kChart};
      frontMatter();
      return {std::move(spans_), kFrontMatter};
    }
    resume();
    if (place(state_) == kChart) statements();
    return {std::move(spans_), state_};
  }

 private:
  bool isFence() const { return text_.trimmed() == u"---"; }
  QChar at(int position) const { return position < size_ ? text_[position] : QChar(); }
  bool match(QStringView word) const { return text_.mid(at_, word.size()) == word; }
  void add(int begin, int end, ScanKind kind) {
    if (end > begin) spans_.push_back({begin, end - begin, kind});
  }
  void skipSpace() {
    while (at_ < size_ && text_[at_].isSpace()) ++at_;
  }
  int find(QStringView what, int from) const {
    const qsizetype found = text_.indexOf(what, from);
    return found < 0 ? -1 : static_cast<int>(found);
  }

  // --- the front matter ---

  void frontMatter() {
    bool key_may_come = true;
    while (at_ < size_) {
      const QChar c = text_[at_];
      if (c == u'#' && (at_ == 0 || text_[at_ - 1].isSpace())) {
        add(at_, size_, ScanKind::Comment);
        return;
      }
      if (c.isSpace() || (c == u'-' && key_may_come && at(at_ + 1) == u' ')) {
        ++at_;
      } else if (c == u'{' || c == u',' || c == u'[') {
        key_may_come = true;
        ++at_;
      } else {
        key_may_come = yamlScalar(key_may_come);
      }
    }
  }

  /// A key or a value; whether a key may follow.
  bool yamlScalar(bool key_may_come) {
    const int begin = at_;
    const QChar quote = text_[at_];
    const bool quoted = quote == u'"' || quote == u'\'';
    if (quoted) {
      for (++at_; at_ < size_ && text_[at_] != quote; ++at_)
        if (quote == u'"' && text_[at_] == u'\\') ++at_;
      at_ = std::min(at_ + 1, size_);
    } else {
      while (at_ < size_ && !QStringView(u"{},[]").contains(text_[at_]) &&
             !(text_[at_] == u':' && (at_ + 1 == size_ || text_[at_ + 1].isSpace())) &&
             !(text_[at_] == u'#' && text_[at_ - (at_ > begin ? 1 : 0)].isSpace()))
        ++at_;
    }
    if (key_may_come && at(at_) == u':' && (at_ + 1 >= size_ || text_[at_ + 1].isSpace())) {
      add(begin, at_, ScanKind::Key);
      ++at_;
    } else if (quoted) {
      add(begin, at_, ScanKind::Value);
    } else if (at_ == begin) {
      ++at_;  // a sign that closes something
    }
    return false;
  }

  // --- what a line before has left open ---

  void resume() {
    switch (place(state_)) {
      case kLabel:
        endLabel(0, QChar(static_cast<char16_t>(state_ >> 4)));
        break;
      case kQuoted:
        endQuoted(0);
        break;
      case kData:
      case kDataQuoted:
        data();
        break;
      case kDirective:
        until(u"}%%", ScanKind::Comment);
        break;
      case kDescription:
        until(u"}", ScanKind::Label);
        break;
      default:
        break;
    }
  }

  void until(QStringView closing, ScanKind kind) {
    const int begin = at_;
    const int end = find(closing, at_);
    at_ = end < 0 ? size_ : end + static_cast<int>(closing.size());
    if (end >= 0) state_ = kChart;
    add(begin, at_, kind);
  }

  // --- statements ---

  void statements() {
    bool begins = at_ == 0;
    while (at_ < size_ && place(state_) == kChart) {
      skipSpace();
      if (at_ >= size_) return;
      if (begins && match(u"%%{")) {
        state_ = kDirective;
        until(u"}%%", ScanKind::Comment);
        continue;
      }
      if (begins && match(u"%%")) {
        add(at_, size_, ScanKind::Comment);
        return;
      }
      if (begins && keywordStatement()) {
        begins = true;
        continue;
      }
      begins = text_[at_] == u';';
      if (begins)
        ++at_;
      else
        piece();
    }
  }

  /// The word that stands here, of letters and dashes.
  QStringView word() const {
    int end = at_;
    while (end < size_ && (text_[end].isLetterOrNumber() || text_[end] == u'-' || text_[end] == u'_')) ++end;
    return text_.mid(at_, end - at_);
  }

  bool keywordStatement() {
    const QStringView name = word();
    const int end = at_ + static_cast<int>(name.size());
    const QChar after = at(end);
    const auto begin = [&](ScanKind kind = ScanKind::Keyword) {
      add(at_, end, kind);
      at_ = end;
      skipSpace();
    };
    if (name == u"accTitle" || name == u"accDescr") {
      begin();
      description();
      return true;
    }
    if (!after.isNull() && !after.isSpace() && after != u';') return false;
    if (name == u"end") {
      begin();
    } else if (name == u"graph" || name == u"flowchart" || name == u"flowchart-elk" || name == u"direction") {
      begin();
      if (const QStringView way = word(); directionWords().contains(way)) {
        const int to = at_ + static_cast<int>(way.size());
        add(at_, to, ScanKind::Direction);
        at_ = to;
      } else if (QStringView(u"<>^v").contains(at(at_)) && at_ < size_) {
        add(at_, at_ + 1, ScanKind::Direction);
        ++at_;
      }
    } else if (name == u"subgraph") {
      begin();
      subgraph();
    } else if (name == u"classDef" || name == u"class" || name == u"style" || name == u"linkStyle") {
      begin();
      styling(name);
    } else if (name == u"click") {
      begin();
      click();
    } else {
      return false;
    }
    return true;
  }

  void description() {
    if (at(at_) == u':') {
      add(at_ + 1, size_, ScanKind::Label);
      at_ = size_;
    } else if (at(at_) == u'{') {
      state_ = kDescription;
      until(u"}", ScanKind::Label);
    }
  }

  void subgraph() {
    if (at(at_) == u'"') {
      endQuoted(at_ + 1, at_);
      return;
    }
    const int begin = at_;
    int end = at_;
    while (end < size_ && text_[end] != u'[' && text_[end] != u';' &&
           !(text_[end] == u'@' && at(end + 1) == u'{'))
      ++end;
    at_ = end;
    while (end > begin && text_[end - 1].isSpace()) --end;
    add(begin, end, ScanKind::Reference);
  }

  /// classDef NAMES css; class IDS NAMES; style IDS css; linkStyle NUMBERS css.
  void styling(QStringView name) {
    const int end = std::max(0, find(u";", at_));
    const int stop = end > at_ ? end : size_;
    const ScanKind first = name == u"classDef" ? ScanKind::ClassName : ScanKind::Reference;
    names(stop, first);
    skipSpace();
    if (name == u"class")
      names(stop, ScanKind::ClassName);
    else
      add(at_, stop, ScanKind::Style);
    at_ = stop;
  }

  /// Up to a space: names with commas between them.
  void names(int stop, ScanKind kind) {
    while (at_ < stop) {
      const int begin = at_;
      while (at_ < stop && text_[at_] != u',' && !text_[at_].isSpace()) ++at_;
      add(begin, at_, kind);
      int next = at_;
      while (next < stop && text_[next].isSpace()) ++next;
      if (next >= stop || text_[next] != u',') return;
      at_ = next + 1;
      skipSpace();
    }
  }

  void click() {
    names(size_, ScanKind::Reference);
    while (at_ < size_) {
      skipSpace();
      if (at_ >= size_ || text_[at_] == u';') return;
      const int begin = at_;
      if (text_[at_] == u'"') {
        const int end = find(u"\"", at_ + 1);
        at_ = end < 0 ? size_ : end + 1;
        add(begin, at_, ScanKind::Value);
        continue;
      }
      while (at_ < size_ && !text_[at_].isSpace() && text_[at_] != u'"' && text_[at_] != u';') ++at_;
      const QStringView said = text_.mid(begin, at_ - begin);
      add(begin, at_, said == u"href" || said == u"call" ? ScanKind::Keyword : ScanKind::Value);
    }
  }

  // --- nodes and links ---

  void piece() {
    const QChar c = text_[at_];
    if (c == u'&') {
      add(at_, at_ + 1, ScanKind::Arrow);
      ++at_;
    } else if (c == u'|') {
      const int end = find(u"|", at_ + 1);
      const int to = end < 0 ? size_ : end + 1;
      add(at_, to, ScanKind::EdgeLabel);
      at_ = to;
    } else if (match(u":::")) {
      add(at_, at_ + 3, ScanKind::Bracket);
      at_ += 3;
      const int begin = at_;
      while (at_ < size_ && (text_[at_].isLetterOrNumber() || text_[at_] == u'_' || text_[at_] == u'-' ||
                             text_[at_] == u','))
        ++at_;
      add(begin, at_, ScanKind::ClassName);
    } else if (match(u"@{")) {
      add(at_, at_ + 2, ScanKind::Bracket);
      at_ += 2;
      state_ = kData;
      data();
    } else if (!link()) {
      if (kOpening.contains(c) || (c == u'>' && !spans_.empty() && spans_.back().end() == at_))
        label();
      else
        name();
    }
  }

  void name() {
    const int begin = at_;
    while (at_ < size_ && isIdLetter(text_, at_)) ++at_;
    if (at_ == begin) {
      ++at_;
      return;
    }
    const bool of_edge = at(at_) == u'@' && at(at_ + 1) != u'{';
    add(begin, at_, of_edge ? ScanKind::EdgeId : ScanKind::Id);
    if (of_edge) ++at_;
  }

  /// How far a link reaches from here; 0: here is none.
  int linkLength(int from) const {
    int to = from;
    const QChar first = at(to);
    if (first == u'~') {
      while (at(to) == u'~') ++to;
      return to - from >= 3 ? to - from : 0;
    }
    if (first == u'<' ||
        ((first == u'x' || first == u'o') && (at(from + 1) == u'-' || at(from + 1) == u'=') &&
         (from == 0 || !isIdLetter(text_, from - 1))))
      ++to;
    const QChar line = at(to);
    const int lines = to;
    if (line == u'-' && at(to + 1) == u'.') {
      ++to;
      while (at(to) == u'.') ++to;
      if (at(to) == u'-') ++to;
    } else if (line == u'-' || line == u'=') {
      while (at(to) == line) ++to;
      if (to - lines < 2) return 0;
    } else {
      return 0;
    }
    if (at(to) == u'>') return to + 1 - from;
    if ((at(to) == u'x' || at(to) == u'o') && (to + 1 >= size_ || !at(to + 1).isLetterOrNumber())) ++to;
    return to - from;
  }

  bool link() {
    const int length = linkLength(at_);
    if (length == 0) return false;
    const QStringView drawn = text_.mid(at_, length);
    add(at_, at_ + length, ScanKind::Arrow);
    at_ += length;
    const QStringView line = drawn.mid(QStringView(u"<xo").contains(drawn[0]) ? 1 : 0);
    if (line == u"--" || line == u"==" || line == u"-.") labelOfLink(line);
    return true;
  }

  /// "A -- words --> B": up to the other half.
  void labelOfLink(QStringView line) {
    const QString other = line == u"-." ? QStringLiteral(".-") : line.toString();
    const int found = find(other, at_);
    const int end = found < 0 ? size_ : found;
    int begin = at_;
    int last = end;
    while (begin < last && text_[begin].isSpace()) ++begin;
    while (last > begin && text_[last - 1].isSpace()) --last;
    add(begin, last, ScanKind::EdgeLabel);
    at_ = end;
    if (found < 0) return;
    int to = end;
    while (to < size_ && QStringView(u".-=").contains(text_[to])) ++to;
    if (QStringView(u">xo").contains(at(to)) && to < size_) ++to;
    add(end, to, ScanKind::Arrow);
    at_ = to;
  }

  void label() {
    const int begin = at_;
    QChar inner = text_[at_];
    while (at_ < size_ && kOpening.contains(text_[at_]) && at_ - begin < 3) inner = text_[at_++];
    if (inner == u'>') ++at_;
    const bool slanted = inner == u'[' && (at(at_) == u'/' || at(at_) == u'\\');
    if (slanted) ++at_;
    add(begin, at_, ScanKind::Bracket);
    int text = at_;
    while (text < size_ && text_[text].isSpace()) ++text;
    if (at(text) == u'"') {
      endQuoted(text + 1, text);
      return;
    }
    const qsizetype kind = kOpening.indexOf(inner);
    endLabel(at_, kind < 0 ? QChar(u']') : kClosing[kind]);
  }

  void endLabel(int from, QChar closer) {
    const qsizetype found = text_.indexOf(closer, from);
    if (found < 0) {
      add(from, size_, ScanKind::Label);
      at_ = size_;
      state_ = kLabel | (closer.unicode() << 4);
      return;
    }
    const int closing = static_cast<int>(found);
    const bool slanted =
        closing > from && closer == u']' && (text_[closing - 1] == u'/' || text_[closing - 1] == u'\\');
    const int end = slanted ? closing - 1 : closing;
    add(from, end, ScanKind::Label);
    at_ = end;
    state_ = kChart;
    closeBrackets(slanted ? 1 : 0);
  }

  void closeBrackets(int extra) {
    const int begin = at_;
    at_ += extra;
    for (int count = 0; count < 3 && at_ < size_ && kClosing.contains(text_[at_]); ++count) ++at_;
    add(begin, at_, ScanKind::Bracket);
  }

  void endQuoted(int from, int begin = 0) {
    const int end = find(u"\"", from);
    if (end < 0) {
      add(begin, size_, ScanKind::Label);
      at_ = size_;
      state_ = kQuoted;
      return;
    }
    add(begin, end + 1, ScanKind::Label);
    at_ = end + 1;
    state_ = kChart;
    const bool slanted = at(at_) == u'/' || at(at_) == u'\\';
    closeBrackets(slanted && at(at_ + 1) == u']' ? 1 : 0);
  }

  void data() {
    while (at_ < size_) {
      const int begin = at_;
      if (place(state_) == kDataQuoted || text_[at_] == u'"') {
        const int end = find(u"\"", place(state_) == kDataQuoted ? at_ : at_ + 1);
        at_ = end < 0 ? size_ : end + 1;
        state_ = end < 0 ? kDataQuoted : kData;
        add(begin, at_, ScanKind::Value);
        continue;
      }
      if (text_[at_] == u'}') {
        add(at_, at_ + 1, ScanKind::Bracket);
        ++at_;
        state_ = kChart;
        return;
      }
      if (text_[at_].isSpace() || text_[at_] == u',' || text_[at_] == u':') {
        ++at_;
        continue;
      }
      while (at_ < size_ && !QStringView(u"},:\"").contains(text_[at_])) ++at_;
      int end = at_;
      while (end > begin && text_[end - 1].isSpace()) --end;
      add(begin, end, at(at_) == u':' ? ScanKind::Key : ScanKind::Value);
    }
  }

  QStringView text_;
  int size_;
  int state_;
  int at_ = 0;
  std::vector<ScanSpan> spans_ = {};
};

}  // namespace

ScannedLine scanLine(QStringView text, int state) {
  return LineScan(text, state).run();
}

const QStringList& statementWords() {
  static const QStringList words = {"subgraph", "end",   "direction", "classDef", "class",
                                    "style",    "click", "linkStyle", "accTitle", "accDescr"};
  return words;
}

const QStringList& directionWords() {
  static const QStringList words = {"TB", "TD", "BT", "LR", "RL"};
  return words;
}

}  // namespace lodestone::pages
