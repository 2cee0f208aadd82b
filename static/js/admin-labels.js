// Gives each choose-by-typing box the name of its field, which Select2 leaves out.
(() => {
  const labelOf = (select) => {
    const label = document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
    const said = select.getAttribute("aria-label") || label?.textContent || "";
    return said.trim().replace(/:$/, "");
  };

  const nameOne = (box, said) => {
    const shown = box.querySelector(".select2-selection__rendered");
    const value = shown.textContent.replace("×", "").trim();
    shown.removeAttribute("role");
    shown.removeAttribute("aria-readonly");
    box.removeAttribute("aria-labelledby");
    box.setAttribute("aria-label", value ? `${said}: ${value}` : said);
  };

  const nameMany = (box, said) => {
    box.setAttribute("aria-label", said);
    box.querySelector(".select2-search__field")?.setAttribute("aria-label", said);
    const list = box.querySelector("ul");
    list.setAttribute("role", "presentation");
    for (const item of list.children) {
      item.setAttribute("role", "presentation");
    }
  };

  const nameAll = () => {
    for (const select of document.querySelectorAll("select.admin-autocomplete")) {
      const box = select.nextElementSibling?.querySelector(".select2-selection");
      const said = labelOf(select);
      if (box && said && select.multiple) {
        nameMany(box, said);
      } else if (box && said) {
        nameOne(box, said);
      }
    }
  };

  let isDue = false;
  new MutationObserver(() => {
    if (!isDue) {
      isDue = true;
      requestAnimationFrame(() => {
        isDue = false;
        nameAll();
      });
    }
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
