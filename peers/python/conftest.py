"""The scripted service as a process, and clients of the SDK that are connected to it."""

import asyncio
import json
import os
import subprocess
import urllib.request

import pytest
from openai import AsyncOpenAI, OpenAI

KEY = "sk-peers"


class Service:
    """The service, directed from outside: what it is to answer, and what it was asked."""

    def __init__(self, url):
        self.url = url
        self.base_url = url + "/v1"

    def will(self, *answers):
        """Writes the script."""
        self._control("PUT", "/script", list(answers))

    def asked(self):
        """What was asked since then, once for each answer of the script."""
        seen = self._control("GET", "/asked")
        assert seen["left"] == 0, f"{seen['left']} answers of the script are left"
        return seen["asked"]

    def _control(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        headers = {"content-type": "application/json"}
        request = urllib.request.Request(self.url + path, data, headers, method=method)
        with urllib.request.urlopen(request, timeout=10) as response:
            return json.loads(response.read() or "null")


@pytest.fixture(scope="session")
def process():
    """The service's process, for all tests."""
    command = [os.environ["PEERS_SERVICE"], "scripted", "127.0.0.1:0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        line = process.stdout.readline()
        assert line.startswith("Listening on "), line
        yield line.removeprefix("Listening on ").strip()
        process.kill()


@pytest.fixture
def service(process):
    """The service with an empty script."""
    service = Service(process)
    service.will()
    return service


@pytest.fixture
def client(service):
    """The SDK, without retries."""
    with OpenAI(api_key=KEY, base_url=service.base_url, max_retries=0, timeout=10) as client:
        yield client


@pytest.fixture
def run_async(service):
    """Runs `test(client)` with the SDK's other client."""

    def run(test):
        async def body():
            settings = {"api_key": KEY, "base_url": service.base_url}
            async with AsyncOpenAI(**settings, max_retries=0, timeout=10) as client:
                return await test(client)

        return asyncio.run(body())

    return run
