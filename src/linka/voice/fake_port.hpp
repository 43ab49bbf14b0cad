// FakePort: a port for tests, with the peers behind it. Commands change its legs as the real one
// would and are kept for the test to look at; the test speaks for the peers (call, ring, answer,
// acknowledge, hang up). Every leg that it reported or was asked to invite ends with one Ended.
#pragma once

#include "linka/base/text.hpp"
#include "linka/runtime/wakeup.hpp"
#include "linka/sip/port.hpp"

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace linka::voice {

class FakePort final : public sip::Port {
  public:
    struct Dialog {
        bool incoming = false;
        bool answered = false;
        bool confirmed = false;
        bool reinvited = false;  // ours waits for an answer
        bool reoffered = false;  // theirs waits for an answer
        int version = 0;         // of the saved text
        std::string sdp;         // the newest from us
    };

    // ---- What voice does ----
    bool send(sip::Command command) override {
        if (full) {
            return false;
        }
        commands.push_back(command);
        std::visit([this](const auto& c) { take(c); }, command);
        return true;
    }
    [[nodiscard]] int events_fd() const override { return wakeup_.fd(); }
    std::vector<sip::Event> take_events() override {
        wakeup_.clear();
        return std::exchange(events_, {});
    }
    [[nodiscard]] int port() const override { return 5060; }
    [[nodiscard]] int tls_port() const override { return 5061; }

    // ---- What the peers do ----
    sip::LegId call(const std::string& number, const std::string& sdp,
                    const std::string& device = {}) {
        sip::Incoming event;
        event.leg = next_incoming_;
        next_incoming_ += 2;
        event.device = device;
        event.trunk = device.empty() ? "loopback" : "";
        event.source = "192.0.2.9";
        event.proved = !device.empty();
        event.number = number;
        event.caller = "777123456";
        event.sdp = sdp;
        event.call_id = text::format("call-{}", event.leg);
        dialogs[event.leg].incoming = true;
        event.saved = saved(event.leg);
        push(event);
        return event.leg;
    }
    void ring(sip::LegId leg, const std::string& sdp = {}, bool can_ask = false) {
        if (dialogs.count(leg) != 0) {
            push(sip::Progress{leg, sdp.empty() ? 180 : 183, sdp, can_ask, saved(leg)});
        }
    }
    void answer(sip::LegId leg, const std::string& sdp) {
        const auto found = dialogs.find(leg);
        if (found != dialogs.end() && !std::exchange(found->second.answered, true)) {
            found->second.confirmed = true;
            push(sip::Answered{leg, sdp, "phone", saved(leg)});
        }
    }
    void acknowledge(sip::LegId leg, const std::string& sdp = {}) {
        const auto found = dialogs.find(leg);
        if (found != dialogs.end() && found->second.answered) {
            found->second.confirmed = true;
            push(sip::Confirmed{leg, sdp, saved(leg)});
        }
    }
    void reoffer(sip::LegId leg, const std::string& sdp) {
        const auto found = dialogs.find(leg);
        if (found != dialogs.end() && found->second.confirmed && !found->second.reinvited) {
            found->second.reoffered = true;
            push(sip::Reoffer{leg, sdp, saved(leg)});
        }
    }
    void reanswer(sip::LegId leg, int status, const std::string& sdp) {
        const auto found = dialogs.find(leg);
        if (found != dialogs.end() && std::exchange(found->second.reinvited, false)) {
            push(sip::Reanswered{leg, status, sdp, saved(leg)});
        }
    }
    /// The peer hangs up, cancels or refuses.
    void end(sip::LegId leg, int status = 0, bool by_peer = true) {
        if (dialogs.erase(leg) != 0) {
            push(sip::Ended{leg, status, by_peer, false, 0});
        }
    }
    void push(sip::Event event) {
        events_.push_back(std::move(event));
        wakeup_.signal();
    }

    /// A restart: only legs with a saved text live on.
    void restart(const sip::Restore& restore) {
        events_.clear();
        std::map<sip::LegId, Dialog> kept;
        for (const auto& [leg, text] : restore.legs) {
            const auto found = dialogs.find(leg);
            if (found != dialogs.end()) {
                kept.insert(*found);
            } else {
                push(sip::Ended{leg, 481, true, false, 0});
            }
        }
        dialogs = std::move(kept);
    }

    std::string saved(sip::LegId leg) {
        return text::format(R"({{"dialog":{},"version":{}}})", leg, ++dialogs[leg].version);
    }
    template <typename T>
    [[nodiscard]] std::vector<T> sent() const {
        std::vector<T> found;
        for (const auto& command : commands) {
            if (const T* match = std::get_if<T>(&command)) {
                found.push_back(*match);
            }
        }
        return found;
    }

    bool full = false;
    std::vector<sip::Command> commands;
    std::map<sip::LegId, Dialog> dialogs;

  private:
    Dialog* find(sip::LegId leg) {
        const auto found = dialogs.find(leg);
        return found == dialogs.end() ? nullptr : &found->second;
    }

    void take(const sip::Invite& command) {
        dialogs[command.leg].sdp = command.sdp;
        push(sip::Saved{command.leg, saved(command.leg)});
    }
    void take(const sip::Answer& command) {
        Dialog* dialog = find(command.leg);
        if (dialog != nullptr && dialog->incoming && !std::exchange(dialog->answered, true)) {
            dialog->sdp = command.sdp;
            push(sip::Saved{command.leg, saved(command.leg)});
        }
    }
    void take(const sip::Refuse& command) {
        const Dialog* dialog = find(command.leg);
        if (dialog != nullptr && !dialog->answered) {
            end(command.leg, command.status, false);
        }
    }
    void take(const sip::HangUp& command) { end(command.leg, 0, false); }
    void take(const sip::Reinvite& command) {
        if (Dialog* dialog = find(command.leg); dialog != nullptr) {
            dialog->reinvited = true;
            dialog->sdp = command.sdp;
        }
    }
    void take(const sip::AnswerReoffer& command) {
        if (Dialog* dialog = find(command.leg); dialog != nullptr) {
            dialog->reoffered = false;
            if (!command.sdp.empty()) {
                dialog->sdp = command.sdp;
            }
        }
    }
    template <typename Other>
    void take(const Other&) {}

    runtime::Wakeup wakeup_;
    std::vector<sip::Event> events_;
    sip::LegId next_incoming_ = 1;
};

}  // namespace linka::voice
