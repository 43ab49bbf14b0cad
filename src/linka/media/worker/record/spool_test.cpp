// The spool file: written beside its reader, by a worker that is killed, on disks that fail, and as
// earlier versions left it.
#include "linka/media/worker/record/spool.hpp"

#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <thread>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace linka::media {
namespace {

// What the packet of a number carries: lengths on both sides of 256, whatever a datagram holds.
std::vector<std::uint8_t> payload_of(std::uint32_t number) {
    std::vector<std::uint8_t> payload(1 + number * 2654435761U % 1477);
    for (std::size_t i = 0; i < payload.size(); ++i) {
        payload[i] = static_cast<std::uint8_t>(number * 31 + i * 7 + 1);
    }
    return payload;
}

bool say(SpoolWriter& spool, std::uint32_t number) {
    const auto payload = payload_of(number);
    RtpPacket packet;
    packet.sequence = static_cast<std::uint16_t>(number);
    packet.timestamp = number;
    packet.ssrc = ~number;
    packet.payload = payload;
    return spool.packet(static_cast<int>(number % 2), Codec::pcmu, packet, Duration(number));
}

bool is_packet(const SpoolPacket& packet, std::uint32_t number) {
    const auto payload = payload_of(number);
    return packet.side == static_cast<int>(number % 2) && packet.codec == Codec::pcmu &&
           packet.at == Duration(number) && packet.sequence == static_cast<std::uint16_t>(number) &&
           packet.timestamp == number && packet.ssrc == ~number &&
           std::ranges::equal(packet.payload, payload);
}

SpoolHeader header() {
    SpoolHeader header;
    header.recording = 5;
    header.file = "/nowhere/call.opus";
    return header;
}

struct Heard {
    std::uint32_t packets = 0;  // whole and in order from 0 on
    SpoolReader::Kind last = SpoolReader::Kind::nothing;
};

// Reads on until something else than packet `from`, `from` + 1 and so on comes.
Heard hear(SpoolReader& reader, std::uint32_t from = 0) {
    Heard heard{.packets = from};
    SpoolPacket packet;
    Duration at{};
    while ((heard.last = reader.next(packet, at)) == SpoolReader::Kind::packet &&
           is_packet(packet, heard.packets)) {
        ++heard.packets;
    }
    return heard;
}

class SpoolTest : public ::testing::Test {
  protected:
    void SetUp() override {
        std::string pattern =
            (std::filesystem::temp_directory_path() / "linka-spool-XXXXXX").string();
        ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
        directory = pattern;
        path = directory + "/a.spool";
    }
    void TearDown() override { std::filesystem::remove_all(directory); }

