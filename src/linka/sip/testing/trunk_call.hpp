// A call from the test's trunk into the port.
#pragma once

#include "linka/sip/testing/harness.hpp"

#include <string>

namespace linka::sip::testing {

// A call from the trunk up to its ACK; `request` keeps the dialog for later requests.
struct TrunkCall {
    Peer::Request request;
    Incoming incoming;
    Message answer;
    LegId leg = 0;

    // Fills in the tag that a dialog needs and the next number.
    Peer::Request next(const std::string& method) {
        Peer::Request out = request;
        out.method = method;
        out.to = answer.header("To");
        out.uri = answer.header("Contact").substr(1, answer.header("Contact").find('>') - 1);
        out.cseq = ++request.cseq;
        out.headers.clear();
        out.body.clear();
        return out;
    }
    void acknowledge(Peer& peer) {
        Peer::Request ack = request;
        ack.method = "ACK";
        ack.to = answer.header("To");
        ack.body.clear();
        ack.headers.clear();
        peer.send(peer.text(ack));
    }
};

inline TrunkCall invite(Harness& harness, Peer& peer, const std::string& call_id,
                        const std::string& headers = {}) {
    TrunkCall call;
    call.request.uri = "sip:226000001@127.0.0.1";
    call.request.from = "\"Novák\" <sip:%2B420777123456@127.0.0.1>;tag=ft" + call_id;
    call.request.to = "<sip:226000001@127.0.0.1>";
    call.request.call_id = call_id;
    call.request.headers = headers;
    call.request.body = sdp_a;
    peer.send(peer.text(call.request));
    call.incoming = harness.event<Incoming>();
    call.leg = call.incoming.leg;
    return call;
}

inline TrunkCall established(Harness& harness, Peer& peer, const std::string& call_id,
                             const std::string& headers = {}) {
    TrunkCall call = invite(harness, peer, call_id, headers);
    harness.send(Answer{call.leg, sdp_b});
    call.answer = peer.response(200, "INVITE");
    call.acknowledge(peer);
    harness.event<Confirmed>();
    return call;
}

}  // namespace linka::sip::testing
