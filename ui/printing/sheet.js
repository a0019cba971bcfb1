// A document laid out for paper: the answers with the numbers of their references, which stand at the end.

export default function ({ data, parentElement, setTriggerValue }) {
  const sheet = parentElement.querySelector(".sheet");
  const made = JSON.stringify(data);
  if (sheet.dataset.made === made) return;
  if (!sheet.dataset.made) followLinks(sheet, setTriggerValue);
  sheet.dataset.made = made;
  const { labels } = data;
  const print = node("button", { type: "button" }, labels.print);
  print.addEventListener("click", () => window.print());
  sheet.replaceChildren(
    node("p", { class: "controls" }, print, linkTo(data.back, {}, labels.back)),
    node("h1", {}, data.title),
    node("p", { class: "subtitle" }, data.subtitle),
    ...data.blocks.map((block) => drawBlock(block, labels)),
    ...drawReferences(data, labels),
    node("p", { class: "foot" }, data.foot),
  );
}

const LISTS = new Set(["items", "places", "proposals", "choices"]);

function drawBlock(block, labels) {
  if (block.kind === "comparison") return drawComparison(block, labels);
  if (block.kind === "heading") return drawHeading(block);
  if (block.kind === "grid") return drawGrid(block);
  if (block.kind === "ruled") return node("div", { class: "ruled" }, ...Array.from({ length: block.lines }, () => node("p")));
  const phrases = block.phrases.map(drawPhrase);
  if (block.kind === "question") return node("h2", {}, ...phrases.flat());
  const caption = block.caption ? [node("p", { class: "caption" }, block.caption)] : [];
  const drawn = LISTS.has(block.kind)
    ? node("ul", { class: block.kind }, ...phrases.map((phrase) => node("li", {}, ...phrase)))
    : node("p", { class: block.kind }, ...phrases.flatMap((phrase, at) => (at ? [" ", ...phrase] : phrase)));
  return node("div", {}, ...caption, drawn);
}

function drawHeading({ text, level, note, fresh }) {
  const said = note ? [" ", node("span", { class: "note" }, note)] : [];
  return node(`h${level + 1}`, { class: fresh ? "fresh" : null }, text, ...said);
}

function drawGrid({ caption, heads, rows, widths }) {
  const whole = widths.reduce((sum, width) => sum + width, 0);
  const columns = heads.map((head, at) => node("th", { scope: "col", style: `width: ${(100 * widths[at]) / whole}%` }, head));
  const lines = rows.map((row) => node("tr", {}, ...row.map((cell) => node("td", {}, cell))));
  return node(
    "table",
    { class: "grid" },
    ...(caption ? [node("caption", {}, caption)] : []),
    node("thead", {}, node("tr", {}, ...columns)),
    node("tbody", {}, ...lines),
  );
}

function drawPhrase({ lead, text, references }) {
  const marks = references.map((number) => node("sup", {}, `[${number}]`));
  return [...(lead ? [node("strong", {}, lead), " "] : []), text, ...marks];
}

function drawComparison({ caption, corner, heads, rows }, labels) {
  const columns = heads.map((name) => ({ name }));
  const drawn = rows.map(({ head, cells }) => ({ head: { name: head }, cells }));
  return drawTable({ caption, corner, columns, rows: drawn }, labels.unsaid, drawPhrase);
}

function drawReferences({ references }, labels) {
  if (!references.length) return [];
  const items = references.map((reference) => node("li", { value: reference.number }, reference.text));
  return [node("h2", {}, labels.references), node("ol", { class: "references" }, ...items)];
}
