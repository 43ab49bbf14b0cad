// The tables of causes: which SIP status says what. Nothing else in voice chooses a status.
#pragma once

#include "linka/core/effect.hpp"

#include <string_view>

namespace linka::voice {

/// Of our own making, when a leg cannot go on.
enum class Failure {
    unknown_device,    // no such device, or switched off
    no_trunk,          // outside calls have nowhere to go
    full,              // our own limits
    media_lost,        // the worker died and could not be replaced
    no_media,          // no worker, no port
    bad_description,   // the peers' descriptions do not fit
    not_registered,    // signalling would not take the command
    went_quiet,        // no RTP for long
    forbidden_caller,  // a device that the records do not have
};

int status_of(Failure failure);
int status_of(core::RefuseCause cause);
/// A media worker's error code.
Failure failure_of(std::string_view media_error);
/// True if the worker died: the legs that it had are reported as lost apart from this.
bool is_loss(std::string_view media_error);

}  // namespace linka::voice
