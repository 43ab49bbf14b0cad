#include "linka/api/v6/body.hpp"

#include "linka/api/server/url.hpp"
#include "linka/api/v6/multipart.hpp"
#include "linka/base/text.hpp"

#include <map>

namespace linka::api::v6 {

namespace {

constexpr std::size_t depth_max = 10;

// A tree of nested keys; children keep the order of their first appearance.
struct Node {
    std::string name;
    std::string value;
    bool has_value = false;
    std::vector<Node> children;
    std::map<std::string, std::size_t> index;

    Node& child(const std::string& asked) {
        const std::string key = asked.empty() ? std::to_string(children.size()) : asked;
        const auto [found, fresh] = index.emplace(key, children.size());
        if (fresh) {
            children.emplace_back().name = key;
        }
        return children[found->second];
    }
    [[nodiscard]] bool is_list() const {
        for (std::size_t i = 0; i < children.size(); ++i) {
            if (!index.contains(std::to_string(i))) {
                return false;
            }
        }
        return true;
    }
};

json::Value to_json(const Node& node) {
    if (node.children.empty()) {
        return json::Value(std::string_view(node.value));
    }
    if (node.is_list()) {
        json::Array array;
        for (std::size_t i = 0; i < node.children.size(); ++i) {
            array.push_back(to_json(node.children[node.index.at(std::to_string(i))]));
        }
        return array;
    }
    json::Object object;
    for (const Node& child : node.children) {
        object[child.name] = to_json(child);
    }
    return object;
}

bool looks_like_json(const Request& request) {
    const std::string_view start = text::trim(request.body);
    if (!start.empty() && (start.front() == '{' || start.front() == '[')) {
        return true;
    }
    const std::string* type = request.header("content-type");
    return type != nullptr && text::starts_with_ignoring_case(*type, "application/json");
}

// The fields of a form, or of the query if there is no body.
Result<Pairs> form_of(const Request& request) {
    const std::string_view body = text::trim(request.body);
    if (body.empty()) {
        return parse_form(request.query);
    }
    const std::string* type = request.header("content-type");
    return type != nullptr && text::starts_with_ignoring_case(*type, "multipart/form-data")
               ? parse_multipart(*type, request.body)
               : parse_form(body);
}

}  // namespace

std::vector<std::string> key_steps(std::string_view key) {
    std::vector<std::string> steps;
    const std::size_t open = key.find('[');
    steps.emplace_back(key.substr(0, open));
    if (open == std::string_view::npos) {
        return steps;
    }
    std::string_view rest = key.substr(open);
    while (!rest.empty()) {
        const std::size_t close = rest.find(']');
        if (rest.front() != '[' || close == std::string_view::npos || steps.size() >= depth_max) {
            return {};
        }
        steps.emplace_back(rest.substr(1, close - 1));
        rest.remove_prefix(close + 1);
    }
    return steps;
}

Result<json::Object> nest(const Pairs& pairs) {
    Node root;
    for (const auto& [key, value] : pairs) {
        const std::vector<std::string> steps = key_steps(key);
        if (steps.empty() || steps.front().empty()) {
            return fail(ErrorCode::invalid, "malformed parameter name");
        }
        Node* node = &root;
        for (const std::string& step : steps) {
            node = &node->child(step);
        }
        node->value = value;
        node->has_value = true;
    }
    json::Object object;
    for (const Node& child : root.children) {
        object[child.name] = to_json(child);
    }
    return object;
}

Result<json::Object> read_body(const Request& request) {
    json::Object object;
    if (!text::trim(request.body).empty() && looks_like_json(request)) {
        const auto value = json::parse(request.body);
        if (!value) {
            return value.error();
        }
        if (!value->is_object()) {
            return fail(ErrorCode::invalid, "the body must be a JSON object");
        }
        object = value->get_object();
    } else {
        const auto pairs = form_of(request);
        if (!pairs) {
            return pairs.error();
        }
        auto nested = nest(*pairs);
        if (!nested) {
            return nested.error();
        }
        object = std::move(*nested);
    }
    object.erase("accessToken");
    object.erase("_method");
    return object;
}

}  // namespace linka::api::v6
