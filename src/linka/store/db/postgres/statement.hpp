// A statement for PostgreSQL: sent as it is the first time, prepared when it comes again. What
// yields no rows is answered with what follows it; rows are waited for.
#pragma once

#include "linka/store/db/postgres/postgres_db.hpp"

namespace linka::store {

class PostgresStatement final : public Statement {
  public:
    /// `in_pieces`: rows are fetched some thousands at a time, within a transaction.
    PostgresStatement(PostgresDb& db, std::string sql, bool in_pieces)
        : db_(db), sql_(std::move(sql)), in_pieces_(in_pieces) {}
    ~PostgresStatement() override;

    void bind(std::int64_t value) override { parameters_.add(value); }
    void bind(double value) override { parameters_.add(value); }
    void bind(std::string_view value) override;
    bool step() override;
    bool run() override;
    void reset() override;
    [[nodiscard]] std::int64_t integer(int column) const override;
    [[nodiscard]] double real(int column) const override;
    [[nodiscard]] std::string_view text(int column) const override;

  private:
    bool send();
    bool fetch();

    PostgresDb& db_;
    const std::string sql_;
    const bool in_pieces_;
    postgres::Parameters parameters_;
    int uses_ = 0;
    std::string name_;  // as it is prepared, and in which session
    int prepared_in_ = 0;

    postgres::Answer rows_;
    int row_ = -1;
    std::string cursor_;  // while there may be more pieces
};

}  // namespace linka::store
