// Spool files of recordings, as a crash or a broken disk may leave them: read, decoded and put on
// the time line, for at most a minute of it.
#include "linka/media/worker/record/side_track.hpp"
#include "linka/media/worker/record/spool.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include <sys/mman.h>
#include <unistd.h>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace linka;
    using namespace linka::media;
    const runtime::Fd file(::memfd_create("spool", MFD_CLOEXEC));
    if (!file || ::write(file.get(), data, size) != static_cast<ssize_t>(size)) {
        return 0;
    }
    auto reader = SpoolReader::open("/proc/self/fd/" + std::to_string(file.get()));
    if (!reader) {
        return 0;
    }
    std::array<SideTrack, 2> sides = {SideTrack(reader->header().rate),
                                      SideTrack(reader->header().rate)};
    Duration taken{};
    SpoolPacket packet;
    Duration at{};
    for (int records = 0; records < 1000; ++records) {
        if (reader->next(packet, at) != SpoolReader::Kind::packet) {
            break;
        }
        sides[static_cast<std::size_t>(packet.side)].packet(packet);
        while (taken + 20ms <= at && taken < 60s) {
            taken += 20ms;
            std::array<std::int16_t, 320> frame{};
            for (SideTrack& side : sides) {
                side.decode(taken);
                side.take(frame);
            }
        }
    }
    return 0;
}
