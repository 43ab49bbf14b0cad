// The records that the core decides by: users, devices, queues, pauses and where calls go. What the
// core does not decide by (e-mail addresses, icons) travels along in `attributes`, a JSON object
// that it keeps and never reads.
#pragma once

#include "linka/base/json_write.hpp"
#include "linka/calendar/hours.hpp"
#include "linka/core/ids.hpp"
#include "linka/core/records/matrix.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace linka::core {

/// CC: works in queues and is counted. BO: has a telephone, is never counted (product rule of the
/// FAQ). The codes of the v6 API.
enum class UserType { CC, BO };
LINKA_DESCRIBE_ENUM(UserType, CC, BO)

/// What a person may reach: admin everything; manager the users and queues they have rights to,
/// with numbers and recordings; agent their own work; back_office a telephone only.
enum class Access { admin, manager, agent, back_office };
LINKA_DESCRIBE_ENUM(Access, admin, manager, agent, back_office)

enum class RecordMode { disabled, immediately, bridged };
LINKA_DESCRIBE_ENUM(RecordMode, disabled, immediately, bridged)

/// How a user comes into a queue: by hand; at log-in, may leave; at log-in, may not leave.
enum class QueueLogin { manual, automatic, fixed };
LINKA_DESCRIBE_ENUM(QueueLogin, manual, automatic, fixed)

/// A user's right to work in a queue. `penalty` 0 is the first choice.
struct QueueRight {
    QueueId queue;
    QueueLogin login = QueueLogin::manual;
    int penalty = 0;
    bool operator==(const QueueRight&) const = default;
};

/// A device that a user may log in to: it starts to ring `delay` after the offer and rings for at
/// most `ring` (0: as long as the offer lasts).
struct DeviceRight {
    DeviceId device;
    Duration delay{};
    Duration ring{};
    bool operator==(const DeviceRight&) const = default;
};

/// Which numbers of the public network those may call who have it. The first rule that fits a
/// number decides: a pattern as in `Route`, behind a leading `!` one that may not be called. What
/// none fits may not be called; numbers of emergency always may.
struct RightToCall {
    static constexpr std::string_view type_name = "right_to_call";
    RightToCallId id;
    std::string name;
    std::string title;
    std::vector<std::string> rules;
    json::Raw attributes;
    bool operator==(const RightToCall&) const = default;
};

/// Which transfers somebody may make: attended, after a word with the one who gets the call; blind,
/// without it.
enum class Transfers { none, attended, blind, both };
LINKA_DESCRIBE_ENUM(Transfers, none, attended, blind, both)

/// Limits and permissions at work that all have who have the profile. What a user has of their own
/// comes before the limit, and beside the permissions.
struct Profile {
    static constexpr std::string_view type_name = "profile";
    ProfileId id;
    std::string name;
    std::string title;
    std::optional<int> max_activities;  // as User::max_activities
    bool call_without_queue = false;    // as User::call_without_queue
    Transfers transfers = Transfers::both;
    std::vector<DeviceId> devices;  // SIP telephones that they may log in to
    json::Raw attributes;
    bool operator==(const Profile&) const = default;
};

struct User {
    static constexpr std::string_view type_name = "user";
    UserId id;
    std::string name;   // login, never changes
    std::string title;  // for people
    std::string alias;  // for customers
    UserType type = UserType::CC;
    Access access = Access::agent;
    std::string extension;  // digits; the one thing of a person that can be dialled
    std::vector<QueueRight> queues;
    std::vector<DeviceRight> devices;
    std::optional<int> max_activities;  // open incoming activities; none: as the profile says
    bool call_without_queue = false;
    RightToCallId right_to_call;  // 0: every number that may be called at all
    ProfileId profile;            // 0: none, and so no limits beyond one's own
    RecordMode record = RecordMode::bridged;
    std::string caller_number;  // shown when calling out, unless the queue has one
    std::string forwarding_number;
    bool deactivated = false;
    json::Raw attributes;
    bool operator==(const User&) const = default;
};

enum class DeviceType { sip, web, external };
LINKA_DESCRIBE_ENUM(DeviceType, sip, web, external)

/// Can it be told to answer? `detect`: as the phone announces when it registers or rings.
enum class RemoteAnswer { detect, yes, no };
LINKA_DESCRIBE_ENUM(RemoteAnswer, detect, yes, no)

struct Device {
    static constexpr std::string_view type_name = "device";
    DeviceId id;
    std::string name;  // SIP user name, or the external number; a name space of its own
    std::string title;
    DeviceType type = DeviceType::sip;
    std::string number;  // external: what is dialled
    RemoteAnswer remote_answer = RemoteAnswer::detect;
    bool shared = false;  // a desk telephone for whoever sits there: any CC user may log in to it
    bool deactivated = false;
    json::Raw attributes;
    bool operator==(const Device&) const = default;
};

