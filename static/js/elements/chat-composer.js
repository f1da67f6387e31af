import { Composer } from "../composer/composer.js";
import { pageData } from "../lib/page.js";

class ChatComposer extends HTMLElement {
  /** @type {Composer | undefined} */
  #composer;

  connectedCallback() {
    const form = this.querySelector("form");
    const field = this.querySelector("textarea");
    const page = pageData();
    if (form && field && page) this.#composer ??= new Composer(form, field, page);
  }

  disconnectedCallback() {
    this.#composer?.end();
    this.#composer = undefined;
  }
}

customElements.define("chat-composer", ChatComposer);
