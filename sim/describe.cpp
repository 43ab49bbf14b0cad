#include "sim/describe.hpp"

#include "linka/base/text.hpp"

namespace linka::sim {
namespace {

using namespace core;

std::string mode_of(TransferMode mode) {
    return std::string{name_of(mode)};
}

struct InputText {
    template <typename Save>
    std::string operator()(const Save&) const {
        return "administration";
    }
    std::string operator()(const LogIn& i) const {
        return text::format("log in u{}", i.user.value);
    }
    std::string operator()(const LogOut& i) const {
        return text::format("log out u{}", i.user.value);
    }
    std::string operator()(const EndSession& i) const {
        return text::format("end session u{}{}", i.user.value,
                            i.after_call ? " after the call" : "");
    }
    std::string operator()(const ChangeDevices& i) const {
        return text::format("devices u{} +{} -{}", i.user.value, fmt::join(i.login, ","),
                            fmt::join(i.logout, ","));
    }
    std::string operator()(const ChangeQueues& i) const {
        std::string text = text::format("queues u{}", i.user.value);
        for (const QueueId queue : i.login) {
            text += text::format(" +{}", queue.value);
        }
        for (const QueueId queue : i.logout) {
            text += text::format(" -{}", queue.value);
        }
        return text;
    }
    std::string operator()(const BecomeReady& i) const {
        return text::format("ready u{}", i.user.value);
    }
    std::string operator()(const BecomeUnready& i) const {
        return text::format("unready u{}", i.user.value);
    }
    std::string operator()(const SetPause& i) const {
        return text::format("pause u{} '{}'", i.user.value, i.pause);
    }
    std::string operator()(const CallOut& i) const {
        return text::format("call out u{} {} q{}", i.user.value, i.number, i.queue.value);
    }
    std::string operator()(const Accept& i) const { return deed("accept", i); }
    std::string operator()(const Reject& i) const { return deed("reject", i); }
    std::string operator()(const Take& i) const { return deed("take", i); }
    std::string operator()(const Hold& i) const { return deed(i.on ? "hold" : "resume", i); }
    std::string operator()(const Mute& i) const { return deed(i.on ? "mute" : "unmute", i); }
    std::string operator()(const Transfer& i) const {
        return deed("transfer", i) + text::format(" to {} {}", i.to, mode_of(i.mode));
    }
    std::string operator()(const SendDigits& i) const { return deed("digits", i) + ' ' + i.digits; }
    std::string operator()(const HangUpActivity& i) const { return deed("hang up", i); }
    std::string operator()(const CloseActivity& i) const { return deed("close", i); }
    std::string operator()(const PostponeActivity& i) const { return deed("postpone", i); }
    std::string operator()(const OpenActivity& i) const { return deed("open", i); }
    std::string operator()(const DescribeActivity& i) const {
        return text::format("describe u{} a{}, then {}", i.by.value, i.activity.value,
                            name_of(i.then));
    }
    std::string operator()(const Start& i) const { return text::format("start u{}", i.user.value); }
    std::string operator()(const DeviceReachabilityReport& i) const {
        return text::format("device d{} {}", i.device.value,
                            i.reachable ? "reachable" : "unreachable");
    }
    std::string operator()(const ConversationArrivedReport& i) const {
        return text::format("conversation {} writes to q{}{}", i.conversation.value, i.queue.value,
                            i.again ? " again" : "");
    }
    std::string operator()(const ConversationEndedReport& i) const {
        return text::format("conversation {} ends", i.conversation.value);
    }
    std::string operator()(const ConversationMovedReport& i) const {
        return text::format("conversation {} moves to q{}", i.conversation.value, i.queue.value);
    }
    std::string operator()(const CallArrivedReport& i) const {
        return text::format("call leg {} device {} {} -> {} replaces {}", i.leg.value,
                            i.device.value, i.caller, i.number, i.replaces.value);
    }
    std::string operator()(const LegRingingReport& i) const {
        return text::format("leg {} rings", i.leg.value);
    }
    std::string operator()(const LegAnsweredReport& i) const {
        return text::format("leg {} answered", i.leg.value);
    }
    std::string operator()(const LegEndedReport& i) const {
        return text::format("leg {} ended {}{}{}", i.leg.value, i.status,
                            i.by_peer ? " by peer" : "", i.lost ? " lost" : "");
    }
    std::string operator()(const LegHeldReport& i) const {
        return text::format("leg {} {}", i.leg.value, i.held ? "held" : "resumed");
    }
    std::string operator()(const DigitReport& i) const {
        return text::format("leg {} digit {}", i.leg.value, i.digit);
    }
    std::string operator()(const PlayEndedReport& i) const {
        return text::format("leg {} play {} ended", i.leg.value, i.play.value);
    }
    std::string operator()(const TransferAskedReport& i) const {
        return text::format("leg {} refers to {} replaces {}", i.leg.value, i.to, i.replaces.value);
    }
    std::string operator()(const RecordingEndedReport& i) const {
        return text::format("recording {} ended", i.recording.value);
    }
    std::string operator()(const LegQualityReport& i) const {
        return text::format("leg {} quality", i.leg.value);
    }
    std::string operator()(const ProgramStartedReport& i) const {
        std::string text = "restored";
        for (const LegId leg : i.legs) {
            text += text::format(" {}", leg.value);
        }
        return text;
    }
    std::string operator()(const Tick&) const { return "tick"; }

