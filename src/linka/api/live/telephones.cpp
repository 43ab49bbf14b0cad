// What an administrator needs beside the records of devices: where telephones register, and which
// are there.
#include "linka/api/live/names.hpp"
#include "linka/api/live/reports.hpp"
#include "linka/api/server.hpp"
#include "linka/base/json_write.hpp"
#include "linka/core/core.hpp"
#include "linka/core/view.hpp"

#include <map>
#include <optional>
#include <set>
#include <utility>

namespace linka::api {

namespace {

struct Asking {
    int times = 0;
    json::Raw since;
    json::Raw last;
    std::string address;
    std::string user_agent;
};
LINKA_DESCRIBE(Asking, (times, since, last, address, user_agent))

struct Telephone {
    std::string name;
    bool reachable = false;
    std::string user;              // who is logged in to it now; empty: nobody
    std::optional<Asking> asking;  // to register, and never answers the challenge
};
LINKA_DESCRIBE(Telephone, (name, reachable, user, asking))

struct Telephones {
    int sip_port = 0;
    int sips_port = 0;
    std::vector<Telephone> devices;
};
LINKA_DESCRIBE(Telephones, (sip_port, sips_port, devices))

// Of whoever may read devices: administrators see all, others those of people whose work they see.
std::set<core::DeviceId> visible_devices(const core::User& viewer, const Records& records) {
    std::set<core::DeviceId> visible;
    if (!may(records, viewer, Module::devices, Operation::read)) {
        return visible;
    }
    for (const auto& [id, device] : records.devices) {
        if (sees(viewer, records, id)) {
            visible.insert(id);
        }
    }
    return visible;
}

Telephone telephone_of(const core::State& state, const core::Device& device,
                       const std::map<std::string, SilentTelephone>& silent) {
    const core::User* user = core::user_of_device(state, device.id);
    Telephone out{device.name,
                  core::is_reachable(state, device.id),
                  user != nullptr ? user->name : std::string(),
                  {}};
    if (const auto found = silent.find(device.name); found != silent.end()) {
        const SilentTelephone& asks = found->second;
        out.asking = Asking{asks.times, iso_json(asks.since), iso_json(asks.last), asks.address,
                            asks.user_agent};
    }
    return out;
}

}  // namespace

void add_telephone_routes(Router& router, const Site& site, const ServerOptions& options) {
    router.add(
        Method::get, "/api/live/telephones",
        signed_in(site, [&site, &options](const Call& call, const Respond& respond) {
            auto visible = visible_devices(*call.user, *site.directory.now());
            auto silent = options.silent_telephones ? options.silent_telephones()
                                                    : std::map<std::string, SilentTelephone>();
            read_live(site, respond,
                      [&options, visible = std::move(visible), silent = std::move(silent)](
                          const core::State& state, Instant) {
                          Telephones out{options.sip_port, options.sips_port, {}};
                          for (const core::DeviceId id : visible) {
                              if (const core::Device* device = core::find_device(state, id)) {
                                  out.devices.push_back(telephone_of(state, *device, silent));
                              }
                          }
                          return json_response(json::to_text(out));
                      });
        }));
}

}  // namespace linka::api
