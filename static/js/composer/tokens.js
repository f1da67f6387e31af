/** @import { CommandSpec } from "../types.d.ts" */
/** @typedef {"command" | "person" | "label" | "task" | "column" | "priority" | "due" | "place"} TokenKind */
/**
 * What is being typed: its kind, the letters so far and the part of the text that a choice would replace.
 * @typedef {object} Token
 * @property {TokenKind} kind
 * @property {string} query
 * @property {number} start
 * @property {number} end
 * @property {boolean} isArgument it stands where the command expects it, without a sign that says what it is
 * @property {boolean} isRequired the command cannot do without it
 * @property {CommandSpec} [command]
 */

/** What each kind of argument is chosen from. @type {Record<string, TokenKind>} */
const CHOICES = {
  task: "task", tasks: "task", people: "person", person: "person", column: "column", place: "place",
  date: "due", priority: "priority", label: "label", labels: "label", command: "command",
};
/** @type {Array<[string, TokenKind]>} */
const SIGNS = [[">", "column"], ["!", "priority"], ["due:", "due"]];
const LABELLED = new Set(["task", "label", "unlabel"]);

/**
 * The token at the caret, or null where nothing can be suggested.
 * @param {string} text
 * @param {number} caret
 * @param {CommandSpec[]} commands
 * @returns {Token | null}
 */
export function tokenAt(text, caret, commands) {
  const isScript = /^[/／](?![/\s])/u.test(text);
  const lineStart = text.lastIndexOf("\n", caret - 1) + 1;
  const line = text.slice(lineStart, caret);
  const name = isScript ? /^[/／]([^\s/]*)/u.exec(line) : null;
  if (name && name[0].length === line.length) return token("command", name[1], lineStart, wordEnd(text, caret));
  const command = name ? findCommand(name[1], commands) : undefined;
  const word = /(?:^|[\s([,])([^\s([,]*)$/u.exec(line)?.[1] ?? "";
  const start = caret - word.length;
  const found = signed(word, start, wordEnd(text, caret), isScript, command);
  return found ?? (command ? argument(line, word, start, wordEnd(text, caret), command) : null);
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
 * Whether a line holds all that its command needs.
 * @param {string} line
 * @param {CommandSpec[]} commands
 */
export function isComplete(line, commands) {
  const [name, ...words] = line.trim().slice(1).split(/\s+/u);
  const command = findCommand(name, commands);
  if (!command) return false;
  return words.length >= requiredBy(command);
}

/** How many arguments a command cannot do without; they come first. @param {CommandSpec} command */
function requiredBy({ signature }) {
  return signature.match(/</g)?.length ?? 0;
}

/**
 * @param {string} word
 * @param {number} start
 * @param {number} end
 * @param {boolean} isScript
 * @param {CommandSpec | undefined} command
 */
function signed(word, start, end, isScript, command) {
  if (word.startsWith("@")) return token("person", word.slice(1), start, end, command);
  if (word.startsWith("#")) return token(hashKind(word, command), word.slice(1), start, end, command);
  if (!isScript) return null;
  const sign = SIGNS.find(([mark]) => word.toLowerCase().startsWith(mark));
  return sign ? token(sign[1], word.slice(sign[0].length), start, end, command) : null;
}

/**
 * @param {string} word
 * @param {CommandSpec | undefined} command
 */
function hashKind(word, command) {
  const isNumber = /^#\d+$/.test(word);
  return !isNumber && command && LABELLED.has(command.name) ? "label" : "task";
}

/**
 * @param {string} line
 * @param {string} word
 * @param {number} start
 * @param {number} end
 * @param {CommandSpec} command
 */
function argument(line, word, start, end, command) {
  const before = line.slice(0, line.length - word.length).trim().split(/\s+/u).length - 1;
  const kind = CHOICES[command.arguments[before] ?? ""];
  const isRequired = before < requiredBy(command);
  return kind ? { ...token(kind, word, start, end, command), isArgument: true, isRequired } : null;
}

/**
 * @param {TokenKind} kind
 * @param {string} query
 * @param {number} start
 * @param {number} end
 * @param {CommandSpec} [command]
 * @returns {Token}
 */
function token(kind, query, start, end, command) {
  return { kind, query, start, end, isArgument: false, isRequired: false, command };
}

/**
 * @param {string} text
 * @param {number} caret
 */
function wordEnd(text, caret) {
  return caret + (/^[^\s]*/u.exec(text.slice(caret))?.[0].length ?? 0);
}
