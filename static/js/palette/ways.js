import { canDoByKey } from "../chat/keys.js";

/** What the keys do with the card or message that has the focus; on the sheet of shortcuts they stand in groups. */
const WAYS = {
  ".card": [
    ["Open this task", "Enter"], ["Move it to a column", "v"], ["Done, or open it again", "D"], ["Assign me", "i"], ["Its people", "a"],
    ["Its date", "d"], ["Its labels", "l"], ["Its priority", "p"], ["Its estimate", "o"], ["Its title", "e"],
  ],
  "li.msg": [
    ["Reply to this message", "r"], ["Make a task of this message", "t"], ["Edit this message", "e"], ["Copy the link to this message", "y"],
    ["Remove this message", "Delete"],
  ],
};

/**
 * @param {Element | null} focused
 * @returns {Array<[string, string, () => void]>} what it does, its key, and the doing
 */
export function waysOf(focused) {
  for (const [selector, ways] of Object.entries(WAYS)) {
    const row = /** @type {HTMLElement | null} */ (focused?.closest(selector) ?? null);
    if (!focused || !row) continue;
    const fitting = ways.filter(([, key]) => !row.matches(".msg") || canDoByKey(key, row));
    return fitting.map(([does, key]) => [does, key === "D" ? "Shift+D" : key, () => press(focused, key)]);
  }
  return [];
}

/**
 * @param {Element} element
 * @param {string} key
 */
function press(element, key) {
  const isLink = key === "Enter" && element instanceof HTMLElement && element.matches("a");
  if (isLink) element.click();
  else element.dispatchEvent(new KeyboardEvent("keydown", { key, shiftKey: key === "D", bubbles: true, cancelable: true }));
}
