// The command line of `linka`.
#include "linka/app/commands.hpp"
#include "linka/app/version.hpp"

#include <algorithm>
#include <cstdio>
#include <exception>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace {

using namespace linka::app;

const CLI::Validator server_address{
    [](std::string& text) {
        return text.starts_with("postgresql://") || text.starts_with("postgres://")
                   ? std::string()
                   : "is no address like postgresql://linka@host/linka";
    },
    "ADDRESS"};
constexpr const char* database_help = "PostgreSQL instead of a file: postgresql://USER@HOST/NAME";

// Every option of the server; the doctor takes them too, so that it looks where the server would.
void add_serve_options(CLI::App& command, ServeOptions& options) {
    const auto port = CLI::Range(1, 65535);
    command.add_option("--data", options.data, "Directory of everything that Linka keeps")
        ->capture_default_str();
    command.add_option("--database", options.database, database_help)->check(server_address);
    command.add_option("--listen", options.listen,
                       "Address to listen on (default: loopback while the data is the demo's, "
                       "else all)");
    command.add_option("--https-port", options.https_port, "Web and API")
        ->check(port)
        ->capture_default_str();
    command.add_option("--http-port", options.http_port, "Help with the certificate")
        ->check(port)
        ->capture_default_str();
    command.add_option("--sip-port", options.sip_port, "SIP over UDP and TCP")
        ->check(port)
        ->capture_default_str();
    command.add_option("--sips-port", options.sips_port, "SIP over TLS")
        ->check(port)
        ->capture_default_str();
    command.add_option("--rtp-ports", options.rtp_ports, "UDP ports for audio, LO-HI")
        ->capture_default_str();
    command.add_option("--seed", options.seed, "What a new directory starts with")
        ->check(CLI::IsMember({"demo", "empty"}))
        ->capture_default_str();
    command.add_option("--admin-password", options.admin_password, "Sets the admin's password");
    command.add_flag("--demo-anywhere", options.demo_anywhere,
                     "Let the demo with its known passwords listen on other than loopback");
    command.add_option("--public-address", options.public_address,
                       "Address to tell phones when behind NAT");
    command.add_option("--media-workers", options.media_workers, "0: one a core")
        ->check(CLI::Range(0, 64))
        ->capture_default_str();
    command
        .add_option("--encode-recordings", options.encode_recordings,
                    "After their calls: less work while many talk")
        ->check(CLI::IsMember({"during-call", "after-call"}))
        ->capture_default_str();
    command.add_option("--sync", options.sync, "Wait for the disk at each commit")
        ->capture_default_str();
    command.add_flag("--log-json", options.log_json, "Log as JSON lines");
    command.add_option("--log-level", options.log_level)
        ->check(CLI::IsMember({"debug", "info", "warn", "error"}))
        ->capture_default_str();
    command.add_option("--config", "TOML file with the same names as these options");
    // What the command line says later wins over the configuration file, which comes first.
    for (CLI::Option* option : command.get_options()) {
        option->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
    }
}

// The arguments with those of a --config file put before the others of the command, so that what
// stands on the command line wins. Throws CLI::ParseError naming the file and the key.
std::vector<std::string> with_config(CLI::App& program, std::vector<std::string> arguments) {
    const auto option = std::find(arguments.begin(), arguments.end(), "--config");
    if (arguments.empty() || option == arguments.end() || option + 1 == arguments.end()) {
        return arguments;
    }
    const auto named = program.get_subcommands(
        [&](CLI::App* candidate) { return candidate->get_name() == arguments.front(); });
    CLI::App* command = named.empty() ? nullptr : named.front();
    const std::string file = *(option + 1);
    std::vector<std::string> all{arguments.front()};
    for (const CLI::ConfigItem& item : CLI::ConfigTOML().from_file(file)) {
        const std::string name = "--" + item.fullname();
        if (command == nullptr || command->get_option_no_throw(name) == nullptr) {
            throw CLI::ConfigError(file + ": " + item.fullname() + ": no such option; see linka " +
                                   arguments.front() + " --help");
        }
        for (const std::string& value : item.inputs) {
            all.push_back(name + "=" + value);
        }
    }
    all.insert(all.end(), arguments.begin() + 1, arguments.end());
    return all;
}