/// Where a call goes. `value`: queue number, extension, ring group number, menu id, external
/// number or prompt name, as the kind asks; empty otherwise.
enum class DestinationKind {
    none,
    queue,
    extension,
    ring_group,
    menu,
    voicemail,
    number,
    echo,
    announcement,
    hangup,
    busy,
    congestion
};
LINKA_DESCRIBE_ENUM(DestinationKind, none, queue, extension, ring_group, menu, voicemail, number,
                    echo, announcement, hangup, busy, congestion)
struct Destination {
    DestinationKind kind = DestinationKind::none;
    std::string value;
    bool operator==(const Destination&) const = default;
};

enum class QueueType {
    in,
    out,
    ctc,
    outbounder,
    progressive,
    dialer,
    interviewer,
    email,
    sms,
    chat,
    fbm,
    igdm,
    wap,
    vbr,
    custom
};
LINKA_DESCRIBE_ENUM(QueueType, in, out, ctc, outbounder, progressive, dialer, interviewer, email,
                    sms, chat, fbm, igdm, wap, vbr, custom)

enum class Strategy { leastrecent, all, all_penalty_order, random_with_penalty_groups };
LINKA_DESCRIBE_ENUM(Strategy, leastrecent, all, all_penalty_order, random_with_penalty_groups)

/// Entry is refused (or waiting callers are sent on) when EVERY user logged in to the queue is in
/// one of the named states; nobody logged in counts as `logged_out`.
enum class EmptyState { ringing, in_use, paused, unavailable, logged_out };
LINKA_DESCRIBE_ENUM(EmptyState, ringing, in_use, paused, unavailable, logged_out)

/// How a queue gives out what waits in it.
struct Offering {
    Strategy strategy = Strategy::leastrecent;
    int weight = 5;  // 0 (first) .. 10
    Duration ring_time = 20s;
    Duration sleep_time = 5s;  // from the end of one offer to the next offer of the same item
    Duration max_wait{};       // 0: unlimited
    bool auto_pause = true;    // Lazy after a missed or rejected offer
    bool operator==(const Offering&) const = default;
};

/// What queues have by their channel, beside what all of them have.
namespace queue_of {

struct Calls {
    static constexpr std::string_view type = "calls";
    Offering offering;
    int max_length = 0;  // waiting callers; 0: unlimited
    std::vector<EmptyState> join_empty;
    std::vector<EmptyState> leave_empty;
    bool auto_answer = false;
    std::string announcement;  // prompt before joining, empty: none
    std::string music = "default";
    bool position_announcement = false;
    Duration position_repeat = 30s;  // 0: once
    std::string language = "cs";
    RecordMode record = RecordMode::bridged;
    std::string outbound_number;  // caller ID for calls through this queue
    Destination on_leave;         // after max_wait or leave_empty
    bool operator==(const Calls&) const = default;
};
/// Chats and messages.
struct Messages {
    static constexpr std::string_view type = "messages";
    Offering offering;
    bool operator==(const Messages&) const = default;
};
/// E-mail is offered to nobody: it waits until somebody opens it.
struct Mail {
    static constexpr std::string_view type = "mail";
    bool operator==(const Mail&) const = default;
};

}  // namespace queue_of

using QueueOptions = std::variant<queue_of::Calls, queue_of::Messages, queue_of::Mail>;

struct Queue {
    static constexpr std::string_view type_name = "queue";
    QueueId id;  // its number
    std::string title;
    std::string alias;
    QueueType type = QueueType::in;
    Duration wrap_time = 15s;      // 0: none
    Duration answer_within = 20s;  // service level N
    Duration abandon_within = 5s;  // service level M
    QueueOptions options;          // of the channel of `type`
    bool deactivated = false;
    json::Raw attributes;
    bool operator==(const Queue&) const = default;
};

/// Null: it is not for calls, or there is no queue.
inline const queue_of::Calls* calls_of(const Queue* queue) {
    return queue == nullptr ? nullptr : std::get_if<queue_of::Calls>(&queue->options);
}
inline queue_of::Calls* calls_of(Queue* queue) {
    return queue == nullptr ? nullptr : std::get_if<queue_of::Calls>(&queue->options);
}
template <typename AnyQueue>
auto* find_offering(AnyQueue* queue) {
    auto* calls = calls_of(queue);
    auto* messages = queue == nullptr ? nullptr : std::get_if<queue_of::Messages>(&queue->options);
    return calls != nullptr      ? &calls->offering
           : messages != nullptr ? &messages->offering
                                 : nullptr;
}
/// Null: it offers nothing, or there is no queue.
inline const Offering* offering_of(const Queue* queue) {
    return find_offering(queue);
}
inline Offering* offering_of(Queue* queue) {
    return find_offering(queue);
}

