import { closest } from "../lib/dom.js";

/** On a phone one column fills the screen: its name among the links above says which. */
export function followColumns() {
  const board = document.querySelector("task-board");
  const bar = document.getElementById("board-bar");
  if (!board || !bar) return;
  /** @type {Set<string>} */
  const inView = new Set();
  const tell = () => {
    for (const link of bar.querySelectorAll(".jump__link")) {
      if (inView.has(link.getAttribute("href")?.slice(1) ?? "")) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };
  const watcher = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) inView.add(target.id);
      else inView.delete(target.id);
    }
    tell();
  }, { root: board, threshold: 0.6 });
  bar.addEventListener("live:patched", tell);
  for (const column of board.querySelectorAll(".column")) watcher.observe(column);
  bar.addEventListener("click", (event) => {
    const id = closest(event.target, ".jump__link")?.getAttribute("href")?.slice(1);
    if (!id) return;
    event.preventDefault();
    document.getElementById(id)?.scrollIntoView({ inline: "start", block: "nearest", behavior: "smooth" });
  });
}
