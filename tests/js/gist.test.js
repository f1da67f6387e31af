import assert from "node:assert/strict";
import { test } from "node:test";
import { gist } from "../../static/js/composer/matching.js";

test("the list of commands says what each does up to the first pause", () => {
  assert.equal(gist("Finish tasks."), "Finish tasks");
  assert.equal(gist("Add a task; the lines under it become its notes."), "Add a task");
  assert.equal(gist("Take back your last change here: all of it, when it was a message with several commands."), "Take back your last change here");
});

test("a point within a word is no pause", () => {
  assert.equal(gist("Move to version 1.2 of the board"), "Move to version 1.2 of the board");
});
