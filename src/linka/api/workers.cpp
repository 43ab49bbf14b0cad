#include "linka/api/workers.hpp"

#include "linka/runtime/log.hpp"
#include "linka/runtime/this_machine.hpp"

namespace linka::api {

Workers::Workers(store::Store& store, int threads, std::size_t size_max)
    : store_(store), size_max_(size_max) {
    for (int i = 0; i < threads; ++i) {
        threads_.emplace_back([this] { run(); });
    }
}

Workers::~Workers() {
    stop();
}

bool Workers::post(Job job) {
    {
        const std::lock_guard lock(mutex_);
        if (stopping_ || jobs_.size() >= size_max_) {
            return false;
        }
        jobs_.push_back(std::move(job));
    }
    wake_.notify_one();
    return true;
}

void Workers::stop() {
    std::deque<Job> dropped;
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        dropped.swap(jobs_);
    }
    wake_.notify_all();
    for (std::thread& thread : threads_) {
        thread.join();
    }
    threads_.clear();
}

void Workers::run() {
    runtime::name_thread("linka-work");
    std::unique_ptr<store::Reader> reader;
    for (;;) {
        Job job;
        {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, [this] { return stopping_ || !jobs_.empty(); });
            if (stopping_) {
                return;
            }
            job = std::move(jobs_.front());
            jobs_.pop_front();
        }
        if (!reader) {
            auto opened = store_.reader();
            if (!opened) {
                log::error("api has no database connection", {{"reason", opened.error().text}});
                job(opened.error());
                continue;
            }
            reader = std::move(*opened);
        }
        job(reader.get());
    }
}

}  // namespace linka::api
