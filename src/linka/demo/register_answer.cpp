#include "linka/demo/register_answer.hpp"

#include "linka/base/text.hpp"

namespace linka::demo {
namespace {

constexpr std::string_view version = "SIP/2.0 ";
constexpr std::string_view method = " REGISTER";

void take_header(RegisterAnswer& answer, std::string_view name, std::string_view value) {
    if (text::equal_ignoring_case(name, "Call-ID")) {
        answer.call_id = value;
    } else if (text::equal_ignoring_case(name, "WWW-Authenticate")) {
        answer.challenges.push_back(value);
    } else if (text::equal_ignoring_case(name, "CSeq") && value.ends_with(method)) {
        answer.cseq = static_cast<int>(
            text::to_int(text::trim(value.substr(0, value.size() - method.size()))).value_or(0));
    }
}

}  // namespace

RegisterAnswer parse_register_answer(std::string_view text) {
    RegisterAnswer answer;
    if (!text.starts_with(version)) {
        return answer;
    }
    for (std::string_view line : text::split(text, '\n')) {
        line = text::trim(line);
        if (line.empty()) {
            break;
        }
        const std::size_t colon = line.find(':');
        if (colon != std::string_view::npos) {
            take_header(answer, text::trim(line.substr(0, colon)),
                        text::trim(line.substr(colon + 1)));
        }
    }
    const auto status = text::to_int(text.substr(version.size(), 3)).value_or(0);
    if (answer.cseq > 0 && !answer.call_id.empty() && status >= 100 && status < 700) {
        answer.status = static_cast<int>(status);
    }
    return answer;
}

}  // namespace linka::demo
