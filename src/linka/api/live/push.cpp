#include "linka/api/live/push.hpp"

#include "linka/api/live/names.hpp"
#include "linka/api/live/rows.hpp"
#include "linka/base/json_read.hpp"
#include "linka/core/view.hpp"
#include "linka/core/work/missed.hpp"
#include "linka/runtime/clock.hpp"
#include "linka/runtime/log.hpp"
#include "linka/runtime/metrics.hpp"

namespace linka::api {

namespace {

metrics::Gauge peers_gauge("linka_push_peers", "Open push sockets");
metrics::Counter messages_counter("linka_push_messages_total", "Push messages encoded");
metrics::Counter dropped_counter("linka_push_batches_dropped_total",
                                 "Batches dropped because the API's threads were too slow");

metrics::Counter flooding_counter("linka_push_flooding_total",
                                  "Push sockets closed because they said too much");

// Beyond it the API's threads are stuck; everybody starts anew when they go on.
constexpr std::size_t pending_max = 4096;

const PushText* text_for(const Viewer& viewer, const PushMessage& message) {
    switch (message.about) {
        case PushMessage::About::user: {
            const Sight sight = viewer.sight_of(message.user);
            return sight == Sight::none       ? nullptr
                   : sight == Sight::presence ? &message.presence
                                              : &message.full;
        }
        case PushMessage::About::queue:
            return viewer.sees(message.queue) ? &message.full : nullptr;
        case PushMessage::About::missed:
            return viewer.sees_missed(message.queue, message.user.id ? &message.user : nullptr)
                       ? &message.full
                       : nullptr;
        case PushMessage::About::notice:
            return message.user.id == viewer.user().id ? &message.full : nullptr;
        case PushMessage::About::activity:
            break;
    }
    const Work work{message.user.id ? &message.user : nullptr, message.queue, !message.taken};
    return viewer.sees(work) ? &message.full : nullptr;
}

PushText me_message(const core::State& state, const core::User& user, Language language) {
    return std::make_shared<const std::string>(R"({"type":"me","me":)" +
                                               me_text(state, user, language) + "}");
}

}  // namespace

Push::Push(const Site& site, std::function<void(std::function<void()>)> post)
    : site_(site), post_(std::move(post)) {
}

void Push::add_routes(Router& router) {
    router.add(Method::get, "/api/live/push",
               signed_in(site_, [this](const Call& call, const Respond& respond) {
                   open(call, respond);
               }));
}

void Push::open(const Call& call, const Respond& respond) {
    const std::string* upgrade = call.request.header("upgrade");
    if (upgrade == nullptr || call.request.header("sec-websocket-key") == nullptr) {
        Response response = error_response(426, "upgrade_required", "this address is a WebSocket");
        response.headers.emplace_back("Upgrade", "websocket");
        respond(std::move(response));
        return;
    }
    auto peer = std::make_shared<Peer>();  // owned by peers_ and the socket's events
    peer->id = next_id_++;
    peer->user = call.user->id;
    peer->session = call.session;
    peer->language = call.language;
    peer->address = call.request.peer;
    auto events = std::make_shared<SocketEvents>();
    events->opened = [this, peer](std::shared_ptr<Socket> socket) {
        peer->socket = std::move(socket);
        ++open_;
        start(peer, false);
    };
    events->message = [this, peer](const std::string& text) { heard(*peer, text); };
    events->overflowed = [this, peer] { start(peer, true); };
    events->closed = [this, peer] {
        site_.phones.closed(peer->id);
        if (peer->socket) {
            --open_;
        }
        left(peer);
    };
    Response response;
    response.status = 101;
    response.socket = std::move(events);
    respond(std::move(response));
}

void Push::heard(Peer& peer, const std::string& text) {
    if (!peer.messages.take(runtime::steady_now())) {
        flooding_counter.add();
        peer.socket->close();
        return;
    }
    const auto value = json::parse(text);
    const json::Value* type =
        value && value->is_object() ? value->get_object().if_contains("type") : nullptr;
    const std::string_view name =
        type != nullptr && type->is_string() ? std::string_view(type->get_string()) : "";
    if (name.starts_with("phone.")) {
        PhonePage page;
        page.id = peer.id;
        page.user = peer.user;
        page.address = peer.address;
        // Weak, since whoever keeps the page may live longer than the server and its sockets.
        page.say = [socket = std::weak_ptr<Socket>(peer.socket)](std::string said) {
            if (const auto open = socket.lock()) {
                open->send(std::make_shared<const std::string>(std::move(said)));
            }
        };
        site_.phones.said(page, text);
        return;
    }
    peer.socket->send(std::make_shared<const std::string>(
        name == "ping"
            ? R"({"type":"pong"})"
            : R"({"type":"error","code":"unknown","text":"type: unknown message","field":"type"})"));
}

// On the core's thread the snapshot is made and the peer joins, both through the same ordered
// queue that batches take: nothing is missed, nothing comes twice.
void Push::start(const std::shared_ptr<Peer>& peer, bool again) {
    const bool asked = site_.live.query([this, peer, again](const core::State& state, Instant now) {
        const core::User* user = core::find_user(state, peer->user);
        if (user == nullptr || user->deactivated) {
            peer->socket->close();
            return;
        }
        if (rows_stale_) {
            rows_.load(state);
            rows_stale_ = false;
            rows_made_ = now;
        } else if (now - rows_made_ > rows_fresh) {
            hand_out(rows_.refresh(state));
            rows_made_ = now;
        }
        const auto records = site_.directory.now();
        const Viewer viewer(*records, records->as_held(std::make_shared<const core::User>(*user)));
        const auto text = std::make_shared<const std::string>(
            R"({"type":"snapshot","seq":)" + std::to_string(state.seq) + R"(,"now":)" +
            iso_json(now).text + R"(,"me":)" + me_text(state, *user, peer->language) +
            R"(,"realtime":)" + rows_.realtime(state, viewer) + R"(,"missed":)" +
            missed_text(state, viewer) + "}");
        post_([this, peer, text, viewer, again] {
            peer->viewer = viewer;
            if (again) {
                peer->socket->restart(text);
                site_.phones.missed(peer->id);
            } else {
                peer->socket->send(text);
                joined(peer);
            }
        });
    });
    if (!asked) {
        peer->socket->close();  // the client comes again
    }
}

void Push::joined(const std::shared_ptr<Peer>& peer) {
    if (peer->gone) {
        return;
    }
    if (!site_.accounts.is_open(peer->session)) {
        peer->socket->close();  // signed out while the snapshot was made
    }
    peers_.emplace(peer->id, peer);
    peers_gauge.set(static_cast<std::int64_t>(peers_.size()));
    if (++present_[peer->user] == 1) {
        say_presence(peer->user);
    }
}

void Push::left(const std::shared_ptr<Peer>& peer) {
    // Behind the joining, which may still be on its way: through the core's thread as that.
    const auto leave = [this, peer] {
        peer->gone = true;  // the joining may still come if the core had no room for the order
        if (peers_.erase(peer->id) == 0) {
            return;
        }
        peers_gauge.set(static_cast<std::int64_t>(peers_.size()));
        const auto present = present_.find(peer->user);
        if (present != present_.end() && --present->second == 0) {
            present_.erase(present);
            say_presence(peer->user);
        }
    };
    const bool asked =
        site_.live.query([this, leave](const core::State&, Instant) { post_(leave); });
    if (!asked) {
        post_(leave);
    }
}

// Said again with the next news from the core if it has no room now: who is believed to be here,
// and is not, would stay at work over night.
void Push::say_presence(core::UserId user) {
    const core::UserPresenceReport presence{user, present_.contains(user)};
    if (site_.live.submit(presence, [](const core::Reply&) {})) {
        unsaid_.erase(user);
    } else {
        if (unsaid_.insert(user).second) {
            log::warn("presence not told to the core yet", {{"user", user}});
        }
        some_unsaid_ = true;
    }
}

void Push::say_unsaid() {
    for (const core::UserId user : std::set<core::UserId>(unsaid_)) {
        say_presence(user);
    }
}

void Push::follow(const core::State& state, const std::vector<core::Record>& records) {
    if (some_unsaid_.exchange(false)) {
        post_([this] { say_unsaid(); });
    }
    // Nothing is computed for nobody: the next page's snapshot begins anew.
    rows_stale_ = rows_stale_ || open_ == 0;
    if (rows_stale_) {
        return;
    }
    hand_out(rows_.follow(state, records));
}

void Push::hand_out(PushBatch rows) {
    const auto batch = std::make_shared<const PushBatch>(std::move(rows));
    if (batch->messages.empty() && batch->users.empty()) {
        return;
    }
    messages_counter.add(static_cast<std::int64_t>(batch->messages.size()));
    if (pending_.fetch_add(1) >= pending_max) {
        --pending_;
        dropped_counter.add();
        post_([this] { close_all(); });
        return;
    }
    post_([this, batch] {
        deliver(*batch);
        deliver_me(*batch);
        --pending_;
    });
}

void Push::deliver(const PushBatch& batch) {
    const auto records = site_.directory.now();
    for (const auto& [id, peer] : peers_) {
        auto user = records->as_held(records->user(peer->user));
        if (!user || user->deactivated) {
            peer->socket->close();
            continue;
        }
        Viewer viewer(*records, std::move(user));
        const bool same = peer->viewer && viewer.sees_as(*peer->viewer);
        peer->viewer = std::move(viewer);
        if (!same) {
            start(peer, true);  // sees other things than before
            continue;
        }
        for (const PushMessage& message : batch.messages) {
            if (const PushText* text = text_for(*peer->viewer, message)) {
                peer->socket->send(*text);
            }
        }
    }
}

// `me` depends on its user and language alone; those who have no socket cost nothing.
void Push::deliver_me(const PushBatch& batch) {
    std::map<core::UserId, std::vector<std::shared_ptr<Peer>>> wanted;
    for (const auto& [id, peer] : peers_) {
        if (batch.users.contains(peer->user)) {
            wanted[peer->user].push_back(peer);
        }
    }
    if (wanted.empty()) {
        return;
    }
    const bool asked = site_.live.query([wanted](const core::State& state, Instant) {
        for (const auto& [id, peers] : wanted) {
            const core::User* user = core::find_user(state, id);
            if (user == nullptr) {
                continue;
            }
            std::map<Language, PushText> texts;
            for (const auto& peer : peers) {
                PushText& text = texts[peer->language];
                if (!text) {
                    text = me_message(state, *user, peer->language);
                }
                peer->socket->send(text);
            }
        }
    });
    if (!asked) {
        for (const auto& [id, peers] : wanted) {
            for (const auto& peer : peers) {
                peer->socket->close();
            }
        }
    }
}

void Push::roles_changed() {
    post_([this] { deliver({}); });
}

void Push::session_ended(const std::string& session) {
    post_([this, session] {
        for (const auto& [id, peer] : peers_) {
            if (peer->session == session) {
                peer->socket->close();
            }
        }
    });
}

void Push::tell(core::UserId user, std::string text) {
    post_([this, user, said = std::make_shared<const std::string>(std::move(text))] {
        for (const auto& [id, peer] : peers_) {
            if (peer->user == user) {
                peer->socket->send(said);
            }
        }
    });
}

void Push::close_all() {
    for (const auto& [id, peer] : peers_) {
        peer->socket->close();
    }
}

}  // namespace linka::api
