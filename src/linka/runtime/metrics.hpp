// Counters and gauges for /metrics, in the Prometheus text format (version 0.0.4). Create once
// (static or member), change from any thread; a change costs one relaxed atomic addition.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>

namespace linka::metrics {

/// A number that only grows. `name` as Prometheus wants it (linka_sip_requests_total), `labels`
/// already rendered (`method="INVITE"`) or empty. Registered for the life of the object.
class Counter {
  public:
    Counter(std::string name, std::string help, std::string labels = {});
    ~Counter();
    Counter(const Counter&) = delete;
    Counter& operator=(const Counter&) = delete;
    void add(std::int64_t by = 1) { value_.fetch_add(by, std::memory_order_relaxed); }
    [[nodiscard]] std::int64_t value() const { return value_.load(std::memory_order_relaxed); }

  private:
    std::atomic<std::int64_t> value_{0};
};

/// A number that goes both ways.
class Gauge {
  public:
    Gauge(std::string name, std::string help, std::string labels = {});
    ~Gauge();
    Gauge(const Gauge&) = delete;
    Gauge& operator=(const Gauge&) = delete;
    void set(std::int64_t value) { value_.store(value, std::memory_order_relaxed); }
    void add(std::int64_t by) { value_.fetch_add(by, std::memory_order_relaxed); }
    [[nodiscard]] std::int64_t value() const { return value_.load(std::memory_order_relaxed); }

  private:
    std::atomic<std::int64_t> value_{0};
};

/// All registered metrics, sorted by name, families together. Objects of equal name and labels are
/// one series: their values are added.
std::string render();

}  // namespace linka::metrics
