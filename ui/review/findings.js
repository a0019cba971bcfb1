// What was found, as tables and as lists; all of it plain text.

const drawn = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".findings");
  if (!drawn.has(root)) followLinks(root, setTriggerValue);
  const wanted = JSON.stringify(data);
  if (drawn.get(root) === wanted) return;
  drawn.set(root, wanted);
  root.replaceChildren(...data.tables.map(drawTable), ...data.lists.map(drawList));
}

// The roles are said, since a phone lays a row out as a card, and a row laid out so is none for a screen reader.
function drawTable({ caption, heads, rows }) {
  const head = heads.map((name) => node("th", { scope: "col", role: "columnheader" }, name));
  const body = rows.map(([first, ...cells]) =>
    node(
      "tr",
      { role: "row" },
      node("th", { scope: "row", role: "rowheader" }, first),
      ...cells.map((cell, at) => node("td", { role: "cell", "data-head": heads[at + 1] }, cell)),
    ),
  );
  return node(
    "table",
    { role: "table" },
    node("caption", {}, caption),
    node("thead", { role: "rowgroup" }, node("tr", { role: "row" }, ...head)),
    node("tbody", { role: "rowgroup" }, ...body),
  );
}

function drawList({ heading, entries }) {
  const lines = entries.map((entry) => {
    const text = entry.link ? linkTo(entry.link, {}, entry.text) : node("span", {}, entry.text);
    const beside = entry.beside ? node("span", { class: "beside" }, ` ${entry.beside}`) : null;
    return node("li", {}, text, beside, entry.table ? drawTable(entry.table) : null);
  });
  return node("section", {}, heading ? node("p", { class: "heading" }, heading) : null, node("ul", {}, ...lines));
}
