#include "linka/sip/saved.hpp"

#include <gtest/gtest.h>

namespace linka::sip {
namespace {

LegRecord example() {
    LegRecord record;
    record.leg = 7;
    record.state = LegState::answered;
    record.trunk = "public";
    record.local_sdp = "v=0\r\n";
    record.session_s = 1800;
    record.refresh_is_ours = true;
    DialogRecord dialog;
    dialog.call_id = "a@b";
    dialog.local = "\"Já\" <sip:1@h>;tag=x";
    dialog.remote = "<sip:2@h>;tag=y";
    dialog.cseq = 12;
    dialog.remote_cseq = 3;
    dialog.routes = {"<sip:p1;lr>", "<sip:p2;lr>"};
    dialog.target = "<sip:2@10.0.0.1:5080>";
    dialog.contact = "<sip:linka@10.0.0.2:5060>";
    dialog.peer = {Transport::tls, "10.0.0.1", 40000};
    dialog.behind_nat = true;
    dialog.flow = "330 <sip:2@10.0.0.1:5080>";
    dialog.invite = "INVITE sip:1@h SIP/2.0\r\n\r\n";
    dialog.invite_cseq = 3;
    record.dialogs.push_back(dialog);
    return record;
}

TEST(Saved, comes_back_as_it_was) {
    const std::string text = to_saved(example());
    const Result<LegRecord> again = from_saved(text);
    ASSERT_TRUE(again.ok());
    EXPECT_EQ(to_saved(*again), text);
    EXPECT_EQ(again->dialogs.front().routes, example().dialogs.front().routes);
    EXPECT_EQ(again->dialogs.front().peer, example().dialogs.front().peer);
}

TEST(Saved, texts_that_could_do_harm_are_refused) {
    const auto refused = [](auto change) {
        LegRecord record = example();
        change(record);
        return !from_saved(to_saved(record)).ok();
    };
    EXPECT_TRUE(refused([](LegRecord& r) { r.version = 2; }));
    EXPECT_TRUE(refused([](LegRecord& r) { r.leg = 0; }));
    EXPECT_TRUE(refused([](LegRecord& r) { r.dialogs.clear(); }));
    EXPECT_TRUE(refused([](LegRecord& r) { r.dialogs.push_back(r.dialogs.front()); }));
    EXPECT_TRUE(refused([](LegRecord& r) { r.dialogs.front().local += "\r\nEvil: 1"; }));
    EXPECT_TRUE(refused([](LegRecord& r) { r.dialogs.front().call_id.clear(); }));
    EXPECT_TRUE(refused([](LegRecord& r) { r.dialogs.front().cseq = 0x7fffffff; }));
    EXPECT_TRUE(refused([](LegRecord& r) { r.dialogs.front().cseq = -1; }));
    EXPECT_TRUE(refused([](LegRecord& r) { r.dialogs.front().target = "sip:x"; }));
    EXPECT_TRUE(refused([](LegRecord& r) { r.dialogs.front().peer.port = 70000; }));
    EXPECT_TRUE(refused([](LegRecord& r) { r.session_s = -1; }));
    EXPECT_FALSE(from_saved("").ok());
    EXPECT_FALSE(from_saved(std::string(2 << 20, ' ')).ok());
}

// A newer version may add members; it must still be readable by this one for a way back.
TEST(Saved, unknown_members_are_ignored) {
    std::string text = to_saved(example());
    text.insert(text.size() - 1, ",\"new_thing\":1");
    EXPECT_TRUE(from_saved(text).ok());
}

}  // namespace
}  // namespace linka::sip
