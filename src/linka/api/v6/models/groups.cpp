// /api/v6/groups: a name for several queues or several people.
#include "linka/api/v6/describe/kept.hpp"
#include "linka/core/limits.hpp"

namespace linka::api::v6 {

Model groups_model() {
    static const KeptModel model{
        {"groups",
         Module::groups,
         {"title", "type", "queues", "users", "description"},
         {kept::name(32), kept::text("title", 64).required().basic(),
          kept::choice("type", {"queues", "users"}).required().once().basic(),
          kept::names("queues", "queues").basic().only({"queues"}),
          kept::names("users", "users").basic().only({"users"}),
          kept::text("description", 512).area().advanced()}}};
    return serve_kept(model);
}

}  // namespace linka::api::v6
