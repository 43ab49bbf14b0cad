// Where a media leg is bound and what its description says: the address that faces the peer.
#pragma once

#include "linka/sip/addresses.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace linka::voice {

struct MediaAddress {
    std::string bind;
    std::string advertise;  // empty: the bound one
};

/// What voice::Options say about addresses.
struct AddressOptions {
    std::string local;   // bound; "0.0.0.0" or "::": whatever faces the peer, of either family
    std::string local6;  // for IPv6 peers when `local` is one IPv4 address; empty: none
    std::string given;   // public address, for peers beyond the own networks; empty: none
};

class MediaAddresses {
  public:
    explicit MediaAddresses(AddressOptions options);

    /// `peer`: the IP address that the peer calls from or registered from; empty if unknown: then
    /// the default route decides.
    MediaAddress towards(const std::string& peer);

  private:
    MediaAddress facing(const std::string& peer);

    AddressOptions options_;
    bool any_;
    sip::LocalAddresses local_;
};

/// No more of a description is read.
inline constexpr std::size_t sdp_read_max = 8192;

/// The address of the first connection line (RFC 4566 §5.7), or empty if it is no IP address.
std::string connection_address(std::string_view sdp);
/// The IP address of "192.0.2.7:5060 udp" and "[2001:db8::1]:5060 tcp", or empty.
std::string host_of(std::string_view address);

}  // namespace linka::voice
