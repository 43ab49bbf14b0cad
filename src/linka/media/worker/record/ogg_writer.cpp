#include "linka/media/worker/record/ogg_writer.hpp"

#include "linka/base/text.hpp"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include <fcntl.h>
#include <ogg/ogg.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

namespace linka::media {
namespace {

// A page a second (RFC 7845 §3 asks for at most one).
constexpr int packets_per_page = 50;

void add16(std::vector<std::uint8_t>& out, unsigned value) {
    out.push_back(static_cast<std::uint8_t>(value));
    out.push_back(static_cast<std::uint8_t>(value >> 8));
}

void add32(std::vector<std::uint8_t>& out, std::size_t value) {
    add16(out, static_cast<unsigned>(value & 0xFFFFU));
    add16(out, static_cast<unsigned>((value >> 16) & 0xFFFFU));
}

void add_text(std::vector<std::uint8_t>& out, std::string_view text) {
    out.insert(out.end(), text.begin(), text.end());
}

}  // namespace

struct OggWriter::Stream {
    explicit Stream(std::uint32_t serial) { ogg_stream_init(&state, static_cast<int>(serial)); }
    ~Stream() { ogg_stream_clear(&state); }
    Stream(const Stream&) = delete;
    Stream& operator=(const Stream&) = delete;
    ogg_stream_state state{};
};

Result<std::unique_ptr<OggWriter>> OggWriter::create(Options options) {
    const std::string part = options.path + ".part";
    runtime::Fd fd(::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640));
    if (!fd) {
        return fail(ErrorCode::unavailable,
                    text::format("{} cannot be made: {}", part, std::strerror(errno)));
    }
    return std::make_unique<OggWriter>(std::move(options), std::move(fd));
}

OggWriter::OggWriter(Options options, runtime::Fd fd)
    : options_(std::move(options)),
      fd_(std::move(fd)),
      stream_(std::make_unique<Stream>(options_.serial)) {
    headers();
}

OggWriter::~OggWriter() = default;

// RFC 7845 §5: OpusHead and OpusTags, each on a page of its own.
void OggWriter::headers() {
    std::vector<std::uint8_t> head;
    add_text(head, "OpusHead");
    head.push_back(1);
    head.push_back(static_cast<std::uint8_t>(options_.channels));
    add16(head, static_cast<unsigned>(options_.pre_skip));
    add32(head, static_cast<std::size_t>(options_.rate));
    add16(head, 0);     // gain
    head.push_back(0);  // mapping family
    put(head, 0, false);
    write_pages(true);
    std::vector<std::uint8_t> tags;
    constexpr std::string_view vendor = "linka";
    add_text(tags, "OpusTags");
    add32(tags, vendor.size());
    add_text(tags, vendor);
    add32(tags, 0);
    put(tags, 0, false);
    write_pages(true);
}

void OggWriter::put(std::span<const std::uint8_t> bytes, std::int64_t granule, bool last) {
    ogg_packet packet{};
    // libogg copies the bytes; its interface merely lacks the const.
    packet.packet = const_cast<std::uint8_t*>(bytes.data());
    packet.bytes = static_cast<long>(bytes.size());
    packet.b_o_s = numbered_ == 0 ? 1 : 0;
    packet.e_o_s = last ? 1 : 0;
    packet.granulepos = granule;
    packet.packetno = numbered_++;
    broken_ = ogg_stream_packetin(&stream_->state, &packet) != 0 || broken_;
}

void OggWriter::write_pages(bool flush) {
    ogg_page page{};
    while ((flush ? ogg_stream_flush(&stream_->state, &page)
                  : ogg_stream_pageout(&stream_->state, &page)) != 0) {
        const std::array<iovec, 2> parts = {
            iovec{page.header, static_cast<std::size_t>(page.header_len)},
            iovec{page.body, static_cast<std::size_t>(page.body_len)}};
        const std::int64_t bytes = std::int64_t{page.header_len} + page.body_len;
        ssize_t written = -1;
        do {
            written = ::writev(fd_.get(), parts.data(), parts.size());
        } while (written < 0 && errno == EINTR);
        broken_ = broken_ || written != bytes;
        bytes_ += bytes;
    }
}

void OggWriter::packet(std::span<const std::uint8_t> bytes, std::int64_t ticks) {
    if (!held_.empty()) {
        put(held_, granule_, false);
        if (++unflushed_ >= packets_per_page) {
            unflushed_ = 0;
            write_pages(true);
        }
    }
    held_.assign(bytes.begin(), bytes.end());
    granule_ += ticks;
}

Result<std::int64_t> OggWriter::finish(std::int64_t ticks) {
    // The granule position of the last page cuts off the padding (RFC 7845 §4.4).
    const std::int64_t end = std::min(granule_, ticks + options_.pre_skip);
    put(held_, end, true);
    write_pages(true);
    const std::string part = options_.path + ".part";
    if (broken_ || ::fdatasync(fd_.get()) != 0 ||
        std::rename(part.c_str(), options_.path.c_str()) != 0) {
        return fail(ErrorCode::unavailable,
                    text::format("{} cannot be written: {}", options_.path, std::strerror(errno)));
    }
    return bytes_;
}

}  // namespace linka::media
