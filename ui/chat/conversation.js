// Shows a conversation whose answers carry buttons to their sources, and reads the open source beside it.

const SHEET = window.matchMedia("(max-width: 960px)");
const LONG_QUESTION = 300; // characters: beyond, a question is set as text, not as a title
const memories = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  const desk = parentElement.querySelector(".desk");
  if (!memories.has(desk)) memories.set(desk, prepare(desk));
  const memory = memories.get(desk);
  memory.send = (action) => setTriggerValue("action", action);
  memory.data = data;
  showExchanges(desk, memory);
  showSources(desk, memory);
  showReader(desk, memory);
}

// --- once for each page -------------------------------------------------------------------------------------

function prepare(desk) {
  const memory = { drawn: [], pending: false, opened: null, listed: "", sheet: null };
  const reader = desk.querySelector(".reader");
  desk.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button || button.getAttribute("aria-disabled") === "true") return;
    if (button.dataset.source !== undefined) {
      memory.send({ kind: "open", exchange: Number(button.dataset.exchange), source: Number(button.dataset.source) });
    } else if (button.dataset.ask !== undefined) {
      memory.send({ kind: "ask", text: button.dataset.ask });
    } else if (button.dataset.do === "as-typed") {
      memory.send({ kind: "as-typed", exchange: Number(button.dataset.exchange) });
    } else if (button.dataset.do === "next" || button.dataset.do === "previous") {
      memory.send({ kind: "step", by: button.dataset.do === "next" ? 1 : -1 });
    } else if (button.dataset.do) {
      memory.send({ kind: button.dataset.do });
    }
  });
  reader.addEventListener("keydown", (event) => {
    if (event.key === "Escape") memory.send({ kind: "close" });
  });
  // The panel closes when Python says so, so that the page and the conversation never disagree.
  reader.addEventListener("cancel", (event) => event.preventDefault());
  reader.addEventListener("click", (event) => {
    if (event.target === reader && memory.sheet) memory.send({ kind: "close" });
  });
  SHEET.addEventListener("change", () => {
    if (reader.isConnected && reader.open) lay(reader, memory);
  });
  return memory;
}

// --- nodes --------------------------------------------------------------------------------------------------

function sourceButton(source, exchange, ...children) {
  const shown = children.length ? children : [String(source.number)];
  const attributes = { type: "button", "data-exchange": exchange, "data-source": source.source };
  if (!children.length) Object.assign(attributes, { class: "mark", "aria-label": source.name });
  return node("button", attributes, ...shown);
}

// --- the conversation ---------------------------------------------------------------------------------------

function showExchanges(desk, memory) {
  const { exchanges, labels } = memory.data;
  const place = desk.querySelector(".conversation");
  if (!place.firstChild) place.append(node("h1", { class: "unseen" }, labels.conversation));
  const before = memory.drawn;
  const drawn = exchanges.map((exchange, index) => {
    const last = index === exchanges.length - 1;
    const made = JSON.stringify([exchange, last]);
    if (before[index]?.made === made) return before[index];
    return { made, shown: drawExchange(exchange, index, last, labels) };
  });
  drawn.forEach((now, index) => {
    const old = before[index];
    if (old === now) return;
    if (old) old.shown.replaceWith(now.shown);
    else place.append(now.shown);
  });
  before.slice(drawn.length).forEach((old) => old.shown.remove());
  memory.drawn = drawn;

  const latest = exchanges.at(-1);
  const pending = latest?.state === "pending";
  const came = memory.pending && !pending;
  if (came) announce(desk, memory, latest.announcement);
  if (came || (pending && !memory.pending)) reveal(drawn.at(-1).shown, desk);
  memory.pending = pending;
}

// Said once, then taken away: someone who reads the page line by line does not meet the answer twice.
function announce(desk, memory, words) {
  const status = desk.querySelector("[role=status]");
  status.textContent = words;
  clearTimeout(memory.saying);
  memory.saying = setTimeout(() => status.replaceChildren(), 10_000);
}

// Streamlit keeps a chat scrolled to its end, which hides the start of an answer: its question is held at the top
// until the page has settled or the reader moves. A wheel event is what tells Streamlit to stop scrolling.
function reveal(exchange, desk) {
  const until = Date.now() + 1200;
  const moves = ["wheel", "pointerdown", "keydown"];
  const timer = setInterval(hold, 80);
  const stop = (event) => {
    if (event && !event.isTrusted) return;
    clearInterval(timer);
    for (const move of moves) document.removeEventListener(move, stop, true);
  };
  for (const move of moves) document.addEventListener(move, stop, { capture: true, passive: true });
  function hold() {
    if (Date.now() > until || !exchange.isConnected) return stop();
    desk.dispatchEvent(new WheelEvent("wheel", { bubbles: true, composed: true }));
    exchange.scrollIntoView({ block: "start" });
  }
}

