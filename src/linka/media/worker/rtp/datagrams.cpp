#include "linka/media/worker/rtp/datagrams.hpp"

#include "linka/runtime/clock.hpp"
#include "linka/runtime/log.hpp"

#include <utility>

#include <sys/epoll.h>

namespace linka::media {
namespace {

// So many batches of a socket are read before the loop turns to others.
constexpr int batches_max = 4;

}  // namespace

Datagrams::Datagrams(runtime::Loop& loop, Way way) : loop_(loop), way_(way) {
    loop_.after_each_pass([this] {
        if (ring_ != nullptr) {
            ring_->flush();
        }
    });
}

Datagrams::~Datagrams() {
    loop_.after_each_pass({});
}

void Datagrams::watch(int fd, TakeDatagram take) {
    if (way_ == Way::ring && ring_ == nullptr) {
        ring_ = DatagramRing::open(
            loop_, [this](int refused, TakeDatagram its) { watch_alone(refused, std::move(its)); });
        if (ring_ == nullptr) {
            way_ = Way::one_by_one;
            log::info("no io_uring here: datagrams are sent and received one by one");
        }
    }
    if (ring_ != nullptr) {
        ring_->watch(fd, std::move(take));
    } else {
        watch_alone(fd, std::move(take));
    }
}

void Datagrams::unwatch(int fd) {
    if (ring_ != nullptr) {
        ring_->unwatch(fd);
    }
    loop_.unwatch(fd);
    reading_ = reading_ == fd ? -1 : reading_;
}

void Datagrams::send(int fd, const Endpoint& to, std::span<const std::uint8_t> head,
                     std::span<const std::uint8_t> payload, const Endpoint& local) {
    if (ring_ != nullptr) {
        ring_->send(fd, to, head, payload, local);
    } else {
        send_datagram(fd, to, head, payload, local);
    }
}

void Datagrams::watch_alone(int fd, TakeDatagram take) {
    if (batch_ == nullptr) {
        batch_ = std::make_unique<ReceiveBatch>();
    }
    loop_.watch(fd, EPOLLIN, [this, fd, take = std::move(take)](std::uint32_t) { read(fd, take); });
}

void Datagrams::read(int fd, const TakeDatagram& take) {
    const Instant now = runtime::steady_now();
    reading_ = fd;
    bool more = true;
    for (int i = 0; i < batches_max && more; ++i) {
        const std::size_t count = batch_->receive(fd);
        for (std::size_t each = 0; each < count && reading_ == fd; ++each) {
            take({.bytes = batch_->bytes(each),
                  .from = batch_->from(each),
                  .local = batch_->local(each)},
                 now);
        }
        more = count == ReceiveBatch::size_max && reading_ == fd;
    }
    reading_ = -1;
}

}  // namespace linka::media
