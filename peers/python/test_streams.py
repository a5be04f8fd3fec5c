"""Event streams: as the SDK iterates them, and as its `AssistantEventHandler` puts them together."""

import openai
import pytest
from openai import AssistantEventHandler, AsyncAssistantEventHandler

from values import OBJECTS, VALUES, check

STREAM, EVERY = VALUES["stream"], VALUES["every_event"]
RUN = {"thread_id": "thread_1", "assistant_id": "asst_1"}
OUTPUTS = {"thread_id": "thread_1", "run_id": "run_1", "tool_outputs": [{"tool_call_id": "call_1", "output": "2"}]}
BROKEN = {"message": "It broke.", "type": "server_error", "param": None, "code": "overloaded"}

# The three operations that stream, as a method and its arguments, by the id of the operation.
OPENED = {
    "createRun": (lambda threads: threads.runs.create, RUN),
    "createThreadAndRun": (lambda threads: threads.create_and_run, {"assistant_id": "asst_1"}),
    "submitToolOuputsToRun": (lambda threads: threads.runs.submit_tool_outputs, OUTPUTS),
}
# The same through the helpers of the SDK.
HELPED = {
    "createRun": (lambda threads: threads.runs.stream, RUN),
    "createThreadAndRun": (lambda threads: threads.create_and_run_stream, {"assistant_id": "asst_1"}),
    "submitToolOuputsToRun": (lambda threads: threads.runs.submit_tool_outputs_stream, OUTPUTS),
}


def check_request(service, operation):
    [asked] = service.asked()
    assert asked["operation"] == operation
    assert asked["request"]["body"]["stream"] is True
    return asked


def check_events(events, sent):
    assert [event.event for event in events] == [name for name, _ in sent]
    for event, (name, data) in zip(events, sent, strict=True):
        check(event, {"event": name, "data": data})


@pytest.mark.parametrize("operation", OPENED)
def test_every_event(service, client, operation):
    service.will({"events": {"list": EVERY}})
    method, arguments = OPENED[operation]
    with method(client.beta.threads)(stream=True, **arguments) as events:
        assert events.response.headers["content-type"].startswith("text/event-stream")
        check_events(list(events), EVERY)
    check_request(service, operation)


@pytest.mark.parametrize("operation", OPENED)
def test_every_event_async(service, run_async, operation):
    service.will({"events": {"list": EVERY}})
    method, arguments = OPENED[operation]

    async def read(client):
        events = await method(client.beta.threads)(stream=True, **arguments)
        return [event async for event in events]

    check_events(run_async(read), EVERY)
    check_request(service, operation)


@pytest.mark.parametrize("streams", [False, None])
def test_no_stream_unless_asked_for(service, client, streams):
    service.will({"json": OBJECTS["run_queued"]})
    body = {"extra_body": {"stream": streams}}
    run = client.beta.threads.runs.create(**RUN, **body)
    assert run.status == "queued"
    [asked] = service.asked()
    assert asked["request"]["body"]["stream"] is streams


class Diary(AssistantEventHandler):
    """Notes every call back."""

    def __init__(self):
        super().__init__()
        self.notes = []

    def on_event(self, event):
        self.notes.append(event.event)

    def on_text_created(self, text):
        self.notes.append("text")

    def on_text_delta(self, delta, snapshot):
        self.notes.append(f"+{delta.value} = {snapshot.value}")

    def on_text_done(self, text):
        self.notes.append(f"text: {text.value}")

    def on_tool_call_created(self, tool_call):
        self.notes.append(f"call {tool_call.id}")

    def on_tool_call_delta(self, delta, snapshot):
        self.notes.append(f"call = {snapshot.code_interpreter.input}")

    def on_tool_call_done(self, tool_call):
        outputs = [output.type for output in tool_call.code_interpreter.outputs]
        self.notes.append(f"call: {outputs}")

    def on_image_file_done(self, image_file):
        self.notes.append(f"image: {image_file.file_id}")

    def on_message_done(self, message):
        self.notes.append(f"message: {message.status}")

    def on_run_step_done(self, run_step):
        self.notes.append(f"step: {run_step.status}")

    def on_end(self):
        self.notes.append("end")


DIARY = [
    "thread.created",
    "thread.run.created",
    "thread.run.queued",
    "thread.run.in_progress",
    "thread.run.step.created",
    "thread.run.step.in_progress",
    "thread.run.step.delta",
    "call call_2",
    "thread.run.step.delta",
    "call = print(1)",
    "thread.run.step.delta",
    "call = print(1)",
    "thread.run.step.completed",
    "call: ['logs', 'image']",
    "step: completed",
    "thread.message.created",
    "thread.message.in_progress",
    "thread.message.delta",
    "text",
    "+Hello = Hello",
    "thread.message.delta",
    "+, 世 = Hello, 世",
    "thread.message.delta",
    "+界! = Hello, 世界!",
    "thread.message.delta",
    "text: Hello, 世界!",
    "thread.message.completed",
    "image: file_5",
    "message: completed",
    "thread.run.completed",
    "call: ['logs', 'image']",
    "end",
]


