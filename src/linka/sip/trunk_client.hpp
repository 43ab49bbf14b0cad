// What we do towards trunks outside of calls: register where the provider wants it (RFC 3261 §10),
// and ask with OPTIONS whether they are there (§11). Tells of each change of what is known.
#pragma once

#include "linka/sip/context.hpp"
#include "linka/sip/trunk_auth.hpp"
#include "linka/sip/trunk_schedule.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace linka::sip {

class TrunkClient {
  public:
    explicit TrunkClient(Context& context) : context_(context) {}
    /// Sends nothing: the next process registers with the same contact.
    ~TrunkClient();
    TrunkClient(const TrunkClient&) = delete;
    TrunkClient& operator=(const TrunkClient&) = delete;

    /// Follows the directory: new ones register, those that are gone un-register.
    void trunks_changed();
    /// Once a second: what is due by then.
    void tick(Instant now);

  private:
    struct Line {
        Line(TrunkClient& client_in, Trunk trunk_in) : client(client_in), trunk(trunk_in) {}
        ~Line();
        Line(const Line&) = delete;
        Line& operator=(const Line&) = delete;

        TrunkClient& client;
        Trunk trunk;
        RegisterSchedule schedule;
        nta_leg_t* leg = nullptr;            // ours: Call-ID and sequence of the REGISTERs
        nta_outgoing_t* request = nullptr;   // ours: REGISTER until its final answer
        nta_outgoing_t* question = nullptr;  // ours: OPTIONS likewise
        std::string contact;                 // with angle brackets
        std::optional<TrunkChallenge> challenge;
        int challenges = 0;  // since the last answer that was none
        Instant asked;
        Instant ask_due{};
        bool leaving = false;  // un-registers
        bool done = false;     // has, or could not
        TrunkState known;
        bool told = false;
    };

    void tick(Line& line, Instant now);
    void register_line(Line& line, Instant now);
    void ask(Line& line, Instant now);
    void leave(std::unique_ptr<Line> line);
    void on_registered(Line& line, int status, const sip_t* sip, Instant now);
    void on_there(Line& line, int status, Instant now);
    bool answer_challenge(Line& line, int status, const sip_t& sip, Instant now);
    [[nodiscard]] std::string address_of(const Line& line) const;
    nta_outgoing_t* send(Line& line, nta_leg_t* leg, sip_method_t method, const char* name,
                         const std::string& headers, nta_response_f* callback);
    void tell(Line& line, TrunkState state, Instant now);
    static int on_register_response(void* magic, nta_outgoing_t* request, const sip_t* sip);
    static int on_options_response(void* magic, nta_outgoing_t* request, const sip_t* sip);

    Context& context_;
    std::map<std::string, std::unique_ptr<Line>> lines_;  // by trunk
    std::vector<std::unique_ptr<Line>> leaving_;          // until they have un-registered
};

}  // namespace linka::sip
