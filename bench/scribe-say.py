"""Speaks sentences with the library of espeak-ng and says when each word is heard.

python scribe-say.py VOICE PITCH < sentences, one a line. Prints, per line, JSON: {"rate", "samples" (base64 of 16-bit
samples), "words": [[word, first sample, first sample of what follows]]}.
"""

import base64
import ctypes
import json
import sys


class Id(ctypes.Union):
    _fields_ = [("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8)]


class Event(ctypes.Structure):
    """espeak_EVENT of speak_lib.h."""

    _fields_ = [
        ("type", ctypes.c_int),
        ("identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", Id),
    ]


LISTEN = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(Event)
)
SYNCHRONOUS, CHARACTERS, UTF8 = 2, 1, 1
LIST_END, WORD = 0, 1
SPEED, PITCH = 1, 3
WORDS_PER_MINUTE = 150


def spoken(library, line, heard):
    """What one line becomes: its samples, and its words with where they begin and end."""
    heard["samples"], heard["events"] = bytearray(), []
    text = line.encode()
    library.espeak_Synth(text, len(text) + 1, 0, CHARACTERS, 0, UTF8, None, None)
    library.espeak_Synchronize()
    events = heard["events"]
    length = len(heard["samples"]) // 2
    words = []
    for at, (kind, position, _, sample) in enumerate(events):
        if kind == WORD:
            later = [one[1] for one in events[at + 1 :] if one[0] == WORD]
            # Short words that are spoken as one, such as "for the", have one event.
            said = line[position - 1 : later[0] - 1 if later else len(line)]
            words.append([said.strip(), sample, events[at + 1][3] if at + 1 < len(events) else length])
    return words


def main():
    voice, pitch = sys.argv[1:]
    library = ctypes.CDLL("libespeak-ng.so.1")
    rate = library.espeak_Initialize(SYNCHRONOUS, 0, None, 0)
    heard = {}

    def listen(samples, count, events):
        if samples:
            heard["samples"].extend(ctypes.string_at(samples, count * 2))
        at = 0
        while events[at].type != LIST_END:
            one = events[at]
            heard["events"].append((one.type, one.text_position, one.length, one.sample))
            at += 1
        return 0

    listening = LISTEN(listen)
    library.espeak_SetSynthCallback(listening)
    library.espeak_SetVoiceByName(voice.encode())
    library.espeak_SetParameter(SPEED, WORDS_PER_MINUTE, 0)
    library.espeak_SetParameter(PITCH, int(pitch), 0)
    for line in sys.stdin.read().splitlines():
        words = spoken(library, line, heard)
        samples = base64.b64encode(heard["samples"]).decode()
        print(json.dumps({"rate": rate, "samples": samples, "words": words}))


if __name__ == "__main__":
    main()
