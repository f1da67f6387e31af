import { insert } from "./field.js";
import { isComplete } from "./tokens.js";

/** @import { Field, PageData } from "../types.d.ts" */
/** @import { Option } from "./sources.js" @import { Token } from "./tokens.js" */

/**
 * Put what was chosen in place of what was typed of it.
 * @param {Option} option
 * @param {Token} token
 * @param {Field} field
 * @param {PageData} page
 * @returns {boolean} whether the line now holds all that its command needs, so that Enter may send it
 */
export function accept(option, token, field, page) {
  const after = field.value.slice(token.end);
  insert(field, after.startsWith(" ") ? option.value : `${option.value} `, token.start, token.end);
  const isMeant = token.kind === "command" || (token.sign === "" && token.query !== "");
  const line = field.value.slice(field.value.lastIndexOf("\n", token.start) + 1);
  return isMeant && field.selectionStart === field.value.length && isComplete(line, page);
}