enum class PauseType { custom, wrap, lajdak, dnd };
LINKA_DESCRIBE_ENUM(PauseType, custom, wrap, lajdak, dnd)

struct Pause {
    static constexpr std::string_view type_name = "pause";
    PauseId id;
    std::string name;
    std::string title;
    PauseType type = PauseType::custom;
    bool paid = true;
    Duration max_duration{};  // 0: none
    bool auto_pause = false;  // on overrun: Lazy
    bool prevent_direct_calls = false;
    bool deactivated = false;
    json::Raw attributes;
    bool operator==(const Pause&) const = default;
};

/// A system recording: what callers hear, of the company's own making. One by the name of a prompt
/// of the system is heard instead of it.
struct Prompt {
    static constexpr std::string_view type_name = "prompt";
    PromptId id;
    std::string name;  // never changes; rules, menus and queues name it
    std::string title;
    std::string language;  // it is spoken in; empty: any, as for music
    std::string text;      // is spoken where there is no file
    std::string file;      // of sound, by its content; one that is replaced stays what it was
    std::string spoken;    // the file of the spoken text
    Duration length{};
    json::Raw attributes;
    bool operator==(const Prompt&) const = default;
};

/// An inbound rule. `did` and `caller`: exact digits, a pattern behind a leading `_`, or empty for
/// any. Precedence: exact before pattern (longest literal prefix first) before any; ties by
/// position.
struct Route {
    static constexpr std::string_view type_name = "route";
    static constexpr std::string_view type = type_name;
    RouteId id;
    std::string name;   // never changes; empty of a new one: by its number
    std::string title;  // for people; may be empty
    int position = 0;
    std::string did;
    std::string caller;
    std::string announcement;  // prompt to play first
    std::string language;      // of the system's prompts for the caller; empty: the company's
    Destination destination;
    TimeGroupId time_group;  // 0: at any time
    Destination when_shut;   // goes there instead while the time group is shut
    bool deactivated = false;
    json::Raw attributes;
    bool operator==(const Route&) const = default;
};

/// Hours by which calls go one way or another.
struct TimeGroup {
    static constexpr std::string_view type_name = "time_group";
    static constexpr std::string_view type = type_name;
    TimeGroupId id;
    std::string name;  // never changes; empty of a new one: by its number
    std::string title;
    calendar::Hours hours;
    json::Raw attributes;
    bool operator==(const TimeGroup&) const = default;
};

struct MenuChoice {
    std::string digit;
    Destination destination;
    bool operator==(const MenuChoice&) const = default;
};
/// A spoken menu: plays `prompt`, waits for one digit.
struct Menu {
    static constexpr std::string_view type_name = "menu";
    static constexpr std::string_view type = type_name;
    MenuId id;
    std::string name;
    std::string title;
    std::string prompt;
    std::string language = "cs";
    std::vector<MenuChoice> choices;
    Duration timeout = 6s;   // after the prompt
    int repeats = 2;         // times it is played again after nothing or a wrong digit
    Destination on_nothing;  // afterwards
    json::Raw attributes;
    bool operator==(const Menu&) const = default;
};

enum class GroupStrategy { all, in_turn, random };
LINKA_DESCRIBE_ENUM(GroupStrategy, all, in_turn, random)
struct GroupMember {
    std::string number;  // an extension or an external number
    Duration ring = 20s;
    bool operator==(const GroupMember&) const = default;
};
struct RingGroup {
    static constexpr std::string_view type_name = "ring_group";
    static constexpr std::string_view type = type_name;
    RingGroupId id;  // its number
    std::string title;
    GroupStrategy strategy = GroupStrategy::all;
    std::vector<GroupMember> members;
    Destination on_no_answer;
    json::Raw attributes;
    bool operator==(const RingGroup&) const = default;
};

/// Where calls go: what is set up together and holds together.
struct Routing {
    std::map<RouteId, Route> routes;
    std::map<MenuId, Menu> menus;
    std::map<RingGroupId, RingGroup> ring_groups;
    std::map<TimeGroupId, TimeGroup> time_groups;
    bool operator==(const Routing&) const = default;
};
/// Any record of routing.
using RoutingRecord = std::variant<Route, Menu, RingGroup, TimeGroup>;

