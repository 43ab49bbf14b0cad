#include "linka/api/help_page.hpp"

#include "linka/api/server/url.hpp"
#include "linka/base/text.hpp"

#include <fstream>
#include <sstream>

namespace linka::api {

namespace {

constexpr std::string_view page_frame = R"html(<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Linka</title>
<style>
:root{{color-scheme:light dark}}
body{{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem}}
a.go{{display:inline-block;background:#3b4fd0;color:#fff;padding:.7rem 1.2rem;border-radius:.3rem;text-decoration:none}}
header{{display:flex;justify-content:space-between;align-items:baseline}}
code{{overflow-wrap:anywhere}}
section{{border-top:1px solid #888;margin-top:2rem}}
dt{{font-weight:600;margin-top:.8rem}}
dd{{margin:0}}
</style>
</head>
<body>
<header><h1>Linka</h1><a href="/?lang={other_lang}" lang="{other_lang}" hreflang="{other_lang}">{other}</a></header>
{text}
</body>
</html>
)html";

constexpr std::string_view czech_text = R"html(
<p><a class="go" href="{url}">Otevřít Linku</a></p>
<section>
<h2>Prohlížeč hlásí, že připojení není bezpečné?</h2>
<p>Linka si při prvním spuštění vytvořila vlastní certifikát, který prohlížeč ještě nezná.
Spojení je šifrované. Nejlépe je certifikát autority jednou nainstalovat; upozornění se pak už
neukáže a stránky se načítají rychleji, protože nedůvěryhodné si prohlížeč nepamatuje.</p>
<ol>
<li>Stáhněte <a href="/linka-ca.crt" download>certifikát autority (linka-ca.crt)</a>.</li>
<li>Porovnejte jeho otisk SHA-256 s tím, který vám sdělí administrátor:<br><code>{fingerprint}</code></li>
<li>Nainstalujte ho podle svého systému:</li>
</ol>
<dl>
<dt>Windows (Chrome, Edge)</dt>
<dd>Otevřete soubor a zvolte <i>Nainstalovat certifikát → Místní počítač → Všechny certifikáty umístit
v následujícím úložišti → Důvěryhodné kořenové certifikační autority</i>. Prohlížeč restartujte.</dd>
<dt>macOS (Chrome, Safari)</dt>
<dd>Otevřete soubor v Klíčence, poklepejte na certifikát Linka a v části <i>Důvěra</i> nastavte
<i>Vždy důvěřovat</i>.</dd>
<dt>Linux (Chrome, Chromium)</dt>
<dd>Na adrese <code>chrome://certificate-manager</code> (dříve <i>Nastavení → Soukromí a zabezpečení →
Zabezpečení → Spravovat certifikáty</i>) soubor importujte mezi důvěryhodné autority.</dd>
<dt>Firefox na každém systému</dt>
<dd><i>Nastavení → Soukromí a zabezpečení → Certifikáty → Zobrazit certifikáty → Autority →
Importovat</i>, pak zaškrtněte <i>Uznat tuto CA pro identifikaci serverů</i>.</dd>
<dt>iPhone, iPad</dt>
<dd>Stáhněte soubor v Safari, v aplikaci Nastavení otevřete <i>Stažený profil</i> a nainstalujte ho.
Potom ještě <i>Obecné → Informace → Nastavení důvěryhodnosti certifikátů</i> a u Linky zapněte plnou
důvěru: bez toho kroku certifikát neplatí.</dd>
<dt>Android</dt>
<dd><i>Nastavení → Zabezpečení → Šifrování a pověření → Nainstalovat certifikát → Certifikát CA</i>.</dd>
</dl>
</section>
<section>
<h2>Nechcete nic instalovat?</h2>
<p>Na stránce s upozorněním pokračujte takto; platí to pro celou Linku, dokud prohlížeč nezapomene.</p>
<dl>
<dt>Chrome, Edge</dt>
<dd><i>Rozšířená nastavení → Pokračovat na web {host} (nebezpečné)</i>. Když odkaz chybí (macOS),
klikněte do stránky a napište <code>thisisunsafe</code>.</dd>
<dt>Firefox</dt>
<dd><i>Rozšířené → Přijmout riziko a pokračovat</i>.</dd>
<dt>Safari</dt>
<dd><i>Zobrazit podrobnosti → navštívit tento web</i>.</dd>
</dl>
</section>
)html";

constexpr std::string_view english_text = R"html(
<p><a class="go" href="{url}">Open Linka</a></p>
<section>
<h2>Does the browser say that the connection is not private?</h2>
<p>At its first start Linka made its own certificate, which your browser does not know yet. The
connection is encrypted. It is best to install the authority's certificate once: the warning is gone
then, and pages load faster, since browsers keep nothing of a site that they do not trust.</p>
<ol>
<li>Download the <a href="/linka-ca.crt" download>authority's certificate (linka-ca.crt)</a>.</li>
<li>Compare its SHA-256 fingerprint with the one that your administrator gives you:<br>
<code>{fingerprint}</code></li>
<li>Install it as your system wants it:</li>
</ol>
<dl>
<dt>Windows (Chrome, Edge)</dt>
<dd>Open the file and choose <i>Install Certificate → Local Machine → Place all certificates in the
following store → Trusted Root Certification Authorities</i>. Restart the browser.</dd>
<dt>macOS (Chrome, Safari)</dt>
<dd>Open the file in Keychain Access, double-click the Linka certificate and under <i>Trust</i> choose
<i>Always Trust</i>.</dd>
<dt>Linux (Chrome, Chromium)</dt>
<dd>At <code>chrome://certificate-manager</code> (formerly <i>Settings → Privacy and security → Security →
Manage certificates</i>) import the file among the trusted authorities.</dd>
<dt>Firefox on every system</dt>
<dd><i>Settings → Privacy &amp; Security → Certificates → View Certificates → Authorities → Import</i>,
then tick <i>Trust this CA to identify websites</i>.</dd>
<dt>iPhone, iPad</dt>
<dd>Download the file in Safari, open <i>Profile Downloaded</i> in Settings and install it. Then go to
<i>General → About → Certificate Trust Settings</i> and switch on full trust for Linka: without that
step the certificate does not count.</dd>
<dt>Android</dt>
<dd><i>Settings → Security → Encryption &amp; credentials → Install a certificate → CA certificate</i>.</dd>
</dl>
</section>
<section>
<h2>Would you rather not install anything?</h2>
<p>Go on from the warning like this; it holds for all of Linka until the browser forgets it.</p>
<dl>
<dt>Chrome, Edge</dt>
<dd><i>Advanced → Proceed to {host} (unsafe)</i>. If that link is missing (macOS), click into the page
and type <code>thisisunsafe</code>.</dd>
<dt>Firefox</dt>
<dd><i>Advanced → Accept the Risk and Continue</i>.</dd>
<dt>Safari</dt>
<dd><i>Show Details → visit this website</i>.</dd>
</dl>
</section>
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

// The switch on the page first, then what the browser prefers.
Language wanted_language(const Request& request) {
    const auto pairs = parse_form(request.query);
    const std::string* chosen = pairs ? find_pair(*pairs, "lang") : nullptr;
    if (chosen != nullptr && (*chosen == "cs" || *chosen == "en")) {
        return *chosen == "cs" ? Language::cs : Language::en;
    }
    return language_of(request);
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

std::string help_html(const HelpPage& page, std::string_view host, Language language) {
    const std::string url = text::format("https://{}:{}/", safe_host(host), page.https_port);
    std::string spaced;
    for (std::size_t i = 0; i + 1 < page.fingerprint.size(); i += 2) {
        spaced += spaced.empty() ? "" : ":";
        spaced += page.fingerprint.substr(i, 2);
    }
    const bool czech = language == Language::cs;
    const std::string text =
        fmt::format(fmt::runtime(czech ? czech_text : english_text), fmt::arg("url", url),
                    fmt::arg("host", safe_host(host)), fmt::arg("fingerprint", spaced));
    return fmt::format(fmt::runtime(page_frame), fmt::arg("lang", czech ? "cs" : "en"),
                       fmt::arg("other_lang", czech ? "en" : "cs"),
                       fmt::arg("other", czech ? "English" : "Česky"), fmt::arg("text", text));
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
            response.body = help_html(page, host != nullptr ? *host : "", wanted_language(request));
            response.headers.emplace_back("Content-Security-Policy", page_policy);
        } else {
            response.status = 302;
            response.headers.emplace_back("Location", "/");
        }
        respond(std::move(response));
    };
}

}  // namespace linka::api
