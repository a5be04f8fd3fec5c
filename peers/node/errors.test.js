// Refusals: each is the right exception, which shows what the service said.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import OpenAI from 'openai';

import { asked, baseURL, client, OBJECTS, origin, will } from './harness.js';

const { assistants, threads } = client.beta;

const KINDS = {
  400: OpenAI.BadRequestError,
  401: OpenAI.AuthenticationError,
  403: OpenAI.PermissionDeniedError,
  404: OpenAI.NotFoundError,
  409: OpenAI.ConflictError,
  422: OpenAI.UnprocessableEntityError,
  429: OpenAI.RateLimitError,
  500: OpenAI.InternalServerError,
  503: OpenAI.InternalServerError,
};
const DETAILS = { message: 'It is not to be.', type: 'some_type', param: 'thread_id', code: 'some_code' };

/** The error that a call fails with: of this class, and no other. */
async function raised(kind, call) {
  const error = await call.then(
    () => assert.fail('the call succeeds'),
    (error) => error,
  );
  assert.equal(error.constructor, kind, error.stack);
  assert.deepEqual([error.error.type, error.error.param, error.error.code], [error.type, error.param, error.code]);
  return error;
}

for (const [status, kind] of Object.entries(KINDS)) {
  test(`${status} of the service`, async () => {
    await will({ error: { status: Number(status), ...DETAILS, headers: { 'x-trace': 'abc' } } });
    const error = await raised(kind, threads.retrieve('thread_1'));
    assert.equal(error.status, Number(status));
    assert.deepEqual(error.error, DETAILS);
    assert.equal(error.message, `${status} ${DETAILS.message}`);
    assert.equal(error.headers.get('x-trace'), 'abc');
    const [seen] = await asked();
    assert.equal(error.requestID, seen.request_id);
  });

  test(`${status} as documented`, async () => {
    const body = { error: { ...DETAILS, param: null, code: null } };
    await will({ documented: { status: Number(status), body } });
    const error = await raised(kind, assistants.create({ model: 'gpt-4o' }));
    assert.deepEqual(error.error, body.error);
  });
}

test('a panic tells nothing', async () => {
  await will({ panic: 'secret' });
  const error = await raised(OpenAI.InternalServerError, threads.retrieve('thread_1'));
  assert.deepEqual([error.type, error.param, error.code], ['server_error', null, null]);
  assert.ok(!error.message.includes('secret'));
});

// What the generated server refuses before the service is asked: how it is provoked, what is said.
const headers = (value) => ({ headers: { 'OpenAI-Beta': value } });
const BAD_REQUESTS = {
  'a value of a wrong type': [() => assistants.create({ model: 'gpt-4o', temperature: 'hot' }), 'temperature'],
  'a value beyond its limit': [() => assistants.create({ model: 'gpt-4o', temperature: 3 }), 'temperature'],
  'a value deep inside': [
    () => threads.create({ messages: [{ role: 'user', content: [] }] }),
    'messages[0].content',
  ],
  'an unlisted value': [() => threads.messages.create('thread_1', { role: 'robot', content: 'Hello' }), 'role'],
  'a missing property': [() => assistants.create({}), 'model'],
  'an unknown property': [() => assistants.create({ model: 'gpt-4o', colour: 'red' }), 'colour'],
  'a parameter beyond its limit': [() => assistants.list({ limit: 0 }), 'limit'],
  'a parameter of a wrong type': [() => assistants.list({ limit: 'many' }), 'limit'],
  'an unlisted parameter': [() => assistants.list({ order: 'sideways' }), 'order'],
  'a missing header': [() => assistants.list({}, headers(null)), null, 'invalid_beta'],
  'another version': [() => assistants.list({}, headers('assistants=v1')), null, 'invalid_beta'],
};

for (const [what, [call, param, code = 'invalid_value']] of Object.entries(BAD_REQUESTS)) {
  test(what, async () => {
    await will();
    const error = await raised(OpenAI.BadRequestError, call());
    assert.deepEqual([error.type, error.param, error.code], ['invalid_request_error', param, code]);
    assert.match(error.requestID, /^req_/);
    assert.deepEqual(await asked(), []);
  });
}

// Who is refused: the header, and what is said.
const STRANGERS = {
  'a wrong key': ['Bearer sk-wrong', 'invalid_api_key'],
  'no key': [null, 'missing_credentials'],
  'another scheme': ['Basic c2stcGVlcnM6', 'missing_credentials'],
};

