// Shows a part of a document with its contents beside it: the cited words marked, its notes under it.

const WIDE = matchMedia("(min-width: 900px)");
const drawn = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".reader");
  if (!drawn.has(root)) {
    followLinks(root, setTriggerValue);
    root.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button?.dataset.call) toggleNote(button);
      if (button?.dataset.back) find(root, `[data-call="${button.dataset.back}"]`).focus();
    });
  }
  if (drawn.get(root) === data.address) return;
  drawn.set(root, data.address);
  root.replaceChildren(drawContents(data), drawDesk(data));
  requestAnimationFrame(() => arrive(root, data));
}

function find(root, selector) {
  return root.querySelector(selector);
}

// Where the address leads: the cited words, the passage, or the title where another part has just been opened.
function arrive(root, data) {
  showCurrent(find(root, ".contents"));
  const words = find(root, "mark.current, .box.current");
  const passage = data.sheet || !data.passage ? null : find(root, `[data-passages~="${CSS.escape(data.passage)}"]`);
  const place = words ?? passage;
  if (place) {
    place.focus({ preventScroll: true });
    const show = () => place.scrollIntoView({ block: words ? "center" : "start", inline: "start" });
    show();
    if (document.fonts.status === "loading") document.fonts.ready.then(show); // what stands above grows with its letters
  } else if (data.moved) {
    find(root, "h1").focus({ preventScroll: true });
    find(root, ".part").scrollIntoView({ block: "start" });
  }
}

// The contents scroll within themselves to the part that is read.
function showCurrent(contents) {
  const current = find(contents, "[aria-current=page]");
  const scrolled = WIDE.matches ? contents : find(contents, "details");
  if (!current) return;
  scrolled.scrollTop += current.getBoundingClientRect().top - scrolled.getBoundingClientRect().top - scrolled.clientHeight / 3;
}

// --- the contents -------------------------------------------------------------------------------------------

function drawContents(data) {
  const { labels } = data;
  const documents = data.documents.length
    ? node("div", { class: "documents" }, node("h2", {}, labels.documents), drawLinks(data.documents))
    : null;
  const entries = drawEntries(data.contents);
  const details = node("details", { open: WIDE.matches || data.first }, node("summary", {}, labels.contents), documents, entries);
  const contents = node("nav", { class: "contents", "aria-label": labels.contents }, details);
  details.addEventListener("toggle", () => showCurrent(contents));
  return contents;
}

function drawLinks(links) {
  return node("ul", {}, links.map((named) => node("li", {}, linkNamed(named))));
}

function linkNamed(named) {
  return linkTo(named.link, { "aria-current": named.current ? "true" : null }, named.text);
}

// A flat list of levels as lists within lists.
function drawEntries(entries) {
  const outer = node("ul", {});
  const open = [{ level: 0, list: outer, last: null }];
  for (const entry of entries) {
    while (open.length > 1 && open.at(-1).level >= entry.level) open.pop();
    const above = open.at(-1);
    if (above.last && !above.under) {
      above.under = node("ul", {});
      above.last.append(above.under);
    }
    const list = above.under ?? above.list;
    const item = node("li", {}, linkTo(entry.link, { "aria-current": entry.current ? "page" : null }, entry.title));
    list.append(item);
    open.push({ level: entry.level, list, last: item, under: null });
  }
  return outer;
}

// --- the part -----------------------------------------------------------------------------------------------

function drawDesk(data) {
  return node("div", { class: "desk" }, drawCitation(data), drawPart(data));
}

// The citation that is being checked, and the way to the others: it stays in sight while the text goes by.
function drawCitation(data) {
  const { citation, labels } = data;
  if (!citation?.back) return null; // words that are read, but of no answer
  return node(
    "nav",
    { class: "citation", "aria-label": labels.citations },
    node("p", {}, node("strong", {}, citation.heading), node("q", {}, citation.question)),
    node(
      "ul",
      {},
      drawStep(citation.previous, labels.previous_citation),
      drawStep(citation.next, labels.next_citation),
      node("li", { class: "back" }, linkTo(citation.back, {}, labels.back)),
    ),
  );
}

function drawStep(link, text) {
  return node("li", {}, link ? linkTo(link, {}, text) : node("span", { class: "quiet" }, text));
}

function drawPart(data) {
  const { labels } = data;
  return node(
    "article",
    { class: "part" },
    data.path.length ? node("ul", { class: "path" }, data.path.map((title) => node("li", {}, title))) : null,
    node("h1", { tabindex: -1 }, data.title),
    drawHead(data),
    data.notices.map((notice) => node("p", { class: "notice", role: "status" }, notice)),
    data.sheet ? drawSheet(data) : [drawBlocks(data), drawNotes(data)],
    data.neighbours.length
      ? node("nav", { class: "neighbours", "aria-label": labels.neighbours }, drawLinks(data.neighbours))
      : null,
  );
}

function drawHead(data) {
  const items = [
    data.page ? node("span", {}, data.page) : null,
    data.fiche ? linkNamed(data.fiche) : null,
    data.views.length ? node("span", { class: "views", role: "group", "aria-label": data.labels.views }, data.views.map(linkNamed)) : null,
  ];
  return node("div", { class: "head" }, items);
}

