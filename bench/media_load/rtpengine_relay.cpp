// rtpengine through its "ng" control protocol: a cookie and a bencoded dictionary in a datagram.
#include "linka/base/text.hpp"
#include "linka/runtime/fd.hpp"
#include "relay.hpp"

#include <array>
#include <csignal>
#include <stdexcept>
#include <utility>
#include <vector>

#include <arpa/inet.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace linka::bench {
namespace {

constexpr int control_port = 22922;

std::string bencoded(const std::string& text) {
    return std::to_string(text.size()) + ":" + text;
}

class RtpengineRelay : public Relay {
  public:
    explicit RtpengineRelay(std::string program) {
        std::vector<std::string> words = {std::move(program),
                                          "--foreground",
                                          "--table=-1",
                                          "--interface=127.0.0.1",
                                          text::format("--listen-ng=127.0.0.1:{}", control_port),
                                          "--port-min=40000",
                                          "--port-max=49998",
                                          "--log-level=2",
                                          "--log-stderr",
                                          "--num-threads=1"};
        std::vector<char*> arguments;
        for (std::string& word : words) {
            arguments.push_back(word.data());
        }
        arguments.push_back(nullptr);
        if (::posix_spawn(&pid_, arguments.front(), nullptr, nullptr, arguments.data(), environ) !=
            0) {
            throw std::runtime_error("cannot start " + words.front());
        }
        const timeval patience{.tv_sec = 0, .tv_usec = 200'000};
        ::setsockopt(socket_.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        for (int tries = 0; ask("d7:command4:pinge").find("4:pong") == std::string::npos; ++tries) {
            if (tries == 50) {
                throw std::runtime_error(words.front() + " does not answer");
            }
            ::usleep(100'000);
        }
    }

    ~RtpengineRelay() override {
        ::kill(pid_, SIGTERM);
        ::waitpid(pid_, nullptr, 0);
    }
    RtpengineRelay(const RtpengineRelay&) = delete;
    RtpengineRelay& operator=(const RtpengineRelay&) = delete;

    [[nodiscard]] int pid() const override { return pid_; }

    Descriptions open(int call, const std::string& a, const std::string& b) override {
        const std::string name = text::format("call{}", call);
        const std::string from = "8:from-tag" + bencoded("a" + name);
        const std::string id = "7:call-id" + bencoded(name);
        const std::string for_b =
            described(ask("d" + id + "7:command5:offer" + from + "3:sdp" + bencoded(a) + "e"));
        const std::string for_a = described(ask("d" + id + "7:command6:answer" + from + "3:sdp" +
                                                bencoded(b) + "6:to-tag" + bencoded("b") + "e"));
        return {.for_a = for_a, .for_b = for_b};
    }

    bool record(int) override { return false; }
    void finish_recordings(int) override {}

  private:
    std::string ask(const std::string& dictionary) {
        const std::string cookie = std::to_string(++cookies_);
        const std::string packet = cookie + " " + dictionary;
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(control_port);
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): the socket interface
        const auto* address = reinterpret_cast<const sockaddr*>(&to);
        (void)::sendto(socket_.get(), packet.data(), packet.size(), 0, address, sizeof to);
        std::array<char, 65536> buffer{};
        const ssize_t size = ::recv(socket_.get(), buffer.data(), buffer.size(), 0);
        return size > 0 ? std::string(buffer.data(), static_cast<std::size_t>(size)) : "";
    }

    static std::string described(const std::string& answer) {
        const std::size_t key = answer.find("3:sdp");
        if (key == std::string::npos) {
            throw std::runtime_error("rtpengine refuses: " + answer);
        }
        const std::size_t colon = answer.find(':', key + 5);
        const auto length = static_cast<std::size_t>(
            text::to_int(answer.substr(key + 5, colon - key - 5)).value_or(0));
        return answer.substr(colon + 1, length);
    }

    pid_t pid_ = 0;
    int cookies_ = 0;
    runtime::Fd socket_{::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)};
};

}  // namespace

std::unique_ptr<Relay> start_rtpengine(const std::string& program) {
    return std::make_unique<RtpengineRelay>(program);
}

}  // namespace linka::bench
