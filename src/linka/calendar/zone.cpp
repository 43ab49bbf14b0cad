#include "linka/calendar/zone.hpp"

#include "linka/base/iso_time.hpp"
#include "linka/base/read_file.hpp"
#include "linka/base/text.hpp"

#include <algorithm>
#include <map>
#include <mutex>

namespace linka::calendar {

namespace {

// Big-endian reading that never leaves the bytes.
class Bytes {
  public:
    explicit Bytes(std::string_view bytes) : bytes_(bytes) {}
    [[nodiscard]] bool ok() const { return ok_; }
    [[nodiscard]] std::size_t size() const { return bytes_.size(); }
    std::int64_t number(std::size_t size) {
        const std::string_view part = take(size);
        // Sign extension comes from the first byte.
        std::uint64_t value =
            !part.empty() && (static_cast<unsigned char>(part[0]) & 0x80U) != 0 ? ~0ULL : 0;
        for (const char c : part) {
            value = (value << 8U) | static_cast<unsigned char>(c);
        }
        return static_cast<std::int64_t>(value);
    }
    std::string_view take(std::size_t size) {
        if (size > bytes_.size()) {
            ok_ = false;
            bytes_ = {};
            return {};
        }
        const std::string_view part = bytes_.substr(0, size);
        bytes_.remove_prefix(size);
        return part;
    }

  private:
    std::string_view bytes_;
    bool ok_ = true;
};

struct Counts {
    std::size_t isut = 0;
    std::size_t isstd = 0;
    std::size_t leaps = 0;
    std::size_t times = 0;
    std::size_t types = 0;
    std::size_t chars = 0;
};

constexpr std::size_t count_max = 10'000;

auto first_after(const std::vector<Change>& changes, std::int64_t seconds) {
    return std::upper_bound(changes.begin(), changes.end(), seconds,
                            [](std::int64_t at, const Change& change) { return at < change.at; });
}

std::int64_t whole_seconds_at(Instant at) {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::microseconds(at.us)).count();
}

bool read_counts(Bytes& in, Counts& counts) {
    if (in.take(4) != "TZif") {
        return false;
    }
    in.take(16);
    for (std::size_t* count : {&counts.isut, &counts.isstd, &counts.leaps, &counts.times,
                               &counts.types, &counts.chars}) {
        const std::int64_t value = in.number(4);
        if (value < 0 || static_cast<std::size_t>(value) > count_max) {
            return false;
        }
        *count = static_cast<std::size_t>(value);
    }
    return in.ok();
}

// Behind the second block of a file: names, leap seconds, marks of its times, then the footer
// between two ends of lines. Empty if it is not there.
std::string_view read_footer(Bytes& in, const Counts& counts) {
    in.take(counts.chars + counts.leaps * 12 + counts.isstd + counts.isut);
    const std::string_view rest = in.take(in.size());
    const std::size_t end = rest.find('\n', 1);
    return rest.starts_with('\n') && end != std::string_view::npos ? rest.substr(1, end - 1)
                                                                   : std::string_view();
}

bool is_zone_name(std::string_view name) {
    return !name.empty() && name.size() <= 64 && name.front() != '/' && name.front() != '.' &&
           name.find("..") == std::string_view::npos &&
           name.find_first_not_of(
               "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
               "0123456789/_+-") == std::string_view::npos;
}

}  // namespace

std::shared_ptr<const Zone> Zone::parse(std::string name, std::string_view bytes) {
    Bytes in(bytes);
    Counts counts;
    const bool second = bytes.size() > 4 && bytes[4] >= '2';
    if (!read_counts(in, counts)) {
        return nullptr;
    }
    std::size_t width = 4;
    if (second) {  // skip the 32-bit block, read the 64-bit one
        in.take(counts.times * 5 + counts.types * 6 + counts.chars + counts.leaps * 8 +
                counts.isstd + counts.isut);
        counts = {};
        width = 8;
        if (!read_counts(in, counts)) {
            return nullptr;
        }
    }
    auto zone = std::make_shared<Zone>();
    zone->name_ = std::move(name);
    zone->changes_.resize(counts.times);
    for (Change& change : zone->changes_) {
        change.at = in.number(width);
    }
    const std::string_view which = in.take(counts.times);
    std::vector<std::int64_t> offsets(counts.types);
    for (std::int64_t& offset : offsets) {
        offset = in.number(4);
        in.take(2);
    }
    if (!in.ok() || offsets.empty()) {
        return nullptr;
    }
    zone->first_offset_ = offsets[0];
    for (std::size_t i = 0; i < counts.times; ++i) {
        const auto type = static_cast<unsigned char>(which[i]);
        if (type >= offsets.size() || (i > 0 && zone->changes_[i].at <= zone->changes_[i - 1].at)) {
            return nullptr;
        }
        zone->changes_[i].offset = offsets[type];
    }
    if (second) {
        const std::int64_t last = counts.times == 0 ? INT64_MIN : zone->changes_.back().at;
        const std::vector<Change> more = changes_by(read_footer(in, counts), last);
        zone->changes_.insert(zone->changes_.end(), more.begin(), more.end());
    }
    return zone;
}

