// What the server has on top when its data are the demo's.
#include "linka/api/auth/password.hpp"
#include "linka/app/address.hpp"
#include "linka/app/demo.hpp"
#include "linka/app/health.hpp"
#include "linka/app/server.hpp"
#include "linka/base/json_read.hpp"
#include "linka/runtime/clock.hpp"

#include <filesystem>
#include <string>
#include <utility>

#include <boost/json/serialize.hpp>

namespace linka::app {

// A status carries its number in its own body, so it is saved twice.
Status Server::seed_statuses() {
    const Instant now = runtime::wall_now();
    for (const DemoStatus& each : demo_statuses()) {
        json::Object body{{"name", each.name}, {"title", each.title}, {"color", each.color}};
        const auto id =
            store_->save_status({0, each.name, each.title, boost::json::serialize(body)}, now);
        if (!id) {
            return id.error();
        }
        body["id"] = *id;
        const auto saved =
            store_->save_status({*id, each.name, each.title, boost::json::serialize(body)}, now);
        if (!saved) {
            return saved.error();
        }
    }
    return Done{};
}

void Server::start_public() {
    const std::string data = std::filesystem::absolute(options_.data).string();
    const bool everywhere = options_.listen == "0.0.0.0" || options_.listen == "::";
    Public::Options options;
    options.program.program = program_directory() + "/linka-demo";
    options.program.media = program_directory() + "/linka-media";
    options.program.directory = data + "/demo";
    options.program.prompts =
        program_directory() + "/prompts:" + program_directory() + "/prompts/demo";
    options.program.server = everywhere ? "127.0.0.1" : options_.listen;
    options.program.sip_port = sip_->port();
    options.background = background_;
    for (const DemoStatus& status : demo_statuses()) {
        options.statuses.push_back(status.name);
    }
    options.password = [this](std::string_view device) {
        const auto secrets = store_->secrets(api::sip_kind);
        if (!secrets) {
            return std::string{};
        }
        const auto found = secrets->find(std::string(device));
        return found == secrets->end() ? std::string{} : found->second;
    };
    public_ = std::make_unique<Public>(loop_, *engine_, *sip_, std::move(options));
}

}  // namespace linka::app
