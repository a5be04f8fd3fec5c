"""Refusals: each is the right exception, which shows what the service said."""

import time

import httpx2
import openai
import pytest
from openai import Omit, OpenAI

from conftest import KEY
from values import OBJECTS

KINDS = {
    400: openai.BadRequestError,
    401: openai.AuthenticationError,
    403: openai.PermissionDeniedError,
    404: openai.NotFoundError,
    409: openai.ConflictError,
    422: openai.UnprocessableEntityError,
    429: openai.RateLimitError,
    500: openai.InternalServerError,
    503: openai.InternalServerError,
}
DETAILS = {"message": "It is not to be.", "type": "some_type", "param": "thread_id", "code": "some_code"}


def raised(kind, call):
    with pytest.raises(openai.APIError) as caught:
        call()
    error = caught.value
    assert type(error) is kind
    return error


def shown(error):
    """What the exception says of the error that was sent."""
    body = error.body
    assert body == {"message": body["message"], "type": error.type, "param": error.param, "code": error.code}
    return {**body, "status": error.status_code}


@pytest.mark.parametrize("status", KINDS)
def test_of_the_service(service, client, status):
    headers = {"x-trace": "abc"}
    service.will({"error": {"status": status, "headers": headers, **DETAILS}})
    error = raised(KINDS[status], lambda: client.beta.threads.retrieve("thread_1"))
    assert shown(error) == {**DETAILS, "status": status}
    assert DETAILS["message"] in error.message
    assert error.response.headers["x-trace"] == "abc"
    [asked] = service.asked()
    assert error.request_id == asked["request_id"]


@pytest.mark.parametrize("status", KINDS)
def test_as_documented(service, run_async, status):
    """The reply that the document calls `default`."""
    service.will({"documented": {"status": status, "body": {"error": {**DETAILS, "param": None, "code": None}}}})

    async def call(client):
        with pytest.raises(openai.APIError) as caught:
            await client.beta.assistants.create(model="gpt-4o")
        return caught.value

    error = run_async(call)
    assert type(error) is KINDS[status]
    assert shown(error) == {**DETAILS, "param": None, "code": None, "status": status}


def test_a_panic_tells_nothing(service, client):
    service.will({"panic": "secret"})
    error = raised(openai.InternalServerError, lambda: client.beta.threads.retrieve("thread_1"))
    assert (error.type, error.param, error.code) == ("server_error", None, None)
    assert "secret" not in error.response.text


# What the generated server refuses before the service is asked: how it is provoked, what is said.
BAD_REQUESTS = {
    "a value of a wrong type": (
        lambda beta: beta.assistants.create(model="gpt-4o", temperature="hot"),
        ("temperature", "invalid_value"),
    ),
    "a value beyond its limit": (
        lambda beta: beta.assistants.create(model="gpt-4o", temperature=3),
        ("temperature", "invalid_value"),
    ),
    "a value deep inside": (
        lambda beta: beta.threads.create(messages=[{"role": "user", "content": []}]),
        ("messages[0].content", "invalid_value"),
    ),
    "a text of another format": (
        lambda beta: beta.threads.messages.create(
            "thread_1", role="user", content=[{"type": "image_url", "image_url": {"url": "a picture"}}]
        ),
        ("content[0].image_url.url", "invalid_value"),
    ),
    "an unlisted value": (
        lambda beta: beta.threads.messages.create("thread_1", role="robot", content="Hello"),
        ("role", "invalid_value"),
    ),
    "a missing property": (
        lambda beta: beta.assistants.create(model=Omit()),
        ("model", "invalid_value"),
    ),
    "an unknown property": (
        lambda beta: beta.assistants.create(model="gpt-4o", extra_body={"colour": "red"}),
        ("colour", "invalid_value"),
    ),
    "a parameter beyond its limit": (
        lambda beta: beta.assistants.list(limit=101),
        ("limit", "invalid_value"),
    ),
    "a parameter of a wrong type": (
        lambda beta: beta.assistants.list(limit="many"),
        ("limit", "invalid_value"),
    ),
    "an unlisted parameter": (
        lambda beta: beta.assistants.list(order="sideways"),
        ("order", "invalid_value"),
    ),
    "a missing header": (
        lambda beta: beta.assistants.list(extra_headers={"OpenAI-Beta": Omit()}),
        (None, "invalid_beta"),
    ),
    "another version": (
        lambda beta: beta.assistants.list(extra_headers={"OpenAI-Beta": "assistants=v1"}),
        (None, "invalid_beta"),
    ),
}


@pytest.mark.parametrize("what", BAD_REQUESTS)
def test_bad_requests(service, client, what):
    call, (param, code) = BAD_REQUESTS[what]
    error = raised(openai.BadRequestError, lambda: call(client.beta))
    assert (error.type, error.param, error.code) == ("invalid_request_error", param, code)
    assert error.request_id.startswith("req_")
    assert service.asked() == []


# Who is refused: the header, and what is said.
STRANGERS = {
    "a wrong key": ("Bearer sk-wrong", "invalid_api_key"),
    "no key": (Omit(), "missing_credentials"),
    "another scheme": ("Basic c2stcGVlcnM6", "missing_credentials"),
}


