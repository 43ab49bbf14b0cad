#include "linka/api/v6/describe/faults.hpp"

namespace linka::api::v6 {

json::Value plain_for(const Field& field) {
    switch (field.kind) {
        case FieldKind::text:
            return field.required ? json::Value("x") : json::Value("");
        case FieldKind::number:
            return field.limit ? json::Value(field.limit->span.least) : json::Value(0);
        case FieldKind::choices:
        case FieldKind::texts:
        case FieldKind::names:
        case FieldKind::rights:
        case FieldKind::ring_members:
        case FieldKind::hours:
        case FieldKind::records:
            return json::Array();
        case FieldKind::sound:
        case FieldKind::area:
        case FieldKind::password:
        case FieldKind::flag:
        case FieldKind::choice:
        case FieldKind::matrix:
        case FieldKind::destination:
        case FieldKind::object:
        case FieldKind::time:
        case FieldKind::record:
            break;
    }
    return nullptr;
}

}  // namespace linka::api::v6
