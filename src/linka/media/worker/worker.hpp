// Worker: the media worker's state: its legs and recordings, and what the server asks of them. One
// thread, the loop's; only the recorder has another.
#pragma once

#include "linka/base/result.hpp"
#include "linka/media/protocol/message.hpp"
#include "linka/media/worker/audio/prompt_library.hpp"
#include "linka/media/worker/control.hpp"
#include "linka/media/worker/leg.hpp"
#include "linka/media/worker/plain_ports.hpp"
#include "linka/media/worker/record/recorder.hpp"
#include "linka/media/worker/recording.hpp"
#include "linka/media/worker/rtp/datagrams.hpp"
#include "linka/media/worker/ticker.hpp"
#include "linka/media/worker/web/web_port.hpp"
#include "linka/runtime/loop.hpp"

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace linka::media {

struct WorkerOptions {
    std::string socket;
    std::string prompts;  // directories, ':' between them
    std::string spool;
    int port_low = 20000;
    int port_high = 29999;
    std::vector<int> own_ports;   // of our server's services: no leg sends there
    Duration orphaned_max = 60s;  // life without a server while calls are there
    Recorder::When encode = Recorder::When::during_call;
    Datagrams::Way datagrams = Datagrams::Way::ring;
};

class Worker : public LegHost {
  public:
    static constexpr std::size_t legs_max = 2000;
    static constexpr std::size_t recordings_max = 1000;
    static constexpr std::size_t web_ports_max = 8;

    Worker(runtime::Loop& loop, WorkerOptions options);
    ~Worker() override;

    /// Listens for the server. Errors: those of listen_seqpacket.
    Status start();
    /// Why run() of the loop may end: nothing is left to do.
    [[nodiscard]] bool finished() const { return finished_; }

    // LegHost
    void notice(const Notice& notice) override;
    void wants_ticks(Leg& leg) override;
    std::span<const std::uint8_t> silence(Codec codec) override;
    Instant wall_now() override;

  private:
    Reply handle(const Request& request);
    Reply on(const Hello& request);
    Reply on(const LegOpen& request);
    Reply on(const LegConfirm& request);
    Reply on(const LegRemote& request);
    Reply on(const LegReoffer& request);
    Reply on(const LegOffer& request);
    Reply on(const Connect& request);
    Reply on(const Disconnect& request);
    Reply on(const Play& request);
    Reply on(const StopPlay& request);
    Reply on(const Mute& request);
    Reply on(const Echo& request);
    Reply on(const SendDtmf& request);
    Reply on(const Record& request);
    Reply on(const RecordPause& request);
    Reply on(const RecordStop& request);
    Reply on(const RecordRelease& request);
    Reply on(const Close& request);
    Reply on(const Quit& request);

    Leg* find(LegId id);
    // The recording, which is begun if it does not run. Errors: the reply's.
    Recording* recording_of(const Record& request, bool wide, Reply& refused);
    void untie(Leg& leg);
    void close_leg(Leg& leg);
    /// How the leg's packets will travel. Errors: the `text` of no_port.
    Result<std::unique_ptr<Transport>> open_transport(const LegOpen& request);
    Result<WebPort*> web_port(const std::string& address);
    void stop_recording(Recording& recording);
    void connected(bool now);
    void each_second();
    void end_everything();
    // Exits when nothing is left and nobody is connected, or Quit was asked.
    void consider_end();

    runtime::Loop& loop_;
    WorkerOptions options_;
    PortRange ports_;
    OwnPorts own_ports_;
    PromptLibrary prompts_;
    Datagrams datagrams_;
    PlainPorts plain_ports_;
    Ticker ticker_;
    std::array<std::vector<std::uint8_t>, codec_count> silence_;
    // Of web phones: one port a local address, opened for the first of them. Legs use them.
    std::map<std::string, std::unique_ptr<WebPort>> web_ports_;
    std::unordered_map<LegId, std::unique_ptr<Leg>> legs_;
    std::unordered_map<RecordingId, std::unique_ptr<Recording>> recordings_;
    // Recordings that are whole, until the server has kept that: told to each that connects.
    struct Unreleased {
        RecordDone done;
        std::string note;  // the file that outlives us
    };
    std::map<RecordingId, Unreleased> unreleased_;
    std::unique_ptr<Recorder> recorder_;
    std::unique_ptr<Control> control_;
    runtime::Loop::TimerId second_ = 0;
    runtime::Loop::TimerId orphaned_ = 0;  // runs while no server is connected
    bool served_ = false;                  // a server has been connected
    bool quitting_ = false;
    bool finished_ = false;
};

}  // namespace linka::media
