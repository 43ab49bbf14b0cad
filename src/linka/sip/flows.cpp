#include "linka/sip/flows.hpp"

#include "linka/base/text.hpp"
#include "linka/sip/headers.hpp"

namespace linka::sip {

bool Flows::alive(tport_t* transport) {
    return transport != nullptr && tport_is_shutdown(transport) == 0 &&
           tport_is_closed(transport) == 0;
}

void Flows::remember(const std::string& key, tport_t* transport) {
    if (key.empty() || transport == nullptr || tport_is_secondary(transport) == 0) {
        return;
    }
    const auto found = flows_.find(key);
    if (found != flows_.end()) {
        if (found->second.get() != transport) {
            found->second.reset(tport_ref(transport));
        }
        return;
    }
    if (flows_.size() < keys_max) {
        flows_.emplace(key, TransportRef(tport_ref(transport)));
    }
}

tport_t* Flows::find(const std::string& key) const {
    const auto found = flows_.find(key);
    return found != flows_.end() && alive(found->second.get()) ? found->second.get() : nullptr;
}

std::set<std::pair<std::string, int>> Flows::peers() const {
    std::set<std::pair<std::string, int>> all;
    for (const auto& [key, transport] : flows_) {
        if (alive(transport.get())) {
            const tp_name_t* name = tport_name(transport.get());
            all.emplace(plain_host(view(name->tpn_host)),
                        static_cast<int>(text::to_int(view(name->tpn_port)).value_or(0)));
        }
    }
    return all;
}

void Flows::tidy() {
    std::erase_if(flows_, [](const auto& flow) { return !alive(flow.second.get()); });
}

}  // namespace linka::sip
