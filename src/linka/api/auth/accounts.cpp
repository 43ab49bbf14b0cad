#include "linka/api/auth/accounts.hpp"

#include "linka/api/auth/password.hpp"
#include "linka/api/auth/token.hpp"
#include "linka/base/text.hpp"
#include "linka/runtime/log.hpp"
#include "linka/runtime/metrics.hpp"

#include <algorithm>

namespace linka::api {

namespace {

metrics::Counter signed_in_counter("linka_sign_ins_total", "Sign-ins with a password",
                                   "result=\"ok\"");
metrics::Counter failed_in_counter("linka_sign_ins_total", "Sign-ins with a password",
                                   "result=\"failed\"");
metrics::Counter locked_in_counter("linka_sign_ins_total", "Sign-ins with a password",
                                   "result=\"locked\"");

}  // namespace

Accounts::Accounts(store::Store& store, const Directory& directory, Workers& hashing,
                   Options options)
    : store_(store),
      directory_(directory),
      hashing_(hashing),
      options_(std::move(options)),
      accounts_(options_.account),
      addresses_(options_.address) {
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
    {
        const std::lock_guard lock(mutex_);
        for (const store::Store::Session& session : *sessions) {
            sessions_[session.token_hash] = session;
        }
        for (const auto& [name, hash] : *tokens) {
            lasting_[hash] = name;
        }
    }
    forget_gone();
    return Done{};
}

std::optional<Accounts::Caller> Accounts::find(std::string_view token) {
    if (token.empty() || token.size() > 256) {
        return std::nullopt;
    }
    const std::string hash = token_hash(token);
    const auto records = directory_.now();
    std::shared_ptr<const core::User> user;
    {
        const std::lock_guard lock(mutex_);
        const auto session = sessions_.find(hash);
        if (session != sessions_.end()) {
            if (session->second.expires > options_.now()) {
                user = records->user(session->second.user);
            }
        } else if (const auto lasting = lasting_.find(hash); lasting != lasting_.end()) {
            user = records->user(lasting->second);
        }
    }
    if (!user || user->deactivated) {
        return std::nullopt;
    }
    return Caller{std::move(user), std::string(token)};
}

Duration Accounts::locked(const std::string& name, const std::string& address, Instant now) {
    const std::lock_guard lock(mutex_);
    return std::max(accounts_.wait(name, now), addresses_.wait(address, now));
}

void Accounts::sign_in(std::string name, std::string password, std::string address, SignedIn done) {
    const Duration wait = locked(name, address, options_.now());
    if (wait > Duration{}) {
        locked_in_counter.add();
        done(std::nullopt, {wait, false});
        return;
    }
    const auto shared = std::make_shared<SignedIn>(std::move(done));  // us and the job
    const bool taken = hashing_.post(
        [this, name = std::move(name), password = std::move(password), address = std::move(address),
         shared](const Result<store::Reader*>&) { check(name, password, address, *shared); });
    if (!taken) {
        (*shared)(std::nullopt, {5s, true});
    }
}

void Accounts::check(const std::string& name, const std::string& password,
                     const std::string& address, const SignedIn& done) {
    // Again here: attempts that were let in together must not all be tried.
    const Duration wait = locked(name, address, options_.now());
    if (wait > Duration{}) {
        locked_in_counter.add();
        done(std::nullopt, {wait, false});
        return;
    }
    const std::shared_ptr<const core::User> user = directory_.now()->user(name);
    std::string hash;
    if (const auto hashes = store_.secrets(password_kind); hashes && hashes->contains(name)) {
        hash = hashes->at(name);
    }
    const bool right = password.size() <= password_bytes_max && verify_password(hash, password) &&
                       user && !user->deactivated;
    const Instant now = options_.now();
    if (!right) {
        Duration delay{};
        {
            const std::lock_guard lock(mutex_);
            delay = std::max(accounts_.failed(name, now), addresses_.failed(address, now));
        }
        failed_in_counter.add();
        log::warn("sign-in failed", {{"user", user ? name : std::string("unknown")},
                                     {"address", address},
                                     {"locked_s", whole_seconds(delay)}});
        done(std::nullopt, {});
        return;
    }
    {
        const std::lock_guard lock(mutex_);
        accounts_.succeeded(name);
    }
    signed_in_counter.add();
    done(start_session(user), {});
}

std::optional<Tokens> Accounts::start_session(const std::shared_ptr<const core::User>& user) {
    const Instant now = options_.now();
    Tokens tokens{new_token(), new_token(), now + options_.access_life, now + options_.refresh_life,
                  user};
    const store::Store::Session session{
        token_hash(tokens.access), token_hash(tokens.refresh), user->id, now, tokens.expires,
        tokens.refresh_expires};
    const Status kept = store_.put_session(session);
    if (!kept) {
        // The disk refuses: people must still be able to work. The session lasts as we do.
        log::error("session not saved", {{"reason", kept.error().text}});
    }
    std::vector<std::string> surplus;
    {
        const std::lock_guard lock(mutex_);
        sessions_[session.token_hash] = session;
        std::vector<std::pair<Instant, std::string>> own;
        for (const auto& [hash, other] : sessions_) {
            if (other.refresh_expires <= now) {
                surplus.push_back(hash);
            } else if (other.user == user->id) {
                own.emplace_back(other.created, hash);
            }
        }
        std::sort(own.begin(), own.end());
        for (std::size_t i = 0; i + options_.sessions_per_user < own.size(); ++i) {
            surplus.push_back(own[i].second);
        }
    }
    for (const std::string& hash : surplus) {
        remove(hash);
    }
    return tokens;
}

std::optional<Tokens> Accounts::refresh(std::string_view refresh_token) {
    const std::string hash = token_hash(refresh_token);
    std::string old;
    std::shared_ptr<const core::User> user;
    {
        const std::lock_guard lock(mutex_);
        for (const auto& [token, session] : sessions_) {
            if (session.refresh_hash == hash && session.refresh_expires > options_.now()) {
                old = token;
                user = directory_.now()->user(session.user);
            }
        }
    }
    if (!user || user->deactivated) {
        return std::nullopt;
    }
    remove(old);
    return start_session(user);
}

void Accounts::remove(const std::string& hash) {
    {
        const std::lock_guard lock(mutex_);
        sessions_.erase(hash);
    }
    const Status removed = store_.remove_session(hash);
    if (!removed) {
        log::error("session not removed", {{"reason", removed.error().text}});
    }
}

void Accounts::sign_out(std::string_view token) {
    remove(token_hash(token));
}

void Accounts::sign_out_everywhere(core::UserId user) {
    std::vector<std::string> hashes;
    {
        const std::lock_guard lock(mutex_);
        for (const auto& [hash, session] : sessions_) {
            if (session.user == user) {
                hashes.push_back(hash);
            }
        }
    }
    for (const std::string& hash : hashes) {
        remove(hash);
    }
}

Status Accounts::set_password(const std::string& user_name, const std::string& password,
                              core::UserId user) {
    if (password.size() > password_bytes_max) {
        return fail(ErrorCode::invalid, "a password has at most 256 bytes", "password");
    }
    Status status = Done{};
    if (password.empty()) {
        status = store_.remove_secret(password_kind, user_name);
    } else {
        const std::string hash = hash_password(password);
        if (hash.empty()) {
            return fail(ErrorCode::full, "no memory to hash a password");
        }
        status = store_.put_secret(password_kind, user_name, hash);
    }
    if (status) {
        sign_out_everywhere(user);
    }
    return status;
}

Result<std::string> Accounts::new_lasting_token(const std::string& user_name) {
    const std::string token = new_token();
    const std::string hash = token_hash(token);
    const Status kept = store_.put_secret(token_kind, user_name, hash);
    if (!kept) {
        return kept.error();
    }
    const std::lock_guard lock(mutex_);
    std::erase_if(lasting_, [&](const auto& entry) { return entry.second == user_name; });
    lasting_[hash] = user_name;
    return token;
}

void Accounts::forget(const std::string& user_name, core::UserId user) {
    for (const std::string_view kind : {password_kind, token_kind}) {
        const Status removed = store_.remove_secret(kind, user_name);
        if (!removed) {
            log::error("secret not removed", {{"reason", removed.error().text}});
        }
    }
    {
        const std::lock_guard lock(mutex_);
        std::erase_if(lasting_, [&](const auto& entry) { return entry.second == user_name; });
    }
    sign_out_everywhere(user);
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
    remove_secrets(password_kind, is_user);
    remove_secrets(token_kind, is_user);
    remove_secrets(sip_kind, is_device);
    std::vector<std::string> hashes;
    {
        const std::lock_guard lock(mutex_);
        std::erase_if(lasting_, [&](const auto& entry) { return !is_user(entry.second); });
        for (const auto& [hash, session] : sessions_) {
            if (!records->user(session.user)) {
                hashes.push_back(hash);
            }
        }
    }
    for (const std::string& hash : hashes) {
        remove(hash);
    }
}

}  // namespace linka::api
