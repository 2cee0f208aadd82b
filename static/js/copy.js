// Puts a button beside each text marked data-copy. Without it the text can be selected as any other.
"use strict";

if (navigator.clipboard) {
  for (const text of document.querySelectorAll("[data-copy]")) {
    const words = text.closest("[data-copy-label]").dataset;
    const copied = text.textContent.trim();
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button-link";
    button.textContent = words.copyLabel;
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(copied);
      button.textContent = words.copiedLabel;
    });
    text.append(" ", button);
  }
}
