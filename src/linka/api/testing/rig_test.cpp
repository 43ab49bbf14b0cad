#include "linka/api/testing/rig.hpp"

#include "linka/api/auth/password.hpp"
#include "linka/base/text.hpp"
#include "linka/core/view.hpp"
#include "linka/runtime/clock.hpp"
#include "linka/store/testing/test_directory.hpp"

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <future>

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace linka::api::testing {

TestLive::TestLive(store::Store& store) : store_(store) {
    thread_ = std::thread([this] {
        for (;;) {
            std::function<void()> work;
            {
                std::unique_lock lock(mutex_);
                wake_.wait(lock, [this] { return stopping_ || !work_.empty(); });
                if (work_.empty()) {
                    return;
                }
                work = std::move(work_.front());
                work_.pop_front();
            }
            work();
        }
    });
}

TestLive::~TestLive() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    thread_.join();
}

bool TestLive::post(std::function<void()> work) {
    {
        const std::lock_guard lock(mutex_);
        if (stopping_ || full_) {
            return false;
        }
        work_.push_back(std::move(work));
    }
    wake_.notify_all();
    return true;
}

void TestLive::set_full(bool full) {
    const std::lock_guard lock(mutex_);
    full_ = full;
}

core::Reply TestLive::apply(const core::Input& input, const Note& note) {
    core::Outcomes outcomes =
        core::decide(state_, input, runtime::wall_now(), 1, &calendar::Zone::find);
    store::Write write;
    write.events = outcomes.events;
    if (note && outcomes.reply.kind == core::Reply::Kind::ok) {
        if (auto change = note(outcomes.reply, state_)) {
            write.changes.push_back(std::move(*change));
        }
    }
    if (!write.events.empty() || !write.changes.empty()) {
        EXPECT_TRUE(store_.append(std::move(write)));
        store_.flush();
        if (durable_) {
            durable_();
        }
        if (subscriber_ && !outcomes.events.empty()) {
            subscriber_(state_, outcomes.events);
        }
    }
    return outcomes.reply;
}

bool TestLive::submit(core::Input input, std::function<void(const core::Reply&)> done, Note note,
                      Guard guard) {
    return post([this, input = std::move(input), done = std::move(done), note = std::move(note),
                 guard = std::move(guard)] {
        core::Reply outdated;
        outdated.kind = core::Reply::Kind::outdated;
        done(!guard || guard(state_) ? apply(input, note) : outdated);
    });
}

void TestLive::stand_until(std::size_t waiting) {
    EXPECT_TRUE(post([this, waiting] {
        std::unique_lock lock(mutex_);
        EXPECT_TRUE(wake_.wait_for(lock, 10s, [&] { return work_.size() >= waiting; }));
    }));
}

bool TestLive::query(std::function<void(const core::State&, Instant)> look) {
    return post([this, look = std::move(look)] { look(state_, runtime::wall_now()); });
}

core::DeviceId TestLive::device(std::string_view name) {
    return see([&](const core::State& state) {
        const core::Device* found = core::device_by_name(state, name);
        return found != nullptr ? found->id : core::DeviceId{};
    });
}

core::LegId TestLive::leg_at(core::DeviceId device) {
    return see([&](const core::State& state) {
        const auto found = std::find_if(state.legs.begin(), state.legs.end(), [&](const auto& leg) {
            return leg.second.device == device;
        });
        return found != state.legs.end() ? found->first : core::LegId{};
    });
}

void TestLive::subscribe(
    std::function<void(const core::State&, const std::vector<core::Record>&)> event) {
    post([this, event = std::move(event)] { subscriber_ = event; });
}

void TestLive::on_durable(std::function<void()> durable) {
    EXPECT_TRUE(post([this, durable = std::move(durable)] { durable_ = durable; }));
}

core::Reply TestLive::now(core::Input input) {
    std::promise<core::Reply> reply;
    EXPECT_TRUE(
        submit(std::move(input), [&](const core::Reply& given) { reply.set_value(given); }, {}));
    return reply.get_future().get();
}

