// What a new instance begins with.
#include "linka/api/auth/password.hpp"
#include "linka/app/demo.hpp"
#include "linka/app/server.hpp"
#include "linka/base/json_read.hpp"
#include "linka/base/text.hpp"
#include "linka/runtime/clock.hpp"

#include <utility>

#include <boost/json/serialize.hpp>
#include <sodium.h>

namespace linka::app {
namespace {

std::string random_token() {
    std::string bytes(24, '\0');
    randombytes_buf(bytes.data(), bytes.size());
    return text::hex(bytes);
}

}  // namespace

Status Server::seed() {
    const Apply apply = [this](const core::Input& input) { return engine_->apply_now(input); };
    Status status = seed_base(apply);
    if (status && demo_) {
        auto seeded = seed_demo(apply);
        if (!seeded) {
            return seeded.error();
        }
        if (!options_.admin_password.empty()) {
            seeded->passwords["admin"] = options_.admin_password;
        }
        announced_passwords_ = seeded->passwords;
        belongings_->add(all_records(engine_->state()));
        status = seed_passwords(seeded->passwords, seeded->sip_passwords);
        if (status) {
            status = seed_statuses();
        }
    } else if (status) {
        status = seed_empty(apply);
        if (status && !options_.admin_password.empty()) {
            status = seed_passwords({{"admin", options_.admin_password}}, {});
        } else if (status) {
            setup_token_ = random_token();
            status = store_->put_secret("setup", "admin", setup_token_);
        }
    }
    return status;
}

Status Server::seed_passwords(const std::map<std::string, std::string>& passwords,
                              const std::map<std::string, std::string>& sip_passwords) {
    for (const auto& [name, password] : passwords) {
        const std::string hash = api::hash_password(password);
        if (hash.empty()) {
            return fail(ErrorCode::full, "no memory for hashing a password (64 MiB)");
        }
        const Status kept = store_->put_secret(api::password_kind, name, hash);
        if (!kept) {
            return kept;
        }
    }
    for (const auto& [name, password] : sip_passwords) {
        const Status kept = store_->put_secret(api::sip_kind, name, password);
        if (!kept) {
            return kept;
        }
    }
    return Done{};
}

Status Server::seed_statuses() {
    const Instant now = runtime::wall_now();
    for (const DemoStatus& each : demo_statuses()) {
        const json::Object body{{"name", each.name}, {"title", each.title}, {"color", each.color}};
        const auto id = store_->save_record(
            {0, "statuses", each.name, each.title, boost::json::serialize(body)}, now);
        if (!id && id.error().code == ErrorCode::conflict) {
            continue;  // from a first start that did not come to its end
        }
        if (!id) {
            return id.error();
        }
    }
    return Done{};
}

}  // namespace linka::app
