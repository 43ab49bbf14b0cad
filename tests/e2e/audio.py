"""Tones, G.711 and what was heard: lengths, levels, spectrum, gaps."""

import audioop
import math
import struct
import subprocess

import numpy

FRAME = 160  # samples of 20 ms at 8 kHz


def sine(frequency, start, count, rate=8000, level=8000):
    return struct.pack(
        f"<{count}h",
        *(int(level * math.sin(2 * math.pi * frequency * (start + i) / rate)) for i in range(count)),
    )


def encode(payload_type, pcm):
    return audioop.lin2alaw(pcm, 2) if payload_type == 8 else audioop.lin2ulaw(pcm, 2)


def decode(payload_type, payload):
    return audioop.alaw2lin(payload, 2) if payload_type == 8 else audioop.ulaw2lin(payload, 2)


def strongest(samples, rate=8000):
    """The frequency with the most energy, in Hz, and the RMS level."""
    samples = numpy.asarray(samples, dtype=float)
    if len(samples) == 0:
        return 0.0, 0.0
    spectrum = numpy.abs(numpy.fft.rfft(samples * numpy.hanning(len(samples))))
    return float(numpy.argmax(spectrum) * rate / len(samples)), float(numpy.sqrt(numpy.mean(samples**2)))


def share_of(samples, frequency, rate=8000, width=30):
    """How much of the energy lies within `width` Hz of `frequency`, 0..1."""
    samples = numpy.asarray(samples, dtype=float)
    power = numpy.abs(numpy.fft.rfft(samples * numpy.hanning(len(samples)))) ** 2
    frequencies = numpy.fft.rfftfreq(len(samples), 1 / rate)
    near = power[numpy.abs(frequencies - frequency) <= width].sum()
    return float(near / max(power.sum(), 1e-9))


def decode_opus(path, rate=8000):
    """The channels of a recording as arrays, decoded by ffmpeg."""
    raw = subprocess.run(
        ["ffmpeg", "-v", "error", "-i", str(path), "-f", "s16le", "-ar", str(rate), "-ac", "2", "-"],
        check=True, capture_output=True,
    ).stdout
    samples = numpy.frombuffer(raw, dtype="<i2").reshape(-1, 2)
    return samples[:, 0], samples[:, 1]
