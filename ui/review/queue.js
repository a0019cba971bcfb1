// A page of the queue: each answer with its way in, and the ways to the pages before and after.

const drawn = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".queue");
  if (!drawn.has(root)) followLinks(root, setTriggerValue);
  const wanted = JSON.stringify(data);
  if (drawn.get(root) === wanted) return;
  drawn.set(root, wanted);
  const list = node("ol", { "aria-label": data.view.name, start: data.view.start }, ...data.view.lines.map((line) => drawLine(line, data.labels)));
  root.replaceChildren(...[list, drawPages(data)].filter(Boolean));
}

function drawLine(line, labels) {
  const about = node("span", { class: "about" }, line.about.join(" · "));
  const settle = line.settle ? linkTo(line.settle, { class: "settle", "aria-label": `${labels.settle} : ${line.question}` }, labels.settle) : null;
  const mine = line.mine ? node("span", { class: line.done ? "mine done" : "mine" }, node("span", { class: "unseen" }, `${labels.yours} : `), line.mine) : null;
  return node("li", {}, node("div", { class: "line" }, node("div", {}, linkTo(line.link, { class: "question" }, line.question), about), node("div", { class: "end" }, mine, settle)));
}

function drawPages({ view, labels }) {
  if (!view.previous && !view.next) return null;
  const previous = view.previous ? linkTo(view.previous, { rel: "prev" }, `← ${labels.previous}`) : node("span");
  const next = view.next ? linkTo(view.next, { rel: "next" }, `${labels.next} →`) : node("span");
  return node("nav", { "aria-label": labels.pages }, previous, node("span", {}, view.shown), next);
}
