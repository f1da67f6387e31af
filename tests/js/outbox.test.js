import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { Outbox } from "../../static/js/live/outbox.js";
import { MemoryStore } from "../../static/js/live/store.js";

/** @import { ClientFrame } from "../../static/js/types.d.ts" */

beforeEach(() => mock.timers.enable({ apis: ["setTimeout"] }));
afterEach(() => mock.timers.reset());

const ANA = 7;
const WEB = 3;

function outboxWith({ store = new MemoryStore(), isOpen = true } = {}) {
  /** @type {ClientFrame[]} */
  const frames = [];
  /** @type {string[]} */
  const states = [];
  const line = { isOpen };
  const send = (/** @type {ClientFrame} */ frame) => line.isOpen && frames.push(JSON.parse(JSON.stringify(frame))) > 0;
  const outbox = new Outbox(store, send, (say) => states.push(`${say.nonce} ${say.state}`));
  const nonces = () => frames.map((frame) => (frame.type === "say" ? frame.nonce : ""));
  return { outbox, store, frames, nonces, states, line };
}

/** @param {string} nonce */
function words(nonce, text = `text of ${nonce}`) {
  return { nonce, owner: ANA, project: WEB, text };
}

test("a say is stored before it is sent", async () => {
  const { outbox, store, frames } = outboxWith();
  const put = mock.method(store, "put", async () => assert.equal(frames.length, 0));
  await outbox.add(words("a"));
  assert.ok(put.mock.callCount() > 0);
  assert.deepEqual(frames, [{ type: "say", nonce: "a", text: "text of a" }]);
});

test("one say is on its way at a time, in the order in which they were said", async () => {
  const { outbox, nonces } = outboxWith();
  await Promise.all(["a", "b", "c"].map((nonce) => outbox.add(words(nonce))));
  assert.deepEqual(nonces(), ["a"]);
  outbox.sent("a");
  outbox.sent("b");
  outbox.sent("c");
  assert.deepEqual(nonces(), ["a", "b", "c"]);
});

test("what was on its way when the connection went is sent again, with the same nonce", async () => {
  const { outbox, nonces, line, states } = outboxWith();
  await outbox.add(words("a"));
  line.isOpen = false;
  outbox.lost(1006);
  outbox.flush();
  line.isOpen = true;
  outbox.flush();
  assert.deepEqual(nonces(), ["a", "a"]);
  assert.deepEqual(states, ["a queued", "a sending", "a queued", "a sending"]);
});

test("a server that is restarted again and again loses nothing and fails nothing", async () => {
  const { outbox, states } = outboxWith();
  await outbox.add(words("a"));
  for (let restart = 0; restart < 10; restart += 1) {
    outbox.lost(1012);
    outbox.flush();
  }
  assert.ok(!states.includes("a failed"));
});

test("a say that makes the server stumble three times fails and lets the next one go", async () => {
  const { outbox, nonces, states } = outboxWith();
  await outbox.add(words("a"));
  await outbox.add(words("b"));
  for (let turn = 0; turn < 3; turn += 1) {
    outbox.lost(1011);
    outbox.flush();
  }
  assert.ok(states.includes("a failed"));
  assert.deepEqual(nonces(), ["a", "a", "a", "b"]);
});

test("after a reload the same words go out under the same nonces", async () => {
  const first = outboxWith({ isOpen: false });
  await first.outbox.add(words("a"));
  await first.outbox.add(words("b"));
  const second = outboxWith({ store: first.store });
  await second.outbox.restore(ANA, WEB);
  second.outbox.sent("a");
  assert.deepEqual(second.nonces(), ["a", "b"]);
});

test("what is acknowledged is not kept", async () => {
  const { outbox, store } = outboxWith();
  await outbox.add(words("a"));
  outbox.sent("a");
  await Promise.resolve();
  assert.deepEqual(await store.all(ANA, WEB), []);
});

test("words belong to the one who wrote them and to the project they were written in", async () => {
  const { outbox, store } = outboxWith({ isOpen: false });
  await outbox.add(words("a"));
  const bob = outboxWith({ store });
  await bob.outbox.restore(8, WEB);
  await bob.outbox.restore(ANA, 4);
  assert.deepEqual(bob.nonces(), []);
  assert.equal((await store.all(ANA, WEB)).length, 1);
});

test("a failed say waits for its author, who may retry or discard it", async () => {
  const { outbox, nonces, store } = outboxWith();
  await outbox.add(words("a"));
  outbox.failed("a", "Guests cannot.");
  assert.equal(outbox.find("a")?.reason, "Guests cannot.");
  outbox.retry("a");
  assert.deepEqual(nonces(), ["a", "a"]);
  outbox.discard("a");
  await Promise.resolve();
  assert.deepEqual(await store.all(ANA, WEB), []);
});

test("a server that does not answer is asked three times", async () => {
  const { outbox, states, nonces } = outboxWith();
  await outbox.add(words("a"));
  for (let turn = 0; turn < 3; turn += 1) mock.timers.tick(15_000);
  assert.deepEqual(nonces(), ["a", "a", "a"]);
  assert.equal(states.at(-1), "a failed");
});

test("a server that asks for patience gets it", async () => {
  const { outbox, nonces } = outboxWith();
  await outbox.add(words("a"));
  outbox.pause(2_000);
  outbox.flush();
  assert.deepEqual(nonces(), ["a"]);
  mock.timers.tick(2_000);
  assert.deepEqual(nonces(), ["a", "a"]);
});

test("patience that is asked for again and again fails nothing: the say goes out in the end", async () => {
  const { outbox, nonces, states } = outboxWith();
  await outbox.add(words("a"));
  for (let turn = 0; turn < 20; turn += 1) {
    outbox.pause(2_000);
    mock.timers.tick(2_000);
  }
  assert.equal(nonces().length, 21);
  assert.ok(!states.includes("a failed"));
});

test("a store that is full does not stop anybody from talking", async () => {
  const errors = mock.method(console, "error", () => {});
  const store = new MemoryStore();
  mock.method(store, "put", async () => {
    throw new Error("QuotaExceededError");
  });
  const { outbox, nonces } = outboxWith({ store });
  await outbox.add(words("a"));
  assert.deepEqual(nonces(), ["a"]);
  errors.mock.restore();
});
