/** As many rows as fit above the field, on a phone with its keyboard too. @param {number} most */
export function roomFor(most) {
  const height = matchMedia("(pointer: coarse)").matches ? 44 : 36;
  const room = Math.min(320, (visualViewport?.height ?? innerHeight) / 2) - 12;
  return Math.max(3, Math.min(most, Math.floor(room / height)));
}
