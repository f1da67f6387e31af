import { Board } from "../board/board.js";

class TaskBoard extends HTMLElement {
  /** @type {Board | undefined} */
  board;

  connectedCallback() {
    this.board ??= new Board(this);
  }
}

customElements.define("task-board", TaskBoard);
