#include "linka/sip/connections.hpp"

#include "linka/base/text.hpp"
#include "linka/sip/addresses.hpp"

#include <algorithm>

namespace linka::sip {

std::vector<int> ConnectionLimits::to_close(std::vector<Connection> open,
                                            const std::function<bool(const Connection&)>& proven,
                                            Instant now) {
    for (auto& [key, known] : known_) {
        known.open = false;
    }
    struct Unproven {
        const Connection* connection;
        Instant since;
    };
    std::vector<Unproven> unproven;
    for (const Connection& each : open) {
        Known& known = known_.try_emplace(text::format("{} {}", each.host, each.port), Known{now})
                           .first->second;
        known.open = true;
        known.proven = known.proven || proven(each);
        if (!known.proven) {
            unproven.push_back({&each, known.since});
        }
    }
    std::erase_if(known_, [](const auto& each) { return !each.second.open; });
    // The oldest may stay: they are nearest to their proof.
    std::stable_sort(unproven.begin(), unproven.end(),
                     [](const Unproven& a, const Unproven& b) { return a.since < b.since; });
    const std::size_t others = open.size() - unproven.size();
    const std::size_t room = std::min(unproven_max, room_ > others ? room_ - others : 0);
    std::unordered_map<std::string, std::size_t> of_network;
    std::vector<int> closed;
    std::size_t kept = 0;
    for (const Unproven& each : unproven) {
        std::size_t& same = of_network[network_of(each.connection->host)];
        if (now - each.since >= proof_time || same >= unproven_of_network_max || kept >= room) {
            closed.push_back(each.connection->fd);
        } else {
            ++same;
            ++kept;
        }
    }
    return closed;
}

}  // namespace linka::sip
