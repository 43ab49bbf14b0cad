// /api/v6/groups: a name for several queues or several people.
#include "linka/api/v6/describe/kept.hpp"
#include "linka/api/v6/sql_fields.hpp"
#include "linka/core/records/limits.hpp"

namespace linka::api::v6 {

namespace {

void check_group(Form& form, const json::Object& group) {
    const bool of_queues = text_in(group, "type") == "queues";
    const std::string_view other = of_queues ? "users" : "queues";
    if (!group.at(other).as_array().empty()) {
        form.wrong(
            other, of_queues ? "skupina front nemá lidi" : "skupina lidí nemá fronty",
            of_queues ? "a group of queues has no people" : "a group of people has no queues");
    }
}

}  // namespace

Model groups_model() {
    namespace limits = core::limits;
    static const KeptModel model{
        {"groups",
         Module::groups,
         {"title", "type", "queues", "users", "description"},
         {kept::name(), kept::text("title", 64).required().distinct().basic(),
          kept::choice("type", {"queues", "users"}).required().once().basic(),
          kept::names("queues", "queues", limits::group_members_max).basic().only({"queues"}),
          kept::names("users", "users", limits::group_members_max).basic().only({"users"}),
          kept::area("description", 512).advanced()}},
        check_group};
    return serve_kept(model);
}

}  // namespace linka::api::v6
