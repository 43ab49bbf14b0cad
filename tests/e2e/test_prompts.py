"""System recordings: what an administrator sends or writes is what callers hear."""

import struct
import time

import audio
import numpy

OURS = "226000555"


def wav(frequency, seconds, level=700):
    """Stereo at 44.1 kHz, faint, with a second of silence before and behind."""
    quiet = bytes(44100 * 4)
    mono = struct.unpack(f"<{int(44100 * seconds)}h", audio.sine(frequency, 0, int(44100 * seconds), 44100, level))
    tone = struct.pack(f"<{2 * len(mono)}h", *(sample for sample in mono for _ in range(2)))
    data = quiet + tone + quiet
    head = struct.pack("<4sI8sIHHIIHH4sI", b"RIFF", 36 + len(data), b"WAVEfmt ", 16, 1, 2, 44100, 44100 * 4, 4, 16,
                       b"data", len(data))
    return head + data


def send(admin, sound):
    answer = admin.request("POST", "/file/prompt", sound, {"Content-Type": "audio/wav"})
    return answer["file"], answer["duration"]


def route(admin, announcement):
    admin.post("/api/v6/inboundRoutes.json", did=OURS, announcement=announcement,
               destination={"kind": "announcement", "value": announcement})
    admin.post("/api/live/routing/apply")


def test_an_uploaded_recording_is_heard_and_replaced_while_it_plays(office):
    admin = office.user("admin")
    first, seconds = send(admin, wav(700, 6))
    assert 5.9 < seconds < 6.5, "the silence at both ends is gone"
    admin.post("/api/v6/recordings.json", name="hello", title="Hello", file=first)
    route(admin, "hello")
    call = office.outside().call(OURS)
    call.wait("answered")
    call.wait_heard(700)
    samples = call.rtp.heard(0.5)
    level = float(numpy.sqrt(numpy.mean(samples.astype(float) ** 2)))
    assert 1800 < level < 3600, f"as loud as speech: {level}"

    # Another file: who hears the first hears it to its end, the next caller hears the other.
    second, _ = send(admin, wav(1000, 6, level=20000))
    admin.request("PUT", "/api/v6/recordings/hello.json", {"file": second})
    other = office.outside("777000222").call(OURS)
    other.wait("answered")
    other.wait_heard(1000)
    call.wait_heard(700, 1)
    heard = call.rtp.heard(1)
    assert audio.share_of(heard, 1000) < 0.1
    level = float(numpy.sqrt(numpy.mean(other.rtp.heard(0.5).astype(float) ** 2)))
    assert 1800 < level < 3600, f"as loud as the other: {level}"
    call.hang_up()
    other.hang_up()


def test_recordings_outlive_a_crash_and_are_in_a_backup(office, tmp_path):
    admin = office.user("admin")
    file, _ = send(admin, wav(700, 20))
    admin.post("/api/v6/recordings.json", name="tune", title="Tune", file=file)
    admin.request("PUT", "/api/v6/queues/6001.json", {"options": {"music": "tune"}})
    office.server.kill()
    office.server.start()
    call = office.outside().call("226000002")
    call.wait("answered")
    call.wait_heard(700)
    call.hang_up()
    archive = tmp_path / "backup.tar"
    office.server.command("backup", "--data", office.server.data, str(archive))
    assert f"prompts/own/{file}.wav".encode() in archive.read_bytes()


def test_a_text_is_spoken_and_replaces_a_prompt_of_the_system(office):
    admin = office.user("admin")
    # Of no language, it is heard instead of the Czech one, too.
    made = admin.post("/api/v6/recordings.json", name="welcome", title="Welcome",
                      text="Good day. You have reached our company. All of our people are glad to help you.")["result"]
    assert made["replaces_built_in"] and 3 <= made["duration"] <= 12
    route(admin, "welcome")
    call = office.outside().call(OURS)
    call.wait("answered")
    started = time.monotonic()
    office.wait(lambda: len(call.rtp.received) > 100, "two seconds of speech")
    loud = float(numpy.max(numpy.abs(call.rtp.heard(2).astype(float))))
    assert loud > 6000, f"somebody speaks: {loud}"
    call.wait("ended", 30)
    spoken = time.monotonic() - started
    assert spoken > 1.5 * made["duration"], "the announcement, and the destination that is the same once more"
