// Small pieces of SIP text that the library leaves to us: reading bodies and header values that
// come from peers (bounded, never failing hard), and writing values that hold people's words.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace linka::sip {

/// RFC 3261 §25.1 `%41` escapes of a URI's user part; malformed ones stay as they are. Parameters
/// of a telephone number in it (`;phone-context=…`, §19.1.6) are left out. Cut at 256 bytes; bytes
/// that are not UTF-8 make it empty.
std::string decode_user(std::string_view user);
/// The opposite: what may not stand in a user part is escaped.
std::string encode_user(std::string_view user);

/// A display name as a peer sent it (quoted or tokens), unquoted; not UTF-8: empty.
std::string read_display(std::string_view display);
/// As a quoted string, control characters left out, cut at 128 bytes between characters.
std::string quote_display(std::string_view name);

/// A From or To value whose display name breaks the grammar but can be read: UTF-8 without quotes
/// gets quotes, what is not UTF-8 is left out. Nothing if the value needs no mending, or cannot be
/// mended (a comma without quotes).
std::optional<std::string> mended_address(std::string_view value);

/// A Warning header with a text for people (RFC 3261 §20.43).
std::string warning_header(std::string_view text);

/// The digit of an application/dtmf-relay or application/dtmf body (`Signal=5`, `d=5` or `5`): 0-9,
/// A-D, `*`, `#`. 10 and 11 mean `*` and `#`. Parameters of the type do not matter.
std::optional<char> read_dtmf_body(std::string_view content_type, std::string_view body);
std::string dtmf_body(char digit);

/// True if a Reason header says that the call was answered elsewhere (RFC 3326, cause=200).
bool is_answered_elsewhere(std::string_view reason);

/// True if a header may be sent by a caller of ours: a token that is not one of those that we or
/// the library write, and a value on one line.
bool is_allowed_header(std::string_view name, std::string_view value);

/// An IP address without brackets; `host` in a URI with brackets when it is IPv6.
std::string plain_host(std::string_view host);
std::string uri_host(std::string_view host);

}  // namespace linka::sip
