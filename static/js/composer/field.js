/** @import { Field, Place } from "../types.d.ts" */

const MARKS = new Map([["b", "**"], ["i", "*"], ["e", "`"]]);
const LINES = 10;
const SHARE = 0.4;

/**
 * Put text in place of a part of the field, as typing would: it can be undone with the browser's own undo.
 * @param {Field} field
 * @param {string} text
 * @param {number} [start]
 * @param {number} [end]
 */
export function insert(field, text, start = field.selectionStart ?? 0, end = field.selectionEnd ?? start) {
  field.focus();
  field.setSelectionRange(start, end);
  if (text === "" && start === end) return;
  if (document.execCommand(text ? "insertText" : "delete", false, text)) return;
  field.setRangeText(text, start, end, "end");
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

/**
 * Bold, italic or code around the selection: Mod+B, Mod+I, Mod+E.
 * @param {HTMLTextAreaElement} field
 * @param {KeyboardEvent} event
 */
export function mark(field, event) {
  const sign = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey ? MARKS.get(event.key) : undefined;
  if (!sign) return false;
  const { selectionStart: start, selectionEnd: end, value } = field;
  const inner = value.slice(start, end);
  insert(field, `${sign}${inner}${sign}`);
  field.setSelectionRange(start + sign.length, start + sign.length + inner.length);
  return true;
}

/**
 * As many lines as the text has, up to ten or two fifths of the pane, where the style sheet cannot say so itself.
 * @param {HTMLTextAreaElement} field
 */
export function grow(field) {
  if (CSS.supports("field-sizing", "content")) return;
  const style = getComputedStyle(field);
  const line = parseFloat(style.lineHeight) || 22;
  const padding = parseFloat(style.paddingBlockStart) + parseFloat(style.paddingBlockEnd);
  const pane = field.closest(".chat")?.clientHeight ?? innerHeight;
  const most = Math.max(1, Math.min(LINES, Math.floor((SHARE * pane) / line)));
  field.rows = 1;
  const wanted = Math.round((field.scrollHeight - padding) / line);
  field.rows = Math.max(1, Math.min(most, wanted));
}

/**
 * Offsets on the wire count characters; those of a field count UTF-16 units.
 * @param {string} text
 * @param {number} count
 */
function unitsOf(text, count) {
  return [...text].slice(0, count).join("").length;
}

/**
 * Where a line of a text begins, and the line.
 * @param {string} text
 * @param {number} number from 1
 * @returns {[number, string]}
 */
function lineOf(text, number) {
  const lines = text.split("\n");
  const index = Math.min(number - 1, lines.length - 1);
  return [lines.slice(0, index).join("\n").length + (index > 0 ? 1 : 0), lines[index]];
}

/**
 * A part of a text, as the field counts.
 * @param {string} text
 * @param {Place} place
 * @returns {[number, number]}
 */
export function placeOf(text, { line, start, end }) {
  const [before, words] = lineOf(text, line);
  return [before + unitsOf(words, start), before + unitsOf(words, end)];
}

/**
 * A text with another line in place of one of its own.
 * @param {string} text
 * @param {number} number
 * @param {string} line
 */
export function withLine(text, number, line) {
  const [start, old] = lineOf(text, number);
  return text.slice(0, start) + line + text.slice(start + old.length);
}

/** Escape leads from the message box to what was said last. */
export function focusLastLine() {
  const row = [...document.querySelectorAll("chat-log ol > li[data-seq]")].at(-1);
  if (row instanceof HTMLElement) row.focus();
}
