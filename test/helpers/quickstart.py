# The published quickstart of the Voicelab "Websocket TTS" page: only the URL is another.
import asyncio
import base64
import json
import os
import sys
import uuid
import wave

import websockets

WEBSOCKET_URL = sys.argv[1]
API_TOKEN = os.environ.get("API_TOKEN", "token")
OUTPUT = sys.argv[2]


async def stream_tts():
    generation_id = str(uuid.uuid4())
    audio = bytearray()
    headers = {"Authorization": f"Bearer {API_TOKEN}"}
    async with websockets.connect(WEBSOCKET_URL, extra_headers=headers) as websocket:
        await websocket.send(json.dumps({
            "generationId": generation_id,
            "voiceId": "heart",
            "text": "Hello! This is a real-time streaming example.",
            "finalText": False,
            "sampleRate": 24000,
            "cancel": False,
        }))
        await websocket.send(json.dumps({
            "generationId": generation_id,
            "voiceId": "heart",
            "text": " This demonstrates real-time text-to-speech streaming!",
            "finalText": True,
            "cancel": False,
        }))
        async for message in websocket:
            data = json.loads(message)
            if data["type"] == "chunk":
                audio += base64.b64decode(data["audio"])
            elif data["type"] == "finished":
                break
            elif data["type"] == "error":
                raise RuntimeError(data["error"])
    with wave.open(OUTPUT, "wb") as wav:
        wav.setnchannels(1)
        wav.setsampwidth(2)
        wav.setframerate(24000)
        wav.writeframes(bytes(audio))


asyncio.run(stream_tts())
