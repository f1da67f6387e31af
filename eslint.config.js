import js from "@eslint/js";
import globals from "globals";

const noMarkup = "Clone a <template> or create elements; server-rendered HTML goes through live/patch.js.";

export default [
  js.configs.recommended,
  {
    files: ["static/js/**/*.js"],
    languageOptions: { globals: globals.browser },
    rules: {
      eqeqeq: "error",
      "no-var": "error",
      "prefer-const": "error",
      "no-console": ["error", { allow: ["error"] }],
      "max-lines": ["error", { max: 200 }],
      "max-lines-per-function": ["error", { max: 40 }],
      "no-restricted-properties": [
        "error",
        { property: "innerHTML", message: noMarkup },
        { property: "outerHTML", message: noMarkup },
        { property: "insertAdjacentHTML", message: noMarkup },
        { property: "setHTMLUnsafe", message: noMarkup },
      ],
    },
  },
  {
    files: ["static/js/live/patch.js"],
    rules: { "no-restricted-properties": "off" },
  },
  {
    files: ["tests/js/**/*.js", "tests/faults/*.js", "*.config.js"],
    languageOptions: { globals: globals.node },
  },
];
