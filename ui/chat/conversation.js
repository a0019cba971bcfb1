// Shows a conversation whose answers carry buttons to their sources, and reads the open source beside it.

const NARROW = 880; // pixels of the component: below, there is no room for the margin and a source opens as a sheet
const LONG_QUESTION = 300; // characters: beyond, a question is set as text, not as a title
const memories = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  const desk = parentElement.querySelector(".desk");
  if (!memories.has(desk)) memories.set(desk, prepare(desk, setTriggerValue));
  const memory = memories.get(desk);
  memory.data = data;
  showHead(desk, memory);
  showExchanges(desk, memory);
  showSources(desk, memory);
  showReader(desk, memory);
}

// --- once for each page -------------------------------------------------------------------------------------

function prepare(desk, setTriggerValue) {
  const memory = { drawn: [], head: "", pending: false, opened: null, listed: "", sheet: null };
  const reader = desk.querySelector(".reader");
  memory.send = (action) => setTriggerValue("action", action);
  followLinks(desk, setTriggerValue);
  desk.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button || button.getAttribute("aria-disabled") === "true") return;
    const exchange = Number(button.dataset.exchange);
    if (button.dataset.source !== undefined) {
      memory.send({ kind: "open", exchange, source: Number(button.dataset.source) });
    } else if (button.dataset.ask !== undefined) {
      memory.send({ kind: "ask", text: button.dataset.ask });
    } else if (button.dataset.do === "next" || button.dataset.do === "previous") {
      memory.send({ kind: "step", by: button.dataset.do === "next" ? 1 : -1 });
    } else if (button.dataset.here) {
      HERE[button.dataset.here](desk, memory, exchange, button);
    } else if (button.dataset.do) {
      const about = button.dataset.exchange === undefined ? {} : { exchange };
      memory.send({ kind: button.dataset.do, ...about });
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
  new ResizeObserver(() => {
    desk.classList.toggle("narrow", narrow(desk));
    if (reader.isConnected && reader.open) lay(reader, memory, desk);
  }).observe(desk);
  prepareHint(desk);
  return memory;
}

function narrow(desk) {
  return desk.clientWidth < NARROW;
}

// --- what is done in the page alone, before anything is sent ------------------------------------------------------

const HERE = {
  async copy(desk, memory, exchange) {
    const { labels, exchanges } = memory.data;
    try {
      await navigator.clipboard.writeText(exchanges[exchange].copied);
      announce(desk, memory, labels.copied, exchange);
    } catch {
      announce(desk, memory, labels.not_copied, exchange);
    }
  },

  edit(desk, memory, exchange) {
    const article = memory.drawn[exchange].shown;
    const form = article.querySelector("form.edit");
    form.hidden = false;
    article.querySelector("[data-here=edit]").hidden = true;
    const field = form.querySelector("textarea");
    field.value = memory.data.exchanges[exchange].question;
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
  },

  cancel(desk, memory, exchange) {
    const article = memory.drawn[exchange].shown;
    article.querySelector("form.edit").hidden = true;
    const button = article.querySelector("[data-here=edit]");
    button.hidden = false;
    button.focus();
  },

  useful(desk, memory, exchange) {
    memory.send({ kind: "judge", exchange, good: true, reasons: [], comment: "" });
    announce(desk, memory, memory.data.labels.thanks, exchange);
  },

  useless(desk, memory, exchange, button) {
    memory.send({ kind: "judge", exchange, good: false, reasons: [], comment: "" });
    const form = button.closest(".feedback").querySelector("form");
    form.hidden = !form.hidden;
    button.setAttribute("aria-expanded", String(!form.hidden));
    if (!form.hidden) form.querySelector("input").focus();
  },
};

// --- nodes --------------------------------------------------------------------------------------------------

function sourceButton(source, exchange, ...children) {
  const shown = children.length ? children : [String(source.number)];
  const attributes = { type: "button", "data-exchange": exchange, "data-source": source.source };
  if (!children.length) Object.assign(attributes, { class: "mark", "aria-label": source.name });
  if (!children.length && source.quote) attributes["data-hint"] = `« ${source.quote} »`;
  return node("button", attributes, ...shown);
}

// --- the conversation ---------------------------------------------------------------------------------------

