#include "linka/store/models.hpp"

#include "linka/base/text.hpp"
#include "linka/store/record_rows.hpp"

#include <array>

namespace linka::store {

namespace {

template <typename Row>
ModelTable whole(std::string_view newest_by) {
    ModelTable table;
    table.table = Row::table;
    table.columns = &columns<Row>();
    table.order = {std::string(newest_by), true};
    table.select = column_list<Row>();
    table.render = [](const Stmt& row) { return json::to_text(read_row<Row>(row)); };
    return table;
}

template <typename Row>
ModelTable record() {
    ModelTable table;
    table.table = Row::table;
    table.columns = &columns<Row>();
    table.order = {"id", false};
    table.has_removed = true;
    table.select = quoted("body");
    table.render = [](const Stmt& row) { return std::string(row.text(0)); };
    return table;
}

// The record as it was written, with its number, which the store gave it, before the rest.
ModelTable kept_records(std::string always) {
    ModelTable table = record<RecordRow>();
    table.always = std::move(always);
    table.select = quoted("id") + ", " + quoted("body");
    table.render = [](const Stmt& row) {
        const std::string_view body = row.text(1);  // one object without blanks: Store::save_record
        return text::format(R"({{"id":{}{}{})", row.integer(0), body == "{}" ? "" : ",",
                            body.substr(1));
    };
    return table;
}

// A call lasts as long as people talked, on hold too.
ModelTable interactions() {
    static const std::vector<Column> with_duration = [] {
        std::vector<Column> all = columns<InteractionRow>();
        all.push_back({"duration", ColumnKind::duration, R"((talk + "hold"))"});
        return all;
    }();
    ModelTable table = whole<InteractionRow>("entered");
    table.columns = &with_duration;
    table.related = {{"activities", ActivityRow::table, "interaction", &columns<ActivityRow>()},
                     {"recordings", RecordingRow::table, "interaction", &columns<RecordingRow>()}};
    return table;
}

ModelTable make(Model model) {
    switch (model) {
        case Model::users:
            return record<UserRow>();
        case Model::queues:
            return record<QueueRow>();
        case Model::devices:
            return record<DeviceRow>();
        case Model::pauses:
            return record<PauseRow>();
        case Model::routes:
            return record<RouteRow>();
        case Model::menus:
            return record<MenuRow>();
        case Model::ring_groups:
            return record<RingGroupRow>();
        case Model::statuses:
            return kept_records(R"("model" = 'statuses')");
        case Model::records:
            return kept_records("");
        case Model::activities:
            return whole<ActivityRow>("time");
        case Model::interactions:
            return interactions();
        case Model::offers:
            return whole<OfferRow>("started");
        case Model::recordings:
            return whole<RecordingRow>("started");
        case Model::legs:
            return whole<LegRow>("started");
        case Model::decisions:
            return whole<DecisionRow>("at");
        case Model::audit:
            return whole<AuditLogRow>("at");
        case Model::calls:
            return whole<CallRow>("started");
        case Model::states:
            break;
    }
    return whole<UserStateRow>("since");
}

}  // namespace

const ModelTable& table_of(Model model) {
    constexpr auto count = static_cast<std::size_t>(Model::states) + 1;
    static const std::array<ModelTable, count> tables = [] {
        std::array<ModelTable, count> made;
        for (std::size_t i = 0; i < count; ++i) {
            made[i] = make(static_cast<Model>(i));
        }
        return made;
    }();
    return tables[static_cast<std::size_t>(model)];
}

}  // namespace linka::store
