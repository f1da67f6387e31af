import { clone, el } from "../lib/dom.js";
import { dayKey, dayName, isTight } from "../lib/grouping.js";

const LIMIT = 300;

/** The lines of a conversation: in the order of the log, with days between them and names only where they change. */
export class Rows {
  /** @param {HTMLElement} log */
  constructor(log) {
    this.log = log;
    this.earlier = /** @type {HTMLElement} */ (log.querySelector("#earlier"));
    this.lines = /** @type {HTMLElement} */ (log.querySelector("#lines"));
    this.newHeading = /** @type {HTMLElement | null} */ (log.querySelector("h2.new"));
  }

  /** @returns {HTMLElement[]} */
  get all() {
    return /** @type {HTMLElement[]} */ ([...this.log.querySelectorAll("ol > li[data-seq]")]);
  }

  get first() {
    return seqOf(this.all[0]);
  }

  get last() {
    return seqOf(this.all.at(-1));
  }

  /**
   * Add a page of older or newer rows, without those that are here already.
   * @param {HTMLElement[]} rows
   * @param {"before" | "after"} side
   */
  addPage(rows, side) {
    const fresh = rows.filter((row) => !document.getElementById(row.id));
    if (side === "before") this.earlier.prepend(...fresh);
    else this.lines.append(...fresh);
    this.arrangeAll();
  }

  /** Show another part of the conversation. @param {HTMLElement[]} rows */
  replaceWith(rows) {
    this.markRead();
    this.lines.replaceChildren();
    this.earlier.replaceChildren(...rows);
    this.arrangeAll();
  }

  /** From here on lines are new: those before go above the heading. */
  markNew() {
    // A row that is moved loses the focus, and one may be being edited.
    if (!this.newHeading?.hidden || this.lines.querySelector(".msg--editing")) return;
    this.earlier.append(...this.lines.children);
    this.newHeading.hidden = false;
  }

  markRead() {
    if (this.newHeading) this.newHeading.hidden = true;
  }

  /**
   * Keep the page light.
   * @param {"top" | "bottom"} side the side that is far from the reader
   * @returns {boolean} whether rows had to go
   */
  trim(side) {
    const rows = this.all;
    const spare = rows.length - LIMIT;
    if (spare <= 0 || this.log.querySelector(".msg--editing")) return false;
    const gone = side === "top" ? rows.slice(0, spare) : rows.slice(-spare);
    for (const row of gone) row.remove();
    this.arrangeAll();
    return true;
  }

  arrangeAll() {
    const rows = this.all;
    for (const day of this.log.querySelectorAll("li.day")) if (!day.nextElementSibling?.matches("[data-seq]")) day.remove();
    rows.forEach((row, index) => this.#arrange(rows[index - 1] ?? null, row));
  }

  /** After one row was added or took another's place. @param {HTMLElement} row */
  arrangeAt(row) {
    const rows = this.all;
    const index = rows.lastIndexOf(row);
    if (index >= 0) this.#arrange(rows[index - 1] ?? null, row);
  }

  /** Whether a line of mine reads on from the last one. @param {HTMLElement} row */
  readsOn(row) {
    const last = this.all.at(-1);
    return Boolean(last) && isTight(lineOf(/** @type {HTMLElement} */ (last)), lineOf(row));
  }

  /**
   * @param {HTMLElement | null} before
   * @param {HTMLElement} row
   */
  #arrange(before, row) {
    const day = dayKey(atOf(row));
    const isNewDay = !before || dayKey(atOf(before)) !== day;
    const divider = /** @type {HTMLElement | null} */ (row.previousElementSibling);
    const isDivided = divider?.matches(".day") ?? false;
    if (isDivided && divider?.dataset.day !== (isNewDay ? day : "")) divider?.remove();
    if (isNewDay && !row.previousElementSibling?.matches(".day")) row.before(makeDivider(day, atOf(row)));
    const isFirstNew = !this.newHeading?.hidden && row === this.lines.querySelector("li[data-seq]");
    const isReply = Boolean(row.querySelector(".quote"));
    const line = before && lineOf(before);
    row.classList.toggle("msg--tight", !isNewDay && !isFirstNew && !isReply && isTight(line, lineOf(row)));
  }
}

/** @param {Element | undefined} row */
export function seqOf(row) {
  return Number(row?.getAttribute("data-seq") ?? 0);
}

/** @param {HTMLElement} row */
function lineOf(row) {
  return { author: row.dataset.author ?? "", at: atOf(row), isMessage: row.classList.contains("msg") };
}

/** @param {HTMLElement} row */
function atOf(row) {
  return row.dataset.at ?? "";
}

/**
 * @param {string} day
 * @param {string} moment
 */
function makeDivider(day, moment) {
  const divider = clone("day-divider") ?? el("li", { class: "day" }, el("h2", {}, el("time")));
  divider.dataset.day = day;
  const time = divider.querySelector("time");
  time?.setAttribute("datetime", day);
  if (time) time.textContent = dayName(moment, new Date());
  return divider;
}
