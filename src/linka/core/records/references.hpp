// What refers to records, so that nothing is removed from under a call's way.
// A record that goes alone is refused while anything of this leads to it; several that go together
// (RemoveRecords) have it cut.
#pragma once

#include "linka/core/blocker.hpp"
#include "linka/core/flow/place.hpp"
#include "linka/core/records/record_ids.hpp"
#include "linka/core/state.hpp"

#include <set>
#include <string>
#include <vector>

namespace linka::core {

/// More names are not told.
inline constexpr std::size_t references_max = 20;

class References {
  public:
    /// To the records that go, lists as make_list() makes them. Remembers the extensions of people
    /// who go: what leads to them, their voicemail and ring groups that have them as members
    /// refer to the people. A prompt that replaces one of the system may go: that is heard again.
    References(const State& state, RecordIds going);
    /// To what callers hear by that name, whether there is a record of it or not.
    static References to_prompt(std::string name);

    [[nodiscard]] bool goes(const Place& place) const;
    [[nodiscard]] bool goes_extension(const std::string& extension) const {
        return extensions_.contains(extension);
    }
    /// The record as it is to be afterwards.
    [[nodiscard]] User without(User user) const;
    [[nodiscard]] Profile without(Profile profile) const;
    [[nodiscard]] Queue without(Queue queue) const;
    [[nodiscard]] Route without(Route route) const;
    [[nodiscard]] Menu without(Menu menu) const;
    [[nodiscard]] RingGroup without(RingGroup group) const;

    /// The names of what stays and would send calls to what goes, or lists it: numbers of routing
    /// rules, titles of menus and profiles, queues and ring groups with their numbers, each once
    /// and at most references_max of them. `among`: how calls go, the sandbox, or both.
    [[nodiscard]] std::vector<InTheWay> names(const State& state,
                                              std::vector<const Routing*> among) const;

  private:
    References() = default;
    [[nodiscard]] bool leads_there(const Destination& to) const { return goes(place_of(to)); }
    void cut(Destination& to) const;
    void cut_prompt(std::string& name) const;

    RecordIds going_;
    std::set<std::string> extensions_;
    std::set<std::string> prompts_;
};

}  // namespace linka::core
