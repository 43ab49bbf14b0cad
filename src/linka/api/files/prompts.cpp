#include "linka/api/files/prompts.hpp"

#include "linka/api/auth/credentials.hpp"
#include "linka/api/files/prompt_sound.hpp"
#include "linka/api/files/recordings.hpp"
#include "linka/api/server/url.hpp"
#include "linka/api/v6/multipart.hpp"
#include "linka/base/plain_name.hpp"
#include "linka/base/text.hpp"
#include "linka/core/flow/prompts.hpp"

#include <set>

namespace linka::api {

namespace {

constexpr std::string_view prompt_address = "/file/prompt";
constexpr std::int64_t sounds_bytes_max = std::int64_t{2} << 30;

bool may_set_up(const Site& site, const core::User& user) {
    const auto records = site.directory.now();
    return may(*records, user, Module::routing, Operation::create) ||
           may(*records, user, Module::routing, Operation::update);
}

// As if there were nothing here.
Response hidden() {
    return error_response(404, "not_found", "there is nothing at this address");
}

Result<std::string_view> sound_in(const Request& request) {
    const std::string* type = request.header("content-type");
    return type != nullptr && text::starts_with_ignoring_case(*type, "multipart/form-data")
               ? v6::file_in_multipart(*type, request.body)
               : std::string_view(request.body);
}

Response keep_sound(const Site& site, const Call& call) {
    const Status room = make_room_for_prompt(site);
    const auto bytes = room ? sound_in(call.request) : Result<std::string_view>(room.error());
    const auto kept = bytes ? keep_prompt_sound(*bytes, prompt_sounds_of(site.data_directory))
                            : Result<PromptSound>(bytes.error());
    if (!kept) {
        return error_of(kept.error(), call.language);
    }
    const double seconds = static_cast<double>(kept->length / 1ms) / 1000;
    return json_response(
        boost::json::serialize(json::Object{{"file", kept->file}, {"duration", seconds}}), 201);
}

std::string language_in(const Call& call) {
    const auto pairs = parse_form(call.request.query);
    const std::string* given = pairs ? find_pair(*pairs, "language") : nullptr;
    const bool czech =
        given != nullptr && !given->empty() ? *given == "cs" : call.language == Language::cs;
    return czech ? "cs" : "en";
}

// Empty: there is none of that name.
std::string path_of(const Site& site, const Call& call) {
    const std::string& name = call.values.at("name");
    if (const auto own = site.directory.now()->prompt(name)) {
        return text::format("{}/{}.wav", prompt_sounds_of(site.data_directory),
                            own->file.empty() ? own->spoken : own->file);
    }
    if (name == core::prompt::default_music) {
        return text::format("{}/music/{}.wav", site.prompts_directory, name);
    }
    return core::prompt::is_systems(name)
               ? text::format("{}/{}/{}.wav", site.prompts_directory, language_in(call), name)
               : std::string();
}

std::string path_of_sound(const Site& site, const Call& call) {
    const std::string& file = call.values.at("file");
    return is_plain_name(file)
               ? text::format("{}/{}.wav", prompt_sounds_of(site.data_directory), file)
               : std::string();
}

void add_hearing(Router& router, const Site& site, std::string_view below,
                 std::string (*find)(const Site&, const Call&)) {
    router.add(Method::get, std::string(prompt_address) + std::string(below),
               signed_in(site, [&site, find](Call call, const Respond& respond) {
                   if (!may(*site.directory.now(), *call.user, Module::routing, Operation::read)) {
                       respond(hidden());
                       return;
                   }
                   read_store(site, respond, [&site, find, call = std::move(call)](store::Reader&) {
                       const std::string path = find(site, call);
                       return path.empty() ? hidden()
                                           : file_response(call.request, path, "audio/wav");
                   });
               }));
}

}  // namespace

bool is_prompt_upload(const Site& site, const Request& head) {
    if (head.method != Method::post || head.path != prompt_address) {
        return false;
    }
    const auto caller = site.accounts.find(credentials_of(head).token);
    return caller && may_set_up(site, *caller->user);
}

Status make_room_for_prompt(const Site& site) {
    std::set<std::string> named;
    for (const auto& [id, prompt] : site.directory.now()->prompts) {
        named.insert(prompt->file);
        named.insert(prompt->spoken);
    }
    return make_room_for_prompts(prompt_sounds_of(site.data_directory), named, sounds_bytes_max,
                                 site.now());
}

void add_prompt_routes(Router& router, const Site& site) {
    router.add(Method::post, std::string(prompt_address),
               signed_in(site, [&site](Call call, const Respond& respond) {
                   if (!may_set_up(site, *call.user)) {
                       respond(hidden());
                       return;
                   }
                   const bool taken = site.converting.post(
                       [&site, respond, call = std::move(call)](Result<store::Reader*>) {
                           respond(keep_sound(site, call));
                       });
                   if (!taken) {
                       respond(overloaded());
                   }
               }));
    add_hearing(router, site, "/{name}", path_of);
    // What was sent and no record names yet, or none any more.
    add_hearing(router, site, "/sound/{file}", path_of_sound);
}

}  // namespace linka::api
