// What only a server does: it is lost and comes again, and lets one writer in.
#include "linka/store/db/postgres/postgres_db.hpp"

#include "linka/core/core.hpp"
#include "linka/store/db/address.hpp"
#include "linka/store/testing/test_directory.hpp"

#include <future>

#include <gtest/gtest.h>
#include <unistd.h>

namespace linka::store {
namespace {

TEST(Address, IsShownWithoutItsPassword) {
    EXPECT_EQ(shown("postgresql://linka:secret@db.example:5432/linka?password=secret"),
              "postgresql://linka@db.example:5432/linka");
    EXPECT_EQ(shown("postgresql://db.example:5432/linka"), "postgresql://db.example:5432/linka");
    EXPECT_EQ(shown("/var/lib/linka/linka.db"), "/var/lib/linka/linka.db");
}

TEST(Address, ErrorsOfAServerThatIsNotThereNameIt) {
    const auto db = Db::open({.address = "postgresql://linka:secret@localhost:1/linka"});
    ASSERT_FALSE(db.ok());
    EXPECT_EQ(db.error().code, ErrorCode::unavailable);
    EXPECT_NE(db.error().text.find("postgresql://linka@localhost:1/linka"), std::string::npos);
    EXPECT_EQ(db.error().text.find("secret"), std::string::npos) << db.error().text;
}

TEST(Dialect, NumbersParametersOutsideOfQuotes) {
    EXPECT_EQ(postgres::numbered("SELECT '?', \"?\" FROM a WHERE b = ? AND c IN (?,?)"),
              "SELECT '?', \"?\" FROM a WHERE b = $1 AND c IN ($2,$3)");
}

class PostgresTest : public ::testing::Test {
  protected:
    void SetUp() override {
        LINKA_NEEDS_POSTGRES();
        address_ = place(directory_ / "data").database;
        admin_ = Db::open({.address = address_}).value();
    }
    Result<std::unique_ptr<Db>> writer() {
        return Db::open({.address = address_, .mode = Db::Mode::writer, .sync = false});
    }
    // Ends the session of whoever writes, as a stop of the server would.
    void end_writers() {
        ASSERT_TRUE(admin_
                        ->exec("SELECT pg_terminate_backend(pid, 5000) FROM pg_locks WHERE "
                               "locktype = 'advisory' AND objid = (hashtextextended('linka ' || "
                               "current_schema(), 0) & 4294967295)::oid")
                        .ok());
    }
    static Status insert(Db& db, int id) {
        Status begun = db.begin();
        if (!begun) {
            return begun;
        }
        db.prepare("INSERT INTO thing (id) VALUES (?)").bind(std::int64_t{id}).run();
        return db.commit();
    }

    const TestDirectory directory_;
    std::string address_;
    std::unique_ptr<Db> admin_;
};

TEST_F(PostgresTest, LetsOneWriterIn) {
    auto first = writer();
    ASSERT_TRUE(first.ok()) << first.error().text;
    const auto second = writer();
    ASSERT_FALSE(second.ok());
    EXPECT_EQ(second.error().code, ErrorCode::conflict);
    EXPECT_NE(second.error().text.find("process " + std::to_string(::getpid())), std::string::npos)
        << second.error().text;
    first->reset();
    EXPECT_TRUE(writer().ok());
}

TEST_F(PostgresTest, ASessionThatIsLostIsBegunAnew) {
    const auto db = writer().value();
    ASSERT_TRUE(db->exec("CREATE TABLE thing (id INTEGER PRIMARY KEY)").ok());
    ASSERT_TRUE(insert(*db, 1).ok());
    end_writers();
    EXPECT_TRUE(insert(*db, 2).ok()) << "noticed before anything was sent";

    ASSERT_TRUE(db->begin().ok());
    end_writers();
    db->prepare("INSERT INTO thing (id) VALUES (3)").run();
    const Status lost = db->commit();
    ASSERT_FALSE(lost.ok());
    EXPECT_EQ(lost.error().code, ErrorCode::unavailable) << lost.error().text;
    EXPECT_TRUE(insert(*db, 3).ok());
    Stmt count = db->prepare("SELECT COUNT(*) FROM thing");
    ASSERT_TRUE(count.step());
    EXPECT_EQ(count.integer(0), 3);
}

TEST_F(PostgresTest, WhoLostTheDatabaseToAnotherWritesNoMore) {
    const auto db = writer().value();
    ASSERT_TRUE(db->exec("CREATE TABLE thing (id INTEGER PRIMARY KEY)").ok());
    end_writers();
    {
        const auto other = writer();
        ASSERT_TRUE(other.ok()) << other.error().text;
        const Status held = insert(*db, 1);
        ASSERT_FALSE(held.ok());
        EXPECT_EQ(held.error().code, ErrorCode::unavailable);
        EXPECT_NE(held.error().text.find("in use by process"), std::string::npos);
    }
    const Status late = insert(*db, 1);
    ASSERT_FALSE(late.ok());
    EXPECT_EQ(late.error().code, ErrorCode::unavailable);
    EXPECT_NE(late.error().text.find("another server has written"), std::string::npos);
}

// Goal: an answer that is lost on its way is not taken for a commit that was not made. Method: the
// table is locked, the writer's session ended at its commit, and the event put there by others.
TEST_F(PostgresTest, ACommitWhoseAnswerWasLostIsNotMadeTwice) {
    const auto store = opened(directory_ / "data");
    core::PauseSaved saved;
    saved.pause.id = core::PauseId{1};
    saved.pause.name = "lunch";
    const auto event = [&](std::int64_t seq) {
        Write write;
        write.events = {{seq, Instant{seq}, saved}};
        return write;
    };
    ASSERT_TRUE(admin_->begin().ok());
    admin_->prepare("LOCK TABLE event").run();
    admin_
        ->prepare(
            "INSERT INTO event (seq, at, type, version, body) VALUES (1, 1, 'pause_saved', "
            "1, ?)")
        .bind(std::string_view(core::event_text(saved)))
        .run();
    Stmt locked = admin_->prepare("SELECT 1");
    ASSERT_TRUE(locked.step());
    std::promise<ErrorCode> told;
    Write write = event(1);
    write.done = [&](const Status& status, const auto&) {
        told.set_value(status ? ErrorCode::invalid : status.error().code);
    };
    ASSERT_TRUE(store->append(std::move(write)));
    const std::unique_ptr<Db> holder =
        std::exchange(admin_, Db::open({.address = address_}).value());
    std::future<ErrorCode> answer = told.get_future();
    while (answer.wait_for(10ms) != std::future_status::ready) {
        end_writers();
    }
    EXPECT_EQ(answer.get(), ErrorCode::unavailable);
    ASSERT_TRUE(holder->commit().ok());
    store->flush();
    EXPECT_EQ(store->trouble(), "");
    ASSERT_TRUE(store->append(event(2)));
    store->flush();
    const Result<Loaded> loaded = store->load();
    ASSERT_TRUE(loaded.ok()) << loaded.error().text;
    EXPECT_EQ(loaded->events.size(), 2U);
    EXPECT_EQ(store->parked(), "");
}

}  // namespace
}  // namespace linka::store
