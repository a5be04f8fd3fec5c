// All operations: the service sees what the SDK's caller said, and the caller sees what the service said.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { asked, CASES, client, plain, will } from './harness.js';

const { assistants, threads } = client.beta;
const { messages, runs } = threads;

/** Those of the parameters that this list does not name, and the body. */
const given = ({ body, ...parameters }, ...path) => {
  for (const name of path) delete parameters[name];
  return { ...parameters, ...body };
};

// How the SDK is asked for each operation, given the request that the service is to see.
const CALLS = {
  listAssistants: (q) => assistants.list(given(q)),
  createAssistant: (q) => assistants.create(q.body),
  getAssistant: (q) => assistants.retrieve(q.assistant_id),
  modifyAssistant: (q) => assistants.update(q.assistant_id, q.body),
  deleteAssistant: (q) => assistants.delete(q.assistant_id),
  createThread: (q) => threads.create(q.body),
  createThreadAndRun: (q) => threads.createAndRun(q.body),
  getThread: (q) => threads.retrieve(q.thread_id),
  modifyThread: (q) => threads.update(q.thread_id, q.body),
  deleteThread: (q) => threads.delete(q.thread_id),
  listMessages: (q) => messages.list(q.thread_id, given(q, 'thread_id')),
  createMessage: (q) => messages.create(q.thread_id, q.body),
  getMessage: (q) => messages.retrieve(q.message_id, given(q, 'message_id')),
  modifyMessage: (q) => messages.update(q.message_id, given(q, 'message_id')),
  deleteMessage: (q) => messages.delete(q.message_id, given(q, 'message_id')),
  listRuns: (q) => runs.list(q.thread_id, given(q, 'thread_id')),
  createRun: (q) => runs.create(q.thread_id, given(q, 'thread_id')),
  getRun: (q) => runs.retrieve(q.run_id, given(q, 'run_id')),
  modifyRun: (q) => runs.update(q.run_id, given(q, 'run_id')),
  cancelRun: (q) => runs.cancel(q.run_id, given(q, 'run_id')),
  listRunSteps: (q) => runs.steps.list(q.run_id, given(q, 'run_id')),
  getRunStep: (q) => runs.steps.retrieve(q.step_id, given(q, 'step_id')),
  submitToolOuputsToRun: (q) => runs.submitToolOutputs(q.run_id, given(q, 'run_id')),
};

test('the table has all operations', () => {
  assert.equal(Object.keys(CALLS).length, 23);
  assert.deepEqual(Object.keys(CALLS).sort(), Object.keys(CASES).sort());
});

for (const [operation, call] of Object.entries(CALLS)) {
  const { request, answer } = CASES[operation];

  test(operation, async () => {
    await will({ json: answer });
    const { data, response, request_id } = await call(request).withResponse();

    const [seen] = await asked();
    assert.equal(seen.operation, operation);
    assert.deepEqual(seen.request, request);
    assert.equal(seen.headers.authorization, 'Bearer sk-peers');
    assert.equal(seen.headers['openai-beta'], 'assistants=v2');

    assert.equal(response.status, 200);
    assert.equal(response.headers.get('content-type'), 'application/json');
    assert.equal(request_id, seen.request_id);
    if (!operation.startsWith('list')) {
      assert.equal(data._request_id, seen.request_id);
      assert.deepEqual(plain(data), answer);
    } else {
      const { data: items, has_more } = data;
      assert.deepEqual(plain({ items, has_more }), { items: answer.data, has_more: answer.has_more });
    }
  });

  test(`${operation}, the response as it is`, async () => {
    await will({ json: answer });
    const response = await call(request).asResponse();
    assert.deepEqual(await response.json(), answer);
  });
}

test('a thread of nothing', async () => {
  await will({ json: CASES.getThread.answer });
  await threads.create();
  const [seen] = await asked();
  assert.ok(seen.request.body === null || Object.keys(seen.request.body).length === 0);
});
