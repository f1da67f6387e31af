import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Backoff } from "../../static/js/live/backoff.js";
import { Link } from "../../static/js/live/link.js";

/** @import { TransportEvents } from "../../static/js/types.d.ts" */

/** A network that does what the test says. @param {{socket: boolean, polling?: boolean}} works */
function network(works) {
  mock.timers.enable({ apis: ["setTimeout", "Date"] });
  /** @type {string[]} */
  const opened = [];
  /** @type {string[]} */
  const states = [];
  /** @type {TransportEvents[]} */
  const lines = [];
  /** @type {ConstructorParameters<typeof Link>[0]} */
  const make = (means, events) => ({
    open() {
      opened.push(means);
      lines.push(events);
      if (works[means]) events.opened();
      else events.lost({ code: 1006, opened: false });
    },
    close() {},
    send: () => true,
    probe() {},
  });
  const link = new Link(make, () => {}, (state) => states.push(state), new Backoff(() => 0.5));
  return { link, opened, states, lines, works };
}

test("a lost socket is opened again after a growing wait", () => {
  const { link, opened, lines, works } = network({ socket: true });
  link.start();
  works.socket = false;
  lines[0].lost({ code: 1012, opened: true });
  mock.timers.tick(499);
  assert.equal(opened.length, 1);
  mock.timers.tick(1);
  assert.equal(opened.length, 2);
  mock.timers.tick(1_000);
  assert.equal(opened.length, 3);
  mock.timers.reset();
});

test("an attempt that hangs is begun anew when the network is back, and not for every word that is said", () => {
  mock.timers.enable({ apis: ["setTimeout", "Date"] });
  /** @type {string[]} */
  const opened = [];
  const hanging = { close() {}, send: () => false, probe() {} };
  const link = new Link((means) => ({ ...hanging, open: () => opened.push(means) }), () => {}, () => {}, new Backoff(() => 0.5));
  link.hurry();
  assert.equal(opened.length, 0, "it has not begun");
  link.start();
  link.send({ type: "say", nonce: "1", text: "hello" });
  assert.equal(opened.length, 1);
  link.hurry();
  assert.equal(opened.length, 2);
  mock.timers.reset();
});

test("who was shut out is not let in by hurrying", () => {
  const { link, opened, lines } = network({ socket: true });
  link.start();
  lines[0].lost({ code: 4403, opened: true });
  mock.timers.tick(60_000);
  link.hurry();
  assert.equal(opened.length, 1);
  mock.timers.reset();
});

test("who is let in and sent away again waits longer each time, until it is said that all is ready", () => {
  const { link, opened, lines } = network({ socket: true });
  link.start();
  lines[0].lost({ code: 1013, opened: true });
  mock.timers.tick(500);
  lines[1].lost({ code: 1013, opened: true });
  mock.timers.tick(999);
  assert.equal(opened.length, 2);
  mock.timers.tick(1);
  assert.equal(opened.length, 3);
  lines[2].frame({ type: "ready", seq: 1 });
  lines[2].lost({ code: 1012, opened: true });
  mock.timers.tick(500);
  assert.equal(opened.length, 4);
  mock.timers.reset();
});

test("three failed handshakes lead to polling, which goes on looking for a socket", () => {
  const { link, opened, states, works } = network({ socket: false, polling: true });
  let blocked = 0;
  link.onblocked = () => { blocked += 1; };
  link.start();
  mock.timers.tick(500);
  mock.timers.tick(1_000);
  assert.equal(blocked, 0);
  mock.timers.tick(2_000);
  assert.deepEqual(opened.slice(0, 4), ["socket", "socket", "socket", "polling"]);
  assert.equal(link.state, "polling");
  assert.equal(blocked, 0);
  mock.timers.tick(5_000);
  assert.equal(blocked, 1);
  works.socket = true;
  mock.timers.tick(60_000);
  assert.equal(link.state, "live");
  assert.equal(states.at(-1), "live");
  mock.timers.reset();
});

test("a server that was away for long is not taken for a network that blocks", () => {
  const { link, opened, works } = network({ socket: false, polling: true });
  link.onblocked = () => assert.fail("the socket works");
  link.start();
  mock.timers.tick(500);
  mock.timers.tick(1_000);
  works.socket = true;
  mock.timers.tick(2_000);
  assert.deepEqual(opened.slice(3), ["polling", "socket", "socket"]);
  assert.equal(link.state, "live");
  mock.timers.reset();
});

test("a server that goes away between a poll and the answer to a socket is not taken for a network that blocks", () => {
  const { link, opened, lines, works } = network({ socket: false, polling: true });
  link.onblocked = () => assert.fail("it is the server that is away");
  link.start();
  mock.timers.tick(500);
  mock.timers.tick(1_000);
  mock.timers.tick(2_000);
  works.polling = false;
  lines[3].lost({ code: 1006, opened: true });
  assert.equal(link.state, "connecting");
  mock.timers.tick(5_000);
  assert.notEqual(opened.at(-1), undefined);
  mock.timers.reset();
});

test("who is signed out or shut out is not tried again", () => {
  for (const [code, state] of /** @type {Array<[number, string]>} */ ([[4401, "signed-out"], [4403, "shut-out"]])) {
    const { link, opened, lines } = network({ socket: true });
    link.start();
    lines[0].lost({ code, opened: true });
    mock.timers.tick(60_000);
    assert.equal(link.state, state);
    assert.equal(opened.length, 1);
    mock.timers.reset();
  }
});

test("saying something while away tries at once", () => {
  const { link, opened, lines, works } = network({ socket: true });
  link.start();
  works.socket = false;
  lines[0].lost({ code: 1006, opened: true });
  assert.equal(link.send({ type: "say", nonce: "a", text: "b" }), false);
  assert.equal(opened.length, 2);
  mock.timers.reset();
});
