import { announce } from "../lib/announce.js";
import { el, plural } from "../lib/dom.js";

const BURST = 3;
const WINDOW = 2_000;
const CALM = 1_000;
const STAY = 10_000;
const READ = `.msg__author, .msg__about, .msg__text, .task-card > .ref, .task-card__title, .effect__words,
  .poll__question, .poll__option, .activity__words`;

/** What came while the reader was elsewhere: the button "4 new below", and how it is read out. */
export class Arrivals {
  #pill;
  #region;
  #me;
  #below = 0;
  #forYou = 0;
  /** @type {number[]} */
  #moments = [];
  #unspoken = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #calm;

  /**
   * @param {HTMLElement | null} pill
   * @param {Element} region the live region: the lines themselves are none, since their links and buttons would be read too
   * @param {number} me
   */
  constructor(pill, region, me) {
    this.#pill = pill;
    this.#region = region;
    this.#me = me;
  }

  /**
   * Somebody else's line has come.
   * @param {Element} row
   * @param {boolean} isSeen
   */
  add(row, isSeen) {
    if (this.#read(row)) this.#unspoken += 1;
    if (isSeen) return;
    this.#below += 1;
    if (row.querySelector(`.mention[data-user="${this.#me}"]`)) this.#forYou += 1;
    this.#show();
  }

  /** The reader is at the bottom. */
  reset() {
    if (this.#below === 0) return;
    this.#below = this.#forYou = 0;
    this.#show();
  }

  /** What a line did has come after it. @param {Element} effect */
  addEffect(effect) {
    this.#read(effect);
  }

  /** What was missed comes in all at once, and is not read out line by line. */
  hush() {
    clearTimeout(this.#calm);
    this.#calm = setTimeout(() => {
      this.#calm = undefined;
      if (this.#unspoken > 0) announce(plural(this.#unspoken, "new message", "new messages"));
      this.#unspoken = 0;
    }, CALM);
  }

  #show() {
    const text = this.#pill?.querySelector(".pill__text");
    if (!this.#pill || !text) return;
    this.#pill.hidden = this.#below === 0;
    text.textContent = `${this.#below} new below${this.#forYou > 0 ? ` · ${this.#forYou} for you` : ""}`;
    this.#pill.classList.toggle("pill--mention", this.#forYou > 0);
  }

  /**
   * Read it out. Afterwards it is gone again: it stands among the lines.
   * @param {Element} row
   * @returns {boolean} whether there are too many at once, to be counted instead
   */
  #read(row) {
    const now = Date.now();
    this.#moments = [...this.#moments.filter((moment) => now - moment < WINDOW), now];
    const isBurst = this.#moments.length > BURST;
    if (isBurst) this.hush();
    if (this.#calm === undefined) {
      const line = el("p", {}, wordsOf(row));
      this.#region.append(line);
      setTimeout(() => line.remove(), STAY);
    }
    return isBurst;
  }
}

/** @param {Element} row */
function wordsOf(row) {
  const parts = /** @type {HTMLElement[]} */ ([...row.querySelectorAll(READ)]);
  return parts.map((part) => part.innerText.trim()).join(", ");
}
