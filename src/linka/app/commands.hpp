// The commands of `linka`. Each returns the exit status: 0 fine, 1 found something, 2 bad options
// or something that the administrator must mend first.
#pragma once

#include "linka/app/options.hpp"

namespace linka::app {

int serve(const ServeOptions& options);
int stop(const StopOptions& options);
int audit(const DataOptions& options);
int backup(const DataOptions& options);
int restore(const DataOptions& options);
int copy(const CopyOptions& options);
/// Sets a user's password, asked on the terminal or read from the standard input. Whoever was
/// signed in as them is signed out.
int user_password(const UserOptions& options);
int doctor(const ServeOptions& options);

}  // namespace linka::app
