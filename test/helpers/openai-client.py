"""OpenAI's Python client against a server: prints what it got as one line of JSON."""

import base64
import json
import sys

import openai

base_url, key = sys.argv[1:3]
client = openai.OpenAI(base_url=base_url, api_key=key, max_retries=0)
result = {"version": openai.__version__}

result["models"] = [model.id for model in client.models.list()]
result["model"] = client.models.retrieve("tts-1").owned_by

whole = client.audio.speech.create(model="tts-1", voice="alloy", input="One two.", response_format="pcm")
result["whole"] = base64.b64encode(whole.read()).decode()

with client.audio.speech.with_streaming_response.create(
    model="gpt-4o-mini-tts", voice={"id": "heart"}, input="One two.", response_format="wav", instructions="Cheerfully."
) as response:
    result["type"] = response.headers["content-type"]
    result["streamed"] = base64.b64encode(b"".join(response.iter_bytes(1024))).decode()

with client.audio.speech.with_streaming_response.create(
    model="gpt-4o-mini-tts", voice="heart", input="One two.", response_format="pcm", stream_format="sse"
) as response:
    result["events"] = [json.loads(line[6:]) for line in response.iter_lines() if line.startswith("data: ")]

errors = {}


def failing(name, call):
    try:
        call()
    except openai.APIStatusError as error:
        errors[name] = [type(error).__name__, error.status_code, error.code, error.param, error.type]


failing("voice", lambda: client.audio.speech.create(model="tts-1", voice="hart", input="One."))
failing("input", lambda: client.audio.speech.create(model="tts-1", voice="heart", input=""))
failing("model", lambda: client.models.retrieve("nobody"))
failing("key", lambda: client.with_options(api_key="wrong").models.list())
result["errors"] = errors
print(json.dumps(result))
