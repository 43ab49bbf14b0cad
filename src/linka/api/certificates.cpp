#include "linka/api/certificates.hpp"

#include "linka/api/x509.hpp"
#include "linka/base/read_file.hpp"
#include "linka/base/text.hpp"
#include "linka/runtime/log.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include <arpa/inet.h>
#include <fcntl.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <sys/stat.h>
#include <unistd.h>

namespace linka::api {

namespace {

constexpr Duration one_day = 24h;

// Written beside and renamed, so that a crash leaves the old file or the new one.
Status write_file(const std::string& path, std::string_view text) {
    const std::string fresh = path + ".new";
    ::unlink(fresh.c_str());
    const int fd = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool ok = fd >= 0;
    while (ok && !text.empty()) {
        const ssize_t n = ::write(fd, text.data(), text.size());
        ok = n > 0;
        text.remove_prefix(ok ? static_cast<std::size_t>(n) : 0);
    }
    if (fd >= 0) {
        ok = ::fsync(fd) == 0 && ok;
        ok = ::close(fd) == 0 && ok;
    }
    if (!ok || ::rename(fresh.c_str(), path.c_str()) != 0) {
        return fail(ErrorCode::unavailable,
                    text::format("cannot write {}: {}", path, std::strerror(errno)));
    }
    return Done{};
}

Status write_files(const std::vector<std::pair<std::string, std::string>>& files) {
    for (const auto& [path, text] : files) {
        const Status written = write_file(path, text);
        if (!written) {
            return written;
        }
    }
    return Done{};
}

struct Paths {
    explicit Paths(const std::string& directory)
        : ca(directory + "/ca.pem"),
          ca_key(directory + "/ca.key"),
          chain(directory + "/cert.pem"),
          key(directory + "/key.pem"),
          agent(directory + "/agent.pem"),
          cafile(directory + "/cafile.pem") {}
    std::string ca;
    std::string ca_key;
    std::string chain;
    std::string key;
    std::string agent;
    std::string cafile;
};

// What people see when they install it: which machine, since when.
std::string authority_name(Instant now) {
    std::array<char, 256> host{};
    ::gethostname(host.data(), host.size() - 1);
    const std::int64_t days = now.us / std::chrono::microseconds(one_day).count();
    return text::format("Linka {} {}", host.data(), days);
}

// A new one must be trusted anew by everybody: only when this one ends, or may not sign a name that
// somebody asked for.
Result<bool> make_authority(const Paths& paths, const std::vector<std::string>& names,
                            const std::vector<std::string>& wanted, Instant now) {
    const auto info = x509::inspect(read_file(paths.ca));
    const std::string key = read_file(paths.ca_key);
    if (info && !key.empty() && info->expires - now > 400 * one_day &&
        x509::may_sign(read_file(paths.ca), wanted)) {
        return false;
    }
    auto made = x509::make_authority(authority_name(now), names, now, 3650 * one_day);
    if (!made) {
        return made.error();
    }
    const Status written = write_files({{paths.ca_key, made->key}, {paths.ca, made->certificate}});
    if (!written) {
        return written.error();
    }
    log::info("certificate authority made", {{"file", paths.ca}});
    return true;
}

bool covers(const x509::Info& info, const std::vector<std::string>& names) {
    return std::all_of(names.begin(), names.end(), [&](const std::string& name) {
        return std::find(info.names.begin(), info.names.end(), name) != info.names.end();
    });
}

Result<Certificates> own_certificate(const CertificateOptions& options) {
    const std::string chain = read_file(options.own_chain);
    const std::string key = read_file(options.own_key);
    if (chain.empty() || key.empty()) {
        return fail(ErrorCode::not_found,
                    text::format("cannot read the certificate {}",
                                 chain.empty() ? options.own_chain : options.own_key));
    }
    const auto info = x509::inspect(chain);
    if (!info) {
        return fail(ErrorCode::invalid,
                    text::format("{}: {}", options.own_chain, info.error().text));
    }
    const Paths paths(options.directory);
    const bool changed = read_file(paths.agent) != key + chain;
    if (changed) {
        const Status written = write_files({{paths.agent, key + chain}, {paths.cafile, chain}});
        if (!written) {
            return written.error();
        }
    }
    return Certificates{options.own_chain, options.own_key, "",
                        options.directory, info->expires,   changed};
}

}  // namespace

std::vector<std::string> local_names() {
    std::vector<std::string> names{"localhost", "127.0.0.1", "::1"};
    std::array<char, 256> host{};
    if (::gethostname(host.data(), host.size() - 1) == 0 && host[0] != '\0') {
        names.push_back(text::lower(host.data()));
    }
    ifaddrs* list = nullptr;
    if (::getifaddrs(&list) == 0) {
        for (const ifaddrs* entry = list; entry != nullptr; entry = entry->ifa_next) {
            if (entry->ifa_addr == nullptr || (entry->ifa_flags & IFF_UP) == 0) {
                continue;
            }
            std::array<char, INET6_ADDRSTRLEN> text{};
            if (entry->ifa_addr->sa_family == AF_INET) {
                sockaddr_in v4{};
                std::memcpy(&v4, entry->ifa_addr, sizeof(v4));
                ::inet_ntop(AF_INET, &v4.sin_addr, text.data(), text.size());
            } else if (entry->ifa_addr->sa_family == AF_INET6) {
                sockaddr_in6 v6{};
                std::memcpy(&v6, entry->ifa_addr, sizeof(v6));
                if (!IN6_IS_ADDR_LINKLOCAL(&v6.sin6_addr)) {
                    ::inet_ntop(AF_INET6, &v6.sin6_addr, text.data(), text.size());
                }
            }
            if (text[0] != '\0') {
                names.emplace_back(text.data());
            }
        }
        ::freeifaddrs(list);
    }
    std::sort(names.begin() + 1, names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

Result<Certificates> ensure_certificates(const CertificateOptions& options, Instant now) {
    std::error_code ec;
    std::filesystem::create_directories(options.directory, ec);
    if (ec) {
        return fail(ErrorCode::unavailable,
                    text::format("cannot make {}: {}", options.directory, ec.message()));
    }
    ::chmod(options.directory.c_str(), 0700);
    if (!options.own_chain.empty()) {
        return own_certificate(options);
    }
    const Paths paths(options.directory);
    std::vector<std::string> names = local_names();
    names.insert(names.end(), options.names.begin(), options.names.end());
    const auto fresh_authority = make_authority(paths, names, options.names, now);
    if (!fresh_authority) {
        return fresh_authority.error();
    }
    // The machine's own name may have changed since (a container's does each time).
    std::erase_if(names, [&, ca = read_file(paths.ca)](const std::string& name) {
        return !x509::may_sign(ca, {name});
    });
    const auto info = x509::inspect(read_file(paths.chain));
    const bool good = !*fresh_authority && info && info->expires - now > 30 * one_day &&
                      covers(*info, names) && !read_file(paths.key).empty() &&
                      !read_file(paths.agent).empty();
    if (good) {
        return Certificates{paths.chain,       paths.key,     paths.ca,
                            options.directory, info->expires, false};
    }
    const std::string ca = read_file(paths.ca);
    auto made = x509::make_server({ca, read_file(paths.ca_key)}, names, now, 397 * one_day);
    if (!made) {
        return made.error();
    }
    const std::string chain = made->certificate + ca;
    const Status written = write_files({{paths.key, made->key},
                                        {paths.chain, chain},
                                        {paths.agent, made->key + chain},
                                        {paths.cafile, ca}});
    if (!written) {
        return written.error();
    }
    log::info("server certificate made", {{"file", paths.chain}});
    return Certificates{paths.chain,       paths.key,           paths.ca,
                        options.directory, now + 397 * one_day, true};
}

}  // namespace linka::api
