import { pageData } from "../lib/page.js";
import { when } from "../live/live.js";
import { toast } from "./toasts.js";

/** @import { AckFrame, EventFrame } from "../types.d.ts" */

/** What my own commands did, with the way back; and what the server has to say about them. */
export function noteOwnChanges() {
  const me = pageData()?.you.id;
  when("applied", (/** @type {EventFrame} */ { seq, kind, actor }) => {
    if (actor?.id !== me || !kind.startsWith("task.")) return;
    const effect = document.getElementById(`event-${seq}`);
    const ref = effect?.querySelector(".ref")?.textContent?.trim();
    const outcome = effect?.querySelector(".effect__words")?.textContent?.trim();
    if (ref && outcome) toast(`${ref} ${outcome}.`, kind === "task.undone" ? { canRedo: true } : { canUndo: true });
  });
  when("ack", (/** @type {AckFrame} */ { notes }) => {
    if (notes?.length) toast(notes.join(" "));
  });
}
