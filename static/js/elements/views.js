/** @typedef {"both" | "chat" | "board"} View */

/**
 * Show chat, board or both without loading the page again; the address says the same.
 * @param {View} view
 */
export function showView(view) {
  const project = document.querySelector(".project[data-view]");
  if (!(project instanceof HTMLElement) || !project.querySelector(view === "board" ? "task-board" : "chat-log")) return false;
  project.dataset.view = view;
  for (const link of document.querySelectorAll("[data-view]:is(a)")) {
    const isThis = link.getAttribute("data-view") === view || (view === "both" && link.matches(".tabs [data-view=chat]"));
    if (isThis) link.setAttribute("aria-current", link.closest(".tabs") ? "page" : "true");
    else link.removeAttribute("aria-current");
  }
  const address = new URL(location.href);
  address.searchParams.set("view", view);
  history.replaceState(history.state, "", address);
  document.dispatchEvent(new CustomEvent("view:shown", { detail: { view } }));
  return true;
}

/** The links between chat and board switch in place. */
export function switchViews() {
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[data-view]") : null;
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    if (showView(/** @type {View} */ (link.getAttribute("data-view")))) event.preventDefault();
  });
}
