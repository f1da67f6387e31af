import { post } from "../lib/http.js";
import { toast } from "./toasts.js";

/** The buttons of a card in the chat: the same form posts as without scripts, but the page stays. */
export function postQuickly() {
  document.addEventListener("submit", (event) => {
    const { target, submitter } = event;
    if (!(target instanceof HTMLFormElement) || target.id !== "quick") return;
    if (!(submitter instanceof HTMLButtonElement)) return;
    const article = submitter.closest("[data-copy]");
    if (!article && !submitter.matches(".undo")) return;
    event.preventDefault();
    void (article ? press(submitter, article) : takeBack(submitter));
  });
}

/**
 * @param {HTMLButtonElement} button
 * @param {Element} card
 */
async function press(button, card) {
  const url = button.getAttribute("formaction") ?? "";
  const ref = card.querySelector(".ref")?.textContent;
  const words = /** @type {Record<string, string>} */ ({ done: "is done", start: "is yours", reopen: "is open again" });
  try {
    await post(url, { [button.name]: button.value });
    // A poll shows by itself what has become of it, and has nothing that undo could take back.
    if (ref) toast(`${ref} ${words[button.value] ?? "changed"}.`, { canUndo: true });
  } catch (error) {
    toast(error instanceof Error ? error.message : `${ref ?? "The poll"} did not change.`);
  }
}

/** What one did, or what one took back. @param {HTMLButtonElement} button */
async function takeBack(button) {
  try {
    await post(button.getAttribute("formaction") ?? "", { [button.name]: button.value });
  } catch (error) {
    toast(error instanceof Error ? error.message : "That could not be taken back.");
  }
}
