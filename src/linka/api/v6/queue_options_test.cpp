// Goal: a queue has the options of its channel and no others. Method: one of each channel is read,
// and written with what the others have.
#include "linka/api/testing/rig.hpp"
#include "linka/core/acd/queue_types.hpp"

#include <set>
#include <string>

#include <gtest/gtest.h>

namespace linka::api::testing {
namespace {

TEST(QueueOptions, are_those_of_the_channel) {
    Rig rig;
    const std::string admin = rig.sign_in("admin");
    const auto made_queue = [&](int number, core::QueueType type) {
        core::Queue queue;
        queue.id = core::QueueId{number};
        queue.title = std::to_string(number);
        core::set_type(queue, type);
        queue.deactivated = true;
        EXPECT_EQ(rig.live->now(core::SaveQueue{queue, true}).kind, core::Reply::Kind::ok);
        return "/api/v6/queues/" + std::to_string(number);
    };
    const auto options = [&](const std::string& path) {
        std::set<std::string> names;
        const json::Value read = rig.get(path, admin).json();
        for (const auto& option : read.at("result").at("options").as_object()) {
            names.emplace(option.key());
        }
        return names;
    };
    const std::string chat = made_queue(7001, core::QueueType::chat);
    const std::string mail = made_queue(7002, core::QueueType::email);
    const std::set<std::string> common{"abandon_within", "answer_within", "wrapuptime"};
    std::set<std::string> offered{"lajdak",    "maxwait",  "ringtime",
                                  "sleeptime", "strategy", "weight"};
    std::set<std::string> calls{"announcement_language",
                                "autoanswer",
                                "join_empty",
                                "leave_empty",
                                "maxlength",
                                "music",
                                "outboundcid",
                                "position_announcement",
                                "position_repeat",
                                "recording",
                                "recording_before",
                                "target"};
    EXPECT_EQ(options(mail), common);
    offered.insert(common.begin(), common.end());
    EXPECT_EQ(options(chat), offered);
    calls.insert(offered.begin(), offered.end());
    EXPECT_EQ(options("/api/v6/queues/6001"), calls);
    EXPECT_EQ(options("/api/v6/queues/6002"), calls) << "outgoing";

    const auto refused = [&](const std::string& path, const std::string& option) {
        const Answer answer = rig.put(path, admin, R"({"options":{)" + option + "}}");
        EXPECT_EQ(answer.status, 400) << path << " " << option;
        std::string names;
        const json::Value told = answer.json();
        for (const auto& wrong : told.at("error").at("form").at("options").as_object()) {
            names += wrong.key();
        }
        return names;
    };
    EXPECT_EQ(refused(chat, R"("autoanswer":true)"), "autoanswer");
    EXPECT_EQ(refused(chat, R"("target":{"kind":"echo"})"), "target");
    EXPECT_EQ(refused(mail, R"("ringtime":20)"), "ringtime");
    EXPECT_EQ(refused(mail, R"("recording":"disabled")"), "recording");
    EXPECT_EQ(rig.put(chat, admin, R"({"options":{"ringtime":30}})").status, 200);
    EXPECT_EQ(rig.put(mail, admin, R"({"options":{"wrapuptime":30}})").status, 200);
}

}  // namespace
}  // namespace linka::api::testing
