// Rights in memory and as conditions for the store.
#include "linka/api/rights.hpp"

#include "linka/api/v6/match.hpp"

#include <gtest/gtest.h>

namespace linka::api {
namespace {

using core::Access;

std::shared_ptr<const core::User> user(std::int64_t id, Access access,
                                       std::initializer_list<std::int64_t> queues) {
    core::User made;
    made.id = core::UserId{id};
    made.access = access;
    for (const std::int64_t queue : queues) {
        made.queues.push_back({core::QueueId{queue}, core::QueueLogin::manual, 0});
    }
    return std::make_shared<const core::User>(made);
}

// Administrator 1, managers 2 (of queue 6001) and 3 (of none), agents 4 (6001), 5 (6002), back
// office 6.
Records company() {
    Records records;
    for (const auto& one : {user(1, Access::admin, {}), user(2, Access::manager, {6001}),
                            user(3, Access::manager, {}), user(4, Access::agent, {6001}),
                            user(5, Access::agent, {6002}), user(6, Access::back_office, {})}) {
        records.users[one->id] = one;
    }
    return records;
}

// Goal: a list shows exactly what one sees, whoever asks. Method: every viewer, owner and queue,
// and a manager and an administrator whose roles may not read work.
TEST(Rights, are_the_same_in_memory_and_as_a_condition) {
    Records records = company();
    for (const auto& [id, access] : {std::pair(7, Access::manager), std::pair(8, Access::admin)}) {
        core::User one = *user(id, access, {6001});
        set_own_role(one, name_of(access));
        records.users[one.id] = std::make_shared<const core::User>(one);
        Role role;
        role.access = access;
        records.roles[std::string(name_of(access))] = std::make_shared<const Role>(role);
    }
    for (const auto& [id, viewer] : records.users) {
        const store::Filter rows = visible_rows(*viewer, records);
        for (const std::int64_t owner : {0, 1, 2, 3, 4, 5, 6, 7, 8}) {
            for (const std::int64_t queue : {0, 6001, 6002, 6003}) {
                const auto record = records.user(core::UserId{owner});
                const Work work{record.get(), core::QueueId{queue}, false};
                const json::Object row{{"user", owner}, {"queue", queue}};
                EXPECT_EQ(v6::matches(rows, row), Viewer(records, viewer).sees(work))
                    << "viewer " << id.value << " owner " << owner << " queue " << queue;
            }
        }
    }
}

TEST(Rights, let_agents_see_what_waits_in_their_queues) {
    const Records records = company();
    const Viewer agent(records, records.users.at(core::UserId{4}));
    EXPECT_TRUE(agent.sees(Work{nullptr, core::QueueId{6001}, true}));
    EXPECT_FALSE(agent.sees(Work{nullptr, core::QueueId{6001}, false}));
    EXPECT_FALSE(agent.sees(Work{nullptr, core::QueueId{6002}, true}));
}

TEST(Rights, of_records_are_the_administrators) {
    const Records records = company();
    for (const auto& [id, one] : records.users) {
        const bool admin = one->access == Access::admin;
        const bool leads = admin || one->access == Access::manager;
        for (const Operation write : {Operation::create, Operation::update, Operation::remove}) {
            EXPECT_EQ(may(records, *one, Module::users, write), admin);
            EXPECT_EQ(may(records, *one, Module::groups, write), admin);
        }
        EXPECT_TRUE(may(records, *one, Module::users, Operation::read));
        EXPECT_EQ(may(records, *one, Module::groups, Operation::read), leads);
        EXPECT_EQ(may(records, *one, Module::change_log, Operation::read), admin);
        EXPECT_EQ(may(records, *one, Module::queue_figures, Operation::read), leads);
        EXPECT_EQ(may(records, *one, Module::demo_background, Operation::update), leads);
    }
}

// Goal: roles changed nothing for those who have a built-in one. Method: the accesses of before
// there were roles, written out, and the work of others, which was not asked for then.
TEST(Rights, of_built_in_roles_are_those_of_the_accesses) {
    struct Line {
        Module module;
        std::string admin;
        std::string manager;
        std::string others;
    };
    const std::vector<Line> lines{{Module::users, "crud", "r", "r"},
                                  {Module::devices, "crud", "r", "r"},
                                  {Module::queues, "crud", "r", "r"},
                                  {Module::pauses, "crud", "r", "r"},
                                  {Module::statuses, "crud", "r", "r"},
                                  {Module::groups, "crud", "r", ""},
                                  {Module::settings, "ru", "", ""},
                                  {Module::change_log, "ru", "", ""},
                                  {Module::queue_figures, "r", "r", ""},
                                  {Module::supervision, "cu", "cu", ""},
                                  {Module::demo_background, "ru", "ru", "r"},
                                  {Module::demo, "rd", "", ""},
                                  {Module::operations, "r", "", ""},
                                  {Module::roles, "crud", "", ""},
                                  {Module::activities, "ru", "ru", "r"},
                                  {Module::rights_to_call, "crud", "r", ""},
                                  {Module::profiles, "crud", "r", ""},
                                  {Module::routing, "crud", "", ""},
                                  {Module::trunks, "crud", "", ""}};
    ASSERT_EQ(lines.size(), module_count);
    const Records records = company();
    for (const auto& [id, one] : records.users) {
        for (const Line& line : lines) {
            std::string allowed;
            for (const auto& [letter, operation] :
                 {std::pair('c', Operation::create), std::pair('r', Operation::read),
                  std::pair('u', Operation::update), std::pair('d', Operation::remove)}) {
                if (may(records, *one, line.module, operation)) {
                    allowed += letter;
                }
            }
            EXPECT_EQ(allowed, one->access == Access::admin     ? line.admin
                               : one->access == Access::manager ? line.manager
                                                                : line.others)
                << name_of(line.module) << " of user " << id.value;
        }
    }
}

TEST(Rights, of_a_role_that_is_gone_are_those_of_an_agent) {
    Records records = company();
    core::User lost = *records.users.at(core::UserId{1});
    set_own_role(lost, "roles_gone");
    EXPECT_EQ(own_role_of(lost), "roles_gone");
    EXPECT_FALSE(may(records, lost, Module::users, Operation::update));
    EXPECT_TRUE(may(records, lost, Module::users, Operation::read));
    set_own_role(lost, "");
    EXPECT_EQ(lost, *records.users.at(core::UserId{1}));
}

TEST(Rights, to_supervise_end_at_administrators) {
    const Records records = company();
    const auto of = [&](std::int64_t id) { return *records.users.at(core::UserId{id}); };
    EXPECT_TRUE(may_supervise(records, of(1), of(2)));
    EXPECT_TRUE(may_supervise(records, of(2), of(4)));
    EXPECT_FALSE(may_supervise(records, of(2), of(5)));
    EXPECT_FALSE(may_supervise(records, of(4), of(4)));
    core::User head = of(1);
    head.queues = of(2).queues;
    EXPECT_FALSE(may_supervise(records, of(2), head));
}

}  // namespace
}  // namespace linka::api
