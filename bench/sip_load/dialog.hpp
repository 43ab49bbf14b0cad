// One side of a call: who it is, and the text of the requests it sends. The server is a
// back-to-back user agent that asks for no Record-Route, so the peer's Contact is the whole way.
#pragma once

#include "message.hpp"
#include "repeated.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace linka::bench {

struct Dialog {
    std::string local;   // From of what we send, with our tag
    std::string remote;  // To of what we send
    std::string call_id;
    std::string target;   // URI of the next request
    std::string contact;  // our URI
    int cseq = 0;
};

struct Request {
    std::string_view method;
    std::string_view branch;
    int cseq = 0;
    std::string_view headers = {};  // lines ended with CRLF
    std::string_view body = {};
};
std::string request_text(const Dialog& dialog, const Request& request, int port);

/// Never the same twice in a run.
std::string new_branch();

/// Sends BYE until it is answered or has been sent often enough; then calls `done`.
void send_bye(Dialog& dialog, Wire& wire, Repeated& bye, std::function<void(bool answered)> done);

/// Answers what is the same for both sides: OPTIONS, NOTIFY, INFO, UPDATE with 200, what nobody
/// knows with 405. False if it is none of these.
bool answer_simple(const Message& request, Wire& wire, std::string_view contact);

}  // namespace linka::bench
