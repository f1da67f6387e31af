import { el } from "../lib/dom.js";

export const LIMIT = 8_000;
const NEAR = 7_500;

/** How many characters are left, shown where it begins to matter. */
export class Counter {
  #place = el("span", { class: "composer__counter", id: "counter" });

  /** @param {HTMLFormElement} form */
  constructor(form) {
    form.querySelector("[type=submit]")?.before(this.#place);
  }

  /** @param {string} text */
  show(text) {
    const length = [...text].length;
    this.#place.textContent = length > NEAR ? String(LIMIT - length) : "";
    this.#place.classList.toggle("composer__counter--over", length > LIMIT);
  }
}
