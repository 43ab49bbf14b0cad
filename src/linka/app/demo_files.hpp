// What the demo leaves beside the journal: the files of its recordings, which go when nothing in
// the lists tells of them any more, and its statuses.
#pragma once

#include "linka/base/result.hpp"
#include "linka/core/ids.hpp"
#include "linka/store/store.hpp"

#include <string>

namespace linka::app {

/// Deletes the files of recordings up to `last` that the lists do not have, and everything that was
/// converted from recordings (it is made again when asked for). May be done again at any time.
/// Reads directories, so not on the loop's thread. Errors name the file or say why lists cannot be
/// read.
Status forget_recordings(store::Store& store, const std::string& data, core::RecordingId last);

/// Removes the statuses that the demo began with, even edited ones; what was closed with them keeps
/// their names. May be done again at any time, from any thread. Errors as the store gives them.
Status forget_statuses(store::Store& store);

}  // namespace linka::app
