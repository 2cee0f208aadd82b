// Gives each choose-by-typing box the name of its field, which Select2 leaves out.
(() => {
  const name = (select) => {
    const box = select.nextElementSibling?.querySelector(".select2-selection");
    if (!box) {
      return;
    }
    const label = document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
    const heading = select.closest("td")?.cellIndex;
    const column = select.closest("table")?.querySelectorAll("thead th")[heading];
    const said = select.getAttribute("aria-label")
      || (label || column)?.textContent.trim().replace(/:$/, "");
    if (!said) {
      return;
    }
    box.setAttribute("aria-label", said);
    const shown = box.querySelector(".select2-selection__rendered");
    if (shown && shown.getAttribute("role") === "textbox") {
      shown.removeAttribute("role");
      shown.removeAttribute("aria-readonly");
    }
  };
  const all = () => document.querySelectorAll("select.admin-autocomplete").forEach(name);
  window.addEventListener("load", () => {
    all();
    document.addEventListener("formset:added", () => setTimeout(all));
    document.addEventListener("change", () => setTimeout(all));
  });
})();
