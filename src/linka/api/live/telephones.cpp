// What an administrator needs beside the records of devices: where telephones register, and which
// are there.
#include "linka/api/live/reports.hpp"
#include "linka/base/json_write.hpp"
#include "linka/core/core.hpp"
#include "linka/core/view.hpp"

#include <set>

namespace linka::api {

namespace {

struct Telephone {
    std::string name;
    bool reachable = false;
    std::string user;  // who is logged in to it now; empty: nobody
};
LINKA_DESCRIBE(Telephone, (name, reachable, user))

struct Telephones {
    int sip_port = 0;
    int sips_port = 0;
    std::vector<Telephone> devices;
};
LINKA_DESCRIBE(Telephones, (sip_port, sips_port, devices))

// Administrators see all; others the devices of people whose work they see.
std::set<core::DeviceId> visible_devices(const core::User& viewer, const Records& records) {
    std::set<core::DeviceId> visible;
    if (viewer.access == core::Access::admin) {
        for (const auto& [id, device] : records.devices) {
            visible.insert(id);
        }
        return visible;
    }
    for (const auto& [id, user] : records.users) {
        if (sight_of(viewer, *user) == Sight::full) {
            for (const core::DeviceRight& right : user->devices) {
                visible.insert(right.device);
            }
        }
    }
    return visible;
}

}  // namespace

void add_telephone_routes(Router& router, const Site& site, std::uint16_t sip_port,
                          std::uint16_t sips_port) {
    router.add(
        Method::get, "/api/live/telephones",
        signed_in(site, [&site, sip_port, sips_port](const Call& call, const Respond& respond) {
            read_live(
                site, respond,
                [visible = visible_devices(*call.user, *site.directory.now()), sip_port, sips_port](
                    const core::State& state, Instant) {
                    Telephones out{sip_port, sips_port, {}};
                    for (const core::DeviceId id : visible) {
                        if (const core::Device* device = core::find_device(state, id)) {
                            const core::User* user = core::user_of_device(state, id);
                            out.devices.push_back({device->name, core::is_reachable(state, id),
                                                   user != nullptr ? user->name : std::string()});
                        }
                    }
                    return json_response(json::to_text(out));
                });
        }));
}

}  // namespace linka::api