    std::string directory;
    std::string path;
};

// Goal: a company that was moved or copied while it recorded writes nothing where it came from.
// Method: the directory with a spool gets another name.
TEST_F(SpoolTest, names_its_file_as_seen_from_itself) {
    const std::string old = directory + "/old";
    const std::string fresh = directory + "/new";
    std::filesystem::create_directories(old + "/media/spool");
    SpoolHeader given = header();
    given.file = old + "/recordings/call.opus";
    ASSERT_TRUE(SpoolWriter::create(old + "/media/spool/1.spool", given).ok());
    EXPECT_EQ(SpoolReader::open(old + "/media/spool/1.spool")->header().file, given.file);
    std::filesystem::rename(old, fresh);
    EXPECT_EQ(SpoolReader::open(fresh + "/media/spool/1.spool")->header().file,
              fresh + "/recordings/call.opus");
}

// Runs `work` in a process of its own. Its wait(2) status: 0 if `work` said true.
int in_child(const std::function<bool()>& work) {
    const pid_t child = ::fork();
    if (child == 0) {
        std::_Exit(work() ? 0 : 1);
    }
    int status = -1;
    ::waitpid(child, &status, 0);
    return status;
}

// Mounts a file system on `directory` for this process alone.
bool mount_alone(const char* kind, const std::string& directory, const char* options) {
    return (::unshare(CLONE_NEWNS) == 0 || ::unshare(CLONE_NEWUSER | CLONE_NEWNS) == 0) &&
           ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
           ::mount(kind, directory.c_str(), kind, 0, options) == 0;
}

// For machines that allow no mount.
bool can_mount(const char* kind, const std::string& directory) {
    return in_child([&] { return mount_alone(kind, directory, nullptr); }) == 0;
}

// Records until the file takes no more, then goes on as a call does.
bool records_until_it_is_full(const std::string& path) {
    auto spool = SpoolWriter::create(path, header());
    if (!spool) {
        return false;
    }
    std::uint32_t taken = 0;
    while (taken < 10'000 && say(*spool, taken)) {
        ++taken;
    }
    bool refused = spool->broken();
    for (std::uint32_t more = 0; more < 100; ++more) {
        refused = refused && !say(*spool, taken + more);
    }
    refused = refused && !spool->end(1s);
    auto reader = SpoolReader::open(path);
    return refused && taken > 10 && reader && hear(*reader).packets == taken;
}

TEST_F(SpoolTest, WhatWasSaidComesBack) {
    auto spool = SpoolWriter::create(path, header());
    ASSERT_TRUE(spool.ok());
    auto reader = SpoolReader::open(path);
    ASSERT_TRUE(reader.ok());
    EXPECT_EQ(reader->header().recording, 5);
    EXPECT_EQ(reader->header().file, header().file);
    for (std::uint32_t number = 0; number < 1000; ++number) {
        ASSERT_TRUE(say(*spool, number));
        const Heard heard = hear(*reader, number);
        ASSERT_EQ(heard.packets, number + 1);
        ASSERT_EQ(heard.last, SpoolReader::Kind::nothing);
    }
    ASSERT_TRUE(spool->end(20s));
    EXPECT_EQ(hear(*reader, 1000).last, SpoolReader::Kind::end);
    auto later = SpoolReader::open(path);
    ASSERT_TRUE(later.ok());
    EXPECT_EQ(hear(*later).packets, 1000U);
    // Nothing but the records: no room that was taken ahead is left.
    std::size_t written = 0;
    for (std::uint32_t number = 0; number < 1000; ++number) {
        written += 23 + payload_of(number).size();
    }
    EXPECT_LT(std::filesystem::file_size(path), SpoolStage::bytes + written + 200);
}

TEST_F(SpoolTest, ReaderBesideItsWriterNeverSeesHalfARecord) {
    constexpr std::uint32_t count = 150'000;
    auto spool = SpoolWriter::create(path, header());
    ASSERT_TRUE(spool.ok());
    std::atomic<bool> taken{true};
    std::atomic<bool> over{false};
    std::thread writer([&] {
        for (std::uint32_t number = 0; number < count; ++number) {
            taken = taken && say(*spool, number);
        }
        taken = taken && spool->end(1s);
        over = true;
    });
    auto reader = SpoolReader::open(path);
    Heard heard;
    for (bool last = false; reader && heard.last == SpoolReader::Kind::nothing && !last;) {
        last = over;
        heard = hear(*reader, heard.packets);
    }
    writer.join();
    ASSERT_TRUE(taken);
    EXPECT_EQ(heard.last, SpoolReader::Kind::end);
    EXPECT_EQ(heard.packets, count);
}

TEST_F(SpoolTest, KilledWriterLosesNothing) {
    void* const shared =
        ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    ASSERT_NE(shared, MAP_FAILED);
    auto* const taken = std::construct_at(static_cast<std::atomic<std::uint32_t>*>(shared), 0);
    // Each time at another place of the stage.
    for (std::uint32_t round = 0; round < 30; ++round) {
        *taken = 0;
        std::filesystem::remove(path);
        const pid_t child = ::fork();
        if (child == 0) {
            auto spool = SpoolWriter::create(path, header());
            for (std::uint32_t number = 0; spool && say(*spool, number); ++number) {
                *taken = number + 1;
            }
            std::_Exit(1);
        }
        while (*taken < 1 + round * 37 && ::waitpid(child, nullptr, WNOHANG) == 0) {
        }
        ::kill(child, SIGKILL);
        int status = 0;
        ::waitpid(child, &status, 0);
        ASSERT_TRUE(WIFSIGNALED(status));
        auto reader = SpoolReader::open(path);
        ASSERT_TRUE(reader.ok());
        const Heard heard = hear(*reader);
        EXPECT_GE(heard.packets, *taken);
        EXPECT_LE(heard.packets, *taken + 1);
        EXPECT_EQ(heard.last, SpoolReader::Kind::nothing);
        EXPECT_TRUE(lock_spool(path).has_value());
    }
    ::munmap(shared, 4096);
}

// As the version before the stage wrote them; its workers may have been killed at the upgrade.
TEST_F(SpoolTest, SpoolWithoutStageIsReadToItsLastWholeRecord) {
    const auto append = [this](const std::vector<std::uint8_t>& bytes) {
        std::ofstream(path, std::ios::binary | std::ios::app)
            .write(reinterpret_cast<const char*>(bytes.data()),  // NOLINT: the stream's interface
                   static_cast<std::streamsize>(bytes.size()));
    };
    const auto record = [](std::uint32_t number) {
        const auto payload = payload_of(number);
        std::vector<std::uint8_t> bytes(23);
        store16(bytes, 0, static_cast<std::uint16_t>(21 + payload.size()));
        bytes[2] = 'P';
        bytes[3] = static_cast<std::uint8_t>(number % 2);
        bytes[4] = 1;
        store32(bytes, 9, number);
        store16(bytes, 13, static_cast<std::uint16_t>(number));
        store32(bytes, 15, number);
        store32(bytes, 19, ~number);
        bytes.insert(bytes.end(), payload.begin(), payload.end());
        return bytes;
    };
    const std::string text =
        R"({"version":1,"recording":7,"file":"/x.opus","rate":16000,"started":1})";
    std::vector<std::uint8_t> first = {0, static_cast<std::uint8_t>(1 + text.size()), 'H'};
    first.insert(first.end(), text.begin(), text.end());
    append(first);
    for (std::uint32_t number = 0; number < 300; ++number) {
        append(record(number));
    }
    auto half = record(300);
    const std::vector<std::uint8_t> rest(half.begin() + 12, half.end());
    half.resize(12);
    append(half);
    auto reader = SpoolReader::open(path);
    ASSERT_TRUE(reader.ok());
    EXPECT_EQ(reader->header().recording, 7);
    Heard heard = hear(*reader);
    EXPECT_EQ(heard.packets, 300U);
    EXPECT_EQ(heard.last, SpoolReader::Kind::nothing);
    // It was not at its end: the worker of the earlier version lives and goes on.
    append(rest);
    append({0, 9, 'E', 0, 0, 0, 0, 0, 0, 0, 9});
    heard = hear(*reader, 300);
    EXPECT_EQ(heard.packets, 301U);
    EXPECT_EQ(heard.last, SpoolReader::Kind::end);
}

TEST_F(SpoolTest, FileThatReachesItsLimitKillsNobody) {
    // In the middle of what is written at once, and just before it: only then a signal is sent.
    for (const rlim_t bytes : {rlim_t{100'000}, rlim_t{SpoolStage::bytes}}) {
        std::filesystem::remove(path);
        EXPECT_EQ(in_child([&] {
                      const rlimit limit{.rlim_cur = bytes, .rlim_max = RLIM_INFINITY};
                      return ::setrlimit(RLIMIT_FSIZE, &limit) == 0 &&
                             records_until_it_is_full(path);
                  }),
                  0)
            << bytes;
    }
}

TEST_F(SpoolTest, FullDiskKillsNobodyAndLosesNothingThatWasTaken) {
    if (!can_mount("tmpfs", directory)) {
        GTEST_SKIP() << "no mounts here";
    }
    EXPECT_EQ(in_child([&] {
                  return mount_alone("tmpfs", directory, "size=128k") &&
                         records_until_it_is_full(path);
              }),
              0);
}

TEST_F(SpoolTest, NoSpoolIsLeftWhereThereIsNoRoomForOne) {
    EXPECT_EQ(in_child([&] {
                  const rlimit limit{.rlim_cur = 1000, .rlim_max = RLIM_INFINITY};
                  ::setrlimit(RLIMIT_FSIZE, &limit);
                  const auto spool = SpoolWriter::create(path, header());
                  return !spool && spool.error().code == ErrorCode::unavailable;
              }),
              0);
    EXPECT_TRUE(std::filesystem::is_empty(directory));
}

// A file system without fallocate(2).
TEST_F(SpoolTest, FileSystemThatAllocatesNothingTakesSpoolsWithoutStage) {
    if (!can_mount("ramfs", directory)) {
        GTEST_SKIP() << "no mounts here";
    }
    EXPECT_EQ(in_child([&] {
                  if (!mount_alone("ramfs", directory, nullptr)) {
                      return false;
                  }
                  auto spool = SpoolWriter::create(path, header());
                  auto reader = SpoolReader::open(path);
                  bool well = spool && reader;
                  for (std::uint32_t number = 0; well && number < 300; ++number) {
                      well = say(*spool, number) && hear(*reader, number).packets == number + 1;
                  }
                  return well && spool->end(6s) &&
                         hear(*reader, 300).last == SpoolReader::Kind::end &&
                         std::filesystem::file_size(path) > 300 * 23;
              }),
              0);
}

TEST_F(SpoolTest, FileCutByOthersBreaksTheRecordingOnly) {
    auto spool = SpoolWriter::create(path, header());
    ASSERT_TRUE(spool.ok());
    auto reader = SpoolReader::open(path);
    ASSERT_TRUE(reader.ok());
    ASSERT_TRUE(say(*spool, 0));
    EXPECT_EQ(hear(*reader).packets, 1U);
    std::filesystem::resize_file(path, 0);
    EXPECT_EQ(hear(*reader, 1).last, SpoolReader::Kind::nothing);
    EXPECT_FALSE(say(*spool, 1));
    EXPECT_TRUE(spool->broken());
    EXPECT_FALSE(spool->end(1s));
    // Others go on.
    path += "2";
    auto other = SpoolWriter::create(path, header());
    ASSERT_TRUE(other.ok());
    EXPECT_TRUE(say(*other, 0));
}

TEST_F(SpoolTest, DirectoryThatVanishesBreaksNothingThatRuns) {
    auto spool = SpoolWriter::create(path, header());
    ASSERT_TRUE(spool.ok());
    auto reader = SpoolReader::open(path);
    ASSERT_TRUE(reader.ok());
    std::filesystem::remove_all(directory);
    for (std::uint32_t number = 0; number < 100; ++number) {
        ASSERT_TRUE(say(*spool, number));
    }
    EXPECT_EQ(hear(*reader).packets, 100U);
    EXPECT_FALSE(SpoolWriter::create(path, header()).ok());
}

}  // namespace
}  // namespace linka::media
