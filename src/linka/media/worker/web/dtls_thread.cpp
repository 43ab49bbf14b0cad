#include "linka/media/worker/web/dtls_thread.hpp"

#include "linka/runtime/this_machine.hpp"

namespace linka::media {

DtlsThread::DtlsThread(runtime::Loop& media, DtlsContext context, Events events)
    : media_(media), context_(std::move(context)), events_(std::move(events)), thread_([this] {
          runtime::name_thread("media-dtls");
          loop_.run();
      }) {
}

DtlsThread::~DtlsThread() {
    loop_.stop();
    thread_.join();
}

void DtlsThread::received(Id id, std::span<const std::uint8_t> datagram,
                          const std::vector<Fingerprint>& expected) {
    if (waiting_ >= waiting_max) {
        return;
    }
    ++waiting_;
    const bool posted =
        loop_.post([this, id, expected, copy = Datagram(datagram.begin(), datagram.end())] {
            --waiting_;
            take(id, copy, expected);
        });
    waiting_ -= posted ? 0 : 1;
}

void DtlsThread::end(Id id) {
    // Far more posts fit than datagrams may wait, so this one does.
    (void)loop_.post([this, id] { forget(id); });
}

void DtlsThread::take(Id id, const Datagram& datagram, const std::vector<Fingerprint>& expected) {
    auto found = handshakes_.find(id);
    if (found == handshakes_.end()) {
        if (!is_client_hello(datagram) || under_way_ >= handshakes_max) {
            return;
        }
        Handshake handshake;
        handshake.association = std::make_unique<DtlsAssociation>(context_, expected);
        handshake.deadline = loop_.after(handshake_max, [this, id] {
            forget(id);
            tell_failed(id, false);
        });
        found = handshakes_.emplace(id, std::move(handshake)).first;
        ++under_way_;
    }
    const auto before = found->second.association->state();
    found->second.association->received(datagram);
    settle(id, before);
}

void DtlsThread::settle(Id id, DtlsAssociation::State before) {
    Handshake& handshake = handshakes_.at(id);
    DtlsAssociation& association = *handshake.association;
    for (Datagram& datagram : association.take_out()) {
        (void)media_.post(
            [this, id, datagram = std::move(datagram)] { events_.send(id, datagram); });
    }
    if (association.state() == DtlsAssociation::State::failed) {
        const bool stranger = association.stranger();
        forget(id);
        tell_failed(id, stranger);
        return;
    }
    if (association.state() == DtlsAssociation::State::up && before != association.state()) {
        --under_way_;
        loop_.cancel(std::exchange(handshake.deadline, 0));
        (void)media_.post([this, id, keys = association.keys()] { events_.up(id, keys); });
    }
    arm(id, handshake);
}

void DtlsThread::arm(Id id, Handshake& handshake) {
    loop_.cancel(std::exchange(handshake.retransmit, 0));
    if (const auto due = handshake.association->timer()) {
        handshake.retransmit = loop_.after(*due, [this, id] {
            const auto found = handshakes_.find(id);
            if (found != handshakes_.end()) {
                found->second.retransmit = 0;
                const auto before = found->second.association->state();
                found->second.association->timed_out();
                settle(id, before);
            }
        });
    }
}

void DtlsThread::forget(Id id) {
    const auto found = handshakes_.find(id);
    if (found == handshakes_.end()) {
        return;
    }
    loop_.cancel(found->second.retransmit);
    loop_.cancel(found->second.deadline);
    // `deadline` runs exactly while the association counts as under way.
    under_way_ -= found->second.deadline != 0 ? 1 : 0;
    handshakes_.erase(found);
}

void DtlsThread::tell_failed(Id id, bool stranger) {
    (void)media_.post([this, id, stranger] { events_.failed(id, stranger); });
}

}  // namespace linka::media
