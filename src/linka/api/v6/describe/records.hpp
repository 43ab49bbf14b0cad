// The descriptions of the core's records, each defined in its file of models/.
#pragma once

#include "linka/api/v6/describe/description.hpp"

namespace linka::api::v6 {

const Description<core::User>& users_description();
const Description<core::Queue>& queues_description();
const Description<core::Device>& devices_description();
const Description<core::Pause>& pauses_description();
const Description<core::RightToCall>& rights_to_call_description();
const Description<core::Profile>& profiles_description();
const Description<core::Prompt>& recordings_description();
const Description<core::Route>& routes_description();
const Description<core::RingGroup>& ring_groups_description();
const Description<core::Trunk>& trunks_description();
const Description<core::TimeGroup>& time_groups_description();
const Description<core::Settings>& settings_description();

}  // namespace linka::api::v6
