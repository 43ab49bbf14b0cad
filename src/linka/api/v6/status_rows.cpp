#include "linka/api/v6/status_rows.hpp"

#include "linka/api/v6/sql_fields.hpp"
#include "linka/core/records/limits.hpp"

namespace linka::api::v6 {

const Description<json::Object>& statuses_description() {
    namespace limits = core::limits;
    static const Description<json::Object> all{
        "statuses",
        Module::statuses,
        {"title", "description"},
        {kept::name(), kept::text("title", limits::title_bytes_max).required().distinct().basic(),
         kept::area("description", limits::description_bytes_max).basic(), kept::flag("validation"),
         kept::flag("nextcall"), kept::text("color", 32).advanced(),
         // There are no blacklists.
         kept::fixed("blacklist_database", nullptr),
         kept::fixed("blacklist_expiration_time", nullptr)}};
    return all;
}

namespace {

json::Object status_json(const json::Object& stored) {
    json::Object out = kept_values(statuses_description(), stored);
    out["_sys"] = sys("statuses", text_in(out, "name"));
    return out;
}

}  // namespace

StatusBook::StatusBook(store::Reader& reader) {
    store::Query query;
    query.take = 1000;
    query.count = false;
    if (const auto page = reader.list(store::Model::statuses, query)) {
        for (const std::string& row : page->rows) {
            json::Object status = status_json(row_object(row));
            std::string name = text_in(status, "name");
            all_.emplace(std::move(name), std::move(status));
        }
    }
}

json::Object StatusBook::find(std::string_view name) const {
    const auto found = all_.find(name);
    return found != all_.end() ? found->second
                               : status_json(json::Object{{"name", name}, {"title", name}});
}

}  // namespace linka::api::v6
