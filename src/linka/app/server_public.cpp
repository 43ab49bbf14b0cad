// The simulated public, which a server has whose data are the demo's.
#include "linka/api/auth/password.hpp"
#include "linka/app/address.hpp"
#include "linka/app/demo.hpp"
#include "linka/app/health.hpp"
#include "linka/app/server.hpp"

#include <filesystem>
#include <string>
#include <utility>

namespace linka::app {

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
    public_ = std::make_unique<Public>(loop_, *engine_, *sip_, *belongings_, std::move(options));
    outside_->set_public([this](const std::string& number, std::function<void(int)> done) {
        if (public_) {
            public_->expect(number, std::move(done));
        } else {
            done(0);
        }
    });
}

}  // namespace linka::app
