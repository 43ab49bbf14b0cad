#include "linka/voice/causes.hpp"

namespace linka::voice {

int status_of(Failure failure) {
    switch (failure) {
        case Failure::unknown_device:
            return 404;
        case Failure::not_registered:
            return 480;
        case Failure::no_trunk:
        case Failure::full:
        case Failure::media_lost:
        case Failure::no_media:
            return 503;
        case Failure::bad_description:
            return 488;
        case Failure::went_quiet:
            return 408;
        case Failure::forbidden_caller:
            return 403;
    }
    return 500;
}

int status_of(core::RefuseCause cause) {
    switch (cause) {
        case core::RefuseCause::busy:
            return 486;
        case core::RefuseCause::congestion:
            return 503;
        case core::RefuseCause::not_found:
            return 404;
        case core::RefuseCause::forbidden:
            return 403;
        case core::RefuseCause::declined:
            return 603;
        case core::RefuseCause::no_answer:
            return 480;
    }
    return 480;
}

Failure failure_of(std::string_view media_error) {
    if (media_error == "no_codec" || media_error == "bad_sdp") {
        return Failure::bad_description;
    }
    if (media_error == "full" || media_error == "no_port") {
        return Failure::no_media;
    }
    return Failure::media_lost;
}

bool is_loss(std::string_view media_error) {
    return media_error == "lost";
}

}  // namespace linka::voice