@pytest.mark.parametrize("who", STRANGERS)
def test_strangers(service, client, who):
    """A stranger is told nothing of the request, which is wrong as well."""
    header, code = STRANGERS[who]
    headers = {"authorization": header, "OpenAI-Beta": Omit()}
    error = raised(openai.AuthenticationError, lambda: client.beta.assistants.list(extra_headers=headers))
    assert (error.param, error.code) == (None, code)
    assert error.response.headers["www-authenticate"].startswith("Bearer")
    assert service.asked() == []


def test_an_unknown_path(service):
    with OpenAI(api_key=KEY, base_url=service.base_url + "/v2", max_retries=0) as client:
        error = raised(openai.NotFoundError, lambda: client.beta.assistants.list())
    assert error.code == "unknown_url"


def test_a_path_with_another_method(service, client):
    with pytest.raises(openai.APIStatusError) as caught:
        client.put("/assistants", cast_to=object)
    assert caught.value.status_code == 405
    assert caught.value.code == "method_not_supported"
    assert caught.value.response.headers["allow"]


def test_another_media_type(service, client):
    with pytest.raises(openai.APIStatusError) as caught:
        client.beta.assistants.create(model="gpt-4o", extra_headers={"content-type": "text/plain"})
    assert caught.value.status_code == 415
    assert caught.value.code == "unsupported_content_type"


BETA = {"headers": {"OpenAI-Beta": "assistants=v2"}}

# What can be sent only past the methods of the SDK: how, and what is said.
UNFIT_REQUESTS = {
    "no body": (
        lambda client: client.post("/assistants", cast_to=object, options=BETA),
        (None, "missing_body"),
    ),
    "a path that does not decode": (
        lambda client: client.get("/threads/%ff", cast_to=object, options=BETA),
        ("thread_id", "invalid_value"),
    ),
    "a query that does not decode": (
        lambda client: client.get("/assistants?limit=%ff", cast_to=object, options=BETA),
        ("limit", "invalid_value"),
    ),
}


@pytest.mark.parametrize("what", UNFIT_REQUESTS)
def test_unfit_requests(service, client, what):
    call, (param, code) = UNFIT_REQUESTS[what]
    error = raised(openai.BadRequestError, lambda: call(client))
    assert (error.type, error.param, error.code) == ("invalid_request_error", param, code)
    assert service.asked() == []


class Sending(httpx2.HTTPTransport):
    """Sends other bodies than the SDK has made: in the pieces that `pieces(body)` gives."""

    def __init__(self, pieces):
        super().__init__()
        self._pieces = pieces

    def handle_request(self, request):
        headers = {name: value for name, value in request.headers.items() if name != "content-length"}
        pieces = self._pieces(request.read())
        return super().handle_request(httpx2.Request(request.method, request.url, headers=headers, content=pieces))


def half(body):
    yield body[: len(body) // 2]


def slow(body):
    yield body[:1]
    time.sleep(1)
    yield body[1:]


def other_client(service, path, pieces=iter):
    """The SDK, connected to a service beside the usual one."""
    http_client = httpx2.Client(transport=Sending(pieces) if pieces is not iter else None)
    return OpenAI(api_key=KEY, base_url=service.url + path, max_retries=0, timeout=10, http_client=http_client)


# What the server makes of bodies: where it listens, what is done to the body, which exception, and what is said.
BODIES = {
    "half a body": ("/v1", half, openai.BadRequestError, 400, "invalid_body"),
    "a slow body": ("/small/v1", slow, openai.APIStatusError, 408, "request_timeout"),
    "a long body": ("/small/v1", iter, openai.APIStatusError, 413, "request_too_large"),
    "a body for nobody": ("/absent/v1", iter, openai.InternalServerError, 501, "not_implemented"),
}


@pytest.mark.parametrize("what", BODIES)
def test_bodies(service, what):
    path, pieces, kind, status, code = BODIES[what]
    instructions = "x" * (100_000 if status == 413 else 100)
    with other_client(service, path, pieces) as client:
        error = raised(kind, lambda: client.beta.assistants.create(model="gpt-4o", instructions=instructions))
    assert (error.status_code, error.param, error.code) == (status, None, code)
    assert error.request_id.startswith("req_")
    assert service.asked() == []


@pytest.mark.parametrize("status", [408, 409, 429, 500, 503])
def test_retries(service, status):
    """What the SDK tries again is what it may; the id that the caller gives is kept."""
    service.will(
        {"error": {"status": status, "message": "Again.", "headers": {"retry-after-ms": "1"}}},
        {"json": OBJECTS["thread"]},
    )
    with OpenAI(api_key=KEY, base_url=service.base_url, max_retries=1) as client:
        thread = client.beta.threads.retrieve("thread_1", extra_headers={"x-request-id": "mine-1"})
    assert thread._request_id == "mine-1"
    counts = [asked["headers"]["x-stainless-retry-count"] for asked in service.asked()]
    assert counts == ["0", "1"]
