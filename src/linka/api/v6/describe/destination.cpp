#include "linka/api/v6/describe/destination.hpp"

#include "linka/base/plain_name.hpp"
#include "linka/base/text.hpp"

#include <algorithm>

namespace linka::api::v6 {

namespace {

using core::Destination;
using core::DestinationKind;

constexpr std::size_t value_bytes_max = 256;

std::string name_of_menu(const core::Routing& routing, const std::string& id) {
    const auto found = routing.menus.find(core::MenuId{text::to_int(id).value_or(0)});
    return found == routing.menus.end() ? std::string() : found->second.name;
}

// None: there is no such menu.
std::optional<std::string> id_of_menu(const core::Routing& routing, const std::string& name) {
    const auto found = std::find_if(routing.menus.begin(), routing.menus.end(),
                                    [&](const auto& entry) { return entry.second.name == name; });
    return found == routing.menus.end() ? std::nullopt
                                        : std::optional(std::to_string(found->first.value));
}

std::string kinds() {
    std::string all;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<DestinationKind>>(
        [&](auto each) {
            if (each.value != DestinationKind::none) {
                all += (all.empty() ? "" : ", ") + std::string(each.name);
            }
        });
    return all;
}

bool asks_for_value(DestinationKind kind) {
    return kind == DestinationKind::queue || kind == DestinationKind::extension ||
           kind == DestinationKind::ring_group || kind == DestinationKind::menu ||
           kind == DestinationKind::number || kind == DestinationKind::announcement;
}

bool is_empty(const json::Value& value) {
    return value.is_null() || (value.is_array() && value.get_array().empty()) ||
           (value.is_object() && value.get_object().empty());
}

}  // namespace

json::Value destination_json(const Destination& to, const Records& records) {
    if (to.kind == DestinationKind::none) {
        return nullptr;
    }
    std::string value = to.value;
    if (to.kind == DestinationKind::menu) {
        const std::string in_draft = name_of_menu(*records.draft, to.value);
        value = in_draft.empty() ? name_of_menu(*records.routing, to.value) : in_draft;
    }
    return json::Object{{"kind", name_of(to.kind)}, {"value", value}};
}

void read_destination(Form& form, const std::string& field, Destination& to,
                      const Records& records) {
    const json::Value* given = form.value(field);
    if (given == nullptr) {
        return;
    }
    if (is_empty(*given)) {
        to = {};
        return;
    }
    if (!given->is_object()) {
        form.wrong(field, "musí být objekt s kind a value",
                   "must be an object with kind and value");
        return;
    }
    Form inner(given->get_object(), form.language());
    const std::string kind = inner.relation("kind").value_or("");
    Destination read;
    if (!enum_from_name(kind, read.kind)) {
        form.wrong(field, text::format("kind {}: jsou jen {}", kind, kinds()),
                   text::format("kind {}: there are only {}", kind, kinds()));
        return;
    }
    read.value = inner.relation("value").value_or("");
    inner.only({"kind", "value"});
    if (!inner.errors().empty()) {
        const auto& [where, said] = *inner.errors().begin();
        form.wrong(field, where + ": " + said, where + ": " + said);
        return;
    }
    if (read.value.size() > value_bytes_max || core::has_hidden(read.value)) {
        form.wrong(field,
                   text::format("value: nejvýše {} bajtů, které jsou vidět", value_bytes_max),
                   text::format("value: at most {} bytes that are seen", value_bytes_max));
        return;
    }
    if (asks_for_value(read.kind) && read.value.empty()) {
        form.wrong(field, "value: je třeba vyplnit", "value: is required");
        return;
    }
    if (read.kind == DestinationKind::announcement && !is_plain_name(read.value)) {
        form.wrong(field, "value: musí být jméno hlášky bez cesty",
                   "value: must be the name of a prompt without a path");
        return;
    }
    if (read.kind == DestinationKind::menu) {
        const auto id = id_of_menu(*records.draft, read.value);
        if (!id) {
            form.none_such(field, read.value);
            return;
        }
        read.value = *id;
    }
    to = read.kind == DestinationKind::none ? Destination{} : std::move(read);
}

}  // namespace linka::api::v6
