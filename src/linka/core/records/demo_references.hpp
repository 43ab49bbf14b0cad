// Private to the core: what stays may refer to what goes with the demo. Each `without` gives the
// record as it is to be afterwards.
#pragma once

#include "linka/core/records/demo.hpp"
#include "linka/core/view.hpp"

#include <set>
#include <string>

namespace linka::core {

class DemoReferences {
  public:
    /// Remembers the extensions that go; `state` must outlive it and still have the users.
    DemoReferences(const State& state, UserId keep);

    [[nodiscard]] bool goes(const Destination& to) const;
    [[nodiscard]] User without(User user) const;
    [[nodiscard]] Queue without(Queue queue) const;
    [[nodiscard]] Route without(Route route) const;
    [[nodiscard]] Menu without(Menu menu) const;
    [[nodiscard]] RingGroup without(RingGroup group) const;
    [[nodiscard]] Settings without(Settings settings) const;

  private:
    void cut(Destination& to) const;

    const DemoRecords demo_;
    std::set<std::string> extensions_;
};

}  // namespace linka::core
