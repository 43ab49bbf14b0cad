// GET /api/live/limits: the limits of core/records/limits.hpp and what queues of which type can do,
// for pages that check before they send.
#include "linka/core/records/limits.hpp"

#include "linka/api/auth/password.hpp"
#include "linka/api/live/actions.hpp"
#include "linka/base/json_write.hpp"
#include "linka/core/acd/queue_types.hpp"

namespace linka::api {

namespace {

using Span = core::limits::Span;

struct QueueLimits {
    Span ring_time = core::limits::ring_time;
    Span sleep_time = core::limits::sleep_time;
    Span wrap_time = core::limits::wrap_time;
    Span max_wait = core::limits::max_wait;
    Span position_repeat = core::limits::position_repeat;
    Span answer_within = core::limits::answer_within;
    Span abandon_within = core::limits::abandon_within;
    Span max_length = core::limits::max_length;
    Span weight = core::limits::weight;
};

struct LimitsBody {
    std::size_t note_bytes = core::limits::note_bytes_max;
    std::size_t statuses = core::limits::statuses_max;
    std::size_t digits = core::limits::digits_max;
    std::size_t title_bytes = core::limits::title_bytes_max;
    std::size_t name_bytes = core::limits::name_bytes_max;
    std::size_t description_bytes = core::limits::description_bytes_max;
    std::size_t number_digits = core::limits::kept_number_digits_max;
    int queue_number = core::limits::queue_number_max;
    Span extension_digits{int{core::limits::extension_digits_min},
                          int{core::limits::extension_digits_max}, false};
    int penalty = core::limits::penalty_max;
    int max_activities = core::limits::max_activities_max;
    Span device_delay = core::limits::device_delay;
    Span device_ring = core::limits::device_ring;
    Span member_ring = core::limits::member_ring;
    Span pause_minutes = core::limits::pause_minutes;
    Span callers_per_hour = DemoPublic::callers_per_hour;
    Span password_bytes;
    Span first_password_bytes;
    Span device_password_bytes;
    QueueLimits queue;
    std::vector<std::string> types_served;
    std::vector<std::string> types_inbound;
    std::vector<std::string> types_outbound;
    std::vector<std::string> types_outgoing;
};
LINKA_DESCRIBE(QueueLimits, (ring_time, sleep_time, wrap_time, max_wait, position_repeat,
                             answer_within, abandon_within, max_length, weight))
LINKA_DESCRIBE(LimitsBody,
               (note_bytes, statuses, digits, title_bytes, name_bytes, description_bytes,
                number_digits, queue_number, extension_digits, penalty, max_activities,
                device_delay, device_ring, member_ring, pause_minutes, callers_per_hour,
                password_bytes, first_password_bytes, device_password_bytes, queue, types_served,
                types_inbound, types_outbound, types_outgoing))

constexpr Span bytes(std::size_t least, std::size_t most) {
    return {static_cast<int>(least), static_cast<int>(most), false};
}

std::string limits_text(bool demo) {
    LimitsBody body;
    const std::size_t least = demo ? password_size_min_demo : password_size_min;
    body.password_bytes = bytes(least, password_bytes_max);
    body.first_password_bytes = bytes(password_size_min, password_bytes_max);
    body.device_password_bytes = bytes(least, device_password_bytes_max);
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<core::QueueType>>(
        [&](auto type) {
            const auto add = [&](bool is, std::vector<std::string>& list) {
                if (is) {
                    list.emplace_back(type.name);
                }
            };
            add(core::is_served(type.value), body.types_served);
            add(core::is_inbound(type.value), body.types_inbound);
            add(core::is_outbound(type.value), body.types_outbound);
            add(core::is_outgoing(type.value), body.types_outgoing);
        });
    return json::to_text(body);
}

}  // namespace

void add_limits_routes(Router& router, const Site& site) {
    router.add(Method::get, "/api/live/limits",
               signed_in(site, [&site](const Call&, const Respond& respond) {
                   respond(json_response(limits_text(is_demo(site))));
               }));
}

}  // namespace linka::api
