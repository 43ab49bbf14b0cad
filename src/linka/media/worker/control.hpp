// Control: the worker's end of the socket to the server. One server at a time: the last that said
// Hello. Notices that arise while there is none are kept for the next.
#pragma once

#include "linka/base/result.hpp"
#include "linka/media/protocol/message.hpp"
#include "linka/runtime/loop.hpp"
#include "linka/runtime/seqpacket.hpp"

#include <cstdint>
#include <deque>
#include <functional>
#include <list>
#include <memory>
#include <string>

namespace linka::media {

class Control {
  public:
    struct Events {
        std::function<Reply(const Request&)> request;  // not Hello
        std::function<Reply()> hello;                  // fills legs and recordings
        std::function<void(bool connected)> connected;
    };

    /// Listens at `path`. Errors: those of listen_seqpacket.
    static Result<std::unique_ptr<Control>> listen(runtime::Loop& loop, const std::string& path,
                                                   Events events);
    /// For listen().
    Control(runtime::Loop& loop, Events events) : loop_(loop), events_(std::move(events)) {}
    ~Control();

    /// Sends, or keeps until a server is there.
    void notice(const Notice& notice);
    [[nodiscard]] bool connected() const { return server_ != nullptr; }

    /// Beyond this, Quality notices are thrown away, beyond twice it the oldest of all.
    static constexpr std::size_t kept_max = 5000;

  private:
    struct Connection {
        std::unique_ptr<runtime::SeqpacketPeer> peer;
    };
    void accept(runtime::Fd fd);
    void packet(Connection& connection, std::string_view packet);
    void greet(Connection& connection, const Hello& hello);
    void closed(Connection& connection);
    void reply(Connection& connection, const Reply& reply);
    void flush();

    runtime::Loop& loop_;
    Events events_;
    std::unique_ptr<runtime::SeqpacketListener> listener_;
    std::list<Connection> connections_;
    Connection* server_ = nullptr;  // of connections_, after its Hello
    std::deque<std::string> kept_;
};

}  // namespace linka::media
