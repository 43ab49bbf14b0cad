// Media: what voice sees of the media workers. Starts and watches them, spreads calls over them,
// adopts those that outlived the last server, and carries requests and notices. All on the loop's
// thread.
#pragma once

#include "linka/media/protocol/message.hpp"
#include "linka/runtime/loop.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace linka::media {

struct Options {
    std::string program;    // path of linka-media
    std::string directory;  // sockets and spool live here (under the data directory)
    std::string prompts;    // directory of prompts and music
    int workers = 1;
    int port_low = 20000;  // RTP port range, shared out among the workers
    int port_high = 29999;
    std::vector<int> own_ports;  // of the server's services: no sound is sent there
    bool encode_after = false;   // recordings are encoded after their calls, not during them
};

/// What living workers hold at the start.
struct Found {
    std::vector<LegId> legs;
    std::vector<RecordingId> recordings;
    std::vector<LegId> playing;  // something is played to them; if not, it has ended meanwhile
};

/// What happens to the one who uses the media.
struct Events {
    std::function<void(const Notice&)> notice;  // all but Reply
    /// The worker died: its legs are gone, its recordings are saved as far as the kernel had them
    /// (RecordDone follows once the new worker has finished the spool).
    std::function<void(const std::vector<LegId>& legs)> lost;
    /// start() has connected to every worker.
    std::function<void(const Found&)> ready;
};

class Media {
  public:
    virtual ~Media() = default;
    /// Opens a leg; `near` names a leg on whose worker it must live (0: the least loaded one).
    /// `done` is called once, also when the worker dies (`error` "lost") or is not there.
    virtual void open(LegOpen request, LegId near, std::function<void(const Reply&)> done) = 0;
    /// Any other request about open legs or recordings; sent to the worker that has them. `done`
    /// may be empty.
    virtual void send(Request request, std::function<void(const Reply&)> done) = 0;
    /// Closes the connections; the workers live on and wait for the next server.
    virtual void detach() = 0;
    /// Ends every leg and the workers.
    virtual void quit() = 0;
};

/// Starts on `loop`; adopts living workers found in `options.directory`, starts missing ones.
std::unique_ptr<Media> start_media(runtime::Loop& loop, Options options, Events events);

}  // namespace linka::media
