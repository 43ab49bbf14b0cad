#include "linka/app/demo.hpp"

#include "linka/app/demo/cast.hpp"
#include "linka/base/text.hpp"
#include "linka/core/acd/queue_types.hpp"

#include <utility>

namespace linka::app {
namespace {

using namespace core;

// Collects the first refusal, so that the tables below read as tables.
class Seeder {
  public:
    explicit Seeder(const Apply& apply) : apply_(apply) {}

    std::int64_t save(const Input& input, std::string_view what) {
        if (!failure_.text.empty()) {
            return 0;
        }
        const Reply reply = apply_(input);
        if (reply.kind != Reply::Kind::ok) {
            failure_ = fail(ErrorCode::internal,
                            text::format("seed: {}: {} {}", what, reply.field, reply.text));
        }
        return reply.record_id;
    }
    [[nodiscard]] bool ok() const { return failure_.text.empty(); }
    [[nodiscard]] const Error& failure() const { return failure_; }

  private:
    const Apply& apply_;
    Error failure_{ErrorCode::internal, {}, {}};
};

void save_pause(Seeder& seeder, std::string name, std::string title, PauseType type, bool paid) {
    Pause pause;
    pause.name = std::move(name);
    pause.title = std::move(title);
    pause.type = type;
    pause.paid = paid;
    seeder.save(SavePause{pause}, pause.name);
}

void save_queue(Seeder& seeder, std::int64_t number, std::string title, QueueType type) {
    Queue queue;
    queue.id = QueueId{number};
    queue.title = std::move(title);
    queue.alias = queue.title;
    set_type(queue, type);
    if (auto* calls = calls_of(&queue)) {
        calls->auto_answer = number == 6006;
        calls->position_announcement = type == QueueType::in;
    }
    queue.deactivated = !is_served(type);  // to be seen only
    seeder.save(SaveQueue{queue, true}, queue.title);
}

std::map<std::string, DeviceId> save_devices(Seeder& seeder, Seeded& seeded) {
    struct Row {
        const char* name;
        const char* title;
        DeviceType type;
    };
    const Row rows[] = {
        {"320", "Telefon účtárna", DeviceType::sip},
        {"330", "Telefon František", DeviceType::sip},
        {"331", "Telefon Jana", DeviceType::sip},
        {"332", "Telefon Jan", DeviceType::sip},
        {"333", "Telefon Petr", DeviceType::sip},
        {"820", "Web Admin", DeviceType::web},
        {"821", "Web František", DeviceType::web},
        {"822", "Web Jana", DeviceType::web},
        {"823", "Web Jan", DeviceType::web},
        {"824", "Web Petr", DeviceType::web},
        {"00420777123456", "Mobil František", DeviceType::external},
        {"340", "Telefon Lucie (ukázka)", DeviceType::sip},
        {"341", "Telefon Ondřej (ukázka)", DeviceType::sip},
        {"342", "Telefon Klára (ukázka)", DeviceType::sip},
        {"343", "Telefon Marek (ukázka)", DeviceType::sip},
    };
    std::map<std::string, DeviceId> ids;
    for (const Row& row : rows) {
        Device device;
        device.name = row.name;
        device.title = row.title;
        device.type = row.type;
        if (row.type == DeviceType::external) {
            device.number = row.name;
        }
        ids[row.name] = DeviceId{seeder.save(SaveDevice{device}, row.name)};
        if (row.type == DeviceType::sip) {
            seeded.sip_passwords[row.name] = text::format("sip{}", row.name);
        }
    }
    return ids;
}

struct Person {
    std::string name;
    std::string title;
    std::string extension;
    UserType type;
    Access access;
    std::vector<std::string> devices;
    std::vector<std::int64_t> queues;
};

void save_person(Seeder& seeder, const std::map<std::string, DeviceId>& devices,
                 const Person& person) {
    User user;
    user.name = person.name;
    user.title = person.title;
    user.alias = person.title;
    user.extension = person.extension;
    user.type = person.type;
    user.access = person.access;
    for (const std::string& name : person.devices) {
        DeviceRight right{devices.at(name), {}, {}};
        if (name.starts_with("00")) {
            right.delay = 10s;  // the mobile joins when the desk did not answer
        }
        user.devices.push_back(right);
    }
    for (const std::int64_t queue : person.queues) {
        user.queues.push_back({QueueId{queue}, QueueLogin::manual, 0});
    }
    seeder.save(SaveUser{user}, user.name);
}

void save_people(Seeder& seeder, const std::map<std::string, DeviceId>& devices, Seeded& seeded) {
    const std::vector<std::int64_t> all{6001, 6002, 6003, 6004, 6005, 6006};
    const Person people[] = {
        {"admin", "Administrátor", "500", UserType::CC, Access::admin, {"820"}, all},
        {"frantisek",
         "František Novák",
         "510",
         UserType::CC,
         Access::agent,
         {"330", "821", "00420777123456"},
         all},
        {"jana", "Jana Dvořáková", "511", UserType::CC, Access::manager, {"331", "822"}, all},
        {"jan", "Jan Svoboda", "512", UserType::CC, Access::agent, {"332", "823"}, all},
        {"petr", "Petr Černý", "513", UserType::CC, Access::agent, {"333", "824"}, {6001}},
        {"eva", "Eva Malá", "514", UserType::CC, Access::agent, {}, all},
        {"ucetni", "Účtárna", "520", UserType::BO, Access::back_office, {"320"}, {}},
    };
    for (const Person& person : people) {
        save_person(seeder, devices, person);
        if (person.type == UserType::CC) {
            seeded.passwords[person.name] = text::format("demo{}", person.extension);
        }
    }
}

// They work while the background is on; nobody signs in as one of them, so they have no password.
void save_colleagues(Seeder& seeder, const std::map<std::string, DeviceId>& devices) {
    for (const Colleague& colleague : colleagues()) {
        save_person(seeder, devices,
                    {std::string(colleague.user),
                     std::string(colleague.title),
                     std::string(colleague.extension),
                     UserType::CC,
                     Access::agent,
                     {std::string(colleague.device)},
                     {6001, 6006}});
    }
}

void save_route(Seeder& seeder, int position, std::string did, Destination destination) {
    Route route;
    route.position = position;
    route.did = std::move(did);
    route.destination = std::move(destination);
    seeder.save(SaveRoute{route}, route.did);
}

void save_routing(Seeder& seeder) {
    RingGroup group;
    group.id = RingGroupId{700};
    group.title = "Back office";
    group.members = {{"520", 30s}};
    group.on_no_answer = {DestinationKind::voicemail, ""};
    seeder.save(SaveRingGroup{group}, group.title);

    Menu menu;
    menu.name = "hlavni-menu";
    menu.title = "Hlavní menu";
    menu.prompt = "menu_main";
    menu.choices = {{"1", {DestinationKind::queue, "6001"}},
                    {"2", {DestinationKind::queue, "6006"}},
                    {"9", {DestinationKind::voicemail, ""}},
                    {"0", {DestinationKind::extension, "510"}}};
    menu.on_nothing = {DestinationKind::queue, "6001"};
    const auto menu_id = seeder.save(SaveMenu{menu}, menu.title);

    const std::pair<const char*, Destination> numbers[] = {
        {"226000001", {DestinationKind::menu, std::to_string(menu_id)}},
        {"226000002", {DestinationKind::queue, "6001"}},
        {"226000003", {DestinationKind::ring_group, "700"}},
        {"226000004", {DestinationKind::extension, "510"}},
        {"226000009", {DestinationKind::echo, ""}},
    };
    int position = 0;
    for (const auto& [did, destination] : numbers) {
        save_route(seeder, ++position, did, destination);
    }
    // And one straight to each of those whom a visitor may sign in as.
    for (const char* extension : {"500", "511", "512", "513", "514"}) {
        save_route(seeder, ++position, text::format("226000{}", extension),
                   {DestinationKind::extension, extension});
    }
}

}  // namespace

Status seed_base(const Apply& apply) {
    Seeder seeder(apply);
    seeder.save(SaveSettings{}, "settings");
    save_pause(seeder, "wrap", "Čas na zotavení", PauseType::wrap, true);
    save_pause(seeder, "lajdak", "Lajdák", PauseType::lajdak, false);
    save_pause(seeder, "dnd", "Nerušit", PauseType::dnd, false);
    return seeder.ok() ? Status(Done{}) : Status(seeder.failure());
}

Result<Seeded> seed_demo(const Apply& apply) {
    Seeder seeder(apply);
    Seeded seeded;
    Trunk trunk;
    trunk.name = "loopback";
    trunk.title = "Veřejná síť (ukázka)";
    trunk.addresses = {"127.0.0.1", "::1"};
    trunk.host = "127.0.0.1";
    trunk.port = 5070;
    // Where nobody listens the public is simulated: asking there would say that it does not answer.
    trunk.attributes.text = R"({"qualify":0})";
    seeder.save(SaveSettings{}, "settings");
    seeder.save(SaveTrunk{trunk}, "trunk");
    save_pause(seeder, "obed", "Oběd", PauseType::custom, false);
    save_pause(seeder, "prestavka", "Přestávka", PauseType::custom, true);
    save_pause(seeder, "skoleni", "Školení", PauseType::custom, true);
    save_queue(seeder, 6001, "Podpora", QueueType::in);
    save_queue(seeder, 6002, "Odchozí", QueueType::out);
    save_queue(seeder, 6003, "E-maily", QueueType::email);
    save_queue(seeder, 6004, "Chat", QueueType::chat);
    save_queue(seeder, 6005, "SMS", QueueType::sms);
    save_queue(seeder, 6006, "Prodej", QueueType::in);
    const auto devices = save_devices(seeder, seeded);
    save_people(seeder, devices, seeded);
    save_colleagues(seeder, devices);
    save_routing(seeder);
    if (!seeder.ok()) {
        return seeder.failure();
    }
    return seeded;
}

std::vector<DemoStatus> demo_statuses() {
    return {{"statuses_vyreseno", "Vyřešeno", "#2f9e44"},
            {"statuses_zavolat_znovu", "Zavolat znovu", "#f08c00"},
            {"statuses_predano", "Předáno kolegům", "#1971c2"}};
}

Status seed_empty(const Apply& apply) {
    Seeder seeder(apply);
    User admin;
    admin.name = "admin";
    admin.title = "Administrátor";
    admin.extension = "500";
    admin.access = Access::admin;
    seeder.save(SaveUser{admin}, admin.name);
    return seeder.ok() ? Status(Done{}) : Status(seeder.failure());
}

}  // namespace linka::app
