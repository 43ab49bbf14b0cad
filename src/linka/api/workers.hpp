// Workers: a few threads for work that waits for disk or burns CPU (store reads, password hashes),
// so that the threads of the HTTP server never do.
#pragma once

#include "linka/api/fair_queue.hpp"
#include "linka/base/result.hpp"
#include "linka/store/reader.hpp"
#include "linka/store/store.hpp"

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace linka::api {

class Workers {
  public:
    /// `size_max`: jobs waiting; post() refuses beyond it. `sender_max`: those of one sender.
    Workers(store::Store& store, int threads, std::size_t size_max,
            std::size_t sender_max = SIZE_MAX);
    ~Workers();  // as stop()
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;

    /// A job gets this thread's reader, or the reason why there is none. False when full or
    /// stopped: answer 503.
    using Job = std::function<void(Result<store::Reader*>)>;
    [[nodiscard]] bool post(Job job) { return post(std::move(job), {}); }
    struct Place {
        std::string sender;  // senders take turns
        bool first = false;  // before all that is not
    };
    /// A job that has to make room for one of a sender with less is called with the error `full`,
    /// on the calling thread.
    [[nodiscard]] bool post(Job job, const Place& place);
    /// Finishes the jobs under way, drops the others.
    void stop();

  private:
    void run();

    store::Store& store_;
    std::mutex mutex_;
    std::condition_variable wake_;
    FairQueue<std::shared_ptr<Job>> first_;  // shared with post() while it runs
    FairQueue<std::shared_ptr<Job>> others_;
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace linka::api
