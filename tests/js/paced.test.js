import assert from "node:assert/strict";
import { test } from "node:test";
import { paced } from "../../static/js/lib/paced.js";

/** @param {import("node:test").TestContext} context */
function counted({ mock }) {
  mock.timers.enable({ apis: ["setTimeout"] });
  const work = mock.fn();
  return { work, ask: paced(work, 400), tick: (/** @type {number} */ time) => mock.timers.tick(time) };
}

test("the first call works at once", (context) => {
  const { work, ask } = counted(context);
  ask();
  assert.equal(work.mock.callCount(), 1);
});

test("calls that stream in work once in a pause, and once more after the last", (context) => {
  const { work, ask, tick } = counted(context);
  for (let time = 0; time < 1_000; time += 10) {
    ask();
    tick(10);
  }
  assert.equal(work.mock.callCount(), 3, "at 0, 400 and 800");
  tick(5_000);
  assert.equal(work.mock.callCount(), 4, "at 1,200: what came after 800 is not forgotten, and nothing works by itself");
});

test("after a pause without calls it works at once again", (context) => {
  const { work, ask, tick } = counted(context);
  ask();
  tick(400);
  ask();
  assert.equal(work.mock.callCount(), 2);
});

test("work that fails once works the next time", (context) => {
  const { work, ask, tick } = counted(context);
  work.mock.mockImplementationOnce(() => {
    throw new Error("once");
  });
  assert.throws(ask, /once/);
  tick(400);
  ask();
  assert.equal(work.mock.callCount(), 2);
});
