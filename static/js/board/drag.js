import { el } from "../lib/dom.js";
import { mayEdit } from "./moves.js";

/** @import { Cards, Spot } from "./cards.js" */
/** @import { Moves } from "./moves.js" */
/** @typedef {{card: HTMLElement, x: number, y: number, dx: number, dy: number, id: number}} Grip */

const THRESHOLD = 4;
const HOLD = 350;
const SLACK = 10;
const EDGE = 48;
const SPEED = 14;

/** Dragging with mouse, pen or finger. A thin line shows where the card will stand; nothing else moves until then. */
export class Drag {
  #cards;
  #moves;
  /** @type {Grip | null} */
  #grip = null;
  /** @type {HTMLElement | null} */
  #ghost = null;
  #line = el("li", { class: "cards__gap", "aria-hidden": "true" });
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #hold;
  #point = { x: 0, y: 0 };
  #frame = 0;

  /**
   * @param {Cards} cards
   * @param {Moves} moves
   * @param {() => void} ended
   */
  constructor(cards, moves, ended) {
    this.#cards = cards;
    this.#moves = moves;
    this.ended = ended;
    const { board } = cards;
    board.addEventListener("pointerdown", (event) => this.#press(event));
    board.addEventListener("dragstart", (event) => event.preventDefault());
    // A finger that carries a card must not scroll the board; the browser asks only through this event.
    board.addEventListener("touchmove", (event) => this.#ghost && event.preventDefault(), { passive: false });
    board.addEventListener("contextmenu", (event) => this.#ghost && event.preventDefault());
  }

  /** The column under the pointer while a card is dragged. */
  get column() {
    return this.#ghost ? (this.#line.closest(".column") ?? null) : null;
  }

  /** @param {PointerEvent} event */
  #press(event) {
    const card = event.target instanceof Element ? event.target.closest(".card") : null;
    if (!(card instanceof HTMLElement) || event.button !== 0 || !mayEdit()) return;
    if (event.target instanceof Element && event.target.closest("button, .card__more")) return;
    const rect = card.getBoundingClientRect();
    const { clientX: x, clientY: y, pointerId: id } = event;
    this.#grip = { card, x, y, dx: x - rect.left, dy: y - rect.top, id };
    if (event.pointerType === "touch") this.#hold = setTimeout(() => this.#lift(x, y), HOLD);
    this.#watch();
  }

  #watch() {
    this.controller = new AbortController();
    const options = { signal: this.controller.signal };
    window.addEventListener("pointermove", (event) => this.#move(event), options);
    window.addEventListener("pointerup", (event) => this.#release(event), options);
    window.addEventListener("pointercancel", () => this.#end(), options);
    window.addEventListener("blur", () => this.#end(), options);
    window.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.#ghost) return;
      event.preventDefault();
      event.stopPropagation();
      this.#end();
    }, { ...options, capture: true });
  }

  /** @param {PointerEvent} event */
  #move(event) {
    const grip = this.#grip;
    if (!grip || event.pointerId !== grip.id) return;
    const { clientX: x, clientY: y } = event;
    const distance = Math.hypot(x - grip.x, y - grip.y);
    if (this.#ghost) this.#carry(x, y);
    else if (event.pointerType !== "touch" && distance > THRESHOLD) this.#lift(x, y);
    else if (event.pointerType === "touch" && distance > SLACK) this.#end();
  }

  /**
   * @param {number} x
   * @param {number} y
   */
  #lift(x, y) {
    if (!this.#grip) return;
    const { card } = this.#grip;
    if (this.#hold !== undefined) navigator.vibrate?.(12);
    const ghost = /** @type {HTMLElement} */ (card.cloneNode(true));
    ghost.removeAttribute("id");
    ghost.classList.add("card--ghost");
    ghost.setAttribute("aria-hidden", "true");
    ghost.style.setProperty("--ghost-width", `${card.offsetWidth}px`);
    card.classList.add("is-lifted");
    document.documentElement.classList.add("is-dragging");
    document.body.append(ghost);
    this.#ghost = ghost;
    this.#carry(x, y);
    this.#frame = requestAnimationFrame(() => this.#scroll());
  }

  /**
   * @param {number} x
   * @param {number} y
   */
  #carry(x, y) {
    const { dx, dy } = /** @type {Grip} */ (this.#grip);
    this.#point = { x, y };
    this.#ghost?.style.setProperty("--ghost-x", `${x - dx}px`);
    this.#ghost?.style.setProperty("--ghost-y", `${y - dy}px`);
    this.#mark();
  }

  /** Put the line where the card would go. */
  #mark() {
    const list = this.#listAt(this.#point.x);
    if (!list) return this.#line.remove();
    const next = this.#cards.in(list).find((card) => {
      const { top, height } = card.getBoundingClientRect();
      return this.#point.y < top + height / 2;
    });
    const spot = next ?? null;
    if (this.#line.parentElement !== list || this.#line.nextElementSibling !== spot) list.insertBefore(this.#line, spot);
  }

  /** @param {number} x */
  #listAt(x) {
    return this.#cards.lists.find((list) => {
      const { left, right } = (list.closest(".column") ?? list).getBoundingClientRect();
      return x >= left - 6 && x <= right + 6;
    });
  }

  /** Near an edge, what lies behind it comes into view. */
  #scroll() {
    if (!this.#ghost) return;
    const { x, y } = this.#point;
    push(this.#cards.board, "scrollLeft", x, "left", "right");
    const scrolled = this.#listAt(x);
    for (const box of [scrolled, scrolled?.closest(".column"), this.#cards.board]) {
      if (box) push(box, "scrollTop", y, "top", "bottom");
    }
    this.#mark();
    this.#frame = requestAnimationFrame(() => this.#scroll());
  }

  /** @param {PointerEvent} event */
  #release(event) {
    const grip = this.#grip;
    if (!grip || event.pointerId !== grip.id) return;
    const list = this.#line.parentElement;
    /** @type {Spot | null} */
    const spot = this.#ghost && list ? { list, next: this.#line.nextElementSibling } : null;
    if (this.#ghost) window.addEventListener("click", stop, { capture: true, once: true });
    setTimeout(() => window.removeEventListener("click", stop, { capture: true }));
    this.#end();
    const card = document.getElementById(grip.card.id);
    if (spot && card) void this.#moves.move(card, spot);
  }

  #end() {
    clearTimeout(this.#hold);
    cancelAnimationFrame(this.#frame);
    this.controller?.abort();
    this.#hold = undefined;
    this.#grip = null;
    this.#ghost?.remove();
    this.#ghost = null;
    this.#line.remove();
    document.documentElement.classList.remove("is-dragging");
    for (const card of document.querySelectorAll(".is-lifted")) card.classList.remove("is-lifted");
    this.ended();
  }
}

/** The click that ends a drag opens nothing. @param {Event} event */
function stop(event) {
  event.preventDefault();
  event.stopPropagation();
}

/**
 * @param {Element} box
 * @param {"scrollLeft" | "scrollTop"} axis
 * @param {number} at
 * @param {"left" | "top"} start
 * @param {"right" | "bottom"} end
 */
function push(box, axis, at, start, end) {
  const rect = box.getBoundingClientRect();
  if (at < rect[start] + EDGE) box[axis] -= SPEED;
  else if (at > rect[end] - EDGE) box[axis] += SPEED;
}
