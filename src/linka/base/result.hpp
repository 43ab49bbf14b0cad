// Result<T>: a value, or an Error that names what went wrong. The way failures of life travel
// (busy, full, not found, malformed); mistakes of ours are LINKA_ASSERT.
#pragma once

#include "linka/base/assert.hpp"

#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace linka {

/// The kinds of failure; surfaces map them to HTTP or SIP codes in one table each.
enum class ErrorCode {
    invalid,      // malformed or out of range: the sender must change it
    not_found,    // no such thing, or not visible to the one who asks
    refused,      // understood, but not now: the text says why
    forbidden,    // the right is missing
    conflict,     // exists already
    full,         // a bound was reached: the text names it
    timed_out,    // no answer in time
    unavailable,  // the other side (disk, worker, peer) is not there
    internal      // a library or the system failed
};

/// What went wrong, for the one who must mend it: the object, the attempt and the limit.
struct Error {
    ErrorCode code = ErrorCode::internal;
    std::string text;
    std::string field;  // the input field at fault, or empty
};

/// Marks success where there is no value to return.
struct Done {};

template <typename T>
class [[nodiscard]] Result {
  public:
    Result(T value) : content_(std::move(value)) {}      // NOLINT(google-explicit-constructor)
    Result(Error error) : content_(std::move(error)) {}  // NOLINT(google-explicit-constructor)

    [[nodiscard]] bool ok() const { return content_.index() == 0; }
    explicit operator bool() const { return ok(); }

    T& value() & {
        LINKA_ASSERT(ok());
        return *std::get_if<0>(&content_);
    }
    const T& value() const& {
        LINKA_ASSERT(ok());
        return *std::get_if<0>(&content_);
    }
    T&& value() && {
        LINKA_ASSERT(ok());
        return std::move(*std::get_if<0>(&content_));
    }
    [[nodiscard]] const Error& error() const {
        LINKA_ASSERT(!ok());
        return *std::get_if<1>(&content_);
    }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }

  private:
    std::variant<T, Error> content_;
};

using Status = Result<Done>;

inline Error fail(ErrorCode code, std::string text, std::string field = {}) {
    return Error{code, std::move(text), std::move(field)};
}

}  // namespace linka
