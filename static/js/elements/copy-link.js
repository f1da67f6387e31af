import { toast } from "./toasts.js";

/** Copy an address; where the browser does not allow it, show it. @param {string} href */
export async function copyLink(href) {
  if (!navigator.clipboard) return toast(href); // as on plain http
  await navigator.clipboard.writeText(href).then(() => toast("Link copied."), () => toast(href));
}

/** Copy what a message says. @param {string} words */
export async function copyWords(words) {
  const refused = () => toast("The browser does not let this page copy.");
  if (!navigator.clipboard) return refused();
  await navigator.clipboard.writeText(words).then(() => toast("Text copied."), refused);
}
