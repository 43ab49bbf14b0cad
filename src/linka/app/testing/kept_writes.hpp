// For tests: a store that shows what it is given.
#pragma once

#include "linka/store/reader.hpp"
#include "linka/store/store.hpp"

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace linka::app {

/// Commits nothing: keeps what it is given.
class KeptWrites final : public store::Store {
  public:
    std::vector<store::Write> writes;
    bool full = false;
    std::string refuses;

    /// Tells the one who wrote that it is on the disk, or why not.
    void settle(std::size_t index) {
        const Status status =
            refuses.empty() ? Status(Done{}) : Status(fail(ErrorCode::full, refuses));
        std::exchange(writes[index].done, {})(status, writes[index].events);
    }

    Result<store::Loaded> load(std::int64_t) override { return store::Loaded{}; }
    bool append(store::Write&& write) override {
        if (!full) {
            writes.push_back(std::move(write));
        }
        return !full;
    }
    bool snapshot(std::int64_t, std::string) override { return true; }
    void flush() override {}
    std::string trouble() const override { return refuses; }
    Result<std::unique_ptr<store::Reader>> reader() override { return none(); }
    Status put_secret(std::string_view, std::string_view, std::string_view,
                      const store::Change*) override {
        return none();
    }
    Status remove_secret(std::string_view, std::string_view, const store::Change*) override {
        return none();
    }
    Result<std::map<std::string, std::string>> secrets(std::string_view) override { return none(); }
    Status put_session(const Session&) override { return none(); }
    Status remove_session(std::string_view) override { return none(); }
    Result<std::vector<Session>> sessions() override { return none(); }
    Status note_change(const store::Change&) override { return none(); }
    Result<std::int64_t> save_record(const KeptRecord&, Instant, const store::Change*) override {
        return none();
    }
    Status remove_record(std::int64_t, Instant, const store::Change*) override { return none(); }

  private:
    static Error none() { return fail(ErrorCode::unavailable, "not kept here"); }
};

}  // namespace linka::app
