/**
 * "Mona and Ivo are typing"
 * @param {string[]} names
 */
export function typingWords(names) {
  if (names.length === 0) return "";
  if (names.length > 2) return "Several people are typing";
  return names.length === 1 ? `${names[0]} is typing` : `${names[0]} and ${names[1]} are typing`;
}
