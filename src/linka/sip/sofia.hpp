// The SIP library, included in one way by every source of this module and by nobody else.
// Its callbacks hand back an untyped pointer; ours are always the object that set the callback.
#pragma once

#define SU_ROOT_MAGIC_T void
#define SU_WAKEUP_ARG_T void
#define SU_TIMER_ARG_T void
#define NTA_AGENT_MAGIC_T void
#define NTA_LEG_MAGIC_T void
#define NTA_INCOMING_MAGIC_T void
#define NTA_OUTGOING_MAGIC_T void
#define NTA_RELIABLE_MAGIC_T void

#include <memory>
#include <string>
#include <string_view>

#include <sofia-sip/msg_addr.h>
#include <sofia-sip/nta.h>
#include <sofia-sip/nta_stateless.h>
#include <sofia-sip/nta_tport.h>
#include <sofia-sip/sip.h>
#include <sofia-sip/sip_header.h>
#include <sofia-sip/sip_status.h>
#include <sofia-sip/sip_tag.h>
#include <sofia-sip/sip_util.h>
#include <sofia-sip/su_log.h>
#include <sofia-sip/su_wait.h>
#include <sofia-sip/tport.h>
#include <sofia-sip/tport_tag.h>
#include <sofia-sip/url.h>

namespace linka::sip {

/// The library's text, which may be null.
inline std::string_view view(const char* text) {
    return text == nullptr ? std::string_view{} : std::string_view{text};
}
inline std::string copy(const char* text) {
    return std::string(view(text));
}

struct MessageRelease {
    void operator()(msg_t* message) const { msg_destroy(message); }
};
/// Owns one reference to a message.
using MessageRef = std::unique_ptr<msg_t, MessageRelease>;

struct TransportRelease {
    void operator()(tport_t* transport) const { tport_unref(transport); }
};
/// Owns one reference to a transport (a listening socket or a connection).
using TransportRef = std::unique_ptr<tport_t, TransportRelease>;

/// Memory of the library for headers made by hand; freed with the object.
class Home {
  public:
    Home() { su_home_init(home_); }
    ~Home() { su_home_deinit(home_); }
    Home(const Home&) = delete;
    Home& operator=(const Home&) = delete;
    su_home_t* get() { return home_; }

  private:
    su_home_t home_[1] = {};
};

}  // namespace linka::sip
