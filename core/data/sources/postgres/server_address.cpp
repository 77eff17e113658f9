// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/sources/postgres/server_address.h"

#include <algorithm>
#include <charconv>
#include <vector>

#include "core/base/text.h"

namespace lodestone::data {

namespace {

struct Parts {
  std::string scheme;  ///< "postgres://"
  std::string user;    ///< as it stands, like all of these
  std::string password;
  bool has_user = false;
  std::string host;                     ///< with its port
  std::string path;                     ///< with its slash
  std::vector<std::string> parameters;  ///< "name=value"
};

/// Is what stands behind the host's colon a port, or nothing there?
bool hasPort(std::string_view host) {
  host = host.substr(0, host.find('/'));
  const auto colon = host.rfind(':');
  return host.starts_with('[') || colon == std::string_view::npos ||
         host.find_first_not_of("0123456789,", colon + 1) == std::string_view::npos;
}

Parts partsOf(std::string_view address) {
  Parts parts;
  const auto scheme = address.find("://") + 3;
  parts.scheme = address.substr(0, scheme);
  address.remove_prefix(scheme);
  // A password with an unescaped @, / or ? in it is wrong, and must not be shown all the same.
  auto question = address.find('?');
  auto at = address.substr(0, question).rfind('@');
  if (at == std::string_view::npos && question != std::string_view::npos &&
      !hasPort(address.substr(0, question))) {
    at = address.rfind('@');
    if (at != std::string_view::npos) question = address.find('?', at);
  }
  if (question != std::string_view::npos) {
    parts.parameters = split(address.substr(question + 1), '&');
    address = address.substr(0, question);
  }
  const auto slash = address.find('/', at == std::string_view::npos ? 0 : at);
  if (slash != std::string_view::npos) parts.path = address.substr(slash);
  std::string_view authority = address.substr(0, slash);
  if (at != std::string_view::npos) {
    const std::string_view login = authority.substr(0, at);
    const auto colon = login.find(':');
    parts.has_user = true;
    parts.user = login.substr(0, colon);
    if (colon != std::string_view::npos) parts.password = login.substr(colon + 1);
    authority.remove_prefix(at + 1);
  }
  parts.host = authority;
  return parts;
}

std::string unescaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned value = 0;
    if (text[i] == '%' && i + 2 < text.size() &&
        std::from_chars(text.data() + i + 1, text.data() + i + 3, value, 16).ptr == text.data() + i + 3) {
      out += static_cast<char>(static_cast<unsigned char>(value));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

bool isPassword(const std::string& parameter) {
  const std::string name = lowerAscii(parameter.substr(0, parameter.find('=')));
  return name == "password" || name == "sslpassword";
}

std::string assembled(const Parts& parts, bool with_password) {
  std::string out = parts.scheme + parts.user;
  if (with_password && !parts.password.empty()) out += ":" + parts.password;
  if (parts.has_user) out += "@";
  out += parts.host + parts.path;
  std::string_view mark = "?";
  for (const std::string& parameter : parts.parameters) {
    if (!with_password && isPassword(parameter)) continue;
    out += mark;
    out += parameter;
    mark = "&";
  }
  return out;
}

}  // namespace

bool isServerAddress(std::string_view text) {
  const std::string head = lowerAscii(text.substr(0, 13));
  return head.starts_with("postgres://") || head.starts_with("postgresql://");
}

std::string withoutPassword(std::string_view address) {
  return isServerAddress(address) ? assembled(partsOf(address), false) : std::string(address);
}

ServerAddress parseAddress(std::string_view given) {
  ServerAddress address;
  Parts parts = partsOf(given);
  std::erase_if(parts.parameters, [&address](const std::string& parameter) {
    if (!parameter.starts_with("table=")) return false;
    address.table = unescaped(std::string_view(parameter).substr(6));
    return true;
  });
  if (const auto second = parts.path.find('/', 1); second != std::string::npos) {
    if (address.table.empty()) address.table = unescaped(std::string_view(parts.path).substr(second + 1));
    parts.path.resize(second);
  }
  address.password_written = parts.password;
  for (const std::string& parameter : parts.parameters)
    if (parameter.starts_with("password=")) address.password_written = parameter.substr(9);
  address.password = unescaped(address.password_written);
  address.connection = assembled(parts, true);
  address.told = assembled(parts, false);
  return address;
}

std::string tableOfAddress(std::string_view address) {
  const std::string table = parseAddress(address).table;
  if (!table.empty()) return table.substr(table.rfind('.') + 1);
  const std::string path = partsOf(address).path;
  return path.size() > 1 ? unescaped(std::string_view(path).substr(1)) : "query";
}

}  // namespace lodestone::data
