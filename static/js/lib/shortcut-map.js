/** @typedef {{keys: string, group: string, does: string, run: () => void}} Shortcut */

const PATIENCE = 1_500;

/** Keys and what they do, single ("m") or in a row ("g b"): one list for the keyboard and for the sheet. */
export class ShortcutMap {
  /** @type {Map<string, Shortcut>} */
  #shortcuts = new Map();
  #first = "";
  #at = 0;

  /**
   * @param {string} keys
   * @param {string} group
   * @param {string} does
   * @param {() => void} run
   */
  add(keys, group, does, run) {
    if (this.#shortcuts.has(keys)) throw new Error(`The shortcut ${keys} is taken.`);
    this.#shortcuts.set(keys, { keys, group, does, run });
  }

  get list() {
    return [...this.#shortcuts.values()];
  }

  /**
   * What a key means now, given the one before it.
   * @param {string} key
   * @param {number} at when it was pressed, in ms
   * @returns {(() => void) | null}
   */
  press(key, at) {
    const isInTime = at - this.#at <= PATIENCE;
    const pair = this.#first && isInTime ? this.#shortcuts.get(`${this.#first} ${key}`) : undefined;
    this.#first = !pair && this.#leads(key) ? key : "";
    this.#at = at;
    if (pair) return pair.run;
    return this.#first ? () => {} : (this.#shortcuts.get(key)?.run ?? null);
  }

  /** @param {string} key */
  #leads(key) {
    return this.list.some(({ keys }) => keys.startsWith(`${key} `));
  }
}