void TestDemo::begin(core::RecordIds records, std::vector<core::CallId> made_up) {
    all_.past = {records.users, records.queues, records.trunks};
    all_.records = std::move(records);
    all_.ending = std::move(made_up);
    there_ = true;
}

core::RemoveRecords TestDemo::removal(const core::State& /*state*/, core::UserId keep) const {
    core::RemoveRecords removal = all_;
    std::erase(removal.records.users, keep);
    return removal;
}

bool TestDemo::remove(core::UserId keep, bool end_calls,
                      std::function<void(const core::Reply&)> done, Note note) {
    core::RemoveRecords removal = all_;
    std::erase(removal.records.users, keep);
    removal.end_calls = end_calls;
    return live_->submit(
        std::move(removal), std::move(done),
        [this, note = std::move(note)](const core::Reply& reply, const core::State& state) {
            there_ = false;
            return note(reply, state);
        });
}

json::Value Answer::json() const {
    auto value = json::parse(body);
    EXPECT_TRUE(value.ok()) << body;
    return value ? *value : json::Value();
}

std::string text_at(const json::Value& value, std::initializer_list<std::string_view> path) {
    const json::Value* at = &value;
    for (const std::string_view step : path) {
        at = at->is_object() ? at->get_object().if_contains(step) : nullptr;
        if (at == nullptr) {
            return "(absent)";
        }
    }
    return at->is_string() ? std::string(at->get_string()) : boost::json::serialize(*at);
}

struct Wire::Impl {
    int fd = -1;
    SSL_CTX* context = nullptr;
    SSL* ssl = nullptr;
};

Wire::Wire(std::uint16_t port, bool secure) : impl_(std::make_unique<Impl>()) {
    impl_->fd = ::socket(AF_INET, SOCK_STREAM, 0);
    timeval wait{10, 0};
    ::setsockopt(impl_->fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof(wait));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(::connect(impl_->fd, reinterpret_cast<sockaddr*>(&address), sizeof(address)), 0);
    if (secure) {
        impl_->context = SSL_CTX_new(TLS_client_method());
        impl_->ssl = SSL_new(impl_->context);
        SSL_set_fd(impl_->ssl, impl_->fd);
        EXPECT_EQ(SSL_connect(impl_->ssl), 1);
    }
}

Wire::~Wire() {
    SSL_free(impl_->ssl);
    SSL_CTX_free(impl_->context);
    ::close(impl_->fd);
}

void Wire::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto n = impl_->ssl != nullptr
                           ? static_cast<ssize_t>(SSL_write(impl_->ssl, bytes.data(),
                                                            static_cast<int>(bytes.size())))
                           : ::send(impl_->fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (n <= 0) {
            return;
        }
        bytes.remove_prefix(static_cast<std::size_t>(n));
    }
}

std::string Wire::read(std::size_t size) {
    if (!rest_.empty()) {
        std::string taken = rest_.substr(0, size);
        rest_.erase(0, taken.size());
        return taken;
    }
    std::string buffer(size, '\0');
    const auto n = impl_->ssl != nullptr
                       ? static_cast<ssize_t>(
                             SSL_read(impl_->ssl, buffer.data(), static_cast<int>(buffer.size())))
                       : ::recv(impl_->fd, buffer.data(), buffer.size(), 0);
    buffer.resize(n > 0 ? static_cast<std::size_t>(n) : 0);
    return buffer;
}

std::string Wire::read_exactly(std::size_t size) {
    std::string all;
    while (all.size() < size) {
        const std::string more = read(size - all.size());
        if (more.empty()) {
            break;
        }
        all += more;
    }
    return all;
}

