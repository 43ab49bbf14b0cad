#include "linka/store/plain.hpp"

#include "linka/runtime/log.hpp"

namespace linka::store {

namespace {

const char* words_for(ErrorCode code) {
    switch (code) {
        case ErrorCode::full:
            return "the server's disk is full: nothing can be kept until there is room";
        case ErrorCode::unavailable:
        case ErrorCode::timed_out:
            return "the server's database does not answer, or takes nothing: try again in a moment";
        case ErrorCode::internal:
            return "a fault in the server's database: its log says which";
        case ErrorCode::invalid:
        case ErrorCode::not_found:
        case ErrorCode::refused:
        case ErrorCode::forbidden:
        case ErrorCode::conflict:
            break;
    }
    return nullptr;
}

}  // namespace

Error plain(const Error& error) {
    const char* words = words_for(error.code);
    if (words == nullptr) {
        return error;
    }
    log::error("the database refused somebody", {{"reason", error.text}});
    return Error{error.code, words, error.field};
}

}  // namespace linka::store
