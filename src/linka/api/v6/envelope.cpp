#include "linka/api/v6/envelope.hpp"

#include "linka/api/live/refusal_text.hpp"
#include "linka/base/json_read.hpp"
#include "linka/base/json_write.hpp"
#include "linka/base/text.hpp"

namespace linka::api::v6 {

Envelope::Envelope(const Request& request, Instant now)
    : language_(language_of(request)), now_(now) {
    const std::string* wanted = request.header("x-timezone-client");
    zone_ = wanted != nullptr ? calendar::Zone::find(*wanted) : nullptr;
    if (!zone_) {
        zone_ = calendar::Zone::standard();
    }
}

json::Value Envelope::time(Instant at) const {
    const std::string text = zone_->text(at);
    return text.empty() ? json::Value(nullptr) : json::Value(std::string_view(text));
}

Response Envelope::wrap(const json::Value& error, const json::Value& result, int status) const {
    std::string body = R"({"error":)";
    body += boost::json::serialize(error);
    body += R"(,"result":)";
    body += boost::json::serialize(result);
    for (const std::string_view name : {"_time", "_serverTime"}) {
        body += text::format(R"(,"{}":)", name);
        json::write_string(body, zone_->text(now_));
    }
    body += R"(,"_timezone":)";
    json::write_string(body, zone_->name());
    body += '}';
    return json_response(std::move(body), status);
}

Response Envelope::success(const json::Value& result, int status) const {
    return wrap(json::Array(), result, status);
}

Response Envelope::list(const json::Array& data, std::int64_t total) const {
    json::Object result;
    result["data"] = data;
    if (total >= 0) {
        result["total"] = total;
    }
    return success(result);
}

Response Envelope::failure(int status, std::string_view cs, std::string_view en) const {
    json::Array errors;
    errors.emplace_back(language_ == Language::cs ? cs : en);
    return wrap(errors, nullptr, status);
}

Response Envelope::not_found() const {
    return failure(404, "Objekt neexistuje", "Object not exist");
}

Response Envelope::unauthorized() const {
    return failure(401, "Nejste přihlášeni", "Unauthorized");
}

Response Envelope::forbidden() const {
    return failure(403, "K tomu nemáte práva", "Forbidden");
}

Response Envelope::forbidden(std::string_view cs, std::string_view en) const {
    return failure(403, cs, en);
}

Response Envelope::invalid(const FormErrors& errors, const json::Value& rejected) const {
    json::Object form;
    for (const auto& [field, text] : errors) {
        const std::size_t dot = field.find('.');
        if (dot == std::string::npos) {
            form[field] = text;
        } else {
            json::Value& outer = form[field.substr(0, dot)];
            if (!outer.is_object()) {
                outer = json::Object();
            }
            outer.get_object()[field.substr(dot + 1)] = text;
        }
    }
    json::Object error;
    error["form"] = std::move(form);
    return wrap(error, rejected, 400);
}

Response Envelope::blocked(const std::vector<BlockerText>& blockers,
                           const std::string& field) const {
    std::string text;
    for (const BlockerText& blocker : blockers) {
        text += (text.empty() ? "" : " ") + blocker.text + " " + blocker.fix;
    }
    json::Object error;
    error["code"] = blockers.empty() ? "refused" : blockers.front().code;
    error["text"] = text;
    if (auto list = json::parse(json::to_text(blockers))) {
        error["blockers"] = std::move(*list);
    }
    if (!field.empty()) {
        error["form"] = json::Object{{field, text}};
    }
    return wrap(error, nullptr, 409);
}

Response Envelope::conflict(std::string_view code, std::string_view text,
                            const json::Value& result) const {
    return wrap(json::Object{{"code", code}, {"text", text}}, result, 409);
}

Response Envelope::overtaken(const json::Value& present) const {
    return conflict("changed",
                    language_ == Language::cs ? "Záznam mezitím změnil někdo jiný."
                                              : "Somebody else has changed this meanwhile.",
                    present);
}

Response Envelope::replaced(std::string_view cs, std::string_view en,
                            const json::Value& result) const {
    return conflict("replaced", language_ == Language::cs ? cs : en, result);
}

Response Envelope::error(const Error& failed) const {
    if (failed.code == ErrorCode::invalid && !failed.field.empty()) {
        return invalid({{failed.field, failed.text}}, nullptr);
    }
    Response response =
        failure(status_of(failed.code), refusal_text(failed.text, Language::cs), failed.text);
    if (response.status == 503) {
        response.headers.emplace_back("Retry-After", "2");
    }
    return response;
}

}  // namespace linka::api::v6
