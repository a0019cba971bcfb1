// What stands under the strip: its numbers as a table, the fiches never cited, the questions without an answer.

const drawn = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".reached");
  if (!drawn.has(root)) followLinks(root, setTriggerValue);
  const wanted = JSON.stringify(data);
  if (drawn.get(root) === wanted) return; // an open table stays open
  const open = root.querySelector("details")?.open ?? false;
  drawn.set(root, wanted);
  root.replaceChildren(drawTable(data, open), ...data.lists.map(drawList));
}

// The roles are said, since a phone lays a row out as a card, and a row laid out so is none for a screen reader.
function drawTable(data, open) {
  const heads = data.heads.map((head) => node("th", { scope: "col", role: "columnheader" }, head));
  const rows = data.rows.map((row) =>
    node(
      "tr",
      { role: "row" },
      node("th", { scope: "row", role: "rowheader" }, linkTo(row.link, {}, row.title)),
      ...row.cells.map((cell, at) => node("td", { role: "cell", "data-head": data.heads[at + 1] }, cell)),
    ),
  );
  return node(
    "details",
    { open },
    node("summary", {}, data.summary),
    node(
      "table",
      { role: "table" },
      node("caption", { class: "unseen" }, data.name),
      node("thead", { role: "rowgroup" }, node("tr", { role: "row" }, ...heads)),
      node("tbody", { role: "rowgroup" }, ...rows),
    ),
  );
}

function drawList(list) {
  const groups = list.groups.map(([heading, lines]) => [
    heading ? node("h4", {}, heading) : null,
    node("ul", {}, ...lines.map(drawLine)),
  ]);
  return node(
    "section",
    {},
    node("h3", {}, list.heading),
    ...(groups.length ? groups.flat() : [node("p", {}, list.none)]).filter(Boolean),
  );
}

function drawLine(line) {
  const beside = line.beside ? node("span", { class: "beside" }, ` ${line.beside}`) : null;
  return node("li", {}, linkTo(line.link, {}, line.text), beside);
}
