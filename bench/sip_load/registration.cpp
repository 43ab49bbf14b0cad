#include "registration.hpp"

#include "dialog.hpp"
#include "linka/base/text.hpp"

#include <array>

#include <openssl/evp.h>
#include <unistd.h>

namespace linka::bench {
namespace {

constexpr std::size_t at_once = 20;

std::string md5(std::string_view text) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
    unsigned size = 0;
    (void)EVP_Digest(text.data(), text.size(), out.data(), &size, EVP_md5(), nullptr);
    return text::hex(std::string(out.begin(), out.begin() + size));
}

// The quoted value of a challenge's field.
std::string quoted(std::string_view challenge, std::string_view name) {
    const std::size_t at = challenge.find(text::format("{}=\"", name));
    if (at == std::string_view::npos) {
        return {};
    }
    const std::string_view rest = challenge.substr(at + name.size() + 2);
    return std::string(rest.substr(0, rest.find('"')));
}

std::string authorization(std::string_view challenge, const Device& device,
                          const std::string& uri) {
    const std::string realm = quoted(challenge, "realm");
    const std::string nonce = quoted(challenge, "nonce");
    const std::string who = md5(text::format("{}:{}:{}", device.name, realm, device.password));
    const std::string what = md5(text::format("REGISTER:{}", uri));
    const std::string response = md5(text::format("{}:{}:00000001:load:auth:{}", who, nonce, what));
    return text::format(
        "Authorization: Digest username=\"{}\", realm=\"{}\", nonce=\"{}\", uri=\"{}\", "
        "response=\"{}\", algorithm=MD5, qop=auth, nc=00000001, cnonce=\"load\"\r\n",
        device.name, realm, nonce, uri, response);
}

}  // namespace

Registration::Registration(Wire& wire, const Options& options, std::function<void(bool all)> done)
    : wire_(wire), options_(options), done_(std::move(done)) {
    for (std::size_t i = 0; i < options_.devices.size(); ++i) {
        entries_.emplace_back(wire_);
    }
}

void Registration::start() {
    if (entries_.empty()) {
        done_(true);
        return;
    }
    while (started_ < std::min(at_once, entries_.size())) {
        next();
    }
}

void Registration::next() {
    if (started_ < entries_.size()) {
        send(started_++, {});
    }
}

void Registration::send(std::size_t index, const std::string& authorization) {
    const Device& device = options_.devices[index];
    Entry& entry = entries_[index];
    const std::string me = text::format("<sip:{}@{}>", device.name, options_.address);
    const std::string text = text::format(
        "REGISTER sip:{0}:{1} SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:{2};branch={3};rport\r\n"
        "Max-Forwards: 70\r\nFrom: {4};tag=r{5}\r\nTo: {4}\r\nCall-ID: {5}-{9}@load-register\r\n"
        "CSeq: {6} REGISTER\r\nContact: <sip:{7}@127.0.0.1:{2}>\r\nExpires: 3600\r\n"
        "User-Agent: linka-load\r\n{8}Content-Length: 0\r\n\r\n",
        options_.address, options_.port, wire_.udp.port(), new_branch(), me, index, ++entry.cseq,
        device.name, authorization, ::getpid());
    entry.request.send(text, t2, [this, index] { finish(index, false); });
}

void Registration::receive(const Message& message) {
    const auto number = text::to_int(message.call_id.substr(0, message.call_id.find('-')));
    const auto index = static_cast<std::size_t>(number.value_or(-1));
    if (index >= entries_.size() || entries_[index].over || message.status < 200 ||
        message.cseq != entries_[index].cseq) {
        return;
    }
    Entry& entry = entries_[index];
    entry.request.stop();
    if (message.status == 401 && entry.cseq == 1) {
        for (const std::string_view challenge : message.challenges) {
            if (challenge.find("SHA-256") == std::string_view::npos) {
                const std::string uri = text::format("sip:{}:{}", options_.address, options_.port);
                send(index, authorization(challenge, options_.devices[index], uri));
                return;
            }
        }
    }
    finish(index, message.status == 200);
}

void Registration::finish(std::size_t index, bool good) {
    entries_[index].over = true;
    registered_ += good ? 1 : 0;
    ++finished_;
    next();
    if (finished_ == entries_.size()) {
        done_(registered_ == static_cast<int>(entries_.size()));
    }
}

}  // namespace linka::bench
