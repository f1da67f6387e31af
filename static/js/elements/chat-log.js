import { Conversation } from "../chat/conversation.js";

class ChatLog extends HTMLElement {
  /** @type {Conversation | undefined} */
  #conversation;

  connectedCallback() {
    const scroller = this.querySelector("section.log");
    const region = this.querySelector("[role=log]");
    if (scroller instanceof HTMLElement && region) this.#conversation ??= new Conversation(this, scroller, region);
  }

  disconnectedCallback() {
    this.#conversation?.end();
    this.#conversation = undefined;
  }
}

customElements.define("chat-log", ChatLog);
