// For tests: a small server of real parts (core, voice, SIP port, media workers) around a journal
// in memory, on a thread of its own; it can be killed and started again. And telephones that talk
// to it over the loopback network.
#pragma once

#include "linka/base/text.hpp"
#include "linka/core/core.hpp"
#include "linka/core/journal/evolve.hpp"
#include "linka/core/view.hpp"
#include "linka/media/testing/test_peer.hpp"
#include "linka/runtime/clock.hpp"
#include "linka/sip/testing/peer.hpp"
#include "linka/voice/voice.hpp"

#include <csignal>
#include <filesystem>
#include <fstream>
#include <functional>
#include <future>
#include <iterator>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <unistd.h>

namespace linka::voice {

class LiveHost {
  public:
    LiveHost() {
        std::string pattern =
            (std::filesystem::temp_directory_path() / "linka-live-XXXXXX").string();
        EXPECT_NE(::mkdtemp(pattern.data()), nullptr);
        directory = pattern;
    }
    ~LiveHost() {
        if (voice_) {
            run([this] { voice_->quit(); });
            EXPECT_TRUE(wait([this] { return workers().empty(); }));
        }
        stop();
        for (const pid_t pid : workers()) {
            ::kill(pid, SIGKILL);
        }
        std::filesystem::remove_all(directory);
    }
    LiveHost(const LiveHost&) = delete;
    LiveHost& operator=(const LiveHost&) = delete;

    void start(const sip::Trunk& trunk, std::vector<sip::Account> accounts) {
        loop_ = std::make_unique<runtime::Loop>();
        sip::Options sip_options;
        sip_options.listen.port = sip_port;
        sip_options.listen.tls_port = -1;
        sip_options.first_incoming = first_incoming(state, side_);
        auto port = sip::start_port(sip_options, std::move(accounts), {trunk}, sip_restore(side_));
        ASSERT_TRUE(port.ok()) << port.error().text;
        port_ = std::move(*port);
        sip_port = port_->port();
        const auto own = std::filesystem::read_symlink("/proc/self/exe").parent_path();
        media::Options media_options;
        media_options.program = (own / "linka-media").string();
        media_options.directory = directory;
        media_options.prompts = (own / "prompts").string();
        media_options.port_low = 42000 + ::getpid() % 900 * 20;
        media_options.port_high = media_options.port_low + 199;
        Sink sink;
        sink.submit = [this](const core::Input& input) { decide(input); };
        sink.save = [this](const std::string& kind, const std::string& key,
                           const std::optional<std::string>& value) {
            if (value) {
                side_[{kind, key}] = *value;
            } else {
                side_.erase({kind, key});
            }
        };
        Options options;
        options.data_directory = directory;
        voice_ = std::make_unique<Voice>(
            *loop_, *port_,
            [this, media_options](media::Events events) {
                return media::start_media(*loop_, media_options, std::move(events));
            },
            state, std::move(sink), options, side_);
        tick();
        thread_ = std::thread([this] { loop_->run(); });
        ASSERT_TRUE(wait([this] { return voice_->ready(); }));
    }
    /// As a crash: nothing is said to anybody; the state comes back from the journal.
    void crash() {
        stop();
        state = {};
        for (const core::Record& record : journal_) {
            core::evolve(state, record);
        }
    }

    core::Reply give(const core::Input& input) {
        core::Reply reply;
        run([&] { reply = decide(input); });
        return reply;
    }
    /// Until `done` says so on the loop's thread; false after ten seconds.
    bool wait(const std::function<bool()>& done) {
        runtime::Loop pace;
        const Instant end = runtime::steady_now() + 10s;
        while (runtime::steady_now() < end) {
            bool now = false;
            run([&] { now = done(); });
            if (now) {
                return true;
            }
            pace.step(5ms);
        }
        return false;
    }
    /// The media workers of this host.
    [[nodiscard]] std::vector<pid_t> workers() const {
        std::vector<pid_t> found;
        for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
            const auto pid = text::to_int(entry.path().filename().string());
            std::error_code failure;
            const auto program = std::filesystem::read_symlink(entry.path() / "exe", failure);
            if (!pid || failure || program.filename() != "linka-media") {
                continue;
            }
            std::ifstream line(entry.path() / "cmdline", std::ios::binary);
            // Reading fails for a process that ends at this moment, which getline() does not throw.
            std::string words;
            std::getline(line, words);
            if (words.find(directory + "/") != std::string::npos) {
                found.push_back(static_cast<pid_t>(*pid));
            }
        }
        return found;
    }