void add_user_command(CLI::App& program, UserOptions& options, int& status) {
    auto* user = program.add_subcommand("user", "Users, for when nobody can sign in");
    user->require_subcommand(1);
    auto* password = user->add_subcommand(
        "password", "Set a password: asked on the terminal, or the first line of the input");
    password->add_option("name", options.name, "Whose")->required();
    password->add_option("--data", options.data)->capture_default_str();
    password->add_option("--database", options.database, database_help)->check(server_address);
    password->callback([&] { status = user_password(options); });
}

int run(int argc, char** argv) {
    CLI::App program("Linka, an open contact centre", "linka");
    program.set_version_flag("--version", std::string("linka ") + version);
    program.require_subcommand(1);

    ServeOptions serve_options;
    ServeOptions doctor_options;
    StopOptions stop_options;
    DataOptions data;
    CopyOptions copies;
    UserOptions user;
    int status = 0;

    auto* serve_command = program.add_subcommand("serve", "Run the server in the foreground");
    add_serve_options(*serve_command, serve_options);
    serve_command->callback([&] { status = serve(serve_options); });

    auto* stop_command = program.add_subcommand("stop", "Stop the server; calls live on");
    stop_command->add_option("--data", stop_options.data)->capture_default_str();
    stop_command->add_flag("--now", stop_options.now, "End all calls as well");
    stop_command->callback([&] { status = stop(stop_options); });

    auto* audit_command = program.add_subcommand(
        "audit", "Fold the journal afresh and compare it with every projection");
    audit_command->add_option("--data", data.data)->capture_default_str();
    audit_command->add_option("--database", data.database, database_help)->check(server_address);
    audit_command->callback([&] { status = audit(data); });

    auto* backup_command = program.add_subcommand("backup", "Copy everything while running");
    backup_command->add_option("--data", data.data)->capture_default_str();
    backup_command->add_option("--database", data.database, database_help)->check(server_address);
    backup_command->add_option("file", data.file, "The copy to make")->required();
    backup_command->callback([&] { status = backup(data); });

    auto* restore_command = program.add_subcommand("restore", "Unpack a backup");
    restore_command->add_option("file", data.file, "The copy to read")->required();
    restore_command->add_option("--data", data.data, "An empty directory")->capture_default_str();
    restore_command->add_option("--database", data.database, "An empty one: postgresql://…")
        ->check(server_address);
    restore_command->callback([&] { status = restore(data); });

    auto* copy_command = program.add_subcommand(
        "copy", "Move a company's database between a data directory and PostgreSQL");
    copy_command->add_option("--from", copies.from, "A data directory, or postgresql://…")
        ->required();
    copy_command->add_option("--to", copies.to, "The same; nothing may be there yet")->required();
    copy_command->callback([&] { status = copy(copies); });

    add_user_command(program, user, status);

    auto* doctor_command =
        program.add_subcommand("doctor", "Find what would not work, and say why");
    add_serve_options(*doctor_command, doctor_options);
    doctor_command->callback([&] { status = doctor(doctor_options); });

    try {
        std::vector<std::string> arguments =
            with_config(program, std::vector<std::string>(argv + 1, argv + argc));
        std::reverse(arguments.begin(), arguments.end());  // as CLI11 takes them
        program.parse(arguments);
    } catch (const CLI::Success& success) {
        return program.exit(success);
    } catch (const CLI::ParseError& error) {
        std::fprintf(stderr, "linka: %s\n", error.what());
        return 2;
    }
    return status;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run(argc, argv);
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "linka: %s\n", failure.what());
        return 2;
    }
}
