// What stands under a chart: the report's sentences with the way to read them there, and the numbers as a table.

const drawn = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".proof");
  if (!drawn.has(root)) followLinks(root, setTriggerValue);
  const wanted = JSON.stringify(data);
  if (drawn.get(root) === wanted) return; // an open table stays open
  drawn.set(root, wanted);
  root.replaceChildren(
    node("h4", {}, data.heading),
    ...data.quotes.map((quote) => drawQuote(quote, data.read)),
    drawTable(data.table),
  );
}

function drawQuote(quote, read) {
  return node(
    "figure",
    {},
    node("blockquote", {}, ...quote.sentences.map((sentence) => node("p", {}, sentence))),
    node("figcaption", {}, `${quote.place} · `, linkTo(quote.link, { "aria-label": quote.name }, read)),
  );
}

function drawTable(table) {
  const heads = table.heads.map((head) => node("th", { scope: "col" }, head));
  const rows = table.rows.map(([head, ...cells]) =>
    node("tr", {}, node("th", { scope: "row" }, head), ...cells.map((cell) => node("td", {}, cell))),
  );
  return node(
    "details",
    {},
    node("summary", {}, table.summary),
    node(
      "table",
      {},
      node("caption", { class: "unseen" }, table.name),
      node("thead", {}, node("tr", {}, ...heads)),
      node("tbody", {}, ...rows),
    ),
  );
}
