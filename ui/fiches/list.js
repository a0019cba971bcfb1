// The cards that fit the filters, by theme, and how many they are: said again whenever that changes.

const lists = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  if (!lists.has(parentElement)) lists.set(parentElement, prepare(parentElement.querySelector(".list"), setTriggerValue));
  const { count, clear, cards } = lists.get(parentElement);
  if (count.textContent !== data.count) count.textContent = data.count;
  clear.textContent = data.clear;
  clear.hidden = !data.filtered;
  const themes = data.themes.map((theme) => drawTheme(theme));
  const nothing = data.nothing ? node("p", { class: "nothing" }, data.nothing) : null;
  cards.setAttribute("aria-label", data.name);
  cards.replaceChildren(...[nothing, ...themes].filter(Boolean));
}

function prepare(root, setTriggerValue) {
  const count = node("p", { role: "status" });
  const clear = node("button", { type: "button", hidden: true });
  const cards = node("section");
  root.append(node("div", { class: "head" }, count, clear), cards);
  followLinks(root, setTriggerValue);
  clear.addEventListener("click", () => {
    setTriggerValue("action", { kind: "clear" });
    count.tabIndex = -1;
    count.focus(); // the button goes away under the focus
  });
  return { count, clear, cards };
}

function drawTheme(theme) {
  return node("div", { class: "theme" }, node("h2", {}, theme.name), node("ul", {}, theme.cards.map(drawCard)));
}

function drawCard(card) {
  const title = linkTo(card.link, {}, node("span", { class: "number" }, card.number), node("span", {}, ` ${card.title}`));
  const facts = card.facts.map((fact) => node("li", {}, fact));
  return node("li", { class: "card" }, node("h3", {}, title), node("ul", { class: "facts" }, facts));
}
