// Whole calls over the loopback network: a telephone calls in through a trunk, the core decides, a
// registered telephone answers, they hear each other. Then the server or a media worker is killed.
// Everything is real but the store.
#include "linka/sip/digest.hpp"
#include "linka/voice/live_host.hpp"

#include <algorithm>

namespace linka::voice {
namespace {

class Live : public ::testing::Test {
  protected:
    void SetUp() override {
        trunk.name = "loopback";
        trunk.addresses = {"127.0.0.1"};
        trunk.host = "127.0.0.1";
        core::Settings settings;
        core::Trunk record;
        record.name = "loopback";
        record.host = "127.0.0.1";
        host.give(core::SaveSettings{settings});
        host.give(core::SaveTrunk{record});
        core::Queue queue;
        queue.id = core::QueueId{6001};
        queue.title = "Support";
        host.give(core::SaveQueue{queue, true});
        core::Device device;
        device.name = "330";
        device.title = "330";
        const core::DeviceId phone{host.give(core::SaveDevice{device}).record_id};
        core::User user;
        user.name = "jan";
        user.title = "Jan";
        user.extension = "512";
        user.queues = {{queue.id, core::QueueLogin::manual, 0}};
        user.devices = {{phone, {}, {}}};
        jan = core::UserId{host.give(core::SaveUser{user}).record_id};
        route("226000001", core::DestinationKind::queue, "6001");
        route("226000009", core::DestinationKind::echo, "");
        start();
    }

    void start() { host.start(trunk, {{"330", "sip330"}}); }

    void route(const std::string& did, core::DestinationKind kind, const std::string& value) {
        core::Route route;
        route.did = did;
        route.destination = {kind, value};
        EXPECT_EQ(host.give(core::SaveRoute{route}).kind, core::Reply::Kind::ok);
    }

    // Registers the phone and lets Jan work with it.
    void work(LivePhone& phone) {
        sip::testing::Peer::Request request;
        request.method = "REGISTER";
        request.uri = "sip:127.0.0.1";
        request.from = "<sip:330@127.0.0.1>;tag=r";
        request.to = "<sip:330@127.0.0.1>";
        request.call_id = "register";
        phone.sip.send(phone.sip.text(request));
        const auto refusal = phone.sip.response(401, "REGISTER");
        const auto challenge = sip::parse_challenge(refusal.header("WWW-Authenticate"));
        ASSERT_TRUE(challenge);
        const sip::DigestAnswer answer{"330", "sip330", "REGISTER", request.uri, "0a4f113b", 1};
        request.cseq = 2;
        request.headers =
            "Authorization: " + to_header(sip::answer_challenge(*challenge, answer)) + "\r\n";
        phone.sip.send(phone.sip.text(request));
        phone.sip.response(200, "REGISTER");
        ASSERT_TRUE(host.wait([&] {
            return core::is_reachable(host.state, core::device_by_name(host.state, "330")->id);
        }));
        host.give(core::LogIn{jan});
        host.give(core::ChangeDevices{jan, {"330"}, {}});
        host.give(core::ChangeQueues{jan, {core::QueueId{6001}}, {}});
        const auto reply = host.give(core::BecomeReady{jan});
        EXPECT_EQ(reply.kind, core::Reply::Kind::ok) << reply.text;
    }

    // Everybody talks until the phones hear what they should.
    static bool talk(const std::vector<LivePhone*>& phones,
                     const std::vector<std::pair<LivePhone*, double>>& hears) {
        for (LivePhone* phone : phones) {
            phone->audio.forget();
        }
        runtime::Loop pace;
        for (int frame = 0; frame < 400; ++frame) {
            for (LivePhone* phone : phones) {
                phone->audio.say();
                phone->audio.listen();
            }
            pace.step(20ms);
            const bool all = std::all_of(hears.begin(), hears.end(), [](const auto& each) {
                return each.first->audio.heard.size() > 8000 &&
                       each.first->audio.hears(each.second) > 0.5;
            });
            if (all) {
                return true;
            }
        }
        return false;
    }

