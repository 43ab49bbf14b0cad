#include "linka/media/worker/rtp/datagram_ring.hpp"

#include "linka/media/worker/rtp/packet.hpp"
#include "linka/media/worker/rtp/sockets.hpp"
#include "linka/runtime/clock.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <utility>

#include <liburing.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/mman.h>

namespace linka::media {
namespace {

constexpr unsigned orders_max = 1024;
constexpr unsigned results_max = 4096;  // more than can be open at once
constexpr unsigned short group = 0;

// Orders to receive are called by the place of their watch, all others so.
constexpr std::uint64_t nobody = ~std::uint64_t{0};

// What comes meanwhile may keep one flush() busy for so many turns; then others of the loop have
// theirs.
constexpr int turns_max = 16;

// A buffer: what the kernel says of the datagram, its sender, the control message, the bytes. The
// second and third have room of fixed size, so that all begin where they may.
constexpr std::size_t name_bytes = 32;
constexpr std::size_t buffer_bytes =
    sizeof(io_uring_recvmsg_out) + name_bytes + control_bytes + datagram_bytes_max;
static_assert(name_bytes >= sizeof(sockaddr_in6));
static_assert((sizeof(io_uring_recvmsg_out) + name_bytes) % alignof(cmsghdr) == 0);

msghdr layout() {
    msghdr message{};
    message.msg_namelen = name_bytes;
    message.msg_controllen = control_bytes;
    return message;
}

}  // namespace

struct DatagramRing::Watch {
    int fd = -1;  // -1: not watched any more
    TakeDatagram take;
    msghdr layout{};
};

// Written when it is used. NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init)
struct DatagramRing::Slot {
    alignas(cmsghdr) std::array<std::uint8_t, control_bytes> control;
    std::array<std::uint8_t, datagram_bytes_max> bytes;
    Endpoint to;
    iovec part;
    msghdr message;
};

// The buffers that the kernel fills, and the ring in which it finds the free ones.
struct DatagramRing::Buffers {
    static constexpr std::size_t ring_bytes = buffers_count * sizeof(io_uring_buf);
    static constexpr std::size_t stride = (buffer_bytes + 15) / 16 * 16;

    Buffers()
        : memory(::mmap(nullptr, ring_bytes + buffers_count * stride, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)) {}
    ~Buffers() {
        if (memory != MAP_FAILED) {
            ::munmap(memory, ring_bytes + buffers_count * stride);
        }
    }
    Buffers(const Buffers&) = delete;
    Buffers& operator=(const Buffers&) = delete;

    [[nodiscard]] std::uint8_t* at(std::size_t index) const {
        return static_cast<std::uint8_t*>(memory) + ring_bytes + index * stride;
    }
    [[nodiscard]] io_uring_buf_ring* ring() const {
        return static_cast<io_uring_buf_ring*>(memory);
    }
    bool offer_to(io_uring& target) {
        if (memory == MAP_FAILED) {
            return false;
        }
        io_uring_buf_reg where{};
        where.ring_addr = reinterpret_cast<std::uintptr_t>(memory);
        where.ring_entries = buffers_count;
        where.bgid = group;
        if (::io_uring_register_buf_ring(&target, &where, 0) != 0) {
            return false;
        }
        ::io_uring_buf_ring_init(ring());
        for (std::size_t i = 0; i < buffers_count; ++i) {
            give(i, static_cast<int>(i));
        }
        ::io_uring_buf_ring_advance(ring(), buffers_count);
        return true;
    }
    // The kernel sees it with the next advance.
    void give(std::size_t index, int offset) {
        ::io_uring_buf_ring_add(ring(), at(index), buffer_bytes, static_cast<std::uint16_t>(index),
                                ::io_uring_buf_ring_mask(buffers_count), offset);
    }

