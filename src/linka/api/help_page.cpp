#include "linka/api/help_page.hpp"

#include "linka/base/text.hpp"

#include <fstream>
#include <sstream>

namespace linka::api {

namespace {

constexpr std::string_view page_text = R"html(<!doctype html>
<html lang="cs">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Linka – certifikát / certificate</title>
<style>
body{{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem;color:#1b1b1f}}
a.go{{display:inline-block;background:#0b57d0;color:#fff;padding:.7rem 1.2rem;border-radius:.5rem;text-decoration:none}}
code{{background:#eef;padding:.1rem .3rem;border-radius:.2rem;overflow-wrap:anywhere}}
section{{border-top:1px solid #ccc;margin-top:2rem}}
</style>
</head>
<body>
<h1>Linka</h1>
<p><a class="go" href="{url}">Otevřít Linku / Open Linka</a></p>
<section lang="cs">
<h2>Prohlížeč hlásí, že připojení není bezpečné?</h2>
<p>Linka si při prvním spuštění vytvořila vlastní certifikát, který prohlížeč ještě nezná.
Spojení je šifrované. Nejlépe je certifikát autority jednou nainstalovat:</p>
<ol>
<li>Stáhněte <a href="/linka-ca.crt" download>certifikát autority (linka-ca.crt)</a>.</li>
<li><b>Windows:</b> otevřete jej, zvolte <i>Nainstalovat certifikát → Místní počítač →
Důvěryhodné kořenové certifikační autority</i>.<br>
<b>macOS:</b> otevřete jej v Klíčence, u certifikátu Linka nastavte <i>Vždy důvěřovat</i>.<br>
<b>Linux, Chrome a Firefox:</b> <i>Nastavení → Soukromí a zabezpečení → Certifikáty →
Autority → Importovat</i>.<br>
<b>Android, iOS:</b> otevřete stažený soubor a potvrďte instalaci v Nastavení.</li>
<li>Porovnejte otisk SHA-256 s tím, který vám sdělí správce:<br><code>{fingerprint}</code></li>
</ol>
<p>Nechcete-li nic instalovat: na stránce s upozorněním klikněte na
<i>Rozšířené → Přijmout riziko a pokračovat</i>. Chrome na macOS tlačítko neukáže: na klávesnici
napište <code>thisisunsafe</code>.</p>
</section>
<section lang="en">
<h2>The browser says that the connection is not private?</h2>
<p>At its first start Linka made its own certificate, which your browser does not know yet. The
connection is encrypted. Best install the authority's certificate once:</p>
<ol>
<li>Download the <a href="/linka-ca.crt" download>authority's certificate (linka-ca.crt)</a>.</li>
<li><b>Windows:</b> open it, choose <i>Install certificate → Local machine → Trusted root
certification authorities</i>.<br>
<b>macOS:</b> open it in Keychain Access and set the Linka certificate to <i>Always trust</i>.<br>
<b>Linux, Chrome and Firefox:</b> <i>Settings → Privacy and security → Certificates → Authorities →
Import</i>.<br>
<b>Android, iOS:</b> open the file and confirm in Settings.</li>
<li>Compare the SHA-256 fingerprint with the one that your administrator gives you:<br>
<code>{fingerprint}</code></li>
</ol>
<p>To go on without installing anything: on the warning page choose <i>Advanced → Accept the risk
and continue</i>. Chrome on macOS shows no such button: type <code>thisisunsafe</code>.</p>
</section>
</body>
</html>
)html";

constexpr std::string_view page_policy =
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'";

// Only what a host name can be; the browser's own word must not become markup.
std::string safe_host(std::string_view host) {
    if (!host.empty() && host.front() == '[') {
        const std::size_t end = host.find(']');
        host = end == std::string_view::npos ? std::string_view() : host.substr(0, end + 1);
    } else {
        host = host.substr(0, host.find(':'));
    }
    const bool safe = !host.empty() && host.size() <= 255 &&
                      host.find_first_not_of(
                          "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                          "0123456789.-_:[]") == std::string_view::npos;
    return safe ? std::string(host) : std::string("localhost");
}

Response ca_response(const HelpPage& page, bool download) {
    std::ifstream in(page.ca_file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    if (page.ca_file.empty() || !in) {
        return error_response(404, "not_found", "the certificate in use is not our own");
    }
    Response response;
    response.type = "application/x-x509-ca-cert";
    response.body = text.str();
    if (download) {
        response.headers.emplace_back("Content-Disposition",
                                      "attachment; filename=\"linka-ca.crt\"");
    }
    return response;
}

}  // namespace

std::string help_address(std::string_view host, std::uint16_t http_port) {
    return text::format("http://{}:{}/", safe_host(host), http_port);
}

std::string help_html(const HelpPage& page, std::string_view host) {
    const std::string url = text::format("https://{}:{}/", safe_host(host), page.https_port);
    std::string spaced;
    for (std::size_t i = 0; i + 1 < page.fingerprint.size(); i += 2) {
        spaced += spaced.empty() ? "" : ":";
        spaced += page.fingerprint.substr(i, 2);
    }
    return fmt::format(fmt::runtime(page_text), fmt::arg("url", url),
                       fmt::arg("fingerprint", spaced));
}

Handler help_handler(HelpPage page) {
    return [page = std::move(page)](const Request& request, const Respond& respond) {
        if (request.method != Method::get && request.method != Method::head) {
            respond(
                error_response(405, "method_not_allowed", "only help is given here: use HTTPS"));
            return;
        }
        if (request.path == "/linka-ca.pem" || request.path == "/linka-ca.crt") {
            respond(ca_response(page, request.path == "/linka-ca.crt"));
            return;
        }
        Response response;
        if (request.path == "/") {
            const std::string* host = request.header("host");
            response.type = "text/html; charset=utf-8";
            response.body = help_html(page, host != nullptr ? *host : "");
            response.headers.emplace_back("Content-Security-Policy", page_policy);
        } else {
            response.status = 302;
            response.headers.emplace_back("Location", "/");
        }
        respond(std::move(response));
    };
}

}  // namespace linka::api