def check_final(run, steps, messages):
    check(run, OBJECTS["run_completed"])
    [step], [message] = steps, messages
    assert without_index(step.step_details.to_dict()) == OBJECTS["step_of_code"]["step_details"]
    check(message, OBJECTS["message_done"])


def without_index(value):
    """What the SDK puts together from deltas keeps their places in the lists."""
    if isinstance(value, list):
        return [without_index(item) for item in value]
    if isinstance(value, dict):
        return {key: without_index(item) for key, item in value.items() if key != "index"}
    return value


@pytest.mark.parametrize("operation", HELPED)
def test_handler(service, client, operation):
    service.will({"events": {"list": STREAM}})
    method, arguments = HELPED[operation]
    with method(client.beta.threads)(event_handler=Diary(), **arguments) as handler:
        handler.until_done()
    assert handler.notes == DIARY
    check_final(handler.get_final_run(), handler.get_final_run_steps(), handler.get_final_messages())
    asked = check_request(service, operation)
    assert asked["headers"]["x-stainless-custom-event-handler"] == "true"


@pytest.mark.parametrize("operation", HELPED)
def test_handler_async(service, run_async, operation):
    service.will({"events": {"list": STREAM}})
    method, arguments = HELPED[operation]

    async def read(client):
        handler = AsyncAssistantEventHandler()
        async with method(client.beta.threads)(event_handler=handler, **arguments) as handler:
            text = "".join([delta async for delta in handler.text_deltas])
            final = (
                await handler.get_final_run(),
                await handler.get_final_run_steps(),
                await handler.get_final_messages(),
            )
            return text, final

    text, final = run_async(read)
    assert text == "Hello, 世界!"
    check_final(*final)
    check_request(service, operation)


def test_text_deltas(service, client):
    service.will({"events": {"list": STREAM}})
    with client.beta.threads.runs.stream(**RUN) as handler:
        assert list(handler.text_deltas) == ["Hello", ", 世", "界!"]


def test_tools_between_two_streams(service, client):
    """A stream ends where the run waits for its tools; another goes on from there."""
    first = [event for event in EVERY if event[0] in ("thread.run.created", "thread.run.requires_action")]
    service.will({"events": {"list": first}}, {"events": {"list": STREAM[10:]}})

    runs = client.beta.threads.runs
    with runs.stream(**RUN) as handler:
        run = handler.get_final_run()
    assert run.status == "requires_action"
    [call] = run.required_action.submit_tool_outputs.tool_calls
    outputs = [{"tool_call_id": call.id, "output": "2"}]
    with runs.submit_tool_outputs_stream(run_id=run.id, thread_id=run.thread_id, tool_outputs=outputs) as handler:
        assert handler.get_final_run().status == "completed"

    _, asked = service.asked()
    assert asked["request"]["body"]["tool_outputs"] == outputs


def test_leaving_early(service, client):
    """The connection is free again for the next request."""
    service.will({"events": {"list": STREAM * 50}}, {"json": OBJECTS["run_completed"]})
    with client.beta.threads.runs.create(**RUN, stream=True) as events:
        assert next(iter(events)).event == "thread.created"
    assert client.beta.threads.runs.retrieve("run_1", thread_id="thread_1").status == "completed"


@pytest.mark.parametrize("operation", OPENED)
def test_error_event(service, client, operation):
    """An event as the document has it is an event to this SDK, which gives it to its caller, typed."""
    sent = [*STREAM[:2], ["error", BROKEN]]
    service.will({"events": {"list": sent}})
    method, arguments = OPENED[operation]
    with method(client.beta.threads)(stream=True, **arguments) as events:
        check_events(list(events), sent)


@pytest.mark.parametrize("operation", OPENED)
def test_failure(service, client, operation):
    """The service's own failure is an exception after all that came before it."""
    service.will({"events": {"list": STREAM[:2], "failure": {"status": 500, **BROKEN}}})
    method, arguments = OPENED[operation]
    seen = []
    with pytest.raises(openai.APIError) as caught:
        with method(client.beta.threads)(stream=True, **arguments) as events:
            seen.extend(event.event for event in events)
    assert seen == ["thread.created", "thread.run.created"]
    error = caught.value
    assert type(error) is openai.APIError
    assert error.body == BROKEN
    assert (error.message, error.type, error.param, error.code) == tuple(BROKEN.values())


def test_refused_stream(service, client):
    """A refusal is JSON and an exception, also where a stream was asked for."""
    service.will({"error": {"status": 429, "message": "Slow down.", "type": "requests", "code": "rate_limit_exceeded"}})
    with pytest.raises(openai.RateLimitError) as raised:
        with client.beta.threads.runs.stream(**RUN) as handler:
            handler.until_done()
    assert raised.value.code == "rate_limit_exceeded"
    assert raised.value.type == "requests"
