#include "linka/sip/saved.hpp"

#include "linka/base/json_read.hpp"
#include "linka/base/json_write.hpp"
#include "linka/base/text.hpp"

#include <algorithm>

namespace linka::sip {
namespace {

constexpr std::size_t header_max = 8192;
constexpr std::size_t routes_max = 32;
constexpr std::int64_t cseq_max = 0x7fffff00;
constexpr std::size_t saved_text_max = 1 << 20;

// Header values must stay on one line and be bounded.
bool is_line(const std::string& value) {
    return value.size() <= header_max && std::none_of(value.begin(), value.end(), [](char c) {
               return c == '\r' || c == '\n' || c == '\0';
           });
}

bool in_angle_brackets(const std::string& value) {
    return value.size() > 2 && value.front() == '<' && value.back() == '>' && is_line(value);
}

bool is_cseq(std::int64_t value) {
    return value >= 0 && value <= cseq_max;
}

bool is_valid(const DialogRecord& dialog) {
    if (dialog.call_id.empty() || dialog.local.empty() || dialog.remote.empty() ||
        !is_line(dialog.call_id) || !is_line(dialog.local) || !is_line(dialog.remote)) {
        return false;
    }
    if (!is_cseq(dialog.cseq) || !is_cseq(dialog.remote_cseq) || !is_cseq(dialog.invite_cseq) ||
        dialog.routes.size() > routes_max) {
        return false;
    }
    if (!std::all_of(dialog.routes.begin(), dialog.routes.end(), is_line)) {
        return false;
    }
    return (dialog.target.empty() || in_angle_brackets(dialog.target)) &&
           in_angle_brackets(dialog.contact) && is_line(dialog.peer.host) &&
           dialog.peer.port >= 0 && dialog.peer.port <= 65535 && is_line(dialog.flow) &&
           is_line(dialog.branch) && is_line(dialog.route);
}

}  // namespace

std::string to_saved(const LegRecord& record) {
    return json::to_text(record);
}

Result<LegRecord> from_saved(std::string_view text) {
    json::ReadLimits limits;
    limits.bytes_max = saved_text_max;
    limits.depth_max = 8;
    Result<LegRecord> record = json::from_text<LegRecord>(text, json::Unknown::ignore, limits);
    if (!record) {
        return record.error();
    }
    if (record->version != 1) {
        return fail(ErrorCode::invalid,
                    text::format("leg {} was saved by version {}", record->leg, record->version));
    }
    const bool several = record->outgoing && record->state == LegState::ringing;
    const std::size_t dialogs = record->dialogs.size();
    if (record->leg <= 0 || dialogs == 0 || dialogs > (several ? forks_max : 1)) {
        return fail(ErrorCode::invalid,
                    text::format("leg {} has {} dialogs", record->leg, dialogs));
    }
    if (!std::all_of(record->dialogs.begin(), record->dialogs.end(), is_valid)) {
        return fail(ErrorCode::invalid, text::format("leg {} has a broken dialog", record->leg));
    }
    if (record->session_s < 0 || record->session_s > 86400) {
        return fail(ErrorCode::invalid,
                    text::format("leg {} has a session of {} s", record->leg, record->session_s));
    }
    return record;
}

}  // namespace linka::sip
