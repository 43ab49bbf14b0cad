"""Thirty callers: some give up, some are missed and offered again, some are rejected, one is answered and dropped at
once. The FAQ's sums hold."""

import time

from test_first_call import activity_of


def figures(api, which):
    """The sums of all rows of one statistic, by name of the figure."""
    totals = {}
    for row in api.get(f"/api/live/stats/{which}")["data"]:
        key = row.get("user") or row.get("queue")
        key = key["name"] if isinstance(key, dict) else key
        for name, value in row.items():
            if isinstance(value, int) and not isinstance(value, bool):
                totals.setdefault(str(key), {}).setdefault(name, 0)
                totals[str(key)][name] += value
    return totals


def each_figure_is_as_long_as_its_list(office):
    for which in ("queues", "users"):
        for row in office.user("admin").get(f"/api/live/stats/{which}")["data"]:
            for name, link in row["links"].items():
                listed = office.user("admin").get(link)["total"]
                assert listed == row[name], f"{which}: {name} is {row[name]}, its list has {listed}: {link}"


def test_thirty_callers(office):
    admin = office.user("admin")
    admin.request("PUT", "/api/v6/queues/6001.json",
                  {"options": {"ringtime": 5, "sleeptime": 5, "wrapuptime": 5, "lajdak": False}})
    frantisek, jan = office.user("frantisek"), office.user("jan")
    desk, other = office.registered("330"), office.registered("332")
    for api, device in ((frantisek, "330"), (jan, "332")):
        api.work([device], [6001])

    calls = []
    for index in range(30):
        calls.append(office.outside(f"7770001{index:02}").call("226000002"))
        office.wait(lambda call=calls[-1]: call.state != "new", "the server has the call")
    for call in calls:
        call.wait("answered", 15)
    # Fifteen lose patience while they wait, one of them while it rings at somebody.
    for call in calls[15:]:
        call.hang_up()
    served = rejected = 0
    ignored = dropped = None
    deadline = time.monotonic() + 120
    while any(call.state != "ended" for call in calls[:15]) and time.monotonic() < deadline:
        phone, who = next(((p, w) for p, w in ((desk, frantisek), (other, jan)) if p.rang), (None, None))
        if phone is None:
            office.wait(lambda: desk.rang or other.rang or all(call.state == "ended" for call in calls[:15]),
                        "somebody is rung, or all are served", 60)
            continue
        ringing = phone.rang.pop(0)
        if ringing.state == "ended":
            continue
        if rejected < 2:
            rejected += 1
            ringing.reject(486)
        elif ignored is None:
            ignored = ringing  # rings until its time is over
        elif dropped is None:
            dropped = ringing  # gone before a word could be said: the caller waits on, the attempt was a rejection
            ringing.answer()
            office.wait(lambda w=who: w.me()["state"] == "talking", "talking")
            ringing.hang_up()
            rejected += 1
        else:
            name = activity_of(who, office)
            ringing.answer()
            office.wait(lambda w=who: w.me()["state"] == "talking", "talking")
            office.wait(lambda r=ringing: len(r.rtp.heard(2)) > 1.2 * 8000, "more than a second of talk")
            ringing.hang_up()
            served += 1
            office.wait(lambda w=who: w.me()["state"] == "working", "after-work")
            who.act(name, "close", statuses=[], note="")
    missed = sum(call.status == 487 for phone in (desk, other) for call in phone.calls.values())
    assert missed >= 1
    for call in calls:
        call.wait("ended", 5)

    queue = figures(office.user("jana"), "queues")["6001"]
    assert queue["total"] == 30
    assert queue["answered"] + queue["unanswered"] == 30
    assert queue["answered"] == served == 15
    users = figures(office.user("jana"), "users")
    attempts = [users[n] for n in ("frantisek", "jan")]
    assert sum(u["rejected"] for u in attempts) == rejected
    assert sum(u["missed"] for u in attempts) == missed
    for user in attempts:
        assert user["attempts"] == user["accepted"] + user["missed"] + user["rejected"] + user["withdrawn"]
        assert user["unanswered"] == user["missed"] + user["rejected"]
    each_figure_is_as_long_as_its_list(office)
    audit = office.server.audit()
    assert audit.returncode == 0 and audit.stdout.rstrip().endswith("audit: equal"), audit.stdout
