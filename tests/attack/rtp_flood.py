"""A peer that sends its own leg thousands of packets a second: sound, and presses of keys.

What is passed on stays within 200 packets and 20 digits a second; calls of others go on.
"""

import struct
import time

from phone import Phone

PACKETS_PER_SECOND_MAX = 200
SOUND = bytes([0xD5]) * 160


def attack(ground):
    seconds = 60 if ground.long else 4
    peer = Phone(ground.reactor, ground.sip, "777000113")
    call = peer.call("226000009")
    call.wait("answered")
    call.rtp.sending = False
    call.rtp.received.clear()
    events = ground.metric("linka_store_events_total")
    began = time.monotonic()
    sequence = 0
    with ground.calls_go_on():
        while time.monotonic() - began < seconds:
            for _ in range(100):
                sequence += 1
                if sequence % 2:
                    head = struct.pack("!BBHII", 0x80, 8, sequence & 0xFFFF, sequence * 160, 7)
                    call.rtp.socket.sendto(head + SOUND, call.rtp.remote)
                else:
                    head = struct.pack("!BBHII", 0x80, 101, sequence & 0xFFFF, sequence * 160, 7)
                    call.rtp.socket.sendto(head + bytes([sequence // 2 % 10, 10, 0, 160]), call.rtp.remote)
            time.sleep(0.01)
    lasted = time.monotonic() - began
    got = len(call.rtp.received)
    assert got <= PACKETS_PER_SECOND_MAX * (lasted + 1), f"{got} packets were passed on in {lasted:.1f} s"
    assert got > 0, "the peer's own sound was lost"
    # Thousands of keys were pressed; the others' calls have a few dozen events each.
    events = ground.metric("linka_store_events_total") - events
    assert events < 300 * lasted, f"{events} events are kept of {lasted:.1f} s"
    call.hang_up()
    call.rtp.close()
    peer.close()
