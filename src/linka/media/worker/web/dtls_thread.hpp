// DtlsThread: the thread on which all DTLS of a worker happens. A handshake costs half a
// millisecond; when a server comes back and a hundred pages re-offer at once, that many on the
// media loop would be heard in every call. Established associations stay here: their last flight
// may have to be repeated.
//
// Threads: everything public belongs to the media loop's thread. Datagrams go over as posts to the
// thread's own loop, results come back as posts to the media loop; numbers travel, pointers do not.
#pragma once

#include "linka/media/worker/web/dtls.hpp"
#include "linka/runtime/loop.hpp"

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <thread>

namespace linka::media {

class DtlsThread {
  public:
    using Id = std::uint64_t;
    using Datagram = std::vector<std::uint8_t>;

    /// Handshakes under way at once; a ClientHello beyond is dropped, the browser repeats it.
    static constexpr std::size_t handshakes_max = 256;
    /// Datagrams that wait for the thread; more are dropped.
    static constexpr std::size_t waiting_max = 2048;
    /// After so long a handshake has failed; a new ClientHello may begin another.
    static constexpr Duration handshake_max = 15s;

    /// Called on the media loop.
    struct Events {
        std::function<void(Id, const Datagram&)> send;
        std::function<void(Id, const SrtpKeys&)> up;
        /// `stranger`: it had another certificate than promised, for good. Else: once more.
        std::function<void(Id, bool stranger)> failed;
    };

    /// `media` outlives us, and runs no more once we are gone.
    DtlsThread(runtime::Loop& media, DtlsContext context, Events events);
    ~DtlsThread();
    DtlsThread(const DtlsThread&) = delete;
    DtlsThread& operator=(const DtlsThread&) = delete;

    /// A datagram for association `id`; the first, a ClientHello, makes it.
    void received(Id id, std::span<const std::uint8_t> datagram,
                  const std::vector<Fingerprint>& expected);
    /// The association is needed no more.
    void end(Id id);

  private:
    struct Handshake {
        std::unique_ptr<DtlsAssociation> association;
        runtime::Loop::TimerId retransmit = 0;
        runtime::Loop::TimerId deadline = 0;
    };

    // On the thread.
    void take(Id id, const Datagram& datagram, const std::vector<Fingerprint>& expected);
    void settle(Id id, DtlsAssociation::State before);
    void arm(Id id, Handshake& handshake);
    void forget(Id id);
    void tell_failed(Id id, bool stranger);

    // Given.
    runtime::Loop& media_;
    DtlsContext context_;
    Events events_;

    std::atomic<std::size_t> waiting_ = 0;
    std::map<Id, Handshake> handshakes_;  // the thread's
    std::size_t under_way_ = 0;           // the thread's
    runtime::Loop loop_;                  // the thread's
    std::thread thread_;
};

}  // namespace linka::media
