/** @import { PageData } from "../types.d.ts" */

/** @type {PageData | null} */
let data = null;

/**
 * What the server wrote into the page for the modules; null on pages without a project.
 * @returns {PageData | null}
 */
export function pageData() {
  const source = document.getElementById("page-data");
  if (!data && source?.textContent) data = JSON.parse(source.textContent);
  return data?.project ? data : null;
}

/** The address of the project on this page. */
export function projectUrl() {
  return `/p/${pageData()?.project.slug}`;
}

/**
 * Remember a small thing in this browser; a browser that refuses is no reason to fail.
 * @param {string} key
 * @param {string | null} value null forgets it
 */
export function remember(key, value) {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // Private windows and full disks: the thing is forgotten, nothing else happens.
  }
}

/** @param {string} key */
export function recall(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
