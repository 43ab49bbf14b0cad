"""Guesses at passwords: strangers at one person's account, and a flood of unknown names over many connections.

The person signs in from their own address all the while, and so does everybody else.
"""

import http.client
import json
import ssl
import threading
import time

from server import Api

SIGN_IN_SECONDS_MAX = 6


def sign_in(ground, address, name, password):
    connection = http.client.HTTPSConnection("127.0.0.1", ground.server.ports["https"], timeout=20,
                                             source_address=(address, 0), context=ssl._create_unverified_context())
    try:
        connection.request("POST", "/api/v6/login", json.dumps({"username": name, "password": password}),
                           {"Content-Type": "application/json"})
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()


def attack(ground):
    for guess in range(40):
        assert sign_in(ground, f"127.66.9.{guess % 8 + 1}", "admin", f"guess{guess}") in (401, 429)
    assert sign_in(ground, "127.66.9.1", "admin", "demo500") == 429, "who guesses is locked out"
    assert sign_in(ground, "127.66.9.200", "admin", "demo500") == 200, "the person is not"

    stop = threading.Event()

    def flood(number):
        for attempt in range(200):
            if stop.is_set():
                return
            try:
                sign_in(ground, f"127.66.{10 + attempt % 20}.{number % 250 + 1}", f"nobody{number}", "x")
            except OSError:
                pass

    threads = [threading.Thread(target=flood, args=(number,), daemon=True) for number in range(120)]
    for thread in threads:
        thread.start()
    try:
        end = time.monotonic() + (60 if ground.long else 6)
        while time.monotonic() < end:
            began = time.monotonic()
            Api(ground.server, "jan")
            took = time.monotonic() - began
            assert took < SIGN_IN_SECONDS_MAX, f"a right sign-in took {took:.1f} s"
    finally:
        stop.set()
        for thread in threads:
            thread.join(30)
