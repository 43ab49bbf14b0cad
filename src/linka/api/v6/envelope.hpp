// The v6 envelope: every answer is {"error":…,"result":…,"_time":…,"_serverTime":…,"_timezone":…}.
#pragma once

#include "linka/api/live/blocker_text.hpp"
#include "linka/api/site.hpp"
#include "linka/base/json_read.hpp"
#include "linka/calendar/zone.hpp"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace linka::api::v6 {

/// Faults of single fields, by name; dots make them nested.
using FormErrors = std::map<std::string, std::string>;

/// Makes answers for one request: knows its zone and language.
class Envelope {
  public:
    /// Zone from x-timezone-client, if there is such a zone.
    Envelope(const Request& request, Instant now);

    [[nodiscard]] const calendar::Zone& zone() const { return *zone_; }
    [[nodiscard]] Language language() const { return language_; }
    [[nodiscard]] Instant now() const { return now_; }
    /// As a JSON value: the text, or null for no instant.
    [[nodiscard]] json::Value time(Instant at) const;

    [[nodiscard]] Response success(const json::Value& result, int status = 200) const;
    /// `total` below 0: left out.
    [[nodiscard]] Response list(const json::Array& data, std::int64_t total) const;
    /// error: an array with the text in the request's language.
    [[nodiscard]] Response failure(int status, std::string_view cs, std::string_view en) const;
    [[nodiscard]] Response not_found() const;
    [[nodiscard]] Response unauthorized() const;
    [[nodiscard]] Response forbidden() const;
    /// With the reason.
    [[nodiscard]] Response forbidden(std::string_view cs, std::string_view en) const;
    /// 400 with error.form; `rejected` is echoed as the result.
    [[nodiscard]] Response invalid(const FormErrors& errors, const json::Value& rejected) const;
    /// 409 with error.blockers as the live API gives them, and error.form if one field is meant.
    [[nodiscard]] Response blocked(const std::vector<BlockerText>& blockers,
                                   const std::string& field) const;
    /// 409 `changed`: somebody else saved the record meanwhile; the result is what it is now.
    [[nodiscard]] Response overtaken(const json::Value& present) const;
    /// 409 `replaced`: there is another record than the one that is meant, as the text says.
    [[nodiscard]] Response replaced(std::string_view cs, std::string_view en,
                                    const json::Value& result) const;
    [[nodiscard]] Response error(const Error& error) const;

  private:
    [[nodiscard]] Response conflict(std::string_view code, std::string_view text,
                                    const json::Value& result) const;
    [[nodiscard]] Response wrap(const json::Value& error, const json::Value& result,
                                int status) const;
    std::shared_ptr<const calendar::Zone> zone_;
    Language language_;
    Instant now_;
};

}  // namespace linka::api::v6
