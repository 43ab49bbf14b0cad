"""Sound sprayed at a call's port by a stranger before the peer's first packet, and all the while after.

The described peer is heard and hears; the stranger is neither heard nor sent anything.
"""

import struct
import time

import audio
from phone import Phone


def packet(sequence, frequency):
    sound = audio.encode(8, audio.sine(frequency, sequence * audio.FRAME, audio.FRAME))
    return struct.pack("!BBHII", 0x80, 8, sequence & 0xFFFF, sequence * 160, 66) + sound


def attack(ground):
    stranger = ground.udp("127.66.5.1")
    victim = Phone(ground.reactor, ground.sip, "777000112", frequency=440)
    call = victim.call("226000009")
    call.rtp.sending = False
    call.wait("answered")
    ours = call.rtp.remote
    sequence = 0
    for burst in range(20):  # 200 ms in which the peer says nothing
        for _ in range(50):
            stranger.sendto(packet(sequence, 1500), ours)
            sequence += 1
        time.sleep(0.01)
    call.rtp.sending = True
    end = time.monotonic() + (30 if ground.long else 3)
    while time.monotonic() < end:
        for _ in range(5):
            stranger.sendto(packet(sequence, 1500), ours)
            sequence += 1
        time.sleep(0.02)
    heard = call.rtp.heard(1.5)
    assert audio.share_of(heard, 440) > 0.9, "the peer does not hear itself"
    assert audio.share_of(heard, 1500) < 0.01, "the stranger is heard"
    stranger.settimeout(0.3)
    try:
        got = stranger.recv(2000)
    except TimeoutError:
        got = b""
    assert not got, "the stranger was sent the call's sound"
    call.hang_up()
    call.rtp.close()
    victim.close()