function showHead(desk, memory) {
  const { title, shared, labels, trouble } = memory.data;
  const made = JSON.stringify([title, shared, trouble]);
  if (made === memory.head) return;
  memory.head = made;
  const button = (what, name = labels[what]) => node("button", { type: "button", class: "quiet", "data-do": what }, name);
  const tools = title
    ? node("p", { class: "tools" }, button("rename"), button("take", labels.take_all), button("share", shared ? labels.shared : labels.share), button("delete"))
    : null;
  desk.querySelector(".head").replaceChildren(node("h1", {}, title || labels.conversation), ...(tools ? [tools] : []));
  const told = desk.querySelector(".trouble");
  told.hidden = !trouble;
  told.replaceChildren(...(trouble ? [node("p", {}, trouble), node("button", { type: "button", "data-do": "keep" }, labels.keep_again)] : []));
}

function showExchanges(desk, memory) {
  const { exchanges, labels } = memory.data;
  const place = desk.querySelector(".conversation");
  const before = memory.drawn;
  const drawn = exchanges.map((exchange, index) => {
    const last = index === exchanges.length - 1;
    const { feedback, ...said } = exchange;
    const made = JSON.stringify([said, last]);
    if (before[index]?.made !== made) return { made, shown: drawExchange(exchange, index, last, memory) };
    markFeedback(before[index].shown, feedback);
    return before[index];
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

// Said once, then taken away: someone who reads the page line by line does not meet the answer twice. Where `exchange`
// is given, the words are shown under it too.
function announce(desk, memory, words, exchange) {
  const status = desk.querySelector("[role=status]");
  const shown = exchange === undefined ? null : memory.drawn[exchange]?.shown.querySelector(".done");
  status.textContent = words;
  if (shown) shown.textContent = words;
  clearTimeout(memory.saying);
  memory.saying = setTimeout(() => {
    status.replaceChildren();
    shown?.replaceChildren();
  }, 10_000);
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

function drawExchange(exchange, index, last, memory) {
  const { labels } = memory.data;
  const shown = node("article", { class: `exchange ${exchange.state}` });
  const length = exchange.question.length > LONG_QUESTION ? " long" : "";
  const said = node("span", { class: "unseen" }, `${labels.question} : `);
  // Direction marks in a question turn its own line only.
  shown.append(node("h2", { class: `question${length}` }, said, node("bdi", {}, exchange.question)));
  if (exchange.understood) {
    shown.append(node("p", { class: "understood" }, `${labels.understood} `, node("q", {}, exchange.understood)));
  }
  if (exchange.scope.length) shown.append(drawScope(exchange, index, labels));
  if (exchange.state === "pending") {
    const stop = exchange.stoppable ? node("button", { type: "button", class: "quiet", "data-do": "stop" }, labels.stop) : null;
    const work = node("p", { class: "searching" }, node("span", { class: "wheel" }), exchange.work, stop);
    shown.append(node("div", { class: "answer" }, work, ...drawLines(exchange.lines, index)));
    return shown;
  }
  const answer = node("div", { class: "answer", role: "group", "aria-label": labels.states[exchange.state] });
  if (exchange.state === "answered") {
    answer.append(node("p", { class: "count" }, exchange.count));
    if (exchange.opening) answer.append(node("p", { class: "opening" }, exchange.opening));
    answer.append(...(exchange.table ? [drawTable(exchange.table, labels.unsaid, (line) => drawWords(line, index))] : drawLines(exchange.lines, index)));
  } else {
    answer.append(...drawRefusal(exchange, index, labels));
  }
  if (exchange.notes.length || exchange.masked) answer.append(drawNotes(exchange, index, labels));
  shown.append(answer, drawTools(exchange, index, labels), drawEdit(index, last, memory));
  if (exchange.state !== "error") shown.append(drawFeedback(exchange, index, memory));
  shown.append(node("p", { class: "done", "aria-hidden": "true" }));
  if (last && exchange.suggestions.length) shown.append(drawSuggestions(exchange.suggestions, labels));
  return shown;
}

function drawScope(exchange, index, labels) {
  const names = exchange.scope.map((name) => node("li", {}, name));
  const chips = node("ul", { class: "words", "aria-label": labels.scope }, ...names);
  const refused = exchange.state === "silent" || exchange.state === "unprovable";
  const everywhere = { type: "button", "data-do": "everywhere", "data-exchange": index };
  return node("div", { class: "scope" }, chips, refused ? node("button", everywhere, labels.everywhere) : null);
}

function drawTools(exchange, index, labels) {
  const tool = (attributes, words) => node("button", { type: "button", class: "quiet", "data-exchange": index, ...attributes }, words);
  return node(
    "p",
    { class: "tools" },
    exchange.copied ? tool({ "data-here": "copy" }, labels.copy) : null,
    exchange.state === "error" ? null : tool({ "data-do": "take" }, labels.take),
    tool({ "data-here": "edit" }, labels.edit),
  );
}

// The question, to be written anew; what follows it goes with the old one, which is said before.
function drawEdit(index, last, memory) {
  const { labels } = memory.data;
  const name = `edit-${index}`;
  const field = node("textarea", { id: name, rows: 3 });
  const send = node("button", { type: "submit", class: "main" }, labels.edit_again);
  const cancel = node("button", { type: "button", "data-here": "cancel", "data-exchange": index }, labels.cancel);
  const form = node(
    "form",
    { class: "edit", hidden: true },
    node("label", { for: name }, labels.edit),
    field,
    last ? null : node("p", { class: "warning" }, labels.edit_replaces),
    node("p", { class: "tools" }, send, cancel),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (field.value.trim()) memory.send({ kind: "edit", exchange: index, text: field.value });
    else field.focus();
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    }
    if (event.key === "Escape") cancel.click();
  });
  return form;
}

function drawFeedback(exchange, index, memory) {
  const { labels } = memory.data;
  const thumb = (what, words, attributes) =>
    node("button", { type: "button", class: "quiet", "data-here": what, "data-exchange": index, ...attributes }, words);
  const reasons = Object.entries(labels.reasons).map(([key, words]) =>
    node("label", {}, node("input", { type: "checkbox", value: key }), words),
  );
  const comment = node("textarea", { id: `comment-${index}`, rows: 2 });
  const form = node(
    "form",
    { hidden: true },
    node("fieldset", {}, node("legend", {}, labels.why_useless), ...reasons),
    node("label", { for: comment.id }, labels.comment),
    comment,
    node("p", { class: "tools" }, node("button", { type: "submit", class: "main" }, labels.send)),
  );
  const shown = node(
    "div",
    { class: "feedback", role: "group", "aria-label": labels.helpful },
    node(
      "p",
      { class: "tools" },
      node("span", { "aria-hidden": "true" }, labels.helpful),
      thumb("useful", labels.useful, {}),
      thumb("useless", labels.useless, { "aria-expanded": "false" }),
    ),
    form,
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const said = [...form.querySelectorAll("input:checked")].map((input) => input.value);
    memory.send({ kind: "judge", exchange: index, good: false, reasons: said, comment: comment.value });
    form.hidden = true;
    const thumb = shown.querySelector("[data-here=useless]");
    thumb.setAttribute("aria-expanded", "false");
    thumb.focus();
    announce(shown.closest(".desk"), memory, labels.thanks, index);
  });
  for (const input of form.querySelectorAll("input")) input.checked = exchange.feedback?.reasons.includes(input.value) ?? false;
  comment.value = exchange.feedback?.comment ?? "";
  markFeedback(shown, exchange.feedback);
  return shown;
}

function markFeedback(within, feedback) {
  within.querySelector("[data-here=useful]")?.setAttribute("aria-pressed", String(feedback?.good === true));
  within.querySelector("[data-here=useless]")?.setAttribute("aria-pressed", String(feedback?.good === false));
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

function drawNotes(exchange, index, labels) {
  const shown = node("div", { class: "notes" });
  if (exchange.masked) {
    shown.append(node("p", {}, exchange.masked));
  }
  if (exchange.typed_otherwise) {
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
    const fiches = exchange.fiches.map((fiche) => node("li", {}, linkTo(fiche.link, {}, fiche.name)));
    parts.push(node("h4", {}, labels.nearest_fiches), node("ul", { class: "fiches" }, ...fiches));
  }
  return parts;
}

function drawSuggestions(questions, labels) {
  const items = questions.map((text) => node("li", {}, node("button", { type: "button", "data-ask": text }, text)));
  return node("section", { class: "suggestions" }, node("h3", {}, labels.continue), node("ul", {}, ...items));
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
  lay(reader, memory, desk);
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
function lay(reader, memory, desk) {
  const sheet = narrow(desk);
  if (reader.open && memory.sheet === sheet) return;
  if (reader.open) reader.close();
  memory.sheet = sheet;
  reader.classList.toggle("sheet", sheet);
  if (sheet) reader.showModal();
  else reader.show();
}

function fill(reader, source, labels) {
  reader.querySelector("h2").textContent = source.heading;
  reader.querySelector(".place").textContent = source.place;
  setButton(reader, "close", labels.close, false);
  setButton(reader, "previous", labels.previous, source.first);
  setButton(reader, "next", labels.next, source.last);
  const there = linkTo(source.link, { class: "there" }, labels.read_on);
  reader.querySelector(".there").replaceWith(there);
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
