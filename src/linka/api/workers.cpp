#include "linka/api/workers.hpp"

#include "linka/runtime/log.hpp"
#include "linka/runtime/this_machine.hpp"

namespace linka::api {

Workers::Workers(store::Store& store, int threads, std::size_t size_max, std::size_t sender_max)
    : store_(store), first_({size_max, sender_max}), others_({size_max, sender_max}) {
    for (int i = 0; i < threads; ++i) {
        threads_.emplace_back([this] { run(); });
    }
}

Workers::~Workers() {
    stop();
}

bool Workers::post(Job job, const Place& place) {
    // Shared, so that one that comes back can be told from one that had to make room.
    auto mine = std::make_shared<Job>(std::move(job));
    std::optional<std::shared_ptr<Job>> left_over;
    {
        const std::lock_guard lock(mutex_);
        if (stopping_) {
            return false;
        }
        left_over = (place.first ? first_ : others_).push(place.sender, mine);
    }
    if (left_over == mine) {
        return false;
    }
    wake_.notify_one();
    if (left_over) {
        (**left_over)(Error{ErrorCode::full, "too much at once: try again", {}});
    }
    return true;
}

void Workers::stop() {
    std::vector<std::shared_ptr<Job>> dropped;  // end outside the lock
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        for (FairQueue<std::shared_ptr<Job>>* queue : {&first_, &others_}) {
            while (auto job = queue->pop()) {
                dropped.push_back(std::move(*job));
            }
        }
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
        std::shared_ptr<Job> job;
        {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, [this] { return stopping_ || !first_.empty() || !others_.empty(); });
            if (stopping_) {
                return;
            }
            job = *(first_.empty() ? others_ : first_).pop();
        }
        if (!reader) {
            auto opened = store_.reader();
            if (!opened) {
                log::error("api has no database connection", {{"reason", opened.error().text}});
                (*job)(opened.error());
                continue;
            }
            reader = std::move(*opened);
        }
        (*job)(reader.get());
    }
}

}  // namespace linka::api
