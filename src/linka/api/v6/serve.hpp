// Private to v6/models: the ways in which requests to models are answered.
#pragma once

#include "linka/api/v6/form.hpp"
#include "linka/api/v6/list_query.hpp"
#include "linka/api/v6/match.hpp"
#include "linka/api/v6/model.hpp"
#include "linka/api/v6/view.hpp"
#include "linka/core/core.hpp"
#include "linka/store/reader.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace linka::api::v6 {

using AskPtr = std::shared_ptr<Ask>;  // owned by the answers under way

/// The view of the one who asks.
View view_of(const Ask& ask, const PresenceMap* presence = nullptr);
/// From which nothing is hidden: of changes, which are kept whole and masked when they are read.
View whole_view_of(const Ask& ask);

/// The list parameters of the request.
Result<ListQuery> list_of(const Ask& ask);

/// Runs on a worker. 503 when they are all busy.
void on_worker(const AskPtr& ask, const Respond& respond,
               std::function<Response(store::Reader&)> work);
/// The same; `work` sees to the answer itself where it gives none.
void begin_on_worker(const AskPtr& ask, const Respond& respond,
                     std::function<std::optional<Response>(store::Reader&)> work);
/// On the core's thread; short work only.
void on_core(const AskPtr& ask, const Respond& respond,
             std::function<void(const core::State&, Instant)> look);

/// Lists rows made by `make` in memory, on a worker. `known`: the fields that there are.
using Rows = std::vector<json::Object>;
void serve_list(const AskPtr& ask, const Respond& respond, KnownFields known,
                std::function<Rows(store::Reader&)> make);

/// Answers a relation /{model}/{name}/{relation}: `rows` like a list of their own.
Response list_response(const Ask& ask, Rows rows, const KnownFields& known);

/// One record; only the fields that the request asks for, which are `known` or in the record.
Response record_response(const Ask& ask, const json::Object& record, const KnownFields& known,
                         int status = 200);

/// The body; answers 400 and gives none if it cannot be read.
std::optional<json::Object> body_of(const AskPtr& ask, const Respond& respond);
/// 400 with error.form if the form has errors.
bool refused(const AskPtr& ask, const Respond& respond, const Form& form, const json::Object& body);

/// True, answered by 409 with the record as it is now, if the body says by `_sys.version` that it
/// was made from an older one: the last of two editors must not win silently. Bodies without a
/// version change what they name in the present record; a version that is no text is 400.
bool overtaken(const AskPtr& ask, const Respond& respond, const json::Object& body,
               const json::Object& present);

/// A field of the core's records as v6 calls it, without the object that it lies in.
std::string core_field(const std::string& field);

/// 204.
Response gone();
/// To whoever would change or remove a record that is there from the beginning.
Response built_in_stays(const Ask& ask);
/// What the core said no to, as v6 says it.
Response refusal(const Ask& ask, const core::Reply& reply);
/// Whether the one who asks, and all roles, are as they were when it was judged what they may do.
/// For guards, see Live::submit().
bool is_judged_rightly(const Ask& ask, const core::State& state);
/// From the beginning, by what is known now: what was judged before is outdated.
void judge_again(const Ask& ask, const Respond& respond);
/// Gives `input` to the core, in a turn in which the judgement of the one who asks still holds, and
/// `guard` does. A refusal is answered here; `then` is called on the core's thread after it was
/// done and everybody has followed it. `note`: see Live::submit().
void save(const AskPtr& ask, const Respond& respond, core::Input input, Note note,
          std::function<void(const core::Reply&, const core::State&)> then, Guard guard = {});

}  // namespace linka::api::v6
