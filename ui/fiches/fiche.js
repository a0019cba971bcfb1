// A fiche's page: its card, its fields one after the other, and the fiches near it.

const pages = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".fiche");
  if (!pages.has(parentElement)) {
    followLinks(root, setTriggerValue);
    root.addEventListener("click", jump);
  }
  if (pages.get(parentElement) === data.number) return;
  pages.set(parentElement, data.number);
  root.replaceChildren(drawFiche(data));
  if (data.moved) arrive(root.querySelector("h1"));
}

// What stood here is gone: the reader goes on from the title of what took its place.
function arrive(title) {
  requestAnimationFrame(() => {
    title.focus({ preventScroll: true });
    title.closest("article").scrollIntoView({ block: "start" });
  });
}

// An address within a component leads nowhere by itself: its rules and names are hidden from the page.
function jump(event) {
  const link = event.target.closest("a[data-field]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const heading = link.getRootNode().getElementById(link.dataset.field);
  heading.focus({ preventScroll: true });
  heading.scrollIntoView({ block: "start" });
}

function drawFiche(data) {
  return node(
    "article",
    {},
    node("p", { class: "back" }, linkNamed(data.back)),
    node("p", { class: "place" }, `${data.name} · ${data.place}`),
    node("h1", { tabindex: -1 }, data.title),
    node("ul", { class: "actions" }, data.actions.map((action) => node("li", {}, linkNamed(action)))),
    node(
      "div",
      { class: "columns" },
      node("div", { class: "side" }, drawCard(data), drawContents(data)),
      node("div", { class: "text" }, data.fields.map(drawField)),
    ),
    drawNear(data),
    node("ul", { class: "around" }, data.around.map((other) => node("li", {}, linkNamed(other)))),
  );
}

function linkNamed(named, attributes = {}) {
  return linkTo(named.link, { ...attributes, "aria-label": named.name || null }, named.text);
}

function drawCard(data) {
  const rows = data.card.map(([name, lines]) =>
    node("div", {}, node("dt", {}, name), lines.map((line) => node("dd", {}, line))),
  );
  return node("section", { "aria-labelledby": "card" }, node("h2", { id: "card" }, data.card_name), node("dl", {}, rows));
}

function drawContents(data) {
  const links = data.fields.map((field) => {
    const link = node("a", { href: `#${field.key}` }, field.name);
    link.dataset.field = field.key;
    return node("li", {}, link);
  });
  return node("nav", { "aria-label": data.fields_name }, node("h2", {}, data.fields_name), node("ul", {}, links));
}

function drawField(field) {
  const head = node("h2", { id: field.key, tabindex: -1 }, field.name);
  const where = node("p", { class: "read" }, field.page ? `${field.page} · ` : null, linkNamed(field.read));
  return node("section", { "aria-labelledby": field.key }, node("div", { class: "head" }, head, where), drawLines(field.lines));
}

// Items and rows that follow each other make one list.
function drawLines(lines) {
  const blocks = [];
  for (const [kind, text, warning] of lines) {
    const shown = [text, warning ? node("span", { class: "damaged" }, ` (${warning})`) : null];
    if (kind === "item" || kind === "row") {
      const open = blocks.at(-1)?.className === `${kind}s` ? blocks.at(-1) : node("ul", { class: `${kind}s` });
      if (open !== blocks.at(-1)) blocks.push(open);
      open.append(node("li", {}, shown));
    } else {
      blocks.push(node(kind === "heading" ? "h3" : "p", {}, shown));
    }
  }
  return blocks;
}

function drawNear(data) {
  const items = data.near.map((near) => node("li", {}, linkNamed(near.link), node("span", { class: "reason" }, near.reason)));
  return node(
    "section",
    { class: "near", "aria-labelledby": "near" },
    node("h2", { id: "near", tabindex: -1 }, data.near_name),
    node("p", { class: "reason" }, data.near_how),
    node("ul", {}, items),
  );
}
