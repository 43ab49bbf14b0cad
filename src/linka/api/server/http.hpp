// What a request and an answer are to the handlers: plain structs, no library type. The wire is
// connection.cpp's business.
#pragma once

#include "linka/base/result.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace linka::api {

enum class Method { get, head, post, put, del, options, other };

/// The method called `name` (upper case); `other` for every method that we do not serve.
Method method_from(std::string_view name);
std::string_view method_name(Method method);

/// Decoded key and value pairs, in the order they came in.
using Pairs = std::vector<std::pair<std::string, std::string>>;

struct Request {
    Method method = Method::get;
    std::string path;                   // as sent, without the query
    std::vector<std::string> segments;  // of the path, decoded after splitting
    std::string query;                  // as sent, without '?'
    Pairs headers;                      // names in lower case
    std::string body;
    std::string peer;  // address of the other side, without port
    bool secure = false;
    bool loopback = false;

    /// First header called `name` (lower case), or null.
    [[nodiscard]] const std::string* header(std::string_view name) const;
    /// Value of the cookie `name`; quotes around it are dropped, percent-encoding decoded.
    [[nodiscard]] std::optional<std::string> cookie(std::string_view name) const;
};

/// A part of a file that is sent instead of a body.
struct FilePart {
    std::string path;
    std::int64_t offset = 0;
    std::int64_t length = 0;
};

struct SocketEvents;  // server/socket.hpp

struct Response {
    int status = 200;
    std::string type = "application/json; charset=utf-8";
    Pairs headers;
    std::string body;
    std::optional<FilePart> file;
    /// Set: the connection becomes a WebSocket that reports to these. Owners: the connection, and
    /// whoever made them.
    std::shared_ptr<SocketEvents> socket;
};

/// Gives the answer. Any thread; the first call counts, and dropping every copy uncalled answers
/// 500, so that no client waits for ever.
class Respond {
  public:
    explicit Respond(std::function<void(Response)> deliver);
    void operator()(Response response) const;

  private:
    struct Once;
    std::shared_ptr<Once> once_;  // owned by the copies of this object
};

/// Must not block; may answer later from another thread.
using Handler = std::function<void(Request, Respond)>;

/// `{"error":{"code":…,"text":…}}`, the form of every refusal outside v6; `field` only if given.
Response error_response(int status, std::string_view code, std::string_view text,
                        std::string_view field = {});
Response json_response(std::string body, int status = 200);

/// The HTTP status for each kind of failure: the one table.
int status_of(ErrorCode code);
std::string_view reason_phrase(int status);

}  // namespace linka::api
