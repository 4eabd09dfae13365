"""Speech to text on this machine, spoken to as OpenAI's transcription endpoint is.

Runs faster-whisper on one model folder: python serve.py --port 4999 --model /path/to/model [--name whisper-base].
Nothing is fetched from elsewhere and nothing is kept.
"""

import argparse
import json
import threading
import wave
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path

import numpy
from faster_whisper import WhisperModel

BODY_BYTES_MAX = 32 * 1024 * 1024
# Steps of 10 ms: what the encoder is given at least, and behind the end of the sound.
WINDOW_MIN = 1000
WINDOW_REST = 100
# How many times smaller a text becomes when it is packed, above which it says the same again and again.
REPEATS_MAX = 2.4


def fields_of(content_type, body):
    """The parts of a multipart form by name, as bytes."""
    head = b"content-type: " + content_type.encode("latin-1") + b"\r\n\r\n"
    message = BytesParser(policy=HTTP).parsebytes(head + body)
    return {
        part.get_param("name", header="content-disposition"): part.get_payload(decode=True)
        for part in message.iter_parts()
    }


def samples_of(data):
    """Sound at 16 kHz: our own callers send plain WAV, which needs no decoder; other files go through one."""
    try:
        with wave.open(BytesIO(data)) as sound:
            if (sound.getframerate(), sound.getnchannels(), sound.getsampwidth()) == (16000, 1, 2):
                return numpy.frombuffer(sound.readframes(sound.getnframes()), numpy.int16) / numpy.float32(32768)
    except (wave.Error, EOFError):
        pass
    return BytesIO(data)


class ShortWindows(WhisperModel):
    """Encodes as much as was said, and not always the half minute to which Whisper stretches it: a quarter of the work."""

    whole = False
    encoded = None

    def encode(self, features):
        said = numpy.flatnonzero(features.any(axis=0))
        if self.whole or features.ndim != 2 or said.size == 0:
            return super().encode(features)
        end = int(said[-1]) + 1
        # The same sound comes twice when its language is asked for first, the second time without its last step.
        if self.encoded is not None and numpy.array_equal(self.encoded[0][:, :end], features[:, :end]):
            return self.encoded[1]
        window = numpy.ascontiguousarray(features[:, : max(WINDOW_MIN, end + WINDOW_REST)])
        self.encoded = (window, super().encode(window))
        return self.encoded[1]


class Engine:
    """One model; one stretch at a time, for more at once would only take turns on the same processors."""

    def __init__(self, folder, name, threads):
        self.name = name
        self.model = ShortWindows(
            folder, device="cpu", compute_type="int8", cpu_threads=threads, local_files_only=True
        )
        self.multilingual = self.model.model.is_multilingual
        self.languages = sorted(self.model.supported_languages) if self.multilingual else ["en"]
        self.turn = threading.Lock()

    def transcribe(self, data, language, whole=False):
        self.model.whole = whole
        found, info = self.model.transcribe(
            samples_of(data),
            language=language if self.multilingual else None,
            beam_size=1,
            temperature=0.0,
            condition_on_previous_text=False,
            without_timestamps=True,
        )
        return list(found), info

    def write_down(self, data, language):
        wanted = language if language in self.languages else None
        with self.turn:
            segments, info = self.transcribe(data, wanted)
            # In a short window a model may begin again at its end: then it is given the whole one.
            if any(one.compression_ratio > REPEATS_MAX for one in segments):
                segments, info = self.transcribe(data, wanted, whole=True)
        return {
            "task": "transcribe",
            "language": info.language,
            "language_probability": info.language_probability,
            "duration": info.duration,
            "text": "".join(one.text for one in segments).strip(),
            "segments": [
                {
                    "id": number,
                    "start": one.start,
                    "end": one.end,
                    "text": one.text,
                    "avg_logprob": one.avg_logprob,
                    "no_speech_prob": one.no_speech_prob,
                }
                for number, one in enumerate(segments)
            ],
        }


class Handler(BaseHTTPRequestHandler):
    """GET /v1/models and POST /v1/audio/transcriptions."""

    engine = None
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        """What people say is not to be found in a log, not even how often."""

    def answer(self, status, value):
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        if self.path != "/v1/models":
            return self.answer(404, {"error": {"message": "not found"}})
        engine = self.engine
        known = {"id": engine.name, "object": "model", "languages": engine.languages}
        return self.answer(200, {"object": "list", "data": [known]})

    def do_POST(self):
        length = int(self.headers.get("content-length") or 0)
        if length > BODY_BYTES_MAX:
            self.close_connection = True
            return self.answer(413, {"error": {"message": "too large"}})
        body = self.rfile.read(length)
        if self.path != "/v1/audio/transcriptions":
            return self.answer(404, {"error": {"message": "not found"}})
        try:
            fields = fields_of(self.headers.get("content-type", ""), body)
            language = (fields.get("language") or b"").decode() or None
            return self.answer(200, self.engine.write_down(fields["file"], language))
        except Exception as error:  # A file that is no sound must not end the engine.
            return self.answer(400, {"error": {"message": type(error).__name__}})


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--model", required=True)
    parser.add_argument("--name", default=None)
    parser.add_argument("--threads", type=int, default=2)
    asked = parser.parse_args()
    Handler.engine = Engine(asked.model, asked.name or Path(asked.model).name, asked.threads)
    ThreadingHTTPServer((asked.host, asked.port), Handler).serve_forever()


if __name__ == "__main__":
    main()
