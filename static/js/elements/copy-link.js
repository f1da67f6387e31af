import { toast } from "./toasts.js";

/** Copy an address; where the browser does not allow it, show it. @param {string} href */
export async function copyLink(href) {
  await navigator.clipboard?.writeText(href).then(() => toast("Link copied."), () => toast(href));
}
