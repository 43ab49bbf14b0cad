#include "linka/media/worker/control.hpp"

#include "linka/base/text.hpp"
#include "linka/runtime/log.hpp"

#include <algorithm>

namespace linka::media {
namespace {

constexpr std::size_t connections_max = 8;

std::int64_t id_of(const Request& request) {
    return std::visit([](const auto& each) { return each.id; }, request);
}

}  // namespace

Result<std::unique_ptr<Control>> Control::listen(runtime::Loop& loop, const std::string& path,
                                                 Events events) {
    auto fd = runtime::listen_seqpacket(path);
    if (!fd) {
        return fd.error();
    }
    auto control = std::make_unique<Control>(loop, std::move(events));
    control->listener_ = std::make_unique<runtime::SeqpacketListener>(
        loop, std::move(*fd),
        [raw = control.get()](runtime::Fd accepted) { raw->accept(std::move(accepted)); });
    return control;
}

Control::~Control() = default;

void Control::accept(runtime::Fd fd) {
    if (connections_.size() >= connections_max) {
        return;
    }
    Connection& connection = connections_.emplace_back();
    connection.peer = std::make_unique<runtime::SeqpacketPeer>(
        loop_, std::move(fd),
        [this, &connection](std::string_view bytes) { packet(connection, bytes); },
        [this, &connection] { closed(connection); },
        // Somebody on the line waits for the answer.
        runtime::SeqpacketPeer::Options{.hurries = true});
}

void Control::reply(Connection& connection, const Reply& answer) {
    if (!connection.peer->send(encode(Notice{answer}))) {
        log::warn("the server does not read; an answer is lost", {{"id", answer.id}});
    }
}

void Control::packet(Connection& connection, std::string_view packet) {
    const auto request = decode_request(packet);
    if (!request) {
        log::error("a request that cannot be read", {{"why", request.error().text}});
        if (const std::int64_t id = id_of_unreadable(packet); id != 0) {
            // Whoever asked waits for it: a leg without an answer would never end.
            Reply answer = refusal(request.error().code == ErrorCode::full ? "full" : "internal",
                                   request.error().text);
            answer.id = id;
            reply(connection, answer);
        }
        return;
    }
    if (const auto* hello = std::get_if<Hello>(&*request)) {
        greet(connection, *hello);
        return;
    }
    Reply answer;
    if (&connection == server_) {
        answer = events_.request(*request);
    } else {
        answer.error = "version";
        answer.text = "say hello first";
    }
    answer.id = id_of(*request);
    reply(connection, answer);
}

void Control::greet(Connection& connection, const Hello& hello) {
    Reply answer;
    if (hello.version != protocol_version) {
        answer.error = "version";
        answer.text = text::format("this worker speaks version {}", protocol_version);
    } else {
        log::info("server connected", {{"server", hello.server}});
        server_ = &connection;
        answer = events_.hello();
    }
    answer.id = hello.id;
    reply(connection, answer);
    if (answer.error.empty()) {
        events_.connected(true);
        flush();
    }
}

void Control::closed(Connection& connection) {
    const bool was_server = &connection == server_;
    if (was_server) {
        server_ = nullptr;
    }
    connections_.remove_if([&](const Connection& each) { return &each == &connection; });
    if (was_server) {
        events_.connected(false);
    }
}

void Control::flush() {
    while (server_ != nullptr && !kept_.empty()) {
        if (!server_->peer->send(kept_.front())) {
            return;  // it reads slowly; the next notice tries again
        }
        kept_.pop_front();
    }
}

void Control::notice(const Notice& notice) {
    flush();
    if (kept_.size() >= kept_max) {
        if (std::holds_alternative<Quality>(notice)) {
            return;
        }
        if (kept_.size() >= 2 * kept_max) {
            kept_.pop_front();
        }
    }
    kept_.push_back(encode(notice));
    flush();
}

}  // namespace linka::media
