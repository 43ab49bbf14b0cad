#include "linka/api/auth/accounts.hpp"

#include "linka/api/auth/password.hpp"
#include "linka/api/auth/token.hpp"
#include "linka/runtime/log.hpp"

#include <algorithm>

namespace linka::api {

namespace {

// Rows of the audit log about failed sign-ins: enough to see what goes on, too few to fill a disk.
constexpr RateLimit::Limits failures_noted_limits{.per_second = 0.2, .burst = 60};

}  // namespace

Accounts::Accounts(store::Store& store, const Directory& directory, Workers& hashing,
                   Options options)
    : store_(store),
      directory_(directory),
      hashing_(hashing),
      options_(std::move(options)),
      guard_(options_.guard),
      failures_noted_(failures_noted_limits) {
}

Status Accounts::load() {
    auto sessions = store_.sessions();
    if (!sessions) {
        return sessions.error();
    }
    auto tokens = store_.secrets(token_kind);
    if (!tokens) {
        return tokens.error();
    }
    const Status browsers = browsers_.load(store_);
    if (!browsers) {
        return browsers;
    }
    const auto records = directory_.now();
    {
        const std::lock_guard lock(mutex_);
        for (const store::Store::Session& session : *sessions) {
            sessions_[session.token_hash] = {session, session.token_hash};
        }
        for (const auto& [name, hash] : *tokens) {
            const auto user = records->user(std::string_view(name));
            lasting_[hash] = {name, user ? user->id : core::UserId()};
        }
    }
    forget_gone();
    return Done{};
}

std::optional<Accounts::Caller> Accounts::find(std::string_view token) {
    if (token.empty() || token.size() > 256) {
        return std::nullopt;
    }
    std::string hash = token_hash(token);
    const auto records = directory_.now();
    std::shared_ptr<const core::User> user;
    std::string name;
    {
        const std::lock_guard lock(mutex_);
        const auto session = sessions_.find(hash);
        if (session != sessions_.end()) {
            if (session->second.stored.expires > options_.now()) {
                user = records->user(session->second.stored.user);
                name = session->second.name;
            }
        } else if (const auto lasting = lasting_.find(hash); lasting != lasting_.end()) {
            user = records->user(lasting->second.user);
            name = std::move(hash);
        }
    }
    if (!user || user->deactivated) {
        return std::nullopt;
    }
    return Caller{records->as_held(std::move(user)), std::string(token), std::move(name)};
}

bool Accounts::is_open(const std::string& session) {
    const std::lock_guard lock(mutex_);
    return lasting_.contains(session) ||
           std::any_of(sessions_.begin(), sessions_.end(),
                       [&](const auto& entry) { return entry.second.name == session; });
}

void Accounts::note(core::UserId who, std::string_view what, std::string_view detail) {
    const Status noted = store_.audit_log(options_.now(), who, what, detail);
    if (!noted) {
        log::error("audit log not written", {{"reason", noted.error().text}});
    }
}

Tokens Accounts::start_session(const std::shared_ptr<const core::User>& user, bool by_browser) {
    return start(user, {{}, by_browser});
}

Tokens Accounts::start(const std::shared_ptr<const core::User>& user, const Start& how) {
    const Instant now = options_.now();
    Tokens tokens{new_token(), new_token(), now + options_.access_life, now + options_.refresh_life,
                  user,        {}};
    const store::Store::Session session{token_hash(tokens.access),
                                        token_hash(tokens.refresh),
                                        user->id,
                                        now,
                                        tokens.expires,
                                        tokens.refresh_expires,
                                        how.browser};
    const Status kept = store_.put_session(session);
    if (!kept) {
        // The disk refuses: people must still be able to work. The session lasts as we do.
        log::error("session not saved", {{"reason", kept.error().text}});
    }
    std::vector<std::string> surplus;
    {
        const std::lock_guard lock(mutex_);
        sessions_[session.token_hash] = {session,
                                         how.session.empty() ? session.token_hash : how.session};
        std::vector<std::pair<Instant, std::string>> own;
        for (const auto& [hash, other] : sessions_) {
            if (other.stored.refresh_expires <= now) {
                surplus.push_back(hash);
            } else if (other.stored.user == user->id && other.stored.browser == how.browser) {
                own.emplace_back(other.stored.created, hash);
            }
        }
        std::sort(own.begin(), own.end());
        for (std::size_t i = 0; i + options_.sessions_per_user < own.size(); ++i) {
            surplus.push_back(own[i].second);
        }
    }
    for (const std::string& hash : surplus) {
        end(hash);
    }
    return tokens;
}

std::optional<Tokens> Accounts::refresh(std::string_view refresh_token) {
    const std::string refresh_hash = token_hash(refresh_token);
    std::string old;
    std::shared_ptr<const core::User> user;
    {
        const std::lock_guard lock(mutex_);
        for (const auto& [token, session] : sessions_) {
            if (session.stored.refresh_hash == refresh_hash &&
                session.stored.refresh_expires > options_.now()) {
                old = token;
                user = directory_.now()->user(session.stored.user);
            }
        }
    }
    if (!user || user->deactivated) {
        return std::nullopt;
    }
    const auto session = forget_token(old);
    if (!session) {
        return std::nullopt;  // signed out, or refreshed by somebody else, this very moment
    }
    return start(user, {session->name, session->stored.browser});
}

std::optional<Accounts::Session> Accounts::forget_token(const std::string& hash) {
    std::optional<Session> session;
    {
        const std::lock_guard lock(mutex_);
        const auto found = sessions_.find(hash);
        if (found != sessions_.end()) {
            session = std::move(found->second);
            sessions_.erase(found);
        }
    }
    const Status removed = store_.remove_session(hash);
    if (!removed) {
        log::error("session not removed", {{"reason", removed.error().text}});
    }
    return session;
}

void Accounts::tell_ended(core::UserId user, const std::string& session, bool may_be_last) {
    bool last = false;
    if (may_be_last) {
        const std::lock_guard lock(mutex_);
        last = std::none_of(sessions_.begin(), sessions_.end(),
                            [&](const auto& entry) { return entry.second.stored.user == user; });
    }
    if (ended_) {
        ended_(user, session, last);
    }
}

void Accounts::end(const std::string& hash, bool may_be_last) {
    if (const auto session = forget_token(hash)) {
        tell_ended(session->stored.user, session->name, may_be_last);
    }
}

void Accounts::sign_out(std::string_view token) {
    end(token_hash(token));
}

void Accounts::end_lasting(const std::string& user_name, bool may_be_last) {
    const Status removed = store_.remove_secret(token_kind, user_name);
    if (!removed) {
        log::error("secret not removed", {{"reason", removed.error().text}});
    }
    std::vector<std::pair<std::string, core::UserId>> ended;
    {
        const std::lock_guard lock(mutex_);
        std::erase_if(lasting_, [&](const auto& entry) {
            const bool theirs = entry.second.user_name == user_name;
            if (theirs) {
                ended.emplace_back(entry.first, entry.second.user);
            }
            return theirs;
        });
    }
    for (const auto& [hash, user] : ended) {
        tell_ended(user, hash, may_be_last);
    }
}

void Accounts::sign_out_everywhere(const std::string& user_name, core::UserId user, bool at_work) {
    end_lasting(user_name, !at_work);
    std::vector<std::string> hashes;
    {
        const std::lock_guard lock(mutex_);
        for (const auto& [hash, session] : sessions_) {
            if (session.stored.user == user) {
                hashes.push_back(hash);
            }
        }
    }
    for (const std::string& hash : hashes) {
        end(hash, !at_work);
    }
}

Status Accounts::set_password(const std::string& user_name, const std::string& password,
                              core::UserId user, const std::optional<store::Change>& note) {
    if (password.size() > password_bytes_max) {
        return fail(ErrorCode::invalid, "a password has at most 256 bytes", "password");
    }
    const store::Change* noted = note ? &*note : nullptr;
    Status status = Done{};
    if (password.empty()) {
        status = store_.remove_secret(password_kind, user_name, noted);
    } else {
        const std::string hash = hash_password(password);
        if (hash.empty()) {
            return fail(ErrorCode::full, "no memory to hash a password");
        }
        status = store_.put_secret(password_kind, user_name, hash, noted);
    }
    if (status) {
        sign_out_everywhere(user_name, user, note && note->who == user);
    }
    return status;
}

bool Accounts::begin_making(const std::string& user_name) {
    const std::lock_guard lock(mutex_);
    return making_.insert(user_name).second;
}

void Accounts::made(const std::string& user_name) {
    const std::lock_guard lock(mutex_);
    making_.erase(user_name);
}

Result<std::string> Accounts::new_lasting_token(const core::User& user, const store::Change& note) {
    const std::string token = new_token();
    const std::string hash = token_hash(token);
    end_lasting(user.name, false);
    const Status kept = store_.put_secret(token_kind, user.name, hash, &note);
    if (!kept) {
        return kept.error();
    }
    {
        const std::lock_guard lock(mutex_);
        lasting_[hash] = {user.name, user.id};
    }
    return token;
}

void Accounts::forget(const std::string& user_name, core::UserId user) {
    const Status removed = store_.remove_secret(password_kind, user_name);
    if (!removed) {
        log::error("secret not removed", {{"reason", removed.error().text}});
    }
    sign_out_everywhere(user_name, user);
}

void Accounts::forget_gone() {
    const auto records = directory_.now();
    const auto remove_secrets = [&](std::string_view kind, const auto& is_there) {
        const auto secrets = store_.secrets(kind);
        if (!secrets) {
            log::error("secrets cannot be read", {{"reason", secrets.error().text}});
            return;
        }
        for (const auto& [name, value] : *secrets) {
            const Status removed =
                is_there(name) ? Status(Done{}) : store_.remove_secret(kind, name);
            if (!removed) {
                log::error("secret not removed", {{"reason", removed.error().text}});
            }
        }
    };
    const auto is_user = [&](std::string_view name) { return records->user(name) != nullptr; };
    const auto is_device = [&](std::string_view name) { return records->device(name) != nullptr; };
    const auto is_trunk = [&](std::string_view name) { return records->trunk(name) != nullptr; };
    remove_secrets(password_kind, is_user);
    remove_secrets(token_kind, is_user);
    remove_secrets(sip_kind, is_device);
    remove_secrets(trunk_kind, is_trunk);
    std::vector<std::string> hashes;
    {
        const std::lock_guard lock(mutex_);
        std::erase_if(lasting_,
                      [&](const auto& entry) { return !is_user(entry.second.user_name); });
        for (const auto& [hash, session] : sessions_) {
            if (!records->user(session.stored.user)) {
                hashes.push_back(hash);
            }
        }
    }
    for (const std::string& hash : hashes) {
        end(hash);
    }
}

}  // namespace linka::api
