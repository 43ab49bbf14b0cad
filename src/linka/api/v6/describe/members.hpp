// How fields lie in records of the core: one maker for each kind of member. See description.hpp.
#pragma once

#include "linka/api/v6/describe/description.hpp"
#include "linka/base/text.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace linka::api::v6::member {

/// Names of a described enumeration.
template <typename E>
std::vector<std::string> names_in_order() {
    std::vector<std::string> names;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>(
        [&](auto each) { names.emplace_back(each.name); });
    return names;
}

inline Limit up_to_bytes(std::size_t most) {
    return {LimitOf::bytes, {0, static_cast<int>(most), false}};
}

template <typename R>
Member<R> text(std::string name, std::string R::*at, std::size_t bytes_max) {
    Member<R> out;
    out.field.name = name;
    out.field.limit = up_to_bytes(bytes_max);
    out.read = [at](const R& r, const json::Object&, const View&) { return json::Value(r.*at); };
    out.write = [at, bytes_max, last = std::string(halves(name).second)](
                    Form& form, R& r, const Records&) { form.text(last, r.*at, bytes_max); };
    return out;
}

/// An empty one is read as null.
template <typename R>
Member<R> text_or_none(std::string name, std::string R::*at, std::size_t bytes_max) {
    Member<R> out = text(std::move(name), at, bytes_max);
    out.field.nullable = true;
    out.read = [at](const R& r, const json::Object&, const View&) { return text_or_null(r.*at); };
    return out;
}

/// The name of what callers hear: of a system recording, or of a prompt of the system.
template <typename R>
Member<R> recording(Member<R> named) {
    named.field.kind = FieldKind::choice;
    named.field.limit.reset();
    named.field.nullable = true;
    return std::move(named).of("recordings");
}

template <typename R>
Member<R> flag(std::string name, bool R::*at) {
    Member<R> out;
    out.field.name = name;
    out.field.kind = FieldKind::flag;
    out.field.standard = R{}.*at;
    out.read = [at](const R& r, const json::Object&, const View&) { return json::Value(r.*at); };
    out.write = [at, last = std::string(halves(name).second)](Form& form, R& r, const Records&) {
        form.flag(last, r.*at);
    };
    return out;
}

/// A whole number; the core says which values between the ends are wrong, and why.
template <typename R>
Member<R> number(std::string name, int R::*at, core::limits::Span span) {
    Member<R> out;
    out.field.name = name;
    out.field.kind = FieldKind::number;
    out.field.limit = Limit{LimitOf::number, span};
    out.field.standard = R{}.*at;
    out.read = [at](const R& r, const json::Object&, const View&) { return json::Value(r.*at); };
    out.write = [at, span, last = std::string(halves(name).second)](Form& form, R& r,
                                                                    const Records&) {
        form.integer(last, r.*at, span.zero ? 0 : span.least, span.most);
    };
    return out;
}

/// A whole number, or null for none.
template <typename R>
Member<R> number_or_none(std::string name, std::optional<int> R::*at, core::limits::Span span) {
    Member<R> out;
    out.field.name = name;
    out.field.kind = FieldKind::number;
    out.field.nullable = true;
    out.field.limit = Limit{LimitOf::number, span};
    out.read = [at](const R& r, const json::Object&, const View&) {
        return r.*at ? json::Value(*(r.*at)) : json::Value(nullptr);
    };
    out.write = [at, span, last = std::string(halves(name).second)](Form& form, R& r,
                                                                    const Records&) {
        if (form.has(last)) {
            int count = 0;
            form.integer(last, count, span.least, span.most);
            r.*at = form.value(last)->is_null() ? std::nullopt : std::optional(count);
        }
    };
    return out;
}

/// Whole seconds, or minutes.
template <typename R>
Member<R> duration(std::string name, Duration R::*at, Duration unit, core::limits::Span span) {
    Member<R> out;
    out.field.name = name;
    out.field.kind = FieldKind::number;
    out.field.unit = unit == Duration(1s) ? "s" : "min";
    out.field.limit = Limit{LimitOf::number, span};
    out.field.standard = R{}.*at / unit;
    out.read = [at, unit](const R& r, const json::Object&, const View&) {
        return json::Value(static_cast<std::int64_t>(r.*at / unit));
    };
    out.write = [at, unit, span, last = std::string(halves(name).second)](Form& form, R& r,
                                                                          const Records&) {
        form.duration(last, r.*at, unit, span.zero ? 0 : span.least, span.most);
    };
    return out;
}

template <typename R, typename E>
Member<R> choice(std::string name, E R::*at) {
    Member<R> out;
    out.field.name = name;
    out.field.kind = FieldKind::choice;
    out.field.choices = names_in_order<E>();
    out.field.standard = linka::name_of(R{}.*at);
    out.read = [at](const R& r, const json::Object&, const View&) {
        return json::Value(linka::name_of(r.*at));
    };
    out.write = [at, last = std::string(halves(name).second)](Form& form, R& r, const Records&) {
        form.choice(last, r.*at);
    };
    return out;
}