Answer Wire::answer(bool head) {
    std::string text;
    while (text.find("\r\n\r\n") == std::string::npos) {
        const std::string more = read(4096);
        if (more.empty()) {
            return {};
        }
        text += more;
    }
    const std::size_t end = text.find("\r\n\r\n");
    rest_ = text.substr(end + 4) + rest_;
    Answer answer;
    const auto lines = text::split(std::string_view(text).substr(0, end), '\n');
    answer.status = static_cast<int>(text::to_int(lines[0].substr(9, 3)).value_or(0));
    for (std::size_t i = 1; i < lines.size(); ++i) {
        const std::size_t colon = lines[i].find(':');
        const std::string name = text::lower(lines[i].substr(0, colon));
        const std::string value(text::trim(lines[i].substr(colon + 1)));
        answer.headers[name] = value;
        if (name == "set-cookie") {
            answer.cookies.push_back(value);
        }
    }
    const auto length = text::to_int(answer.headers["content-length"]);
    if (!head && length) {
        answer.body = read_exactly(static_cast<std::size_t>(*length));
    }
    return answer;
}

std::string Wire::message() {
    std::string text;  // long ones come in several frames (RFC 6455 5.4)
    for (;;) {
        const std::string start = read_exactly(2);
        if (start.size() < 2) {
            return {};
        }
        std::size_t size = static_cast<unsigned char>(start[1]) & 0x7FU;
        if (size >= 126) {
            const std::string more = read_exactly(size == 126 ? 2 : 8);
            size = 0;
            for (const char c : more) {
                size = size * 256 + static_cast<unsigned char>(c);
            }
        }
        const std::string payload = read_exactly(size);
        const int kind = start[0] & 0x0F;
        if (kind == 0 || kind == 1) {
            text += payload;
            if ((start[0] & 0x80) != 0) {
                return text;
            }
        }
        if (kind == 8) {
            return {};
        }
    }
}

void Wire::send_message(std::string_view text) {
    std::string frame("\x81");
    frame += static_cast<char>(0x80U | text.size());  // short ones only
    frame += std::string(4, '\0');                    // a mask of zeros changes nothing
    frame += text;
    send(frame);
}

namespace {

core::User user(const std::string& name, const std::string& extension, core::Access access,
                const std::vector<std::int64_t>& queues) {
    core::User user;
    user.name = name;
    user.title = "User " + name;
    user.extension = extension;
    user.access = access;
    for (const std::int64_t queue : queues) {
        user.queues.push_back({core::QueueId{queue}, core::QueueLogin::manual, 0});
    }
    return user;
}

}  // namespace

void Rig::seed() {
    for (const auto& [number, type] :
         {std::pair(6001, core::QueueType::in), std::pair(6002, core::QueueType::out),
          std::pair(6003, core::QueueType::in)}) {
        core::Queue queue;
        queue.id = core::QueueId{number};
        queue.title = "Fronta " + std::to_string(number);
        queue.type = type;
        EXPECT_EQ(live->now(core::SaveQueue{queue, true}).kind, core::Reply::Kind::ok);
    }
    std::vector<core::DeviceId> devices;
    for (const std::string name : {"330", "331"}) {
        core::Device device;
        device.name = name;
        device.title = "Telefon " + name;
        devices.emplace_back(live->now(core::SaveDevice{device}).record_id);
        EXPECT_TRUE(store->put_secret(sip_kind, name, "sip" + name).ok());
    }
    core::Pause pause;
    pause.name = "obed";
    pause.title = "Oběd";
    EXPECT_EQ(live->now(core::SavePause{pause}).kind, core::Reply::Kind::ok);
    using core::Access;
    core::User accountant = user("ucetni", "520", Access::back_office, {});
    accountant.type = core::UserType::BO;
    std::vector<core::User> users{user("admin", "500", Access::admin, {}),
                                  user("frantisek", "510", Access::agent, {6001, 6002}),
                                  user("jana", "511", Access::manager, {6001}),
                                  user("jan", "512", Access::agent, {6001, 6002}),
                                  user("petr", "513", Access::agent, {6003}),
                                  accountant};
    users[1].devices.push_back({devices[0], {}, {}});
    users[3].devices.push_back({devices[1], {}, {}});
    static std::map<std::string, std::string> hashes;  // hashing is slow on purpose
    for (const core::User& one : users) {
        EXPECT_EQ(live->now(core::SaveUser{one}).kind, core::Reply::Kind::ok) << one.name;
        if (one.type == core::UserType::CC) {
            std::string& hash = hashes[one.name];
            hash = hash.empty() ? hash_password("demo" + one.extension) : hash;
            EXPECT_TRUE(store->put_secret(password_kind, one.name, hash).ok());
        }
    }
}