    template <typename Deed>
    static std::string deed(std::string_view what, const Deed& i) {
        return text::format("{} u{} a{}", what, i.user.value, i.activity.value);
    }
};

struct EffectText {
    std::string operator()(const RingLeg& e) const { return leg("ring", e.leg); }
    std::string operator()(const AnswerLeg& e) const { return leg("answer", e.leg); }
    std::string operator()(const RefuseLeg& e) const {
        return leg("refuse", e.leg) + ' ' + std::string{name_of(e.cause)};
    }
    std::string operator()(const DialDevice& e) const {
        return leg("dial", e.leg) +
               text::format(" device {}{}", e.device.value, e.auto_answer ? " auto" : "");
    }
    std::string operator()(const DialNumber& e) const {
        return leg("dial", e.leg) + ' ' + e.number;
    }
    std::string operator()(const EndLeg& e) const {
        return leg("end", e.leg) + (e.elsewhere ? " elsewhere" : "");
    }
    std::string operator()(const ConnectLegs& e) const {
        return text::format("connect {} {}", e.a.value, e.b.value);
    }
    std::string operator()(const DisconnectLeg& e) const { return leg("disconnect", e.leg); }
    std::string operator()(const PlaySounds& e) const {
        std::string text = leg("play", e.leg) + text::format(" #{}", e.play.value);
        for (const Sound& sound : e.sounds) {
            text += ' ' + sound.kind + ':' + sound.value;
        }
        return text + (e.loop ? " loop" : "");
    }
    std::string operator()(const StopSounds& e) const { return leg("silence", e.leg); }
    std::string operator()(const EchoLeg& e) const { return leg("echo", e.leg); }
    std::string operator()(const MuteLeg& e) const { return leg(e.on ? "mute" : "unmute", e.leg); }
    std::string operator()(const SendDtmf& e) const { return leg("send", e.leg) + ' ' + e.digits; }
    std::string operator()(const AskToAnswer& e) const { return leg("ask to answer", e.leg); }
    std::string operator()(const StartRecording& e) const {
        return text::format("record #{} of {} and {}", e.recording.value, e.customer.value,
                            e.agent.value);
    }
    std::string operator()(const StopRecording& e) const {
        return text::format("stop recording #{}", e.recording.value);
    }
    std::string operator()(const ReleaseRecording& e) const {
        return text::format("release recording #{}", e.recording.value);
    }
    std::string operator()(const ConfirmTransfer& e) const {
        return leg(e.accepted ? "transfer accepted" : "transfer refused", e.leg);
    }

    static std::string leg(std::string_view what, LegId id) {
        return text::format("{} {}", what, id.value);
    }
};

}  // namespace

std::string describe(const core::Input& input) {
    return std::visit(InputText{}, input);
}

std::string describe(const core::Effect& effect) {
    return std::visit(EffectText{}, effect);
}

}  // namespace linka::sim
