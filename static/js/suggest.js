// Offers names while somebody types into a search box; without this script the box does the same.
const SHORTEST = 2;
const WAIT = 150;

for (const input of document.querySelectorAll("input[data-suggestions]")) {
  const list = document.createElement("datalist");
  list.id = `${input.id}-suggestions`;
  input.after(list);
  input.setAttribute("list", list.id);
  let waiting;
  let asked = "";
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(offer, WAIT);
  });

  async function offer() {
    const text = input.value.trim();
    if (text.length < SHORTEST || text === asked) {
      return;
    }
    asked = text;
    try {
      const answer = await fetch(`${input.dataset.suggestions}?${new URLSearchParams({ q: text })}`);
      const [, titles, kinds] = await answer.json();
      if (text === asked) {
        list.replaceChildren(...titles.map((title, place) => new Option(kinds[place], title)));
      }
    } catch {
      // Away for a moment: the next letter asks again.
      asked = "";
    }
  }
}
