#include "sim/scenario/runner.hpp"

#include "linka/base/text.hpp"
#include "sim/scenario/demo.hpp"
#include "sim/scenario/sentence.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

namespace linka::sim {
namespace {

std::vector<std::string_view> patterns() {
    std::vector<std::string_view> all;
    for (const Sentence& sentence : sentences()) {
        all.push_back(sentence.pattern);
    }
    return all;
}

/// What the reply has against what the sentence expects of it.
std::string judge_reply(const core::Reply& reply, const std::vector<std::string>& refused) {
    std::vector<std::string> found;
    for (const core::Blocker& blocker : reply.blockers) {
        found.emplace_back(name_of(blocker.code));
    }
    using Kind = core::Reply::Kind;
    if (reply.kind == Kind::not_found || reply.kind == Kind::invalid) {
        found.emplace_back(reply.kind == Kind::invalid ? "invalid" : "not_found");
    }
    if (std::is_permutation(found.begin(), found.end(), refused.begin(), refused.end())) {
        return {};
    }
    if (found.empty()) {
        return "it was not refused";
    }
    return text::format(
        "refused: {}{}", fmt::join(found, ", "),
        reply.text.empty() ? std::string{} : " (" + reply.field + ": " + reply.text + ")");
}

void move_clock(Stage& stage, const Step& step) {
    if (step.at) {
        stage.world().advance_to(Stage::midnight() + *step.at);
    } else if (step.after) {
        stage.world().advance(*step.after);
    } else {
        stage.world().advance(Duration{0});
    }
}

std::string play_step(Stage& stage, const Step& step) {
    if (step.at && Stage::midnight() + *step.at < stage.world().now()) {
        return "that time is over";
    }
    move_clock(stage, step);
    stage.forget_reply();
    std::string wrong = sentences()[step.sentence].deed(stage, step.slots);
    if (wrong.empty()) {
        wrong = judge_reply(stage.last_reply(), step.refused);
    }
    stage.world().advance(Duration{0});
    if (wrong.empty() && !stage.world().findings().empty()) {
        wrong = stage.world().findings().front();
    }
    return wrong;
}

bool play(Stage& stage, const Script& script, std::vector<std::string>& wrong) {
    for (const Step& step : script.steps) {
        const std::string what = play_step(stage, step);
        if (!what.empty()) {
            wrong.push_back(text::format("line {}: \"{}\": {}", step.line, step.text, what));
            return false;
        }
    }
    return true;
}

}  // namespace

std::string furnish_demo(Stage& stage) {
    const auto all = patterns();
    const auto script = read_script(demo_company, all);
    if (!script) {
        return script.error().text;
    }
    std::vector<std::string> wrong;
    play(stage, *script, wrong);
    stage.forget_reply();
    return wrong.empty() ? std::string{} : "the demo company: " + wrong.front();
}

Performance perform(std::string_view text) {
    Performance performance;
    const auto all = patterns();
    const auto script = read_script(text, all);
    if (!script) {
        performance.wrong.push_back(script.error().text);
        return performance;
    }
    performance.goal = script->goal;
    performance.steps = script->steps.size();
    Stage stage;
    if (play(stage, *script, performance.wrong)) {
        stage.world().go_home();
        stage.world().finish();
        for (const std::string& finding : stage.world().findings()) {
            performance.wrong.push_back(finding);
        }
    }
    performance.trace = stage.world().trace();
    return performance;
}

Performance perform_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        Performance performance;
        performance.wrong.push_back("cannot read " + path);
        return performance;
    }
    std::ostringstream content;
    content << file.rdbuf();
    return perform(content.str());
}

Result<std::size_t> check_script(std::string_view text) {
    const auto all = patterns();
    const auto script = read_script(text, all);
    if (!script) {
        return script.error();
    }
    return script->steps.size();
}

}  // namespace linka::sim