for (const [who, [authorization, code]] of Object.entries(STRANGERS)) {
  test(who, async () => {
    await will();
    const headers = { authorization, 'OpenAI-Beta': null };
    const error = await raised(OpenAI.AuthenticationError, assistants.list({}, { headers }));
    assert.deepEqual([error.param, error.code], [null, code]);
    assert.match(error.headers.get('www-authenticate'), /^Bearer/);
    assert.deepEqual(await asked(), []);
  });
}

test('an unknown path', async () => {
  const error = await raised(OpenAI.NotFoundError, client.get('/assistant'));
  assert.equal(error.code, 'unknown_url');
});

test('a path with another method', async () => {
  const error = await raised(OpenAI.APIError, client.put('/assistants'));
  assert.deepEqual([error.status, error.code], [405, 'method_not_supported']);
  assert.ok(error.headers.get('allow'));
});

test('another media type', async () => {
  const options = { headers: { 'content-type': 'text/plain' } };
  const error = await raised(OpenAI.APIError, assistants.create({ model: 'gpt-4o' }, options));
  assert.deepEqual([error.status, error.code], [415, 'unsupported_content_type']);
});

// What can be sent only past the methods of the SDK: how, and what is said.
const UNFIT_REQUESTS = {
  'no body': [() => client.post('/assistants', headers('assistants=v2')), null, 'missing_body'],
  'a path that does not decode': [() => client.get('/threads/%ff', headers('assistants=v2')), 'thread_id'],
  'a query that does not decode': [() => client.get('/assistants?limit=%ff', headers('assistants=v2')), 'limit'],
};

for (const [what, [call, param, code = 'invalid_value']] of Object.entries(UNFIT_REQUESTS)) {
  test(what, async () => {
    await will();
    const error = await raised(OpenAI.BadRequestError, call());
    assert.deepEqual([error.type, error.param, error.code], ['invalid_request_error', param, code]);
    assert.deepEqual(await asked(), []);
  });
}

/** Half of a body, and nothing more. */
async function* half(body) {
  yield body.slice(0, body.length / 2);
}

/** A body of which most comes late. */
async function* slow(body) {
  yield body.slice(0, 1);
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  yield body.slice(1);
}

/** A `fetch` that sends the body in the pieces that it is given. */
const sending = (pieces) => (url, { body, ...init }) => {
  const headers = new Headers(init.headers);
  headers.delete('content-length');
  const stream = ReadableStream.from(pieces(new TextEncoder().encode(body)));
  return fetch(url, { ...init, headers, body: stream, duplex: 'half' });
};

// What the server makes of bodies: where it listens, what is done to the body, which class, and what is said.
const BODIES = {
  'half a body': ['/v1', half, OpenAI.BadRequestError, 400, 'invalid_body'],
  'a slow body': ['/small/v1', slow, OpenAI.APIError, 408, 'request_timeout'],
  'a long body': ['/small/v1', null, OpenAI.APIError, 413, 'request_too_large'],
  'a body for nobody': ['/absent/v1', null, OpenAI.InternalServerError, 501, 'not_implemented'],
};

for (const [what, [path, pieces, kind, status, code]] of Object.entries(BODIES)) {
  test(what, async () => {
    await will();
    const send = pieces ? { fetch: sending(pieces) } : {};
    const other = new OpenAI({ apiKey: 'sk-peers', baseURL: origin + path, maxRetries: 0, timeout: 10_000, ...send });
    const instructions = 'x'.repeat(status === 413 ? 100_000 : 100);
    const error = await raised(kind, other.beta.assistants.create({ model: 'gpt-4o', instructions }));
    assert.deepEqual([error.status, error.param, error.code], [status, null, code]);
    assert.match(error.requestID, /^req_/);
    assert.deepEqual(await asked(), []);
  });
}

for (const status of [408, 409, 429, 500, 503]) {
  test(`${status} is tried again`, async () => {
    const error = { status, message: 'Again.', headers: { 'retry-after-ms': '1' } };
    await will({ error }, { json: OBJECTS.thread });
    const patient = new OpenAI({ apiKey: 'sk-peers', baseURL, maxRetries: 1 });
    const options = { headers: { 'x-request-id': 'mine-1' } };
    const thread = await patient.beta.threads.retrieve('thread_1', options);
    assert.equal(thread._request_id, 'mine-1');
    const counts = (await asked()).map(({ headers }) => headers['x-stainless-retry-count']);
    assert.deepEqual(counts, ['0', '1']);
  });
}
