// SpoolStage: the beginning of a spool file, mapped. Records are put into it without a system call
// and are with the kernel all the same, so that a killed worker loses none; when it is full it is
// written to the end of the file at once. What is in it is told by one word that changes as a
// whole, so that a reader beside the writer, or after its death, never sees half a record.
//
// Layout: 8 bytes of magic; the word (8 bytes, network order): `base` × 65,536 + `used`; then
// capacity bytes, of which the first `used` are the records that follow those before `base` in the
// file.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>

namespace linka::media {

class SpoolStage {
  public:
    /// Of the file; its first record after the stage is here. About a second of two G.711 sides:
    /// a larger one costs caches, a smaller one system calls.
    static constexpr std::size_t bytes = std::size_t{16} * 1024;
    static constexpr std::size_t capacity = bytes - 16;
    /// No record of a spool without a stage begins like this.
    static constexpr std::array<std::uint8_t, 8> magic = {'L', 'i', 'n', 'k', 'a', 'S', 'p', '2'};

    struct Level {
        std::uint64_t base = bytes;
        std::size_t used = 0;
    };

    /// An empty stage in an empty file. Nothing, and errno: the file system has no room for it, or
    /// (`unable()`) cannot do it at all.
    static std::optional<SpoolStage> create(int fd);
    static bool unable(int error);
    /// For reading. Nothing if the file has none.
    static std::optional<SpoolStage> open(int fd);

    /// Writer: adds a record, which fits. False: the file failed (BusGuard).
    bool append(std::span<const std::uint8_t> head, std::span<const std::uint8_t> body);
    /// Writer: what is in it was written to the file at base.
    bool written();
    [[nodiscard]] const Level& level() const { return level_; }
    [[nodiscard]] std::span<const std::uint8_t> records() const {
        return window().subspan(bytes - capacity, level_.used);
    }

    /// Reader: the level now. Nothing if the file failed or is none of ours.
    [[nodiscard]] std::optional<Level> look() const;
    /// Reader: copies what lies from `from` (of the stage) to `out`. False if the file failed.
    bool copy(std::size_t from, std::span<std::uint8_t> out) const;

  private:
    struct Unmap {
        void operator()(std::uint8_t* window) const;
    };
    static std::optional<SpoolStage> map(int fd, int protection);
    [[nodiscard]] std::span<std::uint8_t> window() const { return {window_.get(), bytes}; }
    void publish();

    std::unique_ptr<std::uint8_t, Unmap> window_;
    Level level_;  // the writer's
};

}  // namespace linka::media
