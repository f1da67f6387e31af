const CARD = ".card[data-task], .task-card[data-task]";

/** The card under the pointer or the focus and its twins, in the chat and on the board, are outlined together. */
export function outlineTwins() {
  for (const type of ["pointerover", "focusin"]) document.addEventListener(type, ({ target }) => outline(target));
  document.addEventListener("pointerleave", () => outline(null));
}

/** @param {EventTarget | null} target */
function outline(target) {
  const card = target instanceof Element ? target.closest(CARD) : null;
  const number = card?.getAttribute("data-task");
  for (const twin of document.querySelectorAll(".is-twin")) {
    if (twin.getAttribute("data-task") !== number) twin.classList.remove("is-twin");
  }
  if (!card || !number) return;
  for (const twin of document.querySelectorAll(CARD)) {
    if (twin !== card && twin.getAttribute("data-task") === number) twin.classList.add("is-twin");
  }
}