// Items and rows that follow each other make one list; deeper items stand in lists of their own.
function drawBlocks(data) {
  const shown = node("div", { class: "text" });
  const seen = { current: false };
  let lists = [];
  data.blocks.forEach((block, rank) => {
    const inner = [block.page ? node("span", { class: "page" }, block.page) : null, ...drawRuns(block.runs, data, seen)];
    const attributes = { "data-passages": block.passages.join(" "), tabindex: -1 };
    if (block.kind === "item" || block.kind === "row") {
      lists = placeItem(shown, lists, block, node("li", attributes, inner));
      return;
    }
    lists = [];
    const tag = block.kind === "heading" ? `h${Math.min(block.level, 3) + 1}` : "p";
    shown.append(node(tag, { ...attributes, class: block.kind === "heading" && rank === 0 ? "printed" : null }, inner));
  });
  return shown;
}

function placeItem(shown, lists, block, item) {
  const kind = block.kind === "row" ? "rows" : "items";
  let open = lists[0]?.className === kind ? lists.slice(0, block.level + 1) : [];
  if (!open.length) {
    open = [node("ul", { class: kind })];
    shown.append(open[0]);
  }
  while (open.length <= block.level && open.at(-1).lastElementChild) {
    const deeper = node("ul", { class: kind });
    open.at(-1).lastElementChild.append(deeper);
    open.push(deeper);
  }
  open.at(-1).append(item);
  return open;
}

// Words, those of citations marked, and the calls of notes as buttons.
function drawRuns(runs, data, seen) {
  const number = data.citation?.number;
  const last = runs.findLastIndex((run) => run.marks.includes(number));
  return runs.flatMap((run, at) => {
    const current = run.marks.includes(number);
    const first = current && !seen.current;
    seen.current ||= current;
    const words = !run.marks.length
      ? run.text
      : node(
          "mark",
          { class: current ? "current" : "other", tabindex: first ? -1 : null },
          first ? node("span", { class: "unseen" }, `${data.citation.start} `) : null,
          run.text,
          current && at === last ? node("span", { class: "unseen" }, ` ${data.citation.end}`) : null,
        );
    return [words, ...run.calls.map((call) => drawCall(call, data))];
  });
}

// --- the notes ----------------------------------------------------------------------------------------------

function drawCall(number, data) {
  const note = data.notes.find((one) => one.number === number);
  if (!note) return null;
  return node("button", { class: "call", "data-call": number, "aria-label": note.name, "aria-expanded": "false" }, `${number}`);
}

// The note is shown under the paragraph that calls it, as long as it is wanted.
function toggleNote(button) {
  const root = button.closest(".reader");
  const block = button.closest("p, li, h2, h3, h4");
  const open = button.getAttribute("aria-expanded") === "true";
  button.setAttribute("aria-expanded", `${!open}`);
  if (open) {
    root.querySelector(`[data-shown="${button.dataset.call}"]`)?.remove();
    return;
  }
  const words = find(root, `[data-note="${button.dataset.call}"] .words`).cloneNode(true);
  const shown = node("span", { class: "note", role: "note", "data-shown": button.dataset.call }, node("sup", {}, button.dataset.call), " ", words);
  block.append(shown);
}

function drawNotes(data) {
  if (!data.notes.length) return null;
  const seen = { current: data.blocks.some((block) => block.runs.some((run) => run.marks.includes(data.citation?.number))) };
  return node(
    "section",
    { class: "notes", "aria-labelledby": "notes" },
    node("h2", { id: "notes" }, data.labels.notes),
    node(
      "ol",
      {},
      data.notes.map((note) =>
        node(
          "li",
          { value: note.number, "data-note": note.number, "data-passages": note.passages.join(" "), tabindex: -1 },
          node("span", { class: "words" }, note.lines.flatMap((line) => [...drawRuns(line.runs, data, seen), " "])),
          node("button", { class: "back", "data-back": note.number, "aria-label": note.back }, "↑"),
        ),
      ),
    ),
  );
}

// --- the page as it is printed ------------------------------------------------------------------------------

function drawSheet(data) {
  const { sheet, labels, citation } = data;
  const image = node("img", { src: sheet.picture, alt: sheet.alternative, width: sheet.width, height: sheet.height });
  const boxes = sheet.boxes.map((box) => {
    const made = node("div", { class: box.number === citation?.number ? "box current" : "box", "aria-hidden": "true" });
    made.style.left = `${box.left * 100}%`;
    made.style.top = `${box.top * 100}%`;
    made.style.width = `${box.width * 100}%`;
    made.style.height = `${box.height * 100}%`;
    return made;
  });
  return node(
    "figure",
    { class: "sheet" },
    node(
      "figcaption",
      {},
      node("span", {}, sheet.heading),
      node("nav", { "aria-label": labels.sheets }, node("ul", {}, drawStep(sheet.previous, labels.previous_sheet), drawStep(sheet.next, labels.next_sheet))),
    ),
    node("div", { class: "frame", tabindex: 0, role: "group", "aria-label": sheet.heading }, node("div", { class: "paper" }, image, boxes)),
  );
}
