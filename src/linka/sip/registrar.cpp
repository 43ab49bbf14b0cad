#include "linka/sip/registrar.hpp"

#include "linka/base/json_read.hpp"
#include "linka/base/json_write.hpp"
#include "linka/base/text.hpp"
#include "linka/sip/addresses.hpp"

#include <algorithm>

namespace linka::sip {

struct SavedBindings {
    int version = 1;
    std::vector<Binding> bindings;
};
LINKA_DESCRIBE(SavedBindings, (version, bindings))

namespace {

std::int64_t wanted_expiry(const Register& request, const Register::Contact& contact) {
    if (contact.expires_s >= 0) {
        return contact.expires_s;
    }
    return request.expires_s >= 0 ? request.expires_s : Registrar::expires_default_s;
}

bool same_contact(const Binding& binding, const Register::Contact& contact) {
    if (!contact.instance.empty() && binding.instance == contact.instance) {
        return true;
    }
    return binding.contact == contact.uri;
}

}  // namespace

std::string Registrar::key_of(const Source& source) {
    return text::format("{} {}", source.host, source.port);
}

void Registrar::change(const std::string& device, std::vector<Binding> bindings) {
    const auto count = [](std::unordered_map<std::string, int>& all, const std::string& key,
                          int by) {
        if ((all[key] += by) <= 0) {
            all.erase(key);
        }
    };
    std::vector<Binding>& current = devices_[device];
    for (const Binding& binding : bindings) {
        count(sources_, key_of(binding.source), 1);
        count(networks_, network_of(binding.source.host), 1);
    }
    for (const Binding& binding : current) {
        count(sources_, key_of(binding.source), -1);
        count(networks_, network_of(binding.source.host), -1);
    }
    current = std::move(bindings);
    if (current.empty()) {
        devices_.erase(device);
    }
}

int Registrar::apply(const Register& request, Instant now) {
    if (request.all && (!request.contacts.empty() || request.expires_s != 0)) {
        return 400;
    }
    for (const Register::Contact& contact : request.contacts) {
        const std::int64_t wanted = wanted_expiry(request, contact);
        if (wanted > 0 && wanted < expires_min_s) {
            return 423;
        }
    }
    if (request.all) {
        change(request.device, {});
        return 200;
    }
    if (request.contacts.empty()) {
        return 200;
    }
    const auto found = devices_.find(request.device);
    std::vector<Binding> bindings =
        found == devices_.end() ? std::vector<Binding>{} : found->second;
    for (const Register::Contact& contact : request.contacts) {
        put(bindings, request, contact, now);
    }
    change(request.device, std::move(bindings));
    return 200;
}

void Registrar::put(std::vector<Binding>& bindings, const Register& request,
                    const Register::Contact& contact, Instant now) {
    std::erase_if(bindings, [&](const Binding& binding) { return same_contact(binding, contact); });
    const std::int64_t wanted = std::min(wanted_expiry(request, contact), expires_max_s);
    if (wanted <= 0) {
        return;
    }
    if (bindings.size() >= contacts_max) {
        // A phone that changes its port leaves dead contacts behind: the live one must get in.
        bindings.erase(std::min_element(
            bindings.begin(), bindings.end(),
            [](const Binding& a, const Binding& b) { return a.registered < b.registered; }));
    }
    Binding binding;
    binding.contact = contact.uri;
    binding.instance = contact.instance;
    binding.call_id = request.call_id;
    binding.cseq = request.cseq;
    binding.expires = now + std::chrono::seconds(wanted);
    binding.q_milli = std::clamp(contact.q_milli, 0, 1000);
    binding.source = request.source;
    binding.behind_nat = contact.behind_nat;
    binding.user_agent = request.user_agent;
    binding.can_ask_to_answer = request.can_ask_to_answer;
    binding.registered = now;
    bindings.push_back(std::move(binding));
}

std::vector<Binding> Registrar::contacts(std::string_view device, Instant now) const {
    const auto found = devices_.find(device);
    if (found == devices_.end()) {
        return {};
    }
    std::vector<Binding> valid;
    for (const Binding& binding : found->second) {
        if (binding.expires > now) {
            valid.push_back(binding);
        }
    }
    std::stable_sort(valid.begin(), valid.end(), [](const Binding& a, const Binding& b) {
        return a.q_milli != b.q_milli ? a.q_milli > b.q_milli : a.registered > b.registered;
    });
    return valid;
}

std::vector<std::string> Registrar::expire(Instant now) {
    std::vector<std::string> changed;
    for (const auto& [device, bindings] : devices_) {
        if (std::any_of(bindings.begin(), bindings.end(),
                        [&](const Binding& binding) { return binding.expires <= now; })) {
            changed.push_back(device);
        }
    }
    for (const std::string& device : changed) {
        std::vector<Binding> left = devices_[device];
        std::erase_if(left, [&](const Binding& binding) { return binding.expires <= now; });
        change(device, std::move(left));
    }
    return changed;
}

Instant Registrar::next_expiry() const {
    Instant next = Instant::never();
    for (const auto& [device, bindings] : devices_) {
        for (const Binding& binding : bindings) {
            next = std::min(next, binding.expires);
        }
    }
    return next;
}

std::vector<std::string> Registrar::devices() const {
    std::vector<std::string> names;
    names.reserve(devices_.size());
    for (const auto& [device, bindings] : devices_) {
        names.push_back(device);
    }
    return names;
}

void Registrar::forget(const std::string& device) {
    change(device, {});
}

std::string Registrar::save(const std::string& device) const {
    const auto found = devices_.find(device);
    if (found == devices_.end()) {
        return {};
    }
    SavedBindings saved;
    saved.bindings = found->second;
    return json::to_text(saved);
}

Status Registrar::restore(const std::string& device, std::string_view text, Instant now) {
    Result<SavedBindings> saved = json::from_text<SavedBindings>(text, json::Unknown::ignore);
    if (!saved) {
        return saved.error();
    }
    if (saved->version != 1) {
        return fail(ErrorCode::invalid,
                    "registration of device " + device + " was saved by another version");
    }
    std::erase_if(saved->bindings, [&](const Binding& binding) { return binding.expires <= now; });
    if (saved->bindings.size() > contacts_max) {
        saved->bindings.resize(contacts_max);
    }
    if (!saved->bindings.empty()) {
        change(device, std::move(saved->bindings));
    }
    return Done{};
}

}  // namespace linka::sip
