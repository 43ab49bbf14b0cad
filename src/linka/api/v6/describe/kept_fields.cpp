#include "linka/api/v6/describe/change.hpp"
#include "linka/api/v6/describe/kept.hpp"
#include "linka/api/v6/describe/members.hpp"
#include "linka/api/v6/sql_fields.hpp"
#include "linka/base/text.hpp"

#include <algorithm>

namespace linka::api::v6 {

namespace kept {

namespace {

Field lying(std::string name, FieldKind kind) {
    Field out;
    out.field.name = name;
    out.field.kind = kind;
    out.read = [name = std::move(name)](const json::Object& record, const json::Object&,
                                        const View&) { return field_value(record, name); };
    return out;
}

// Beside the fields of a record: whom the names of people meant, since another may get the name.
constexpr std::string_view ids_member = "ids";

constexpr std::string_view built_in_member = "built_in";

bool is_there(const Records& records, const std::string& model, const std::string& name) {
    return model == "users"
               ? records.user(std::string_view(name)) != nullptr
               : records.queue(core::QueueId{text::to_int(name).value_or(0)}) != nullptr;
}

// It is there, and the one that was meant.
bool is_meant(const Records& records, const std::string& model, const std::string& name,
              const json::Object& stored) {
    const auto user = model == "users" ? records.user(std::string_view(name)) : nullptr;
    const json::Value id = user != nullptr
                               ? field_value(stored, std::string(ids_member) + "." + name)
                               : json::Value(nullptr);
    return is_there(records, model, name) && (!id.is_int64() || id.get_int64() == user->id.value);
}

Field text_of(std::string name, std::size_t bytes_max, core::Lines lines) {
    Field out = lying(name, lines == core::Lines::many ? FieldKind::area : FieldKind::text);
    out.field.nullable = true;
    out.field.limit = member::up_to_bytes(bytes_max);
    out.write = [name = std::move(name), bytes_max, lines](Form& form, json::Object& record,
                                                           const Records&) {
        if (form.has(name)) {
            std::string value;
            form.text(name, value, bytes_max, lines);
            record[name] = text_or_null(value);
        }
    };
    return out;
}

}  // namespace

Field text(std::string name, std::size_t bytes_max) {
    return text_of(std::move(name), bytes_max, core::Lines::one);
}

Field area(std::string name, std::size_t bytes_max) {
    return text_of(std::move(name), bytes_max, core::Lines::many);
}

Field name() {
    Field out = text("name", core::limits::name_bytes_max).once();
    out.write = [write = out.write](Form& form, json::Object& record, const Records& records) {
        write(form, record, records);
        const std::string given = text_in(record, "name");
        std::string solid = given;  // clients have names of several words
        std::erase(solid, ' ');
        if (!given.empty() && !core::is_name(solid)) {
            form.wrong("name", "1 až 64 znaků bez lomítek a uvozovek",
                       "1 to 64 characters without slashes and quotation marks");
        }
    };
    return out;
}

Field flag(std::string name) {
    Field out = lying(name, FieldKind::flag);
    out.field.standard = false;
    out.write = [name = std::move(name)](Form& form, json::Object& record, const Records&) {
        if (form.has(name)) {
            bool value = false;
            form.flag(name, value);
            record[name] = value;
        }
    };
    return out;
}

Field choice(std::string name, std::vector<std::string> choices) {
    Field out = lying(name, FieldKind::choice);
    out.field.choices = choices;
    out.field.standard = choices.front();
    out.write = [name = std::move(name), choices = std::move(choices)](
                    Form& form, json::Object& record, const Records&) {
        const auto value = form.related(name);
        if (!value) {
            return;
        }
        if (std::find(choices.begin(), choices.end(), *value) == choices.end()) {
            form.wrong(name, "neplatná hodnota", "invalid value");
        }
        record[name] = *value;
    };
    return out;
}

Field choices(std::string name, std::vector<std::string> choices) {
    Field out = lying(name, FieldKind::choices);
    out.field.choices = choices;
    out.field.standard = json::Array();
    out.write = [name = std::move(name), choices = std::move(choices)](
                    Form& form, json::Object& record, const Records&) {
        const std::string_view inner = halves(name).second;
        if (!form.list(inner)) {
            return;
        }
        const std::vector<std::string> given = form.names(inner);
        json::Array chosen;  // in the order of the choices
        for (const std::string& each : choices) {
            if (std::find(given.begin(), given.end(), each) != given.end()) {
                chosen.emplace_back(each);
            }
        }
        for (const std::string& each : given) {
            if (std::find(choices.begin(), choices.end(), each) == choices.end()) {
                form.wrong(inner, each + ": neplatná hodnota", each + ": invalid value");
            }
        }
        set_field(record, name, std::move(chosen));
    };
    return out;
}

Field built_in() {
    Field out = member::fixed<json::Object>(std::string(built_in_member), false);
    out.field.kind = FieldKind::flag;
    return out;
}

Field names(std::string name, std::string of, std::size_t most) {
    Field out = lying(name, FieldKind::names);
    out.field.of = of;
    out.field.standard = json::Array();
    out.write = [name = std::move(name), of = std::move(of), most](Form& form, json::Object& record,
                                                                   const Records& records) {
        if (!form.list(name)) {
            return;
        }
        const json::Value stored = field_value(record, name);
        const json::Array before = stored.is_array() ? stored.get_array() : json::Array();
        json::Array given;
        for (const std::string& one : form.names(name)) {
            const json::Value member(one);
            if (!is_there(records, of, one)) {
                if (std::find(before.begin(), before.end(), member) != before.end()) {
                    continue;  // deleted since: whoever sends back what they read cannot help it
                }
                form.none_such(name, one);
            } else if (std::find(given.begin(), given.end(), member) == given.end()) {
                given.push_back(member);
            }
        }
        if (given.size() > most) {
            form.wrong(name, text::format("nejvýše {}", most), text::format("at most {}", most));
        }
        if (of == "users") {
            json::Object ids;
            for (const json::Value& one : given) {
                if (const auto user = records.user(std::string_view(one.as_string()))) {
                    ids[one.as_string()] = user->id.value;
                }
            }
            record[ids_member] = std::move(ids);
        }
        record[name] = std::move(given);
    };
    return out;
}

void keep_name(json::Object& record, const std::string& field, const std::string& name,
               const json::Object& old) {
    const std::string id = std::string(ids_member) + "." + name;
    if (json::Value was = field_value(old, id); !was.is_null()) {
        set_field(record, id, std::move(was));
    }
    record[field].as_array().emplace_back(name);
}

Field fixed(std::string name, json::Value value) {
    return member::fixed<json::Object>(std::move(name), std::move(value));
}

}  // namespace kept

json::Object kept_values(const Description<json::Object>& description, const json::Object& stored) {
    json::Object out;
    for (const Member<json::Object>& member : description.members) {
        const Field& field = member.field;
        // What nobody writes is as the model says, whatever an older version has stored.
        const bool read =
            field.writers != Writers::nobody || stored.contains(kept::built_in_member);
        json::Value value = read ? field_value(stored, field.name) : json::Value(nullptr);
        set_field(out, field.name, value.is_null() ? field.standard : std::move(value));
    }
    return out;
}

json::Object living_values(const Description<json::Object>& description, const json::Object& stored,
                           const Records& records, const View* view) {
    json::Object out = kept_values(description, stored);
    for (const Member<json::Object>& member : description.members) {
        const Field& field = member.field;
        if (field.kind != FieldKind::names || !field_value(out, field.name).is_array()) {
            continue;
        }
        json::Value& names = out[field.name];
        json::Array left;
        for (const json::Value& one : names.get_array()) {
            const std::string name = scalar(one);
            if (kept::is_meant(records, field.of, name, stored) &&
                (view == nullptr || view->named(field.of, name))) {
                left.push_back(one);
            }
        }
        names = std::move(left);
    }
    return out;
}

}  // namespace linka::api::v6
