import assert from "node:assert/strict";
import { test } from "node:test";
import { fit, matchCommands, matchNames, matchTasks } from "../../static/js/composer/matching.js";
import { findCommand, isComplete, tokenAt } from "../../static/js/composer/tokens.js";

/** @param {string} signature @param {string[]} choices @param {string[]} aliases */
function command(signature, choices = [], aliases = [], summary = "") {
  const name = signature.split(" ")[0].slice(1);
  return { name, aliases, summary, gist: summary, signature, arguments: [], choices, examples: [], group: "tasks" };
}

const COMMANDS = [
  command("/task <title>", ["title"], ["t", "todo"], "Add a task."),
  command("/done <tasks>", ["task"], ["close", "complete", "finish"], "Finish one or more tasks."),
  command("/due <tasks> <date|none>", ["task", "date"], ["deadline"], "Set when a task is due."),
  command("/move <tasks> <column> [top|bottom]", ["task", "column", "top|bottom"], ["mv"], "Move tasks to a column."),
  command("/assign <tasks> <people>", ["task", "person"], [], "Give tasks to people."),
  command("/undo", [], [], "Take back your last change here."),
];

const SIGNS = { "@": "person", "#": "label", "!": "priority", ">": "column", "due:": "date" };
const LANGUAGE = { commands: COMMANDS, signs: SIGNS };

/** @param {string} text @param {number} [task] */
function at(text, task) {
  const caret = text.indexOf("|");
  return tokenAt(text.replace("|", ""), caret, { ...LANGUAGE, task });
}

/** @param {string} text @param {number} [task] */
function kindAt(text, task) {
  const token = at(text, task);
  return token && `${token.kind} ${token.query}`;
}

test("a slash at the very start begins a command", () => {
  assert.equal(kindAt("/|"), "command ");
  assert.equal(kindAt("/do|"), "command do");
  assert.equal(kindAt("/task Fix\n/do|"), "command do");
});

test("two slashes, a path and a slash in the middle begin nothing", () => {
  for (const text of ["//do|", "see /do|", " /do|", "hello\n/do|", "/ |"]) assert.equal(kindAt(text), null, text);
});

test("signs stand at the start or after a space or a bracket", () => {
  assert.equal(kindAt("@an|"), "person an");
  assert.equal(kindAt("ask (@an|"), "person an");
  assert.equal(kindAt("ana@ex|"), null);
  assert.equal(kindAt("see #lo|"), "task lo");
  assert.equal(kindAt("see #12|"), "task 12");
  assert.equal(kindAt("a > b|"), null);
});

test("in a command a hash means a label, a number still a task", () => {
  assert.equal(kindAt("/task Fix #de|"), "label de");
  assert.equal(kindAt("/task Fix #12|"), "task 12");
  assert.equal(kindAt("/task Fix >do|"), "column do");
  assert.equal(kindAt("/task Fix !hi|"), "priority hi");
  assert.equal(kindAt("/task Fix due:to|"), "date to");
});

test("a command's arguments are suggested where they are expected", () => {
  assert.equal(kindAt("/done |"), "task ");
  assert.equal(kindAt("/move 12 |"), "column ");
  assert.equal(kindAt("/move 12 doing t|"), "top|bottom t");
  assert.equal(kindAt("/due 12 tom|"), "date tom");
  assert.equal(kindAt("/assign 12 b|"), "person b");
  assert.equal(kindAt("/task Fix the log|"), null);
  assert.equal(at("/move 12 re|")?.sign, "");
  assert.equal(at("/move 12 re|")?.isRequired, true);
  assert.equal(at("/move 12 next t|")?.isRequired, false);
});

test("several tasks are one argument, and a choice may have several words", () => {
  assert.equal(kindAt("/due 12, 13 to|"), "date to");
  assert.equal(kindAt("/due 12, |"), "task ");
  assert.equal(kindAt("/due 12 next f|"), "date next f");
  assert.equal(at("/due 12 next f|")?.start, 8);
  assert.equal(kindAt("/done fix lo|"), "task fix lo");
  assert.equal(kindAt("/done 12 1|"), "task 1");
  assert.equal(kindAt("/move 12 to do|"), "column do");
  assert.equal(kindAt("/assign 12 @bob li|"), "person li");
});

test("in a task's conversation the task may be left out", () => {
  assert.equal(kindAt("/due |", 12), "date ");
  assert.equal(kindAt("/due 1|", 12), "task 1");
  assert.equal(kindAt("/done |", 12), "task ");
  assert.equal(at("/done |", 12)?.isRequired, false);
  assert.equal(at("/done |")?.isRequired, true);
  assert.equal(at("/done #1 |")?.isRequired, false);
  assert.equal(isComplete("/done", { ...LANGUAGE, task: 12 }), true);
  assert.equal(isComplete("/move", { ...LANGUAGE, task: 12 }), false);
});

test("a comparison belongs to the sign, and a quote to the choice", () => {
  assert.deepEqual([at("/task x due:<=fr|")?.sign, at("/task x due:<=fr|")?.query], ["due:<=", "fr"]);
  assert.equal(kindAt('/task x due:"next|'), "date next");
});

test("a choice replaces the whole word at the caret", () => {
  assert.deepEqual([at("/do|ne 12")?.start, at("/do|ne 12")?.end], [0, 5]);
  assert.deepEqual([at("hi @an|a!")?.start, at("hi @an|a!")?.end], [3, 8]);
});

test("a command is found by name and alias, never by its beginning", () => {
  assert.equal(findCommand("DONE", COMMANDS)?.name, "done");
  assert.equal(findCommand("finish", COMMANDS)?.name, "done");
  assert.equal(findCommand("don", COMMANDS), undefined);
});

test("a line is complete when all that is required is there", () => {
  assert.equal(isComplete("/undo", LANGUAGE), true);
  assert.equal(isComplete("/done", LANGUAGE), false);
  assert.equal(isComplete("/done #12 ", LANGUAGE), true);
  assert.equal(isComplete("/move #12 ", LANGUAGE), false);
  assert.equal(isComplete("/nothing 1", LANGUAGE), false);
});

/** @param {string} query */
function names(query, recent = /** @type {string[]} */ ([])) {
  return matchCommands(query, COMMANDS, recent).map(({ name }) => name);
}

test("commands match by name, then alias, then what they do", () => {
  assert.deepEqual(names("d").slice(0, 2), ["done", "due"]);
  assert.deepEqual(names("finish"), ["done"]);
  assert.deepEqual(names("column")[0], "move");
  assert.deepEqual(names("udo"), ["undo"]);
  assert.deepEqual(names("zzz"), []);
});

test("an empty query lists all, those used last first", () => {
  assert.equal(names("").length, COMMANDS.length);
  assert.deepEqual(names("", ["undo", "due"]).slice(0, 2), ["undo", "due"]);
});

test("names match without accents and by any of their words", () => {
  assert.equal(fit("zoe", "Zoë"), 0);
  assert.deepEqual(matchNames("wei", [["li.wei"], ["ana"]], (name) => name), [["li.wei"]]);
});

test("tasks match by the beginning of their number or by words of their title", () => {
  const tasks = [{ number: 12, title: "Fix login page" }, { number: 1, title: "Log in copy" }, { number: 3, title: "Ship" }];
  assert.deepEqual(matchTasks("1", tasks).map(({ number }) => number), [1, 12]);
  assert.deepEqual(matchTasks("log", tasks).map(({ number }) => number), [1, 12]);
  assert.deepEqual(matchTasks("page", tasks).map(({ number }) => number), [12]);
});