std::shared_ptr<const Zone> Zone::find(std::string_view name) {
    static std::mutex mutex;
    static std::map<std::string, std::shared_ptr<const Zone>, std::less<>> known;
    if (!is_zone_name(name)) {
        return nullptr;
    }
    const std::lock_guard lock(mutex);
    const auto found = known.find(name);
    if (found != known.end()) {
        return found->second;
    }
    std::shared_ptr<const Zone> zone;
    if (name == "UTC") {
        auto utc = std::make_shared<Zone>();
        utc->name_ = "UTC";
        zone = std::move(utc);
    } else {
        zone = parse(std::string(name), read_file("/usr/share/zoneinfo/" + std::string(name)));
    }
    if (zone) {  // only names that exist are kept, so the table is bounded
        known.emplace(std::string(name), zone);
    }
    return zone;
}

std::shared_ptr<const Zone> Zone::standard() {
    auto zone = find("Europe/Prague");
    return zone ? zone : find("UTC");
}

std::int64_t Zone::offset(std::int64_t unix_seconds) const {
    const auto after = first_after(changes_, unix_seconds);
    return after == changes_.begin() ? first_offset_ : std::prev(after)->offset;
}

std::chrono::local_seconds Zone::wall(Instant at) const {
    const std::int64_t seconds = whole_seconds_at(at);
    return std::chrono::local_seconds(std::chrono::seconds(seconds + offset(seconds)));
}

Instant Zone::next_change(Instant at) const {
    constexpr std::int64_t latest = Instant::never().us / 1'000'000;
    const auto next = first_after(changes_, whole_seconds_at(at));
    return next == changes_.end() || next->at >= latest ? Instant::never()
                                                        : Instant{next->at * 1'000'000};
}

std::string Zone::text(Instant at) const {
    if (!at || at == Instant::never()) {
        return {};
    }
    std::string text = iso_time(Instant{wall(at).time_since_epoch() / 1us}).substr(0, 19);
    if (text.size() == 19) {
        text[10] = ' ';
    }
    return text;
}

std::optional<Instant> Zone::instant(std::string_view text) const {
    const std::vector<Second> all = seconds(text);
    return all.empty() ? std::nullopt : std::optional(all.front().from);
}

Instant Zone::instant(std::chrono::local_seconds time) const {
    return seconds(time).front().from;
}

std::vector<Zone::Second> Zone::seconds(std::string_view text) const {
    std::string whole(text.substr(0, 19));
    if (whole.size() == 10) {
        whole += " 00:00:00";
    } else if (whole.size() == 16) {
        whole += ":00";
    }
    const auto as_utc = text.size() <= 19 ? from_iso_time(whole) : std::nullopt;
    if (!as_utc) {
        return {};
    }
    return seconds(std::chrono::local_seconds(std::chrono::seconds(as_utc->us / 1'000'000)));
}

std::vector<Zone::Second> Zone::seconds(std::chrono::local_seconds time) const {
    const std::int64_t wall = time.time_since_epoch().count();
    const auto second = [](std::int64_t from, std::int64_t length) {
        return Second{Instant{from * 1'000'000}, Instant{(from + length) * 1'000'000}};
    };
    // The offsets before and after the day around it.
    const std::int64_t before = offset(wall - 86'400);
    const std::int64_t after = offset(wall + 86'400);
    std::vector<Second> found;
    for (const std::int64_t guess : {std::max(before, after), std::min(before, after)}) {
        const bool again = !found.empty() && before == after;
        if (!again && offset(wall - guess) == guess) {
            found.push_back(second(wall - guess, 1));
        }
    }
    if (found.empty()) {
        const auto change = first_after(changes_, wall - std::max(before, after));
        found.push_back(second(change == changes_.end() ? wall - before : change->at, 0));
    }
    return found;
}

}  // namespace linka::calendar