function drawExchange(exchange, index, last, labels) {
  const shown = node("article", { class: `exchange ${exchange.state}` });
  const length = exchange.question.length > LONG_QUESTION ? " long" : "";
  const said = node("span", { class: "unseen" }, `${labels.question} : `);
  shown.append(node("h2", { class: `question${length}` }, said, exchange.question));
  if (exchange.understood) {
    shown.append(node("p", { class: "understood" }, `${labels.understood} `, node("q", {}, exchange.understood)));
  }
  if (exchange.state === "pending") {
    const work = node("p", { class: "searching" }, node("span", { class: "wheel" }), exchange.work);
    shown.append(node("div", { class: "answer" }, work, ...drawLines(exchange.lines, index)));
    return shown;
  }
  const answer = node("div", { class: "answer", role: "group", "aria-label": labels.states[exchange.state] });
  if (exchange.state === "answered") {
    answer.append(node("p", { class: "count" }, exchange.count));
    if (exchange.opening) answer.append(node("p", { class: "opening" }, exchange.opening));
    answer.append(...(exchange.table ? [drawTable(exchange.table, index, labels)] : drawLines(exchange.lines, index)));
  } else {
    answer.append(...drawRefusal(exchange, index, labels));
  }
  if (exchange.notes.length || exchange.masked) answer.append(drawNotes(exchange, index, labels));
  shown.append(answer);
  if (last) shown.append(drawSuggestions(exchange.suggestions, labels));
  return shown;
}

// Sentences run on in paragraphs, items make a list, rows a table-like list; a lead opens a new paragraph.
function drawLines(lines, index) {
  const blocks = [];
  let open = null;
  for (const line of lines) {
    const words = drawWords(line, index);
    const list = line.kind !== "sentence";
    const tag = list ? "UL" : "P";
    const fits = open && open.tagName === tag && (list ? open.className === `${line.kind}s` : !line.lead);
    if (!fits) {
      open = list ? node("ul", { class: `${line.kind}s` }) : node("p");
      blocks.push(open);
    } else if (!list) {
      open.append(" ");
    }
    open.append(...(list ? [node("li", {}, ...words)] : words));
  }
  return blocks;
}

function drawWords(line, index) {
  const words = [];
  if (line.lead) words.push(node("strong", { class: "lead" }, line.lead), " ");
  // The last word and its marks stay on one line: a mark alone at the start of a line belongs to nothing.
  const cut = line.text.lastIndexOf(" ") + 1;
  const marks = line.sources.map((source) => sourceButton(source, index));
  words.push(line.text.slice(0, cut), node("span", { class: "tail" }, line.text.slice(cut), ...marks));
  return words;
}

// The roles are written out: a narrow window stacks the cells, and a browser may then forget that they were a table.
function drawTable(table, index, labels) {
  const heads = [node("th", { scope: "col", role: "columnheader" }, table.corner)];
  heads.push(...table.columns.map((column) => drawHead(column, "col", "columnheader")));
  const rows = table.rows.map((row) => {
    const cells = row.cells.map((lines, column) => {
      const made = node("td", { role: "cell", "data-column": table.columns[column].name });
      if (lines.length) made.append(...lines.map((line) => node("p", {}, ...drawWords(line, index))));
      else made.append(node("p", { class: "unsaid" }, labels.unsaid));
      return made;
    });
    return node("tr", { role: "row" }, drawHead(row.head, "row", "rowheader"), ...cells);
  });
  const made = node(
    "table",
    { role: "table" },
    node("caption", {}, table.caption),
    node("thead", { role: "rowgroup" }, node("tr", { role: "row" }, ...heads)),
    node("tbody", { role: "rowgroup" }, ...rows),
  );
  made.style.setProperty("--columns", table.columns.length);
  return node("div", { class: "compared", role: "region", tabindex: 0, "aria-label": table.caption }, made);
}

function drawHead(head, scope, role) {
  const made = node("th", { scope, role }, head.name);
  if (head.place) made.append(" ", node("span", { class: "where" }, head.place));
  return made;
}

function drawNotes(exchange, index, labels) {
  const shown = node("div", { class: "notes" });
  if (exchange.masked) {
    shown.append(node("p", {}, exchange.masked));
    const means = `as-typed-${index}`;
    const attributes = { type: "button", "data-do": "as-typed", "data-exchange": index, "aria-describedby": means };
    const button = node("button", attributes, labels.as_typed);
    shown.append(node("p", { class: "as-typed" }, button, " ", node("span", { id: means }, labels.as_typed_means)));
  }
  shown.append(...exchange.notes.map((note) => node("p", {}, note)));
  return shown;
}

function drawRefusal(exchange, index, labels) {
  const parts = [node("h3", {}, labels.states[exchange.state])];
  if (exchange.message) parts.push(node("p", {}, exchange.message));
  if (exchange.unknown_words.length) {
    const words = exchange.unknown_words.map((word) => node("li", {}, word));
    parts.push(node("h4", {}, labels.unknown_words), node("ul", { class: "words" }, ...words));
  }
  if (exchange.state === "unprovable" && exchange.sources.length) {
    const passages = exchange.sources.map((source) =>
      node("li", {}, sourceButton(source, index, source.place), node("p", {}, source.excerpt)),
    );
    parts.push(node("h4", {}, labels.found_passages), node("ol", { class: "passages" }, ...passages));
  }
  if (exchange.fiches.length) {
    const fiches = exchange.fiches.map((line) => node("li", {}, line));
    parts.push(node("h4", {}, labels.nearest_fiches), node("ul", { class: "fiches" }, ...fiches));
  }
  return parts;
}