void TestPhones::said(const PhonePage& page, std::string_view text) {
    {
        const std::lock_guard lock(mutex_);
        heard_.push_back({page, std::string(text)});
    }
    page.say(std::string(text));
}

void TestPhones::missed(std::uint64_t /*page*/) {
}

void TestPhones::closed(std::uint64_t page) {
    const std::lock_guard lock(mutex_);
    closed_ = page;
    wake_.notify_all();
}

std::vector<TestPhones::Said> TestPhones::heard() {
    const std::lock_guard lock(mutex_);
    return heard_;
}

std::uint64_t TestPhones::wait_closed() {
    std::unique_lock lock(mutex_);
    wake_.wait_for(lock, std::chrono::seconds(10), [this] { return closed_ != 0; });
    return closed_;
}

Rig::Rig(Limits limits, bool simulated) : limits_(limits), with_people_(simulated) {
    std::string pattern = (std::filesystem::temp_directory_path() / "linka_api_XXXXXX").string();
    directory = ::mkdtemp(pattern.data());
    store::Options store_options;
    store_options.directory = directory;
    store_options.database = store::place(directory).database;
    store_options.sync = false;
    auto opened = store::Store::open(store_options);
    EXPECT_TRUE(opened.ok());
    store = std::move(*opened);
    live = std::make_unique<TestLive>(*store);
    seed();
    start();
}

void Rig::start() {
    ServerOptions options;
    options.listen = "127.0.0.1";
    options.https_port = 0;
    options.http_port = 0;
    options.data_directory = directory;
    options.limits = limits_;
    options.demo = &demo;
    options.demo_public = with_people_ ? &people : nullptr;
    options.silent_telephones = [this] { return silent_telephones; };
    options.trunk_states = [this] { return trunk_states; };
    auto started = start_server(options, *live, health, phones, *store);
    EXPECT_TRUE(started.ok()) << (started ? "" : started.error().text);
    if (started) {
        server = std::move(*started);
    }
}

void Rig::restart() {
    server->stop();
    server.reset();
    start();
}

Rig::~Rig() {
    if (server) {
        server->stop();
    }
    live.reset();
    server.reset();
    store.reset();
    std::filesystem::remove_all(directory);
}

Answer Rig::request(const std::string& method, const std::string& path, const std::string& body,
                    const Headers& headers) {
    Wire wire(server->https_port(), true);
    std::string text =
        method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
    for (const auto& [name, value] : headers) {
        text += name + ": " + value + "\r\n";
    }
    if (!body.empty()) {
        text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    }
    wire.send(text + "\r\n" + body);
    return wire.answer(method == "HEAD");
}

std::string Rig::sign_in(const std::string& name) {
    static const std::map<std::string, std::string> extensions{
        {"admin", "500"}, {"frantisek", "510"}, {"jana", "511"}, {"jan", "512"}, {"petr", "513"}};
    const Answer answer = request("POST", "/api/v6/login.json",
                                  R"({"username":")" + name + R"(","password":"demo)" +
                                      extensions.at(name) + R"(","only_token":1})",
                                  {{"Content-Type", "application/json"}});
    EXPECT_EQ(answer.status, 200) << answer.body;
    const json::Value value = answer.json();
    const json::Value* token = value.as_object().if_contains("result");
    return token != nullptr && token->is_string() ? std::string(token->get_string()) : "";
}

Answer Rig::get(const std::string& path, const std::string& token) {
    return request("GET", path, {}, {{"X-AUTH-TOKEN", token}});
}

Answer Rig::post(const std::string& path, const std::string& token, const std::string& body) {
    return request("POST", path, body, {{"X-AUTH-TOKEN", token}});
}

Answer Rig::put(const std::string& path, const std::string& token, const std::string& body) {
    return request("PUT", path, body, {{"X-AUTH-TOKEN", token}});
}

}  // namespace linka::api::testing
