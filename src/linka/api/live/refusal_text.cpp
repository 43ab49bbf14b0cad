#include "linka/api/live/refusal_text.hpp"

#include <array>
#include <optional>
#include <vector>

namespace linka::api {

namespace {

// `{}` stands for a name or a number, in both sentences in the same order.
struct Sentence {
    std::string_view english;
    std::string_view czech;
};

constexpr std::array sentences{
    // What people do.
    Sentence{"there is no such activity", "taková aktivita tu není"},
    Sentence{"there is no such thing, or it is not yours",
             "nic takového tu není, nebo to není vaše"},
    Sentence{"an extension, queue, ring group or allowed number",
             "linka, fronta, vyzváněcí skupina nebo číslo, na které se smí volat"},
    Sentence{"an extension or an allowed number", "linka nebo číslo, na které se smí volat"},
    Sentence{"number: between 1 and 64 characters", "1 až 64 znaků"},
    Sentence{"to: between 1 and 64 characters", "1 až 64 znaků"},
    Sentence{"1 to 64 of 0-9 * # A-D", "1 až 64 z 0-9 * # A-D"},
    Sentence{"at most 65536 bytes of UTF-8", "nejvýš 65536 bajtů v UTF-8"},
    Sentence{"at most 100, each at most 256 bytes of UTF-8",
             "nejvýš 100, každý nejvýš 256 bajtů v UTF-8"},
    Sentence{"a time to come, or none", "čas, který teprve přijde, nebo žádný"},
    Sentence{"until: not a time like 2026-01-31T12:00:00Z", "čas má tvar 2026-01-31T12:00:00Z"},
    // The server cannot keep anything.
    Sentence{"the server's disk is full: nothing can be kept until there is room",
             "na disku serveru není místo: dokud nebude, nic se neuloží"},
    Sentence{"the server's database does not answer, or takes nothing: try again in a moment",
             "databáze serveru neodpovídá nebo nic nepřijímá: zkuste to za chvíli znovu"},
    Sentence{"a fault in the server's database: its log says which",
             "chyba v databázi serveru: která, stojí v jeho protokolu"},
    Sentence{"it could not be kept: the server can write nothing down now",
             "nelze to uložit: server teď nemůže nic zapsat"},
    Sentence{"done, and written down as soon as the server can again",
             "hotovo, zapíše se, jakmile to půjde"},
    Sentence{"the server is shutting down; try again in a moment",
             "server se vypíná, zkuste to za chvíli znovu"},
    Sentence{"too much at once: try again", "příliš mnoho najednou: zkuste to znovu"},
    // Records.
    Sentence{"exists already", "už existuje"},
    Sentence{"never changes", "nelze změnit"},
    Sentence{"only while the user is logged out", "jen když je uživatel odhlášen"},
    Sentence{"1 to 64 characters without spaces, slashes and quotation marks",
             "1 až 64 znaků bez mezer, lomítek a uvozovek"},
    Sentence{"1 to 256 bytes", "1 až 256 bajtů"},
    Sentence{"at most 256 bytes", "nejvýš 256 bajtů"},
    Sentence{"without characters that are not seen", "bez znaků, které nejsou vidět"},
    Sentence{"letters, digits and - _ . +", "písmena bez háčků a čárek, číslice a - _ . +"},
    Sentence{"there must be another administrator first", "nejdřív musí být jiný administrátor"},
    Sentence{"2 to 8 digits", "2 až 8 číslic"},
    Sentence{"a number of 1 to 8 digits", "číslo o 1 až 8 číslicích"},
    Sentence{"at most 20 digits", "nejvýš 20 číslic"},
    Sentence{"0 to 1000", "0 až 1000"},
    Sentence{"0 to 10", "0 až 10"},
    Sentence{"0 (unlimited) to 50", "0 (bez omezení) až 50"},
    Sentence{"5 to 90 s", "5 až 90 s"},
    Sentence{"0 to 60 s", "0 až 60 s"},
    Sentence{"0, or 5 s to 15 min", "0, nebo 5 s až 15 min"},
    Sentence{"0 (unlimited), or 5 s to 60 min", "0 (bez omezení), nebo 5 s až 60 min"},
    Sentence{"0, or 5 s to 10 min", "0, nebo 5 s až 10 min"},
    Sentence{"0 to 3600 s", "0 až 3600 s"},
    Sentence{"0 to 24 h", "0 až 24 h"},
    Sentence{"1 to 60 s", "1 až 60 s"},
    Sentence{"5 to 300 s", "5 až 300 s"},
    Sentence{"5 to 180 s", "5 až 180 s"},
    Sentence{"each rings 5 to 300 s", "každý vyzvání 5 až 300 s"},
    Sentence{"delay 0 to 120 s, ring 0 to 300 s", "zpoždění 0 až 120 s, vyzvánění 0 až 300 s"},
    Sentence{"penalty 0 to 100", "penalizace 0 až 100"},
    Sentence{"at most one automatic or fixed outgoing queue",
             "nejvýš jedna odchozí fronta s automatickým nebo pevným přihlášením"},
    Sentence{"those of another type", "patří k jinému typu"},
    Sentence{"nothing serves queues of this type yet", "fronty tohoto typu zatím nic neobsluhuje"},
    Sentence{"only SIP telephones can be shared", "sdílet lze jen SIP telefony"},
    Sentence{"a number that may be called", "číslo, na které se smí volat"},
    Sentence{"not a number that may be called", "na toto číslo se volat nesmí"},
    Sentence{"a number that the user may call", "číslo, na které uživatel smí volat"},
    Sentence{"leads back to the user", "vede zpět k uživateli"},
    Sentence{"leads back to itself", "vede zpět do téže fronty"},
    Sentence{"a prompt's name", "jméno hlášky"},
    Sentence{"digits, or a pattern behind _", "číslice, nebo vzor za _"},
    Sentence{"each digit (0-9 * #) once", "každá číslice (0-9 * #) jednou"},
    Sentence{"the system has this pause already", "tuto pauzu už systém má"},
    Sentence{"a system pause can only be renamed, and be paid or not",
             "u systémové pauzy lze změnit jen název a to, zda je placená"},
    Sentence{"a system pause stays", "systémovou pauzu nelze smazat"},
    Sentence{"an emergency number", "je číslo tísňového volání"},
    Sentence{"used by user {}", "používá uživatel {}"},
    Sentence{"used by queue {}", "používá fronta {}"},
    Sentence{"used by ring group {}", "používá vyzváněcí skupina {}"},
    Sentence{"no queue {}", "fronta {} neexistuje"},
    Sentence{"no extension {}", "linka {} neexistuje"},
    Sentence{"no ring group {}", "vyzváněcí skupina {} neexistuje"},
    Sentence{"no menu {}", "hlasové menu {} neexistuje"},
    Sentence{"no recording {}", "nahrávka {} neexistuje"},
    Sentence{"no device {}", "zařízení {} neexistuje"},
    Sentence{"queue {} twice", "fronta {} dvakrát"},
    Sentence{"{} twice", "{} dvakrát"},
    Sentence{"{} is a back-office user's", "{} patří uživateli back office"},
    Sentence{"{} is no extension and may not be called", "{} není linka a volat se na to nesmí"},
    Sentence{"no such user", "takový uživatel není"},
    Sentence{"no such device", "takové zařízení není"},
    Sentence{"no such queue", "taková fronta není"},
    Sentence{"no such pause", "taková pauza není"},
    Sentence{"no such right to call", "takové oprávnění k volání není"},
    Sentence{"no such recording", "taková nahrávka není"},
    Sentence{"cs, en or nothing", "cs, en, nebo nic"},
    Sentence{"at most 2000 bytes", "nejvýš 2000 bajtů"},
    Sentence{"a name without a path", "jméno bez cesty"},
    Sentence{"a file, or a text to be spoken", "soubor, nebo text, který se má přečíst"},
    Sentence{"at most 5 minutes", "nejvýš 5 minut"},
    Sentence{"no such profile", "takový profil není"},
    Sentence{"{}: only SIP telephones can be listed", "{}: uvést lze jen SIP telefony"},
    Sentence{"1 to 1000", "1 až 1000"},
    Sentence{"there are {} already, and no more than {} can be",
             "je jich už {}, a víc než {} jich být nemůže"},
    Sentence{"1 to 200 rules", "1 až 200 pravidel"},
    Sentence{"{}: digits, or a pattern behind _, perhaps behind !",
             "{}: číslice, nebo vzor za _, případně za !"},
    Sentence{"no such time group", "taková časová skupina není"},
    Sentence{"where calls go while the time group is shut",
             "kam hovory půjdou mimo časovou skupinu"},
    Sentence{"only with a time group: without one it is never shut",
             "jen s časovou skupinou: bez ní nikdy není zavřeno"},
    Sentence{"1 (Monday) to 7, each once", "1 (pondělí) až 7, každý den jednou"},
    Sentence{"days or a date", "dny v týdnu, nebo datum"},
    Sentence{"days or a date, not both", "dny v týdnu, nebo datum, ne obojí"},
    Sentence{"a day that there is, YYYY-MM-DD, from 1970 on",
             "den, který existuje, RRRR-MM-DD, od roku 1970"},
    Sentence{"HH:MM, 00:00 to 23:59", "HH:MM, 00:00 až 23:59"},
    Sentence{"HH:MM, 00:00 to 24:00", "HH:MM, 00:00 až 24:00"},
    Sentence{"not the same as from; the whole day is 00:00 to 24:00",
             "jiný čas než od; celý den je 00:00 až 24:00"},
    Sentence{"at most {} rules", "nejvýše {} pravidel"},
    Sentence{"{}, each once", "{}, každá jednou"},
    Sentence{"a time zone as Europe/Prague", "časové pásmo jako Europe/Prague"},
    Sentence{"no such route", "takové směrování není"},
    Sentence{"0 to 10000", "0 až 10000"},
    Sentence{"at most 8 bytes", "nejvýše 8 bajtů"},
    Sentence{"{} is removed in the sandbox", "{} je v návrhu směrování smazáno"},
    Sentence{"no such menu", "takové hlasové menu není"},
    Sentence{"at most 64 bytes, language 8", "nejvýš 64 bajtů, jazyk 8"},
    Sentence{"an array or an object, at most 4096 bytes of JSON",
             "pole nebo objekt, nejvýš 4096 bajtů JSON"},
    Sentence{"at most 256 bytes of UTF-8", "nejvýš 256 bajtů v UTF-8"},
    Sentence{"the demo was removed", "demo už je smazané"},
    // Sounds of system recordings.
    Sentence{"no sound file that is understood: WAV, MP3, M4A, OGG, OPUS, FLAC",
             "tohle není zvukový soubor, kterému rozumíme: WAV, MP3, M4A, OGG, OPUS, FLAC"},
    Sentence{"nothing is heard in it", "není v tom nic slyšet"},
    Sentence{"longer than 5 minutes", "je to delší než 5 minut"},
    Sentence{"the server cannot write the sound: its disk may be full",
             "server nemůže zvuk zapsat: na disku možná není místo"},
    Sentence{"the recordings take more than 2 GB: remove some that nothing plays",
             "nahrávky zabírají víc než 2 GB: smažte některé, které nikde nehrají"},
    Sentence{"{} is not installed on the server", "na serveru není nainstalován program {}"},
    Sentence{"the text cannot be spoken on the server", "server text neumí přečíst"},
    Sentence{"multipart without a boundary", "formuláři chybí hranice částí"},
    Sentence{"malformed multipart body", "formulář nelze přečíst"},
    Sentence{"there is no file in the form", "ve formuláři není soubor"},
    Sentence{"there is no such file", "takový soubor tu není"},
    // Settings.
    Sentence{"1 to 3 digits, the first of them 1 to 9", "1 až 3 číslice, první z nich 1 až 9"},
    Sentence{"1 to 100 numbers", "1 až 100 čísel"},
    Sentence{"at most 50", "nejvýš 50"},
    Sentence{"at most 100", "nejvýš 100"},
    Sentence{"at most 1000", "nejvýš 1000"},
    Sentence{"{}: stands there twice", "{}: je tu dvakrát"},
    Sentence{"{}: must be 2 to 8 digits", "{}: musí to být 2 až 8 číslic"},
    Sentence{"{}: must be 00 and digits, 3 to 20 in all",
             "{}: musí to být 00 a číslice, dohromady 3 až 20"},
    Sentence{"{} is the extension of user {}", "{} je linka uživatele {}"},
    Sentence{"{} is a queue", "{} je fronta"},
    Sentence{"{} is a ring group", "{} je vyzváněcí skupina"},
    Sentence{"{} is a device", "{} je zařízení"},
    Sentence{"0, or 1 min to 24 h", "0, nebo 1 min až 24 h"},
    Sentence{"0 to 50", "0 až 50"},
    // Trunks.
    Sentence{"no such trunk", "takový trunk není"},
    Sentence{"a name or an IP address", "jméno serveru nebo adresa IP"},
    Sentence{"1 to 65535", "1 až 65535"},
    Sentence{"at most 128 bytes", "nejvýš 128 bajtů"},
    Sentence{"{}: must be an IPv4 or IPv6 address", "{}: musí to být adresa IPv4 nebo IPv6"},
};

constexpr std::string_view gap = "{}";

// What the places of the pattern stand for in the text; none: the text is another sentence.
std::optional<std::vector<std::string_view>> filled(std::string_view pattern,
                                                    std::string_view text) {
    std::vector<std::string_view> names;
    std::size_t at = pattern.find(gap);
    if (!text.starts_with(pattern.substr(0, at))) {
        return std::nullopt;
    }
    text.remove_prefix(pattern.substr(0, at).size());
    while (at != std::string_view::npos) {
        const std::size_t next = pattern.find(gap, at + gap.size());
        const std::string_view between = pattern.substr(
            at + gap.size(), next == std::string_view::npos ? next : next - at - gap.size());
        // What ends the sentence is looked for at its end: names may have the words in them.
        const std::size_t end =
            next == std::string_view::npos
                ? (text.ends_with(between) ? text.size() - between.size() : std::string_view::npos)
                : text.find(between);
        if (end == std::string_view::npos || end == 0) {
            return std::nullopt;
        }
        names.push_back(text.substr(0, end));
        text.remove_prefix(end + between.size());
        at = next;
    }
    return text.empty() ? std::optional(std::move(names)) : std::nullopt;
}

std::string with_names(std::string_view sentence, const std::vector<std::string_view>& names) {
    std::string out(sentence);
    std::size_t from = 0;
    for (const std::string_view name : names) {
        const std::size_t at = out.find(gap, from);
        out.replace(at, gap.size(), name);
        from = at + name.size();
    }
    return out;
}

}  // namespace

std::string refusal_text(std::string_view text, Language language) {
    if (language != Language::cs) {
        return std::string(text);
    }
    for (const Sentence& sentence : sentences) {
        if (const auto names = filled(sentence.english, text)) {
            return with_names(sentence.czech, *names);
        }
    }
    return std::string(text);
}

}  // namespace linka::api
