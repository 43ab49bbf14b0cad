// What a field of a model is, whatever record it lies in. From this come the checks of a form, what
// lists know, the change log, the OpenAPI schema and the forms of the page. It knows no record: see
// description.hpp.
#pragma once

#include "linka/base/describe.hpp"
#include "linka/base/json_read.hpp"
#include "linka/core/records/limits.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace linka::api::v6 {

/// `area`: a text of several lines. `choices`: some of a closed list. `texts`: short ones, in a
/// row. `names`: records of another model, by name; `rights`: the same with numbers beside each.
/// `matrix`: a number for each pair of `choices`, row by row. `destination`: where calls are sent,
/// see destination.hpp. `ring_members`: numbers with how long each rings. `hours`: rules of a time
/// group. `sound`: the name of a file that was sent to /file/prompt. `object`: anything else that
/// is JSON. Of rows that are read: `time`: wall time of the reader's zone. `record`: one of another
/// model, whole; of none that has a name where `of` is empty. `records`: several of them.
enum class FieldKind {
    text,
    area,
    password,
    number,
    flag,
    choice,
    choices,
    texts,
    names,
    rights,
    matrix,
    destination,
    ring_members,
    hours,
    sound,
    object,
    time,
    record,
    records
};
LINKA_DESCRIBE_ENUM(FieldKind, text, area, password, number, flag, choice, choices, texts, names,
                    rights, matrix, destination, ring_members, hours, sound, object, time, record,
                    records)

/// What a limit counts: the value of a number, the bytes or the digits of a text.
enum class LimitOf { number, bytes, digits };
LINKA_DESCRIBE_ENUM(LimitOf, number, bytes, digits)

struct Limit {
    LimitOf of = LimitOf::number;
    core::limits::Span span;
};
LINKA_DESCRIBE(Limit, (of, span))

/// Who writes a field. `people`: whoever may change the record. `clients`: them too, though nothing
/// in Linka goes by it: programs keep there what they read back (a softphone its codecs). `nobody`:
/// it is read only, or has one value as long as nothing would be done with another, which is
/// refused at the field; what was read may be sent back.
enum class Writers { people, clients, nobody };

/// Where the page draws it: in no form, in the basic part, behind "advanced".
enum class Place { none, basic, advanced };
LINKA_DESCRIBE_ENUM(Place, none, basic, advanced)

struct Field {
    std::string name;  // dotted: within an object of the record
    FieldKind kind = FieldKind::text;
    Writers writers = Writers::people;
    Place place = Place::none;
    bool required = false;   // of a new record
    bool once = false;       // set when the record is made
    bool locks = false;      // of a user: changes only while they are logged out
    bool secret = false;     // never in the change log; read by nobody unless the model says so
    bool seen_afar = false;  // of users: seen by those who see only whether they are there
    bool nullable = false;   // null stands for none, as an empty text is read
    bool unread = false;     // written only
    bool distinct = false;   // no two records have the same, whatever its case and accents
    std::optional<Limit> limit;
    std::vector<std::string> choices;
    std::vector<std::string> offered;  // of the choices, by pages; empty: all
    std::string of;                    // the model that names and rights are of
    std::string unit;                  // "s", "min"
    std::string next;                  // a new record gets the number after the highest, first this
    json::Value standard;              // of a new record
    std::vector<std::string> types;    // only records of these types have a use for it; empty: all
    std::vector<std::string> had_by;   // others do not even have it; empty: all have
    std::vector<std::string> required_types;  // required of new records of these types
    std::string about;                        // for programmers, where the name does not say it
};

/// "options.ringtime" → {"options", "ringtime"}; without a dot the first is empty.
inline std::pair<std::string_view, std::string_view> halves(std::string_view name) {
    const std::size_t dot = name.find('.');
    return dot == std::string_view::npos ? std::pair(std::string_view(), name)
                                         : std::pair(name.substr(0, dot), name.substr(dot + 1));
}

}  // namespace linka::api::v6
