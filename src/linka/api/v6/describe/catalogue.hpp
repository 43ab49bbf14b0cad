// What models are, told to others: to pages that draw their lists and forms, and as OpenAPI
// schemas.
#pragma once

#include "linka/api/v6/model.hpp"

namespace linka::api::v6 {

/// The described models that `viewer` may read: {"models":[{"model", "columns", "may": {"create",
/// "update", "remove"}, "fields": […]}]}. Of fields only those that a form shows; what is empty or
/// false is left out. "rights": {module: [operations]} of the viewer.
json::Object catalogue(const Records& records, const core::User& viewer);

/// The OpenAPI schema of a model's records or rows.
json::Object schema_of(const std::vector<Field>& fields);

}  // namespace linka::api::v6
