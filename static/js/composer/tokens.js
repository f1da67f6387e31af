/** @import { CommandSpec } from "../types.d.ts" */
/**
 * What is being typed: what it is chosen from, the letters so far and the part of the text that a choice would replace.
 * @typedef {object} Token
 * @property {string} kind "task", "person" … as the registry names it, or words with "|" between
 * @property {string} query
 * @property {number} start
 * @property {number} end
 * @property {string} sign what says what it is: "@", "due:"; nothing where the command expects it
 * @property {boolean} isRequired the command cannot do without it
 * @property {CommandSpec} [command]
 */

/** What the server knows of the language. @typedef {{commands: CommandSpec[], signs: Record<string, string>, task?: number}} Language */

const REF = /^(?:#?\d[\d.,]*|[A-Z][A-Z0-9]+-\d+,?|\^|last|and|&|,)$/iu;
/** What may come again at the end of a line, or go on to it. */
const ENDLESS = new Set(["task", "person", "label", "date"]);
const ONE = new Set(["task", "date"]);
/** Where a hash with letters means a label; elsewhere it looks for a task. */
const LABELLED = new Set(["title", "label", "query"]);

/**
 * The token at the caret, or null where nothing can be suggested.
 * @param {string} text
 * @param {number} caret
 * @param {Language} language
 * @returns {Token | null}
 */
export function tokenAt(text, caret, language) {
  const isScript = /^[/／](?![/\s])/u.test(text);
  const lineStart = text.lastIndexOf("\n", caret - 1) + 1;
  const line = text.slice(lineStart, caret);
  const end = caret + (/^[^\s]*/u.exec(text.slice(caret))?.[0].length ?? 0);
  const name = isScript ? /^[/／]([^\s/]*)/u.exec(line) : null;
  if (name && name[0].length === line.length) return token("command", name[1], lineStart, end);
  const command = name ? findCommand(name[1], language.commands) : undefined;
  const word = /(?:^|[\s([,])([^\s([,]*)$/u.exec(line)?.[1] ?? "";
  const found = signed(word, caret - word.length, end, isScript, language, command);
  return found ?? (command ? argument(line, lineStart, end, command, language) : null);
}

/**
 * @param {string} name
 * @param {CommandSpec[]} commands
 */
export function findCommand(name, commands) {
  const plain = name.toLowerCase().replace(/[-_]/g, "");
  return commands.find((command) => command.name === plain || command.aliases.includes(plain));
}

/**
 * Whether a line holds all that its command needs; in a task's conversation the task may be left out.
 * @param {string} line
 * @param {Language} language
 */
export function isComplete(line, { commands, task }) {
  const [name, ...words] = line.trim().slice(1).split(/\s+/u);
  const command = findCommand(name, commands);
  if (!command) return false;
  return countGiven(words, command, task) >= requiredBy(command);
}

/** How many arguments a command cannot do without; they come first. @param {CommandSpec} command */
function requiredBy({ signature }) {
  return signature.match(/</g)?.length ?? 0;
}

/**
 * How many arguments some words are: references and what joins them are one, however many there are.
 * @param {string[]} words
 * @param {CommandSpec} command
 * @param {number} [task]
 */
function countGiven(words, { choices }, task) {
  if (choices[0] !== "task") return words.length;
  const refs = words.findIndex((word) => !REF.test(word));
  const given = refs === -1 ? words.length : refs;
  const rest = words.slice(given).filter((word) => word.toLowerCase() !== "to");
  return (given > 0 || task ? 1 : 0) + rest.length;
}

/**
 * @param {string} word
 * @param {number} start
 * @param {number} end
 * @param {boolean} isScript
 * @param {Language} language
 * @param {CommandSpec | undefined} command
 */
function signed(word, start, end, isScript, { signs }, command) {
  const plain = word.startsWith("-") && isScript ? word.slice(1) : word;
  const sign = Object.keys(signs).find((each) => plain.toLowerCase().startsWith(each)) ?? "";
  if (!sign || (!isScript && sign !== "@" && sign !== "#")) return null;
  const at = start + word.length - plain.length;
  const [, compared, query] = /** @type {RegExpExecArray} */ (/^([<>]?=?)["“]?(.*)$/su.exec(plain.slice(sign.length)));
  const isTask = sign === "#" && (/^\d+$/.test(query) || !command?.choices.some((each) => LABELLED.has(each)));
  return { ...token(isTask ? "task" : signs[sign], query, at, end, command), sign: sign + compared };
}

/**
 * What the command expects at the end of the line.
 * @param {string} line
 * @param {number} lineStart
 * @param {number} end
 * @param {CommandSpec} command
 * @param {Language} language
 */
function argument(line, lineStart, end, command, { task }) {
  const [word = "", ...before] = line.split(/\s+/u).slice(1).reverse();
  const { choices } = command;
  const last = choices.length - 1;
  // A number is a task while nothing but tasks stands before it: in "/due 12 nov 27" it is a day.
  const areRefs = choices[0] === "task" && before.every((each) => REF.test(each));
  const isRef = areRefs && (REF.test(word) || /(?:,|^and|^&)$/iu.test(before[0] ?? ""));
  const index = isRef ? 0 : countGiven(before.reverse(), command, last > 0 ? task : undefined);
  const place = ENDLESS.has(choices[last]) ? Math.min(index, last) : index;
  const kind = choices[place];
  if (!kind || kind === "title") return null;
  // What goes on to the end of the line is one choice: "next fri", "fix log".
  const more = ONE.has(kind) && !isRef ? before.length - before.findLastIndex((each) => REF.test(each)) - 1 : 0;
  const length = new RegExp(`(?:\\S+\\s+){${place === last ? more : 0}}\\S*$`, "u").exec(line)?.[0].length ?? 0;
  const found = token(kind, line.slice(line.length - length), lineStart + line.length - length, end, command);
  // One more of what may come again is no need: Enter sends "/done #1 ".
  return { ...found, isRequired: index === place && place < requiredBy(command) && !(place === 0 && task) };
}

/**
 * @param {string} kind
 * @param {string} query
 * @param {number} start
 * @param {number} end
 * @param {CommandSpec} [command]
 * @returns {Token}
 */
function token(kind, query, start, end, command) {
  return { kind, query, start, end, sign: "", isRequired: false, command };
}

/**
 * Whether what stands there is a choice already: then Enter is for the message.
 * @param {Token | null} token
 * @param {{value: string, name: string} | undefined} chosen
 * @param {boolean} isWalked whether somebody has walked in the list
 */
export function isTyped(token, chosen, isWalked) {
  const { kind, query, sign = "" } = token ?? {};
  if (!query || kind === "command" || kind === "place") return false;
  if (kind === "task" && /^\d+$/.test(query) && !isWalked) return true; // a number is that task, not one like it
  const isWhole = [chosen?.value, chosen?.name, chosen?.value.slice(sign.length)].includes(query);
  // Days may be shortened: "due:fri" is complete.
  return isWhole || (kind === "date" && query.length === 3 && chosen?.name.startsWith(query) === true);
}
