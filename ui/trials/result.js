// The result of a trial: what was compared, what is preferred, what was measured, and each pair with the names.

const drawn = new WeakMap();

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".result");
  const wanted = JSON.stringify(data);
  if (drawn.get(root) === wanted) return; // what was opened stays open
  drawn.set(root, wanted);
  root.replaceChildren(...data.sections.map(drawSection));
  if (data.pairs.length) root.append(node("section", {}, node("h3", {}, data.pairs_heading), ...data.pairs.map((pair) => drawPair(pair, data.labels))));
}

function drawSection(section) {
  return node(
    "section",
    {},
    node("h3", {}, section.heading),
    ...section.sentences.map((sentence) => node("p", {}, sentence)),
    section.table ? drawTable(section.table) : null,
  );
}

function drawTable(table) {
  const heads = table.heads.map((head) => node("th", { scope: "col" }, head));
  const rows = table.rows.map(([head, ...cells]) =>
    node("tr", {}, node("th", { scope: "row" }, head), ...cells.map((cell) => node("td", {}, cell))),
  );
  return node(
    "div",
    { class: "scrolled", role: "region", tabindex: 0, "aria-label": table.name },
    node(
      "table",
      {},
      node("caption", { class: "unseen" }, table.name),
      node("thead", {}, node("tr", {}, ...heads)),
      node("tbody", {}, ...rows),
    ),
  );
}

function drawPair(pair, labels) {
  return node(
    "details",
    {},
    node("summary", {}, pair.question, " ", node("span", { class: "preference" }, pair.preference)),
    node("div", { class: "two" }, ...pair.answers.map(([name, text]) => node("section", {}, node("h4", {}, name), node("p", { class: "text" }, text)))),
    node("h4", {}, labels.votes),
    node("ul", {}, ...pair.votes.map((vote) => node("li", {}, vote))),
  );
}