template <typename R, typename E>
Member<R> choices(std::string name, std::vector<E> R::*at) {
    Member<R> out;
    out.field.name = name;
    out.field.kind = FieldKind::choices;
    out.field.choices = names_in_order<E>();
    out.read = [at](const R& r, const json::Object&, const View&) {
        json::Array list;
        for (const E value : r.*at) {
            list.emplace_back(linka::name_of(value));
        }
        return json::Value(std::move(list));
    };
    out.write = [at, last = std::string(halves(name).second)](Form& form, R& r, const Records&) {
        form.choices(last, r.*at);
    };
    return out;
}

/// Texts in a row; null clears.
template <typename R>
Member<R> texts(std::string name, std::vector<std::string> R::*at) {
    Member<R> out;
    out.field.name = name;
    out.field.kind = FieldKind::texts;
    out.field.standard = json::Array();
    out.read = [at](const R& r, const json::Object&, const View&) {
        return json::Value(json::Array((r.*at).begin(), (r.*at).end()));
    };
    out.write = [at, name](Form& form, R& r, const Records&) {
        if (form.list(name)) {
            r.*at = form.names(name);
        }
    };
    return out;
}

template <typename R>
json::Value attribute(const json::Object& attributes, const std::string& name,
                      const json::Value& otherwise) {
    const json::Value* own = attributes.if_contains(name);
    return own != nullptr && !own->is_null() ? *own : otherwise;
}

/// What clients keep with the record, of any type; null or an empty list takes it away.
template <typename R>
Member<R> kept(std::string name, json::Value otherwise) {
    Member<R> out;
    out.field.name = name;
    out.field.kind = FieldKind::object;
    out.field.writers = Writers::clients;
    out.field.standard = otherwise;
    out.read = [name, otherwise](const R&, const json::Object& attributes, const View&) {
        return attribute<R>(attributes, name, otherwise);
    };
    out.write = [name](Form& form, R& r, const Records&) { form.attributes(r.attributes, {name}); };
    return out;
}

/// A text of people's about the record.
template <typename R>
Member<R> note(std::string name, std::size_t bytes_max) {
    Member<R> out = kept<R>(name, nullptr);
    out.field.kind = FieldKind::area;
    out.field.writers = Writers::people;
    out.field.nullable = true;
    out.field.limit = up_to_bytes(bytes_max);
    out.write = [name, bytes_max](Form& form, R& r, const Records&) {
        std::string given;
        form.text(name, given, bytes_max, core::Lines::many);
        if (form.has(name) && !form.is_wrong(name)) {
            form.attributes(r.attributes, {name});
        }
    };
    return out;
}

/// One value for every record, as long as nothing would be done with another: that is refused.
template <typename R>
Member<R> fixed(std::string name, json::Value value) {
    Member<R> out;
    out.field.name = name;
    out.field.kind = FieldKind::object;
    out.field.writers = Writers::nobody;
    out.field.standard = value;
    out.read = [value](const R&, const json::Object&, const View&) { return value; };
    out.write = [name, value](Form& form, R&, const Records&) { form.expect(name, value); };
    return out;
}

/// The name of a record, set once: of a new one the client's to choose, or else for the model to
/// make.
template <typename R>
Member<R> chosen_name() {
    return text("name", &R::name, core::limits::name_bytes_max).once();
}

/// Read only: a client may send back what it read, whatever it is now.
template <typename R>
Member<R> shown(std::string name, FieldKind kind, typename Member<R>::Read read) {
    Member<R> out;
    out.field.name = std::move(name);
    out.field.kind = kind;
    out.field.writers = Writers::nobody;
    out.read = std::move(read);
    return out;
}

/// A field of a part that only some records have, those of the types `had_by`. `look` and `change`
/// give null where there is none: it is not read there, and what is written is refused.
template <typename R, typename P>
Member<R> part(Member<P> member, const P* (*look)(const R*), P* (*change)(R*),
               std::vector<std::string> had_by) {
    Member<R> out;
    out.field = std::move(member.field);
    out.field.had_by = std::move(had_by);
    out.is_in = [look](const R& r) { return look(&r) != nullptr; };
    out.read = [look, read = std::move(member.read)](const R& r, const json::Object& attributes,
                                                     const View& view) {
        const P* own = look(&r);
        return own == nullptr ? json::Value() : read(*own, attributes, view);
    };
    out.write = [change, write = std::move(member.write),
                 last = std::string(halves(out.field.name).second)](Form& form, R& r,
                                                                    const Records& records) {
        if (P* own = change(&r)) {
            write(form, *own, records);
        } else if (form.has(last)) {
            form.wrong(last, "tento typ to nemá", "this type does not have it");
        }
    };
    return out;
}

/// Whatever else: what it is and how it is read and written are told apart from it.
template <typename R>
Member<R> special(std::string name, FieldKind kind, typename Member<R>::Read read,
                  typename Member<R>::Write write) {
    Member<R> out;
    out.field.name = std::move(name);
    out.field.kind = kind;
    out.read = std::move(read);
    out.write = std::move(write);
    return out;
}

}  // namespace linka::api::v6::member