function drawSuggestions(questions, labels) {
  const items = questions.map((text) =>
    node("li", {}, node("button", { type: "button", "data-ask": text }, text)),
  );
  const shown = node("section", { class: "suggestions" });
  if (items.length) shown.append(node("h3", {}, labels.continue), node("ul", {}, ...items));
  shown.append(node("button", { type: "button", class: "restart", "data-do": "restart" }, labels.new_conversation));
  return shown;
}

// --- the margin: the list of sources, or the source being read ----------------------------------------------

function showSources(desk, memory) {
  const { exchanges, labels, reader } = memory.data;
  const place = desk.querySelector(".sources");
  const index = exchanges.length - 1;
  const exchange = exchanges[index];
  const listed = exchange?.state === "answered" ? exchange.sources : [];
  place.hidden = Boolean(reader) || !listed.length;
  // The list is drawn again only when it changes, so that the focus can come back to its buttons.
  const made = JSON.stringify([index, listed]);
  if (made === memory.listed) return;
  memory.listed = made;
  place.setAttribute("aria-label", labels.sources);
  const items = listed.map((source) =>
    node("li", {}, sourceButton(source, index, node("span", { class: "number" }, String(source.number)), source.place)),
  );
  place.replaceChildren(node("h2", {}, labels.sources), node("ol", {}, ...items));
}

function showReader(desk, memory) {
  const { reader: source, labels } = memory.data;
  const reader = desk.querySelector(".reader");
  const was = memory.opened;
  memory.opened = source ? { exchange: source.exchange, source: source.source } : null;
  for (const button of desk.querySelectorAll("[data-source]")) {
    const here = source && matches(button, source);
    button.toggleAttribute("data-open", Boolean(here));
    button.setAttribute("aria-expanded", String(Boolean(here)));
  }
  if (!source) {
    reader.close(); // which gives the focus back to the button that opened it
    return;
  }
  const same = was && was.exchange === source.exchange && was.source === source.source && reader.open;
  if (same) return;
  fill(reader, source, labels);
  const stepping = reader.open && reader.contains(focusedIn(reader));
  lay(reader, memory);
  showQuote(reader);
  if (stepping) {
    announce(desk, memory, `${source.heading}. ${source.place}`);
  } else {
    reader.querySelector("h2").focus({ preventScroll: true });
  }
}

function matches(button, source) {
  return Number(button.dataset.exchange) === source.exchange && Number(button.dataset.source) === source.source;
}

// On a narrow window the source is a sheet over the conversation, in the browser's own top layer.
function lay(reader, memory) {
  if (reader.open && memory.sheet === SHEET.matches) return;
  if (reader.open) reader.close();
  memory.sheet = SHEET.matches;
  reader.classList.toggle("sheet", SHEET.matches);
  if (SHEET.matches) reader.showModal();
  else reader.show();
}

function fill(reader, source, labels) {
  reader.querySelector("h2").textContent = source.heading;
  reader.querySelector(".place").textContent = source.place;
  setButton(reader, "close", labels.close, false);
  setButton(reader, "previous", labels.previous, source.first);
  setButton(reader, "next", labels.next, source.last);
  const text = reader.querySelector(".text");
  text.setAttribute("aria-label", labels.passage_text);
  const path = source.path.map((step) => node("li", {}, step));
  text.replaceChildren(
    node("ol", { class: "path", "aria-label": labels.path }, ...path),
    ...drawBlocks(source.blocks),
    node("p", { class: "state" }, source.state),
  );
}

// A button at its end stays in place, so that the keyboard's focus is not lost there.
function setButton(reader, name, label, ended) {
  const button = reader.querySelector(`[data-do=${name}]`);
  button.textContent = label;
  button.setAttribute("aria-disabled", String(ended));
}

function drawBlocks(blocks) {
  const shown = [];
  let list = null;
  for (const block of blocks) {
    const runs = block.runs.map((run) => (run.quoted ? node("mark", {}, run.text) : run.text));
    const listed = block.kind === "item" || block.kind === "row";
    if (!listed) {
      list = null;
      const tag = block.kind === "heading" ? "h3" : "p";
      shown.push(node(tag, { class: block.role }, ...runs));
      continue;
    }
    if (!list || list.className !== `${block.kind}s`) {
      list = node("ul", { class: `${block.kind}s` });
      shown.push(list);
    }
    list.append(node("li", { class: block.role }, ...runs));
  }
  return shown;
}

function showQuote(reader) {
  const text = reader.querySelector(".text");
  const quote = text.querySelector("mark") ?? text.querySelector(".passage");
  const top = quote ? quote.getBoundingClientRect().top - text.getBoundingClientRect().top + text.scrollTop : 0;
  text.scrollTop = Math.max(0, top - text.clientHeight / 3);
}
