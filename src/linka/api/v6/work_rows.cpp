#include "linka/api/v6/work_rows.hpp"

namespace linka::api::v6 {

namespace {

template <typename Id, typename Make>
const json::Value& made_once(std::map<Id, json::Value>& all, Id id, Make make) {
    const auto found = all.find(id);
    return found != all.end() ? found->second : all.emplace(id, make()).first->second;
}

}  // namespace

const json::Value& Nested::user(core::UserId id) {
    return made_once(users_, id, [&] { return view_.user_ref(id); });
}

const json::Value& Nested::queue(core::QueueId id) {
    return made_once(queues_, id, [&] { return view_.queue_ref(id); });
}

Result<Rows> rows_by(store::Reader& reader, store::Model model, const std::string& column,
                     std::vector<std::string> values) {
    Rows rows;
    if (values.empty()) {
        return rows;
    }
    store::Query query;
    query.filter = is_in(column, std::move(values));
    query.take = 1000;
    query.count = false;
    auto page = reader.list(model, query);
    if (!page) {
        return page.error();
    }
    for (const std::string& row : page->rows) {
        rows.push_back(row_object(row));
    }
    return rows;
}

}  // namespace linka::api::v6
