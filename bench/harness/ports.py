"""Ports for servers that are started to be measured or tested."""

import random
import socket

_handed_out = set()


def free_port():
    """Of TCP and UDP, and the next one is nobody's either. Below the ports that the system gives to connections and
    those of audio: one of these could take it before we do."""
    while True:
        port = random.randrange(6200, 10000, 2)
        with socket.socket() as tcp, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
            try:
                tcp.bind(("127.0.0.1", port))
                udp.bind(("127.0.0.1", port))
            except OSError:
                continue
        if port not in _handed_out:
            _handed_out.add(port)
            return port
