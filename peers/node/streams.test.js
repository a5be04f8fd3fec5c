// Event streams: as the SDK iterates them, and as its `AssistantStream` puts them together.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import OpenAI from 'openai';

import { asked, client, OBJECTS, plain, VALUES, will } from './harness.js';

const { threads } = client.beta;
const { runs } = threads;
const { stream: STREAM, every_event: EVERY } = VALUES;

const RUN = { assistant_id: 'asst_1' };
const OUTPUTS = { thread_id: 'thread_1', tool_outputs: [{ tool_call_id: 'call_1', output: '2' }] };
const BROKEN = { message: 'It broke.', type: 'server_error', param: null, code: 'overloaded' };

const OPENED = {
  createRun: () => runs.create('thread_1', { ...RUN, stream: true }),
  createThreadAndRun: () => threads.createAndRun({ ...RUN, stream: true }),
  submitToolOuputsToRun: () => runs.submitToolOutputs('run_1', { ...OUTPUTS, stream: true }),
};
const HELPED = {
  createRun: () => runs.stream('thread_1', RUN),
  createThreadAndRun: () => threads.createAndRunStream(RUN),
  submitToolOuputsToRun: () => runs.submitToolOutputsStream('run_1', OUTPUTS),
};

const enveloped = (events) => events.map(([event, data]) => ({ event, data }));

async function collect(events) {
  const all = [];
  for await (const event of events) all.push(plain(event));
  return all;
}

async function sawStream(operation) {
  const [seen] = await asked();
  assert.equal(seen.operation, operation);
  assert.equal(seen.request.body.stream, true);
}

for (const [operation, open] of Object.entries(OPENED)) {
  test(`${operation}: every event`, async () => {
    await will({ events: { list: EVERY } });
    assert.deepEqual(await collect(await open()), enveloped(EVERY));
    await sawStream(operation);
  });

  for (const [how, events] of Object.entries({
    'as the document has it': { list: [...STREAM.slice(0, 2), ['error', BROKEN]] },
    "by the service's failure": { list: STREAM.slice(0, 2), failure: { status: 500, ...BROKEN } },
  })) {
    test(`${operation}: an error event, ${how}`, async () => {
      await will({ events });
      const seen = [];
      const reading = (async () => {
        for await (const event of await open()) seen.push(event.event);
      })();
      await assert.rejects(reading, (error) => {
        assert.equal(error.constructor, OpenAI.APIError);
        const { message, type, param, code } = error.error;
        assert.deepEqual({ message, type, param, code }, BROKEN);
        assert.deepEqual([error.type, error.param, error.code], ['server_error', null, 'overloaded']);
        assert.match(error.requestID, /^req_/);
        return true;
      });
      assert.deepEqual(seen, ['thread.created', 'thread.run.created']);
    });
  }
}

for (const [operation, open] of Object.entries(HELPED)) {
  test(`${operation}: put together`, async () => {
    await will({ events: { list: STREAM } });
    const notes = [];
    const stream = open()
      .on('event', ({ event }) => notes.push(event))
      .on('textCreated', () => notes.push('text'))
      .on('textDelta', (delta, snapshot) => notes.push(`+${delta.value} = ${snapshot.value}`))
      .on('textDone', ({ value }) => notes.push(`text: ${value}`))
      .on('toolCallCreated', ({ id }) => notes.push(`call ${id}`))
      .on('toolCallDelta', (_, { code_interpreter }) => notes.push(`call = ${code_interpreter.input}`))
      .on('toolCallDone', ({ code_interpreter }) => notes.push(`call: ${code_interpreter.outputs.length}`))
      .on('imageFileDone', ({ file_id }) => notes.push(`image: ${file_id}`))
      .on('messageDone', ({ status }) => notes.push(`message: ${status}`))
      .on('runStepDone', ({ status }) => notes.push(`step: ${status}`))
      .on('end', () => notes.push('end'));

    assert.deepEqual(plain(await stream.finalRun()), OBJECTS.run_completed);
    assert.deepEqual(plain(await stream.finalMessages()), [OBJECTS.message_done]);
    assert.deepEqual(plain(await stream.finalRunSteps()), [OBJECTS.step_of_code]);
    assert.deepEqual(notes, DIARY);
    await sawStream(operation);
  });
}

const DIARY = [
  'thread.created',
  'thread.run.created',
  'thread.run.queued',
  'thread.run.in_progress',
  'thread.run.step.created',
  'thread.run.step.in_progress',
  'thread.run.step.delta',
  'call call_2',
  'thread.run.step.delta',
  'call = print(1)',
  'thread.run.step.delta',
  'call = print(1)',
  'thread.run.step.completed',
  'call: 2',
  'step: completed',
  'thread.message.created',
  'thread.message.in_progress',
  'thread.message.delta',
  'text',
  '+Hello = Hello',
  'thread.message.delta',
  '+, 世 = Hello, 世',
  'thread.message.delta',
  '+界! = Hello, 世界!',
  'thread.message.delta',
  'text: Hello, 世界!',
  'thread.message.completed',
  'image: file_5',
  'message: completed',
  'thread.run.completed',
  'end',
];

test('tools between two streams', async () => {
  const first = EVERY.filter(([event]) => ['thread.run.created', 'thread.run.requires_action'].includes(event));
  await will({ events: { list: first } }, { events: { list: STREAM.slice(10) } });

  const run = await runs.stream('thread_1', RUN).finalRun();
  assert.equal(run.status, 'requires_action');
  const [call] = run.required_action.submit_tool_outputs.tool_calls;
  const tool_outputs = [{ tool_call_id: call.id, output: '2' }];
  const rest = runs.submitToolOutputsStream(run.id, { thread_id: run.thread_id, tool_outputs });
  assert.equal((await rest.finalRun()).status, 'completed');

  const [, seen] = await asked();
  assert.deepEqual(seen.request.body.tool_outputs, tool_outputs);
});

test('a helper passes an error event on', async () => {
  await will({ events: { list: [...STREAM.slice(0, 4), ['error', BROKEN]] } });
  await assert.rejects(runs.stream('thread_1', RUN).finalRun(), { code: 'overloaded', type: 'server_error' });
});

test('leaving early', async () => {
  await will({ events: { list: Array(50).fill(STREAM).flat() } }, { json: OBJECTS.run_completed });
  for await (const event of await OPENED.createRun()) {
    assert.equal(event.event, 'thread.created');
    break;
  }
  assert.equal((await runs.retrieve('run_1', { thread_id: 'thread_1' })).status, 'completed');
});

test('a refused stream', async () => {
  await will({ error: { status: 429, message: 'Slow down.', type: 'requests', code: 'rate_limit_exceeded' } });
  const stream = runs.stream('thread_1', RUN);
  await assert.rejects(stream.finalRun(), (error) => {
    assert.ok(error instanceof OpenAI.RateLimitError);
    assert.deepEqual([error.code, error.type], ['rate_limit_exceeded', 'requests']);
    return true;
  });
});
