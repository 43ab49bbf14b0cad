#!/usr/bin/python3
"""The scripted telephones of tests/e2e for the browser tests, steered by lines of JSON on the standard
input: {"id": 1, "do": "dial", "phone": "desk", "number": "510"}. Each is answered by one line on the
standard output, {"id": 1, "value": ...} or {"id": 1, "error": "..."}; those that wait do not hold up
others. phones.mjs is the other end.

usage: phones.py SIP_PORT
"""
import concurrent.futures
import json
import pathlib
import sys
import threading

import numpy

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "e2e"))

import audio  # noqa: E402
from phone import Phone  # noqa: E402
from reactor import Reactor  # noqa: E402

RATE = 8000
FRAME = RATE // 50
# A frame of 20 ms that is quieter is silence; the tones of these tests are fifty times as loud.
SILENT_BELOW = 100.0


def levels(samples):
    """The RMS of each 20 ms."""
    whole = len(samples) // FRAME * FRAME
    frames = numpy.asarray(samples[:whole], dtype=float).reshape(-1, FRAME)
    return numpy.sqrt(numpy.mean(frames**2, axis=1))


def side_of(samples):
    """What one channel of a recording holds: tone in Hz, loudness, first and last sound and the
    longest silence between them in seconds."""
    level = levels(samples)
    loud = numpy.flatnonzero(level >= SILENT_BELOW)
    if len(loud) == 0:
        return {"hz": 0, "level": 0, "first": None, "last": None, "silence": None}
    heard = samples[loud[0] * FRAME:(loud[-1] + 1) * FRAME]
    hz, _ = audio.strongest(heard)
    return {"hz": hz, "level": float(level[loud].mean()), "first": loud[0] / 50, "last": (loud[-1] + 1) / 50,
            "silence": float(numpy.diff(loud).max(initial=1) - 1) / 50}


class Phones:
    def __init__(self, sip_port):
        self.server = ("127.0.0.1", sip_port)
        self.reactor = Reactor()
        self.phones = {}
        self.calls = {}

    def keep(self, call):
        name = f"call{len(self.calls) + 1}"
        self.calls[name] = call
        return name

    def phone(self, phone, name, password="", frequency=440, port=0, mode="ring", register=True):
        """A telephone; registered if it has a password. `mode`: ring, answer, silent or a status."""
        made = Phone(self.reactor, self.server, name, password, frequency=frequency, port=port)
        made.mode = mode
        self.phones[phone] = made
        if password and register:
            made.register()

    def mode(self, phone, mode):
        self.phones[phone].mode = mode

    def dial(self, phone, number):
        return self.keep(self.phones[phone].call(number))

    def ring(self, phone, seconds=15):
        call = self.phones[phone].wait_ring(seconds)
        return [self.keep(call), call.caller]

    def answer(self, call):
        self.calls[call].answer()

    def reject(self, call, status=486):
        self.calls[call].reject(status)

    def hang_up(self, call):
        self.calls[call].hang_up()

    def wait(self, call, state, seconds=15):
        self.calls[call].wait(state, seconds)

    def hears(self, call, frequency, seconds=15):
        """Until the newest half second is that tone; how much of the energy it is."""
        self.calls[call].wait_heard(frequency, seconds)
        return audio.share_of(self.calls[call].rtp.heard(0.5), frequency)

    def recording(self, path):
        """Length in seconds and both channels of a sound file."""
        left, right = audio.decode_opus(path)
        return {"seconds": len(left) / RATE, "left": side_of(left), "right": side_of(right)}

    def close(self):
        for phone in self.phones.values():
            for call in phone.calls.values():
                call.hang_up()
            phone.close()
        self.reactor.stop()


def main():
    phones = Phones(int(sys.argv[1]))
    writing = threading.Lock()

    def obey(order):
        said = {"id": order.pop("id")}
        try:
            said["value"] = getattr(phones, order.pop("do"))(**order)
        except Exception as fault:  # the test that asked fails with it
            said["error"] = f"{type(fault).__name__}: {fault}"
        with writing:
            print(json.dumps(said), flush=True)

    with concurrent.futures.ThreadPoolExecutor(16) as threads:
        for line in sys.stdin:
            threads.submit(obey, json.loads(line))
    phones.close()


if __name__ == "__main__":
    main()
