import { announce } from "../lib/announce.js";
import { plural } from "../lib/dom.js";

const BURST = 3;
const WINDOW = 2_000;
const CALM = 1_000;

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
   * @param {Element} region the live region
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
    this.#speakOf();
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

  /** What was missed comes in all at once, and is not read out line by line. */
  hush() {
    this.#region.setAttribute("aria-busy", "true");
    this.#endSoon();
  }

  #show() {
    const text = this.#pill?.querySelector(".pill__text");
    if (!this.#pill || !text) return;
    this.#pill.hidden = this.#below === 0;
    text.textContent = `${this.#below} new below${this.#forYou > 0 ? ` · ${this.#forYou} for you` : ""}`;
    this.#pill.classList.toggle("pill--mention", this.#forYou > 0);
  }

  /** More than a few lines at once are counted instead. */
  #speakOf() {
    const now = Date.now();
    this.#moments = [...this.#moments.filter((moment) => now - moment < WINDOW), now];
    if (this.#moments.length <= BURST) return;
    this.#unspoken += 1;
    this.hush();
  }

  #endSoon() {
    clearTimeout(this.#calm);
    this.#calm = setTimeout(() => {
      this.#region.removeAttribute("aria-busy");
      if (this.#unspoken > 0) announce(plural(this.#unspoken, "new message", "new messages"));
      this.#unspoken = 0;
    }, CALM);
  }
}
