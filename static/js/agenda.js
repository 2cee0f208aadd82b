// Moves the item at hand with Alt and an arrow key: presses the button beside it.
document.addEventListener("keydown", (event) => {
  const way = { ArrowUp: "up", ArrowDown: "down" }[event.key];
  const item = event.target.closest("[data-agenda-item]");
  if (!way || !event.altKey || !item) {
    return;
  }
  event.preventDefault();
  item.querySelector(`button[value^="${way}-"]`).click();
});
