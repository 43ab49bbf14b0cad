// /api/v6/statuses: the outcomes that an agent chooses from. Exactly nine keys in a row: a client
// counts them.
#include "linka/api/v6/status_rows.hpp"

namespace linka::api::v6 {

namespace {

// "#2f9e44", "#0f0" or a word; empty for none.
bool is_color(std::string_view text) {
    constexpr std::string_view digits = "0123456789abcdefABCDEF";
    constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-";
    const bool hex = text.starts_with('#');
    const std::string_view rest = hex ? text.substr(1) : text;
    return rest.find_first_not_of(hex ? digits : letters) == std::string_view::npos &&
           (!hex || rest.size() == 3 || rest.size() == 6 || rest.size() == 8);
}

void check_status(Form& form, const json::Object& status) {
    const json::Value& color = status.at("color");
    if (color.is_string() && !is_color(color.get_string())) {
        form.wrong("color", "musí být barva, například #2f9e44", "must be a color, e.g. #2f9e44");
    }
}

}  // namespace

Model statuses_model() {
    static const KeptModel model{statuses_description(), check_status};
    return serve_kept(model);
}

}  // namespace linka::api::v6
