#include "linka/media/protocol/message.hpp"

#include <gtest/gtest.h>

namespace linka::media {
namespace {

TEST(MediaMessage, RequestComesBackAsItWas) {
    Play play;
    play.id = 7;
    play.leg = 12;
    play.play = 3;
    play.items = {{"prompt", "welcome", "cs"}, {"number", "21", "en"}};
    play.loop = true;
    const Result<Request> decoded = decode_request(encode(Request{play}));
    ASSERT_TRUE(decoded.ok());
    const auto* read = std::get_if<Play>(&*decoded);
    ASSERT_NE(read, nullptr);
    EXPECT_EQ(read->id, 7);
    EXPECT_EQ(read->leg, 12);
    EXPECT_EQ(read->play, 3);
    ASSERT_EQ(read->items.size(), 2U);
    EXPECT_EQ(read->items[1].kind, "number");
    EXPECT_EQ(read->items[1].language, "en");
    EXPECT_TRUE(read->loop);
}

TEST(MediaMessage, EveryRequestTypeIsKnown) {
    const std::vector<Request> all = {Hello{},         LegOpen{},  LegConfirm{},  LegRemote{},
                                      LegReoffer{},    LegOffer{}, Connect{},     Disconnect{},
                                      Play{},          StopPlay{}, Mute{},        Echo{},
                                      SendDtmf{},      Record{},   RecordPause{}, RecordStop{},
                                      RecordRelease{}, Close{},    Quit{}};
    ASSERT_EQ(all.size(), std::variant_size_v<Request>);
    for (const Request& request : all) {
        const Result<Request> decoded = decode_request(encode(request));
        ASSERT_TRUE(decoded.ok()) << encode(request);
        EXPECT_EQ(decoded->index(), request.index());
    }
}

TEST(MediaMessage, NoticeComesBackAsItWas) {
    RecordDone done;
    done.recording = 5;
    done.file = "/var/x.opus";
    done.duration = 12'340ms;
    done.bytes = 4711;
    const Result<Notice> decoded = decode_notice(encode(Notice{done}));
    ASSERT_TRUE(decoded.ok());
    const auto* read = std::get_if<RecordDone>(&*decoded);
    ASSERT_NE(read, nullptr);
    EXPECT_EQ(read->duration, 12'340ms);
    EXPECT_EQ(read->bytes, 4711);
    EXPECT_EQ(read->file, "/var/x.opus");
}

TEST(MediaMessage, RefusesWhatIsNotAMessage) {
    EXPECT_FALSE(decode_request("").ok());
    EXPECT_FALSE(decode_request("[]").ok());
    EXPECT_FALSE(decode_request(R"({"type":"explode"})").ok());
    EXPECT_FALSE(decode_request(R"({"type":"leg.open","leg":"one"})").ok());
    EXPECT_FALSE(decode_notice(R"({"type":"leg.open"})").ok());
    EXPECT_EQ(decode_request(std::string(message_bytes_max + 1, ' ')).error().code,
              ErrorCode::full);
}

TEST(MediaMessage, FieldsOfANewerVersionAreIgnored) {
    EXPECT_TRUE(decode_request(R"({"type":"leg.close","id":1,"leg":2,"colour":"red"})").ok());
}

TEST(MessageTest, TooLongRequestStillHasItsId) {
    LegOpen request;
    request.id = 77;
    request.leg = 5;
    request.offer = std::string(message_bytes_max, 'x');
    const std::string packet = encode(Request{request});
    EXPECT_FALSE(decode_request(packet).ok());
    EXPECT_EQ(id_of_unreadable(packet), 77);
    for (const char* text :
         {"", "{}", "[1]", "{\"id\":", "{\"id\":x}", "{\"id\":99999999999999999999}"}) {
        EXPECT_EQ(id_of_unreadable(text), 0) << text;
    }
}

}  // namespace
}  // namespace linka::media
