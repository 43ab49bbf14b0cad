// Filters as SQL: whatever is asked, the statement is either refused or runs; nothing from outside
// becomes SQL. The input is lines: field, operator (its place in the list), values.
#include "linka/base/text.hpp"
#include "linka/store/filter_sql.hpp"
#include "linka/store/migrate.hpp"
#include "linka/store/rows.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace linka;
    // One empty database for all inputs.
    static const std::unique_ptr<store::Db> db = [] {
        auto opened = store::Db::open({.address = ":memory:", .sync = false}).value();
        LINKA_ASSERT(store::migrate(*opened).ok());
        return opened;
    }();
    const std::string input(data, data + size);
    const std::vector<std::string_view> lines = text::split(input, '\n');
    store::Filter filter;
    filter.kind = store::Filter::Kind::compare;
    filter.field = lines[0];
    if (lines.size() > 1 && !lines[1].empty()) {
        const auto last = static_cast<unsigned>(store::Operator::between);
        const unsigned place = static_cast<unsigned char>(lines[1][0]) - 'a';
        filter.op = static_cast<store::Operator>(place % (last + 1));
        filter.ignore_case = lines[1].size() > 1;
    }
    for (std::size_t i = 2; i < lines.size() && i < 100; ++i) {
        filter.values.emplace_back(lines[i]);
    }
    const auto& columns = store::columns<store::InteractionRow>();
    store::Sql sql;
    sql.add("SELECT id FROM interaction WHERE ");
    if (!store::add_filter(sql, columns, filter)) {
        return 0;
    }
    store::add_search(sql, columns, input);
    LINKA_ASSERT(store::add_order(sql, columns, {}, {"entered", true}).ok());
    store::Stmt statement = db->prepare(sql.text);
    sql.bind(statement);
    while (statement.step()) {
    }
    LINKA_ASSERT(db->take_error().ok());
    return 0;
}
