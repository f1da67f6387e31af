import assert from "node:assert/strict";
import { test } from "node:test";
import { dayKey, dayName, isTight } from "../../static/js/lib/grouping.js";
import { indexFor, isBefore } from "../../static/js/lib/order.js";
import { typingWords } from "../../static/js/elements/typing-words.js";

/** @param {string} author @param {string} time */
function line(author, time, isMessage = true) {
  return { author, at: `2026-11-22T${time}`, isMessage };
}

test("the same author within five minutes reads on", () => {
  assert.equal(isTight(line("1", "12:00:00"), line("1", "12:05:00")), true);
  assert.equal(isTight(line("1", "12:00:00"), line("1", "12:05:01")), false);
});

test("another author, a quiet line and midnight begin anew", () => {
  assert.equal(isTight(line("1", "12:00:00"), line("2", "12:00:01")), false);
  assert.equal(isTight(line("1", "12:00:00", false), line("1", "12:00:01")), false);
  assert.equal(isTight(null, line("1", "12:00:00")), false);
  assert.equal(isTight({ author: "1", at: "2026-11-21T23:59:00", isMessage: true }, line("1", "00:01:00")), false);
});

test("days have the names that people give them", () => {
  const now = new Date(2026, 10, 22, 9);
  assert.equal(dayName(new Date(2026, 10, 22, 1), now), "Today, 22 November");
  assert.equal(dayName(new Date(2026, 10, 21, 23), now), "Yesterday, 21 November");
  assert.equal(dayName(new Date(2026, 10, 16), now), "Monday, 16 November");
  assert.equal(dayName(new Date(2025, 2, 3), now), "Monday, 3 March 2025");
  assert.equal(dayKey(new Date(2026, 0, 5, 23, 59)), "2026-01-05");
});

test("positions are compared by code units, as the server does", () => {
  assert.equal(isBefore("Zz", "a0"), true);
  assert.equal(isBefore("a0", "a0V"), true);
  assert.equal(isBefore("a1", "a0V"), false);
});

test("a card goes behind its equals and before what is greater", () => {
  assert.equal(indexFor("a1", ["a0", "a1", "a2"]), 2);
  assert.equal(indexFor("Zz", ["a0", "a1"]), 0);
  assert.equal(indexFor("a3", ["a0", "a1"]), 2);
  assert.equal(indexFor("a0", []), 0);
});

test("the typing line names two people and no more", () => {
  assert.equal(typingWords([]), "");
  assert.equal(typingWords(["Mona"]), "Mona is typing");
  assert.equal(typingWords(["Mona", "Ivo"]), "Mona and Ivo are typing");
  assert.equal(typingWords(["Mona", "Ivo", "Ana"]), "Several people are typing");
});