enum class TrunkTransport { udp, tcp, tls };
LINKA_DESCRIBE_ENUM(TrunkTransport, udp, tcp, tls)
/// A way to the public network: a peer known by the addresses it calls from. Its password, if it
/// asks for one, is a secret and not part of the record.
struct Trunk {
    static constexpr std::string_view type_name = "trunk";
    TrunkId id;
    std::string name;  // never changes: calls are noted by it
    std::string title;
    std::vector<std::string> addresses;  // IP addresses that may call in without registration
    std::string host;                    // where calls out go; empty: calls come in alone
    int port = 5060;
    TrunkTransport transport = TrunkTransport::udp;
    std::string username;
    std::string caller_number;  // shown where neither queue nor user has one; empty: by `username`
    int position = 0;           // the first one that can be called by is used; ties by id
    bool deactivated = false;
    json::Raw attributes;
    bool operator==(const Trunk&) const = default;
};

/// One for the whole instance.
struct Settings {
    static constexpr std::string_view type_name = "settings";
    std::string country = "420";  // country code: 9 digits become +420…; other countries are shut
    std::vector<std::string> allowed_prefixes;  // further ones, as 00…
    std::vector<std::string> emergency{"112", "150", "155", "156", "158"};
    /// Never called. 90x are the Czech numbers of increased price, 976 once led to data services of
    /// increased price (annex 1 of decree 117/2007 Sb.; libphonenumber counts both as premium
    /// rate). The other 97x are ordinary: 970 voice over IP, 972 to 974 the railways' and the
    /// state's own.
    std::vector<std::string> premium{"0042090", "00420976"};
    /// Only in journals from before trunks were records of their own, which adopt_trunks() makes
    /// them: all of them, and the name of the one for calls out. Always empty in the state.
    std::optional<std::vector<Trunk>> trunks;
    std::string trunk;
    Duration inactivity_logout{};  // 0: never
    Duration voicemail_max = 300s;
    Duration outbound_ring_max = 60s;
    DistributionMatrix distribution;
    bool operator==(const Settings&) const = default;
};

LINKA_DESCRIBE(QueueRight, (queue, login, penalty))
LINKA_DESCRIBE(DeviceRight, (device, delay, ring))
LINKA_DESCRIBE(User, (id, name, title, alias, type, access, extension, queues, devices,
                      max_activities, call_without_queue, right_to_call, profile, record,
                      caller_number, forwarding_number, deactivated, attributes))
LINKA_DESCRIBE(RightToCall, (id, name, title, rules, attributes))
LINKA_DESCRIBE(Profile, (id, name, title, max_activities, call_without_queue, transfers, devices,
                         attributes))
LINKA_DESCRIBE(Device,
               (id, name, title, type, number, remote_answer, shared, deactivated, attributes))
LINKA_DESCRIBE(Destination, (kind, value))
LINKA_DESCRIBE(Offering, (strategy, weight, ring_time, sleep_time, max_wait, auto_pause))
namespace queue_of {
LINKA_DESCRIBE(Calls, (offering, max_length, join_empty, leave_empty, auto_answer, announcement,
                       music, position_announcement, position_repeat, language, record,
                       outbound_number, on_leave))
LINKA_DESCRIBE(Messages, (offering))
LINKA_DESCRIBE(Mail, ())
}  // namespace queue_of
LINKA_DESCRIBE(Queue, (id, title, alias, type, wrap_time, answer_within, abandon_within, options,
                       deactivated, attributes))
LINKA_DESCRIBE(Pause, (id, name, title, type, paid, max_duration, auto_pause, prevent_direct_calls,
                       deactivated, attributes))
LINKA_DESCRIBE(Prompt, (id, name, title, language, text, file, spoken, length, attributes))
LINKA_DESCRIBE(Route, (id, name, title, position, did, caller, announcement, language, destination,
                       time_group, when_shut, deactivated, attributes))
LINKA_DESCRIBE(TimeGroup, (id, name, title, hours, attributes))
LINKA_DESCRIBE(MenuChoice, (digit, destination))
LINKA_DESCRIBE(Menu, (id, name, title, prompt, language, choices, timeout, repeats, on_nothing,
                      attributes))
LINKA_DESCRIBE(GroupMember, (number, ring))
LINKA_DESCRIBE(RingGroup, (id, title, strategy, members, on_no_answer, attributes))
LINKA_DESCRIBE(Routing, (routes, menus, ring_groups, time_groups))
LINKA_DESCRIBE(Trunk, (id, name, title, addresses, host, port, transport, username, caller_number,
                       position, deactivated, attributes))
LINKA_DESCRIBE(Settings, (country, allowed_prefixes, emergency, premium, trunks, trunk,
                          inactivity_logout, voicemail_max, outbound_ring_max, distribution))

}  // namespace linka::core