    std::string directory;
    int sip_port = 0;
    core::State state;  // to be read within wait() and run() only

    void run(const std::function<void()>& work) {
        if (!thread_.joinable()) {
            work();
            return;
        }
        std::promise<void> done;
        ASSERT_TRUE(loop_->post([&] {
            work();
            done.set_value();
        }));
        done.get_future().wait();
    }

  private:
    core::Reply decide(const core::Input& input) {
        core::Outcomes out =
            core::decide(state, input, runtime::wall_now(), 1, &calendar::Zone::find);
        journal_.insert(journal_.end(), out.events.begin(), out.events.end());
        if (!out.effects.empty() && loop_) {
            EXPECT_TRUE(loop_->post([this, effects = std::move(out.effects)] {
                if (voice_) {
                    voice_->carry_out(effects);
                }
            }));
        }
        return out.reply;
    }
    void tick() {
        loop_->after(20ms, [this] {
            if (core::next_deadline(state) <= runtime::wall_now()) {
                decide(core::Tick{});
            }
            tick();
        });
    }
    void stop() {
        if (thread_.joinable()) {
            run([this] { voice_->detach(); });
            loop_->stop();
            thread_.join();
        }
        voice_.reset();
        port_.reset();
        loop_.reset();
    }

    std::vector<core::Record> journal_;
    Side side_;
    std::unique_ptr<runtime::Loop> loop_;
    std::unique_ptr<sip::Port> port_;
    std::unique_ptr<Voice> voice_;
    std::thread thread_;
};

/// A telephone: a SIP peer and its audio. It says one tone and hears another.
class LivePhone {
  public:
    LivePhone(int server_port, double frequency)
        : sip(server_port), audio(media::Codec::pcma, frequency) {}

    /// Calls `number`; the answer's address is where it talks to.
    void call(const std::string& number) {
        dialog_.uri = "sip:" + number + "@127.0.0.1";
        dialog_.from = "<sip:777123456@127.0.0.1>;tag=c" + std::to_string(sip.port());
        dialog_.to = "<sip:" + number + "@127.0.0.1>";
        dialog_.call_id = "call-" + std::to_string(sip.port());
        dialog_.body = audio.description();
        sip.send(sip.text(dialog_));
        const auto answer = sip.response(200, "INVITE", 10s);
        audio.take(answer.body);
        remote_ = answer.header("To");
        target_ = answer.header("Contact").substr(1, answer.header("Contact").find('>') - 1);
        auto ack = dialog_;
        ack.method = "ACK";
        ack.to = remote_;
        ack.body.clear();
        sip.send(sip.text(ack));
    }
    /// Takes the next INVITE and answers it; returns it.
    sip::testing::Message take_call() {
        auto invite = sip.request("INVITE", 10s);
        audio.take(invite.body);
        sip.answer(invite, 180, "Ringing", "t" + std::to_string(sip.port()));
        sip.answer(invite, 200, "OK", "t" + std::to_string(sip.port()), {}, audio.description());
        sip.request("ACK");
        return invite;
    }
    /// Answers a re-INVITE with a new description.
    void take_new_description() {
        const auto invite = sip.request("INVITE", 10s);
        audio.take(invite.body);
        sip.answer(invite, 200, "OK", {}, {}, audio.description());
        sip.request("ACK");
    }
    void bye() {
        auto request = dialog_;
        request.method = "BYE";
        request.uri = target_;
        request.to = remote_;
        request.cseq = 2;
        request.body.clear();
        sip.send(sip.text(request));
        sip.response(200, "BYE");
    }
    void expect_bye() {
        const auto bye = sip.request("BYE", 10s);
        sip.answer(bye, 200, "OK", {});
    }

    sip::testing::Peer sip;
    media::testing::TestPeer audio;

  private:
    sip::testing::Peer::Request dialog_;
    std::string remote_;
    std::string target_;
};

}  // namespace linka::voice
