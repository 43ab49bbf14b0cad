#include "linka/api/server/http.hpp"

#include "linka/api/server/url.hpp"
#include "linka/base/json_write.hpp"
#include "linka/base/text.hpp"

#include <array>
#include <atomic>

namespace linka::api {

namespace {

constexpr std::array<std::pair<std::string_view, Method>, 6> methods{
    {{"GET", Method::get},
     {"HEAD", Method::head},
     {"POST", Method::post},
     {"PUT", Method::put},
     {"DELETE", Method::del},
     {"OPTIONS", Method::options}}};

}  // namespace

Method method_from(std::string_view name) {
    for (const auto& [text, method] : methods) {
        if (text == name) {
            return method;
        }
    }
    return Method::other;
}

std::string_view method_name(Method method) {
    for (const auto& [text, value] : methods) {
        if (value == method) {
            return text;
        }
    }
    return "OTHER";
}

const std::string* Request::header(std::string_view name) const {
    for (const auto& [key, value] : headers) {
        if (key == name) {
            return &value;
        }
    }
    return nullptr;
}

std::optional<std::string> Request::cookie(std::string_view name) const {
    for (const auto& [key, value] : headers) {
        if (key != "cookie") {
            continue;
        }
        for (const std::string_view part : text::split(value, ';')) {
            const std::string_view pair = text::trim(part);
            const std::size_t equals = pair.find('=');
            if (equals == std::string_view::npos || pair.substr(0, equals) != name) {
                continue;
            }
            std::string_view found = pair.substr(equals + 1);
            if (found.size() >= 2 && found.front() == '"' && found.back() == '"') {
                found = found.substr(1, found.size() - 2);
            }
            return percent_decode(found).value_or(std::string(found));
        }
    }
    return std::nullopt;
}

struct Respond::Once {
    std::function<void(Response)> deliver;
    std::atomic<bool> done{false};

    void give(Response response) {
        if (!done.exchange(true)) {
            deliver(std::move(response));
        }
    }
    ~Once() {
        give(error_response(500, "internal", "the request was dropped before it was answered"));
    }
};

Respond::Respond(std::function<void(Response)> deliver) : once_(std::make_shared<Once>()) {
    once_->deliver = std::move(deliver);
}

void Respond::operator()(Response response) const {
    once_->give(std::move(response));
}

Response error_response(int status, std::string_view code, std::string_view text,
                        std::string_view field) {
    Response response;
    response.status = status;
    response.body = R"({"error":{"code":)";
    json::write_string(response.body, code);
    response.body += R"(,"text":)";
    json::write_string(response.body, text);
    if (!field.empty()) {
        response.body += R"(,"field":)";
        json::write_string(response.body, field);
    }
    response.body += "}}";
    return response;
}

Response json_response(std::string body, int status) {
    Response response;
    response.status = status;
    response.body = std::move(body);
    return response;
}

int status_of(ErrorCode code) {
    switch (code) {
        case ErrorCode::invalid:
            return 400;
        case ErrorCode::not_found:
            return 404;
        case ErrorCode::refused:
        case ErrorCode::conflict:
            return 409;
        case ErrorCode::forbidden:
            return 403;
        case ErrorCode::full:
        case ErrorCode::unavailable:
            return 503;
        case ErrorCode::timed_out:
            return 504;
        case ErrorCode::internal:
            return 500;
    }
    return 500;
}

std::string_view reason_phrase(int status) {
    static constexpr std::array<std::pair<int, std::string_view>, 26> phrases{
        {{101, "Switching Protocols"},
         {200, "OK"},
         {201, "Created"},
         {204, "No Content"},
         {206, "Partial Content"},
         {302, "Found"},
         {304, "Not Modified"},
         {400, "Bad Request"},
         {401, "Unauthorized"},
         {403, "Forbidden"},
         {404, "Not Found"},
         {405, "Method Not Allowed"},
         {408, "Request Timeout"},
         {409, "Conflict"},
         {411, "Length Required"},
         {413, "Content Too Large"},
         {415, "Unsupported Media Type"},
         {416, "Range Not Satisfiable"},
         {422, "Unprocessable Content"},
         {426, "Upgrade Required"},
         {429, "Too Many Requests"},
         {431, "Request Header Fields Too Large"},
         {500, "Internal Server Error"},
         {501, "Not Implemented"},
         {503, "Service Unavailable"},
         {504, "Gateway Timeout"}}};
    for (const auto& [code, phrase] : phrases) {
        if (code == status) {
            return phrase;
        }
    }
    return "Unknown";
}

}  // namespace linka::api
