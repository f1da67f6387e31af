import { Conversation } from "../chat/conversation.js";
import { openMessageMenu } from "../chat/message-menu.js";

class ChatLog extends HTMLElement {
  /** @type {Conversation | undefined} */
  #conversation;

  connectedCallback() {
    const scroller = this.querySelector("section.log");
    const region = this.querySelector("[role=log]");
    if (!(scroller instanceof HTMLElement) || !region) return;
    this.#conversation ??= new Conversation(this, scroller, region);
    openMessageMenu(this);
  }

  disconnectedCallback() {
    this.#conversation?.end();
    this.#conversation = undefined;
  }
}

customElements.define("chat-log", ChatLog);
