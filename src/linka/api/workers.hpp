// Workers: a few threads for work that waits for disk or burns CPU (store reads, password hashes),
// so that the threads of the HTTP server never do.
#pragma once

#include "linka/base/result.hpp"
#include "linka/store/reader.hpp"
#include "linka/store/store.hpp"

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace linka::api {

class Workers {
  public:
    /// `size_max`: jobs waiting; post() refuses beyond it.
    Workers(store::Store& store, int threads, std::size_t size_max);
    ~Workers();  // as stop()
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;

    /// A job gets this thread's reader, or the reason why there is none. False when full or
    /// stopped: answer 503.
    using Job = std::function<void(Result<store::Reader*>)>;
    [[nodiscard]] bool post(Job job);
    /// Finishes the jobs under way, drops the others.
    void stop();

  private:
    void run();

    store::Store& store_;
    const std::size_t size_max_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Job> jobs_;
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace linka::api
