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

function drawBlock(block, labels) {
  if (block.kind === "comparison") return drawComparison(block, labels);
  const phrases = block.phrases.map(drawPhrase);
  if (block.kind === "question") return node("h2", {}, ...phrases.flat());
  if (block.kind === "items" || block.kind === "places") {
    return node("ul", {}, ...phrases.map((phrase) => node("li", {}, ...phrase)));
  }
  return node("p", { class: block.kind }, ...phrases.flatMap((phrase, at) => (at ? [" ", ...phrase] : phrase)));
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
