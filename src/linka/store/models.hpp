// What each model of Reader is in the database.
#pragma once

#include "linka/store/columns.hpp"
#include "linka/store/filter_sql.hpp"
#include "linka/store/query.hpp"
#include "linka/store/reader.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace linka::store {

struct ModelTable {
    std::string_view table;
    const std::vector<Column>* columns = nullptr;
    Sort order;                                        // when none is asked for
    std::vector<Related> related;                      // whose columns a filter may name
    std::string always;                                // a condition on all of its rows
    bool has_removed = false;                          // removed rows are left out
    std::string select;                                // the columns that `render` reads
    std::string (*render)(const Stmt& row) = nullptr;  // one row as JSON
};

const ModelTable& table_of(Model model);

}  // namespace linka::store
