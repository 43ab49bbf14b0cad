#include "linka/api/live/blocker_text.hpp"

#include "linka/base/text.hpp"

#include <algorithm>
#include <array>

namespace linka::api {

namespace {

struct Words {
    core::BlockerCode code;
    std::string_view cs_text;
    std::string_view cs_fix;
    std::string_view en_text;
    std::string_view en_fix;
};

using Code = core::BlockerCode;

constexpr std::array<Words, 27> blocker_words{{
    {Code::not_logged_in, "Nejste přihlášeni do aplikace.", "Přihlaste se.",
     "You are not logged in to the application.", "Log in."},
    {Code::not_ready, "Nejste připraveni.", "Klikněte na Jsem připraven.", "You are not ready.",
     "Press Go ready."},
    {Code::paused, "Máte pauzu.", "Ukončete pauzu.", "You are on a pause.", "End the pause."},
    {Code::no_device, "Nejste přihlášeni v žádném zařízení.",
     "Vyberte zařízení v nabídce Výběr zařízení.", "You are not logged in to any device.",
     "Choose a device in the device picker."},
    {Code::device_not_registered, "Zařízení není připojeno k ústředně.",
     "Zkontrolujte telefon a jeho připojení, nebo vyberte jiné zařízení.",
     "The device is not registered.", "Check the phone and its network, or choose another device."},
    {Code::multiple_devices, "Jste přihlášeni ve více zařízeních.",
     "Hovor přijměte na některém ze svých zařízení, nebo zůstaňte přihlášeni jen v jednom.",
     "You are logged in to more than one device.",
     "Answer on one of your devices, or stay logged in to only one."},
    {Code::device_cannot_answer_remotely, "Telefon neumí přijmout hovor z aplikace.",
     "Hovor přijměte na telefonu.", "The phone cannot be told to answer.",
     "Answer on the phone itself."},
    {Code::no_inbound_queue, "Nejste přihlášeni v žádné příchozí frontě.",
     "Přihlaste se do příchozí fronty.", "You are not logged in to an inbound queue.",
     "Log in to an inbound queue."},
    {Code::no_outbound_queue, "Nejste přihlášeni v žádné odchozí frontě.",
     "Přihlaste se do odchozí fronty.", "You are not logged in to an outbound queue.",
     "Log in to an outbound queue."},
    {Code::no_email_queue, "Nejste přihlášeni v žádné e-mailové frontě.",
     "Přihlaste se do e-mailové fronty.", "You are not logged in to an e-mail queue.",
     "Log in to an e-mail queue."},
    {Code::no_chat_queue, "Nejste přihlášeni v žádné chatové frontě.",
     "Přihlaste se do chatové fronty.", "You are not logged in to a chat queue.",
     "Log in to a chat queue."},
    {Code::queue_autoanswer_off, "Fronta nemá povolené automatické zodpovězení.",
     "Povolit ho lze ve Správě → Fronty.", "The queue has automatic answering switched off.",
     "It can be allowed in Manage → Queues."},
    {Code::no_right, "Nemáte k tomu práva.", "Práva přiděluje administrátor ve Správě → Uživatelé.",
     "You do not have the right.", "An administrator gives rights in Manage → Users."},
    {Code::not_allowed_number, "Na toto číslo se volat nesmí.",
     "Zkontrolujte číslo. Další země povoluje administrátor ve Správě → Nastavení.",
     "This number may not be called.",
     "Check the number. An administrator allows further countries in Manage → Settings."},
    {Code::right_to_call, "Vaše oprávnění k volání toto číslo nezahrnuje.",
     "Kam smíte volat, určuje administrátor ve Správě → Oprávnění k volání.",
     "Your right to call does not include this number.",
     "An administrator can change it in Manage → Rights to call."},
    {Code::transfer_kind, "Váš profil takové přepojení nedovoluje.",
     "Jak smíte hovory přepojovat, určuje administrátor ve Správě → Profily.",
     "Your profile does not allow this kind of transfer.",
     "An administrator can change it in Manage → Profiles."},
    {Code::at_capacity, "Máte otevřeno nejvíce aktivit, kolik smíte.",
     "Uložte a zavřete některou aktivitu.", "You have as many open activities as you may.",
     "Save and close one of them."},
    {Code::open_work, "Máte otevřenou práci a vedle ní vám fronty další nepřidělí.",
     "Uložte ji a zavřete. Kolik jí smí přijít vedle otevřené, určuje administrátor ve Správě → "
     "Nastavení.",
     "You have work open, and queues give you no more beside it.",
     "Save and close it. An administrator can change it in Manage → Settings."},
    {Code::busy, "Máte hovor, nebo vám zvoní.", "Dokončete nejprve hovor.",
     "You have a call, or one rings.", "Finish the call first."},
    {Code::no_trunk, "Chybí linka do veřejné sítě.",
     "Má ji zatím jen ukázka; zadat vlastní zatím nejde.",
     "There is no line to the public network.",
     "Only the demo has one; there is no way to enter your own yet."},
    {Code::device_in_use, "Zařízení právě používá někdo jiný.",
     "Domluvte se s ním, nebo zařízení převezměte.", "Somebody else is using the device.",
     "Agree with them, or take the device over."},
    {Code::leads_back, "Přesměrování by vedlo zpět.", "Zvolte číslo, které nevede zpět k vám.",
     "The redirection would lead back.", "Choose a number that does not lead back to you."},
    {Code::in_use, "Odkazuje na to něco jiného.", "Nejprve změňte, co na to odkazuje.",
     "Something else refers to it.", "First change what refers to it."},
    {Code::device_failed, "Telefon odmítl poslední hovor, aniž zazvonil.",
     "Zkontrolujte, zda nemá zapnuto Nerušit nebo přesměrování, a zavolejte na něj.",
     "The phone refused the last call without ringing.",
     "See whether it is set to Do Not Disturb or to forward calls, and call it."},
    {Code::logged_in, "Uživatel je přihlášený a tohle jde změnit, jen když je odhlášený.",
     "Nejdřív uživatele odhlaste.",
     "The user is logged in, and this can be changed only while they are logged out.",
     "Log the user out first."},
    {Code::no_extension, "Nemáte linku, nikdo vám nemůže zavolat přímo.",
     "Linky přiděluje administrátor ve Správě → Uživatelé.",
     "You have no extension, nobody can call you directly.",
     "An administrator gives extensions in Manage → Users."},
    {Code::still_used, "Ještě se používá.",
     "Vyčkejte konce hovorů a práce a odhlaste ty, kdo to používají.", "It is still in use.",
     "Wait until calls and work are over, and log out whoever has it."},
}};

// Of a colleague who is to be called or to take a call over. The Czech words fit a woman and a man.
constexpr std::array<Words, 9> colleague_words{{
    {Code::not_logged_in, "Kolega není v práci: nepřihlásil se do aplikace.",
     "Vyberte někoho jiného, nebo frontu.", "The colleague is not logged in.",
     "Choose somebody else, or a queue."},
    {Code::paused, "Kolega má pauzu, při které mu nelze volat.",
     "Vyberte někoho jiného, nebo frontu.", "The colleague is on a pause without calls.",
     "Choose somebody else, or a queue."},
    {Code::no_device, "Kolega není přihlášen v žádném zařízení.",
     "Vyberte někoho jiného, nebo frontu.", "The colleague is not logged in to any device.",
     "Choose somebody else, or a queue."},
    {Code::device_not_registered, "Telefon kolegy není připojen k ústředně.",
     "Vyberte někoho jiného, nebo frontu.", "The colleague's phone is not registered.",
     "Choose somebody else, or a queue."},
    {Code::busy, "Kolega má právě hovor.", "Počkejte, nebo vyberte někoho jiného.",
     "The colleague is on a call.", "Wait, or choose somebody else."},
    {Code::not_allowed_number, "Kolega přesměrovává na číslo, na které se volat nesmí.",
     "Vyberte někoho jiného, nebo frontu.",
     "The colleague forwards calls to a number that may not be called.",
     "Choose somebody else, or a queue."},
    {Code::right_to_call, "Kolega přesměrovává na číslo, na které volat nesmí.",
     "Vyberte někoho jiného, nebo frontu.",
     "The colleague forwards calls to a number that they may not call.",
     "Choose somebody else, or a queue."},
    {Code::no_right, "Kolegovi nelze volat.", "Vyberte někoho jiného, nebo frontu.",
     "The colleague cannot be called.", "Choose somebody else, or a queue."},
    {Code::no_extension, "Kolega nemá linku.", "Vyberte někoho jiného, nebo frontu.",
     "The colleague has no extension.", "Choose somebody else, or a queue."},
}};

// The sentence with the names that it is about: "… : a, b."
std::string named(std::string text, const std::vector<std::string>& names) {
    if (names.empty() || !text.ends_with('.')) {
        return text;
    }
    text.back() = ':';
    for (const std::string& name : names) {
        text += (text.ends_with(':') ? " " : ", ") + name;
    }
    return text + ".";
}

bool is_read(const Records& records, const Viewer& reader, const core::SubjectRecord& record) {
    if (const auto* id = std::get_if<core::UserId>(&record)) {
        const auto user = records.user(*id);
        return user && reader.sight_of(*user) != Sight::none;
    }
    if (const auto* queue = std::get_if<core::QueueId>(&record)) {
        return reader.sees(*queue);
    }
    return !std::holds_alternative<core::ProfileId>(record) ||
           may(records, reader.user(), Module::profiles, Operation::read);
}

std::string others(std::size_t count, Language language) {
    if (language == Language::en) {
        return text::format("{} {} that you do not see", count, count == 1 ? "record" : "records");
    }
    return count == 1  ? "1 záznam, který nevidíte"
           : count < 5 ? text::format("{} záznamy, které nevidíte", count)
                       : text::format("{} záznamů, které nevidíte", count);
}

}  // namespace

BlockerText describe(const core::Blocker& blocker, Language language) {
    BlockerText out{std::string(name_of(blocker.code)), {}, {}, blocker.subjects};
    const auto put = [&](const Words& entry) {
        if (entry.code == blocker.code) {
            out.text = language == Language::cs ? entry.cs_text : entry.en_text;
            const bool names = blocker.code == core::BlockerCode::in_use ||
                               blocker.code == core::BlockerCode::device_in_use;
            out.text = names ? named(std::move(out.text), blocker.subjects) : std::move(out.text);
            out.fix = language == Language::cs ? entry.cs_fix : entry.en_fix;
        }
    };
    std::for_each(blocker_words.begin(), blocker_words.end(), put);
    if (blocker.of == core::BlockerOf::colleague) {
        std::for_each(colleague_words.begin(), colleague_words.end(), put);
    }
    return out;
}

std::vector<BlockerText> describe(const std::vector<core::Blocker>& blockers, Language language) {
    std::vector<BlockerText> out;
    for (const core::Blocker& blocker : blockers) {
        out.push_back(describe(blocker, language));
    }
    return out;
}

std::vector<BlockerText> describe(const std::vector<core::Blocker>& blockers, Language language,
                                  const Records& records,
                                  const std::shared_ptr<const core::User>& reader) {
    const Viewer viewer(records, reader);
    std::vector<core::Blocker> told = blockers;
    for (core::Blocker& blocker : told) {
        std::vector<std::string> names;
        for (std::size_t i = 0; i < blocker.records.size(); ++i) {
            if (is_read(records, viewer, blocker.records[i])) {
                names.push_back(blocker.subjects[i]);
            }
        }
        if (names.size() < blocker.records.size()) {
            names.push_back(others(blocker.records.size() - names.size(), language));
        }
        blocker.subjects = blocker.records.empty() ? blocker.subjects : std::move(names);
    }
    return describe(told, language);
}

}  // namespace linka::api
