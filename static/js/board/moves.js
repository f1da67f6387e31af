import { announce } from "../lib/announce.js";
import { post } from "../lib/http.js";
import { pageData } from "../lib/page.js";
import { toast } from "../elements/toasts.js";
import { columnId, columnName, linkOf, refOf } from "./cards.js";

/** @import { Cards, Spot } from "./cards.js" */

/** Whether this person may change tasks here; the server decides again. */
export function mayEdit() {
  return pageData()?.you.role !== "guest";
}

/** Moving a card: shown at once, told to the server, and put back when it says no. */
export class Moves {
  #cards;
  #settled;
  /** How many answers each card still waits for. @type {Map<string, number>} */
  #open = new Map();
  /** One at a time, so that the last place is the last word. @type {Promise<unknown>} */
  #telling = Promise.resolve();

  /**
   * @param {Cards} cards
   * @param {() => void} settled called when the server has answered them all
   */
  constructor(cards, settled) {
    this.#cards = cards;
    this.#settled = settled;
  }

  /** Whether a card stands where the server does not know it yet. @param {string | undefined} id */
  isOpen(id) {
    return this.#open.has(id ?? "");
  }

  /**
   * @param {HTMLElement} card
   * @param {Spot} spot
   */
  async move(card, spot) {
    const before = this.#cards.spotOf(card);
    if (spot.next === card || (spot.list === before.list && spot.next === before.next)) return;
    this.#cards.place(card, spot);
    await this.settle(card, before);
  }

  /**
   * Tell the server where a card stands now.
   * @param {HTMLElement} card
   * @param {Spot} before where it goes back to when that is refused
   * @param {boolean} [isSaid] its new place has been read out
   */
  async settle(card, before, isSaid = false) {
    const url = linkOf(card)?.pathname;
    const name = columnName(card);
    const fields = this.#fields(card);
    this.#count(card.id, 1);
    try {
      this.#telling = this.#telling.catch(() => {}).then(() => post(`${url}/move`, fields));
      await this.#telling;
      if (before.list !== this.#cards.listOf(card)) toast(`${refOf(card)} moved to ${name}.`, { canUndo: true, isSaid });
    } catch (error) {
      this.#putBack(card.id, before, name, error instanceof Error ? error.message : "");
    } finally {
      this.#count(card.id, -1);
      if (this.#open.size === 0) this.#settled();
    }
  }

  /**
   * @param {string} id
   * @param {number} step
   */
  #count(id, step) {
    const count = (this.#open.get(id) ?? 0) + step;
    if (count > 0) this.#open.set(id, count);
    else this.#open.delete(id);
  }

  /** @param {HTMLElement} card */
  #fields(card) {
    const next = card.nextElementSibling?.getAttribute("data-task") ?? undefined;
    const previous = card.previousElementSibling?.getAttribute("data-task") ?? undefined;
    const neighbour = next ? { before: next } : { after: previous, at: previous ? undefined : "bottom" };
    return { column: columnId(card), ...neighbour };
  }

  /**
   * @param {string} id
   * @param {Spot} before
   * @param {string} name
   * @param {string} reason
   */
  #putBack(id, before, name, reason) {
    const card = document.getElementById(id);
    if (!card) return;
    const wanted = this.#cards.spotOf(card);
    this.#cards.place(card, before);
    const message = `${refOf(card)} went back to ${columnName(card)}. ${reason || `It could not be moved to ${name}.`}`;
    announce(message, "alert");
    toast(message, { retry: () => void this.move(card, wanted) });
  }
}
