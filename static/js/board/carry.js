import { announce } from "../lib/announce.js";
import { columnName, refOf } from "./cards.js";
import { inReadingOrder } from "./roving.js";

/** @import { Cards, Spot } from "./cards.js" */
/** @import { Moves } from "./moves.js" */
/** @import { Roving } from "./roving.js" */

/** Moving a card by keyboard: Space picks it up, arrows carry it, Space drops it, Escape puts it back. */
export class Carry {
  #cards;
  #moves;
  #roving;
  /** @type {{id: string, origin: Spot} | null} */
  #load = null;

  /**
   * @param {Cards} cards
   * @param {Moves} moves
   * @param {Roving} roving
   */
  constructor(cards, moves, roving) {
    this.#cards = cards;
    this.#moves = moves;
    this.#roving = roving;
    cards.board.addEventListener("focusout", ({ relatedTarget }) => {
      const isInside = relatedTarget instanceof Node && cards.board.contains(relatedTarget);
      if (this.#load && relatedTarget && !isInside) this.#putBack();
    });
  }

  get isLoaded() {
    return this.#load !== null;
  }

  /** @param {HTMLElement} card */
  pickUp(card) {
    this.#load = { id: card.id, origin: this.#cards.spotOf(card) };
    card.classList.add("is-lifted");
    const place = this.#cards.placeName(card);
    announce(`Picked up ${refOf(card)}. ${place}. Arrow keys move, Space drops, Escape cancels.`);
  }

  /**
   * @param {KeyboardEvent} event
   * @returns {boolean} whether the key was for the card in hand
   */
  take({ key }) {
    const card = this.#card;
    if (!card) return false;
    if (key === " " || key === "Enter") this.#drop(card);
    else if (key === "Escape") this.#putBack();
    else if (this.step(card, key)) announce(`${this.#cards.placeName(card)}.`);
    return key !== "Tab";
  }

  /**
   * One step in the direction of an arrow key; only the page knows of it as yet.
   * @param {HTMLElement} card
   * @param {string} key
   */
  step(card, key) {
    const spot = this.#spotFor(card, key);
    if (!spot) return false;
    this.#cards.place(card, spot);
    card.scrollIntoView({ block: "nearest", inline: "nearest" });
    return true;
  }

  /**
   * Shift and an arrow: move at once.
   * @param {HTMLElement} card
   * @param {string} key
   */
  nudge(card, key) {
    const origin = this.#cards.spotOf(card);
    if (!this.step(card, key)) return;
    announce(`${this.#cards.placeName(card)}.`);
    void this.#moves.settle(card, origin, true);
  }

  get #card() {
    return this.#load ? document.getElementById(this.#load.id) : null;
  }

  /**
   * @param {HTMLElement} card
   * @param {string} key
   * @returns {Spot | null}
   */
  #spotFor(card, key) {
    const list = this.#cards.listOf(card);
    const column = this.#cards.in(list);
    const index = column.indexOf(card);
    if (key === "ArrowUp") return index > 0 ? { list, next: column[index - 1] } : null;
    if (key === "ArrowDown") return index < column.length - 1 ? { list, next: column[index + 1].nextElementSibling } : null;
    const step = { ArrowLeft: -1, ArrowRight: 1 }[key];
    const lists = this.#cards.lists;
    const target = step && lists[lists.indexOf(list) + inReadingOrder(step)];
    return target ? { list: target, next: this.#cards.in(target)[index] ?? null } : null;
  }

  /** @param {HTMLElement} card */
  #drop(card) {
    const origin = /** @type {{origin: Spot}} */ (this.#load).origin;
    this.#end(card);
    const left = columnName(origin.list);
    const isElsewhere = origin.list !== this.#cards.listOf(card);
    const rest = isElsewhere ? ` ${left} now has ${this.#cards.in(origin.list).length}.` : "";
    announce(`Dropped in ${this.#cards.placeName(card)}.${rest}`);
    if (isElsewhere || card.nextElementSibling !== origin.next) void this.#moves.settle(card, origin, true);
  }

  #putBack() {
    const card = this.#card;
    const origin = this.#load?.origin;
    if (!card || !origin) return;
    this.#end(card);
    this.#cards.place(card, origin);
    announce(`Put back in ${this.#cards.placeName(card)}.`);
    this.#roving.refresh();
  }

  /** @param {HTMLElement} card */
  #end(card) {
    this.#load = null;
    card.classList.remove("is-lifted");
  }
}
