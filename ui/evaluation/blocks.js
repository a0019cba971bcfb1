// Tables, lists, questions to look into and the progress of a run: one block after the other.

const drawn = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".blocks");
  if (!drawn.has(root)) followLinks(root, setTriggerValue);
  const wanted = JSON.stringify(data);
  if (drawn.get(root) === wanted) return; // what is open stays open
  drawn.set(root, wanted);
  if (data.progress) return drawProgress(root, data.progress);
  const open = new Set([...root.querySelectorAll("details[open]")].map((details) => details.dataset.id));
  root.replaceChildren(
    ...(data.tables ?? []).map((table) => drawTable(table, open)),
    ...(data.notes ?? []).map((notes) => drawNotes(notes, open)),
    ...(data.lists ?? []).map(drawList),
    ...(data.questions ?? []).map((question) => drawQuestion(question, open)),
  );
}

// The live region stays the same node, so that what it says is heard when it changes, and only then.
function drawProgress(root, progress) {
  if (!root.querySelector("progress")) {
    root.replaceChildren(node("p", { class: "how-far" }), node("progress", { max: 1 }), node("p", { class: "unseen", role: "status" }));
  }
  const [text, bar, aloud] = root.children;
  text.textContent = progress.text;
  bar.value = progress.share;
  bar.setAttribute("aria-label", progress.text);
  if (aloud.textContent !== progress.aloud) aloud.textContent = progress.aloud;
}

function drawCell(cell) {
  return cell.link ? linkTo(cell.link, {}, cell.text) : cell.text;
}

// The roles are said, since a phone lays a row out as a card, and a row laid out so is none for a screen reader.
function drawTable(table, open) {
  const heads = table.heads.map((head) =>
    node("th", { scope: "col", role: "columnheader", class: head.words ? "words" : null }, head.text),
  );
  const rows = table.rows.map(([first, ...cells]) =>
    node(
      "tr",
      { role: "row" },
      node("th", { scope: "row", role: "rowheader" }, drawCell(first)),
      ...cells.map((cell, at) => {
        const head = table.heads[at + 1];
        return node("td", { role: "cell", "data-head": head.text, class: head.words ? "words" : null }, drawCell(cell));
      }),
    ),
  );
  const made = node(
    "table",
    { role: "table" },
    node("caption", { class: "unseen" }, table.name),
    node("thead", { role: "rowgroup" }, node("tr", { role: "row" }, ...heads)),
    node("tbody", { role: "rowgroup" }, ...rows),
  );
  if (!table.summary) return made;
  const id = `table-${table.name}`;
  return node("details", { "data-id": id, open: open.has(id) }, node("summary", {}, table.summary), made);
}

function drawList(list) {
  const [whole, line] = list.bullets ? ["ul", "li"] : ["div", "p"];
  return node(whole, {}, ...list.lines.map((said) => node(line, {}, drawCell(said))));
}

function drawTerms(terms) {
  const lines = terms.flatMap((term) => [
    node("dt", {}, term.name),
    ...term.said.map((said) => node("dd", {}, drawCell(said))),
  ]);
  return node("dl", {}, ...lines);
}

function drawNotes(notes, open) {
  const id = `notes-${notes.summary}`;
  return node("details", { "data-id": id, open: open.has(id) }, node("summary", {}, notes.summary), drawTerms(notes.terms));
}

function drawQuestion(question, open) {
  return node(
    "details",
    { class: "question", "data-id": question.id, open: open.has(question.id) },
    node(
      "summary",
      {},
      question.question,
      node("span", { class: "tags" }, ...question.tags.map((tag) => node("span", { class: "tag" }, tag))),
    ),
    drawTerms(question.terms),
    ...question.links.map((link) => node("p", {}, drawCell(link))),
  );
}
