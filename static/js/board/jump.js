/** On a phone one column fills the screen: its name among the links above says which. */
export function followColumns() {
  const board = document.querySelector("task-board");
  const links = new Map([...document.querySelectorAll(".jump__link")].map((link) => [link.getAttribute("href")?.slice(1), link]));
  if (!board || links.size === 0) return;
  const watcher = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) links.get(target.id)?.setAttribute("aria-current", "true");
      else links.get(target.id)?.removeAttribute("aria-current");
    }
  }, { root: board, threshold: 0.6 });
  for (const column of board.querySelectorAll(".column")) watcher.observe(column);
  for (const [id, link] of links) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      document.getElementById(id ?? "")?.scrollIntoView({ inline: "start", block: "nearest", behavior: "smooth" });
    });
  }
}
