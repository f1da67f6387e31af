import { announce } from "../lib/announce.js";
import { post } from "../lib/http.js";
import { toast } from "../elements/toasts.js";

/** The forms of saved views post without leaving the page; the board is then shown as its address says. */
export function keepViews() {
  document.addEventListener("submit", (event) => {
    const { target, submitter } = event;
    if (!(target instanceof HTMLFormElement) || !target.matches("[data-saved-view]")) return;
    event.preventDefault();
    const url = submitter?.getAttribute("formaction") ?? target.action;
    void keep(url, Object.fromEntries([...new FormData(target)].map(([name, value]) => [name, String(value)])));
  });
}

/**
 * @param {string} url
 * @param {Record<string, string>} fields
 */
async function keep(url, fields) {
  try {
    const { name, query } = await post(url, fields);
    document.dispatchEvent(new CustomEvent("board:view", { detail: query }));
    announce(url.endsWith("/delete") ? `The view ${name} is deleted.` : `The view is called ${name}.`);
  } catch (error) {
    toast(error instanceof Error ? error.message : "The view was not saved.");
  }
}