    void* memory;
};

std::unique_ptr<DatagramRing> DatagramRing::open(runtime::Loop& loop, Refused refused) {
    auto ring = std::make_unique<io_uring>();
    io_uring_params options{};
    // The kernel works for us only when we ask it to, and says when there is something to do.
    options.flags = IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_DEFER_TASKRUN |
                    IORING_SETUP_TASKRUN_FLAG | IORING_SETUP_SUBMIT_ALL | IORING_SETUP_CQSIZE;
    options.cq_entries = results_max;
    if (::io_uring_queue_init_params(orders_max, ring.get(), &options) != 0) {
        return nullptr;
    }
    auto buffers = std::make_unique<Buffers>();
    runtime::Fd bell(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    if (!buffers->offer_to(*ring) || !bell ||
        ::io_uring_register_eventfd(ring.get(), bell.get()) != 0) {
        ::io_uring_queue_exit(ring.get());
        return nullptr;
    }
    return std::make_unique<DatagramRing>(Private{}, loop, std::move(ring), std::move(buffers),
                                          std::move(bell), std::move(refused));
}

DatagramRing::DatagramRing(Private, runtime::Loop& loop, std::unique_ptr<io_uring> ring,
                           std::unique_ptr<Buffers> buffers, runtime::Fd bell, Refused refused)
    : loop_(loop),
      ring_(std::move(ring)),
      buffers_(std::move(buffers)),
      bell_(std::move(bell)),
      refused_(std::move(refused)),
      slots_(sends_max) {
    // Edges only, so that nobody need read it.
    loop_.watch(bell_.get(), EPOLLIN | EPOLLET, [this](std::uint32_t) { more_ = true; });
}

DatagramRing::~DatagramRing() {
    submit();
    loop_.unwatch(bell_.get());
    ::io_uring_queue_exit(ring_.get());
}

// Nothing if the kernel does not take what waits.
io_uring_sqe* DatagramRing::order() {
    io_uring_sqe* order = ::io_uring_get_sqe(ring_.get());
    if (order == nullptr) {
        submit();
        order = ::io_uring_get_sqe(ring_.get());
    }
    more_ = more_ || order != nullptr;
    return order;
}

// Whatever is sent has been sent when the kernel comes back: it was told not to wait.
void DatagramRing::submit() {
    (void)::io_uring_submit_and_get_events(ring_.get());
    if (::io_uring_sq_ready(ring_.get()) == 0) {
        sends_ = 0;
    }
}

void DatagramRing::watch(int fd, TakeDatagram take) {
    if (free_watches_.empty()) {
        free_watches_.push_back(static_cast<std::uint32_t>(watches_.size()));
        watches_.push_back(std::make_unique<Watch>());
    }
    const std::uint32_t index = free_watches_.back();
    free_watches_.pop_back();
    Watch& watch = *watches_[index];
    watch = {.fd = fd, .take = std::move(take), .layout = layout()};
    by_fd_[fd] = index;
    arm(index);
}

void DatagramRing::arm(std::uint32_t index) {
    Watch& watch = *watches_[index];
    io_uring_sqe* receive = order();
    if (receive == nullptr) {
        ended(index, -EAGAIN);
        return;
    }
    ::io_uring_prep_recvmsg_multishot(receive, watch.fd, &watch.layout, 0);
    receive->flags |= IOSQE_BUFFER_SELECT;
    receive->buf_group = group;
    receive->user_data = index;
}

void DatagramRing::unwatch(int fd) {
    const auto found = by_fd_.find(fd);
    if (found == by_fd_.end()) {
        return;
    }
    const std::uint32_t index = found->second;
    by_fd_.erase(found);
    watches_[index]->fd = -1;
    if (io_uring_sqe* cancel = order()) {
        ::io_uring_prep_cancel64(cancel, index, 0);
        cancel->user_data = nobody;
    }
    // The order holds the socket open until it has ended.
    submit();
}

void DatagramRing::send(int fd, const Endpoint& to, std::span<const std::uint8_t> head,
                        std::span<const std::uint8_t> payload, const Endpoint& local) {
    const std::size_t size = head.size() + payload.size();
    if (size > datagram_bytes_max) {
        return;
    }
    io_uring_sqe* send = sends_ < sends_max ? order() : nullptr;
    if (send == nullptr) {
        submit();  // what waits goes first
        send_datagram(fd, to, head, payload, local);
        return;
    }
    Slot& slot = slots_[sends_++];
    std::copy(payload.begin(), payload.end(),
              std::copy(head.begin(), head.end(), slot.bytes.begin()));
    slot.to = to;
    slot.part = {.iov_base = slot.bytes.data(), .iov_len = size};
    slot.message = {};
    slot.message.msg_name = slot.to.address();
    slot.message.msg_namelen = slot.to.length();
    slot.message.msg_iov = &slot.part;
    slot.message.msg_iovlen = 1;
    set_local(slot.message, local, slot.control);
    ::io_uring_prep_sendmsg(send, fd, &slot.message, MSG_DONTWAIT | MSG_NOSIGNAL);
    send->flags |= IOSQE_CQE_SKIP_SUCCESS;  // and failures do not interest us either
    send->user_data = nobody;
}

void DatagramRing::flush() {
    // The bell is for what comes while we are not here.
    for (int turns = 0; more_ && turns < turns_max; ++turns) {
        (void)::io_uring_cq_eventfd_toggle(ring_.get(), false);
        more_ = false;
        submit();
        take_results();
        (void)::io_uring_cq_eventfd_toggle(ring_.get(), true);
        // What came before the bell was back does not ring it.
        std::atomic_thread_fence(std::memory_order_seq_cst);
        more_ = more_ || (*ring_->sq.kflags & IORING_SQ_TASKRUN) != 0;
    }
    if (more_) {
        (void)::eventfd_write(bell_.get(), 1);
    }
}

void DatagramRing::take_results() {
    struct Result {
        std::uint64_t name;
        int result;
        std::uint32_t flags;
    };
    std::array<io_uring_cqe*, 64> views{};
    std::array<Result, 64> results{};
    const Instant now = runtime::steady_now();
    while (const unsigned count =
               ::io_uring_peek_batch_cqe(ring_.get(), views.data(), views.size())) {
        for (unsigned i = 0; i < count; ++i) {
            results[i] = {views[i]->user_data, views[i]->res, views[i]->flags};
        }
        ::io_uring_cq_advance(ring_.get(), count);
        for (unsigned i = 0; i < count; ++i) {
            if (results[i].name != nobody) {
                // The kernel brings so many at a time: there may be more.
                more_ = true;
                received(static_cast<std::uint32_t>(results[i].name), results[i].result,
                         results[i].flags, now);
            }
        }
    }
}

void DatagramRing::received(std::uint32_t index, int result, std::uint32_t flags, Instant now) {
    Watch& watch = *watches_[index];
    if ((flags & IORING_CQE_F_BUFFER) != 0) {
        const std::size_t buffer = flags >> IORING_CQE_BUFFER_SHIFT;
        auto* out = ::io_uring_recvmsg_validate(buffers_->at(buffer), result, &watch.layout);
        if (watch.fd >= 0 && out != nullptr && (out->flags & MSG_TRUNC) == 0) {
            sockaddr_storage from{};
            std::memcpy(&from, ::io_uring_recvmsg_name(out),
                        std::min<std::size_t>(out->namelen, name_bytes));
            msghdr control{};
            control.msg_control = buffers_->at(buffer) + sizeof *out + name_bytes;
            control.msg_controllen = out->controllen;
            auto* bytes =
                static_cast<std::uint8_t*>(::io_uring_recvmsg_payload(out, &watch.layout));
            watch.take(
                {.bytes = {bytes, ::io_uring_recvmsg_payload_length(out, result, &watch.layout)},
                 .from = Endpoint(from, out->namelen),
                 .local = out->controllen > 0 ? local_of(control) : Endpoint{}},
                now);
        }
        buffers_->give(buffer, 0);
        ::io_uring_buf_ring_advance(buffers_->ring(), 1);
    }
    if ((flags & IORING_CQE_F_MORE) == 0) {
        ended(index, result);
    }
}

// A standing order ends with an error, when it is cancelled, and now and then without a reason.
void DatagramRing::ended(std::uint32_t index, int result) {
    Watch& watch = *watches_[index];
    if (watch.fd < 0) {
        watch.take = {};
        free_watches_.push_back(index);
    } else if (result >= 0 || result == -ENOBUFS) {
        arm(index);
    } else {
        by_fd_.erase(watch.fd);
        free_watches_.push_back(index);
        refused_(std::exchange(watch.fd, -1), std::move(watch.take));
    }
}

}  // namespace linka::media