    bool no_legs() {
        return host.wait([this] { return host.state.legs.empty() && host.state.calls.empty(); });
    }

    sip::Trunk trunk;
    LiveHost host;
    core::UserId jan;
};

TEST_F(Live, queue_call_survives_a_crash_of_the_server) {
    LivePhone phone(host.sip_port, 700.0);
    work(phone);
    LivePhone caller(host.sip_port, 440.0);
    caller.call("226000001");
    phone.take_call();
    EXPECT_TRUE(talk({&caller, &phone}, {{&caller, 700.0}, {&phone, 440.0}}));

    const std::size_t gaps = static_cast<std::size_t>(caller.audio.gaps);
    host.crash();
    EXPECT_TRUE(talk({&caller, &phone}, {{&caller, 700.0}, {&phone, 440.0}})) << "while it is dead";
    start();
    EXPECT_TRUE(talk({&caller, &phone}, {{&caller, 700.0}, {&phone, 440.0}}));
    EXPECT_EQ(static_cast<std::size_t>(caller.audio.gaps), gaps);
    EXPECT_TRUE(phone.sip.silent("INVITE", 100ms));
    EXPECT_TRUE(caller.sip.silent("INVITE", 100ms));

    caller.bye();
    phone.expect_bye();
    EXPECT_TRUE(no_legs());
    EXPECT_TRUE(host.wait([this] { return host.state.recordings.empty(); }));
    std::size_t files = 0;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(host.directory + "/recordings")) {
        files += entry.path().extension() == ".opus" ? 1 : 0;
    }
    EXPECT_EQ(files, 1U);
}

TEST_F(Live, death_of_a_worker_ends_talk_and_keeps_who_listens) {
    LivePhone phone(host.sip_port, 700.0);
    work(phone);
    LivePhone caller(host.sip_port, 440.0);
    caller.call("226000001");
    phone.take_call();
    LivePhone listener(host.sip_port, 1000.0);
    listener.call("226000009");
    EXPECT_TRUE(talk({&caller, &phone, &listener},
                     {{&caller, 700.0}, {&phone, 440.0}, {&listener, 1000.0}}));

    for (const pid_t pid : host.workers()) {
        ::kill(pid, SIGKILL);
    }
    caller.expect_bye();
    phone.expect_bye();
    listener.take_new_description();
    EXPECT_TRUE(talk({&listener}, {{&listener, 1000.0}}));
    listener.bye();
    EXPECT_TRUE(no_legs());
}

TEST_F(Live, crash_of_server_and_worker_keeps_who_listens) {
    LivePhone listener(host.sip_port, 1000.0);
    listener.call("226000009");
    EXPECT_TRUE(talk({&listener}, {{&listener, 1000.0}}));
    host.crash();
    for (const pid_t pid : host.workers()) {
        ::kill(pid, SIGKILL);
    }
    start();
    listener.take_new_description();
    EXPECT_TRUE(talk({&listener}, {{&listener, 1000.0}}));
    listener.bye();
    EXPECT_TRUE(no_legs());
}

TEST_F(Live, crash_while_the_phone_rings) {
    LivePhone phone(host.sip_port, 700.0);
    work(phone);
    LivePhone caller(host.sip_port, 440.0);
    caller.call("226000001");
    const auto invite = phone.sip.request("INVITE", 10s);
    phone.sip.answer(invite, 180, "Ringing", "tag");
    EXPECT_TRUE(host.wait([this] {
        return std::any_of(host.state.legs.begin(), host.state.legs.end(), [](const auto& leg) {
            return leg.second.state == core::LegState::ringing;
        });
    }));
    host.crash();
    start();
    phone.audio.take(invite.body);
    phone.sip.answer(invite, 200, "OK", "tag", {}, phone.audio.description());
    phone.sip.request("ACK");
    EXPECT_TRUE(talk({&caller, &phone}, {{&caller, 700.0}, {&phone, 440.0}}));
    caller.bye();
    phone.expect_bye();
    EXPECT_TRUE(no_legs());
}

}  // namespace
}  // namespace linka::voice
