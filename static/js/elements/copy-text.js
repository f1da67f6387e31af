import { announce } from "../lib/announce.js";

const STAY = 2_000;

/** A secret that is shown once, with a button that copies it. Where the clipboard is not offered, it is selected. */
class CopyText extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    const source = this.querySelector("[data-copied]");
    if (!button || !source) return;
    button.hidden = false;
    button.addEventListener("click", () => void this.#copy(button, source));
  }

  /**
   * @param {HTMLButtonElement} button
   * @param {Element} source
   */
  async #copy(button, source) {
    try {
      await navigator.clipboard.writeText(source.textContent?.trim() ?? "");
      button.textContent = "Copied";
      announce("Copied.");
      setTimeout(() => (button.textContent = "Copy"), STAY);
    } catch {
      getSelection()?.selectAllChildren(source);
    }
  }
}

customElements.define("copy-text", CopyText);
