// A session kit: read with the source of each sentence beside it, and edited in place.

const PATIENCE_MS = 15_000; // after which an action that was never answered no longer holds back the next
const PAUSE_MS = 700; // between the last key typed in a duration and its being sent
const pages = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".kit");
  if (!pages.has(root)) pages.set(root, prepare(root, setTriggerValue));
  const page = pages.get(root);
  page.data = data;
  const held = hold(page);
  show(page);
  answer(page, data.done);
  settle(page, held);
}

// --- once for each page -------------------------------------------------------------------------------------------

function prepare(root, setTriggerValue) {
  const page = { root, drawn: new Map(), editing: false, queue: [], waiting: 0, number: null, sent: null, pause: 0 };
  page.send = (action, from) => {
    page.queue.push({ action, from });
    pump(page, setTriggerValue);
  };
  page.pump = () => pump(page, setTriggerValue);
  page.places = {
    head: node("header", { class: "head" }),
    outline: node("section", { class: "outline", "aria-label": "" }),
    content: node("div", { class: "content" }),
  };
  page.said = node("p", { class: "said", role: "status" });
  page.bar = node("div", { class: "bar" });
  root.append(...Object.values(page.places), page.bar);
  followLinks(root, setTriggerValue);
  prepareHint(root);
  root.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button || button.type === "submit" || button.getAttribute("aria-disabled") === "true") return;
    if (button.dataset.here) HERE[button.dataset.here](page, button);
    else if (button.dataset.send) page.send(JSON.parse(button.dataset.send), button);
  });
  return page;
}

// One action at a time: the next is sent when the kit that the last one made is here.
function pump(page, setTriggerValue) {
  if (page.waiting || !page.queue.length) return;
  const next = page.queue.shift();
  page.sent = { ...next, key: keyOf(next.from), form: next.from?.closest("form") };
  page.waiting = setTimeout(() => {
    page.waiting = 0;
    page.pump();
  }, PATIENCE_MS);
  setTriggerValue("action", next.action);
}

// --- what is done in the page alone --------------------------------------------------------------------------------

const HERE = {
  mode(page) {
    page.editing = !page.editing;
    show(page);
    page.root.querySelector(".head [data-here=mode]").focus();
  },

  source(page, button) {
    const host = button.closest(".statement");
    const open = host.querySelector(`.note[data-number="${button.dataset.number}"]`);
    button.setAttribute("aria-expanded", String(!open));
    if (open) open.remove();
    else host.querySelector(".words").append(drawNote(JSON.parse(button.dataset.source), page.data.labels));
  },

  modify(page, button) {
    const host = button.closest(".statement");
    openRewriting(page, host, JSON.parse(host.dataset.statement)).querySelector("textarea").focus();
  },

  open(page, button) {
    const form = FORMS[button.dataset.form](page, button);
    button.hidden = true;
    button.after(form);
    form.querySelector("input, textarea").focus();
  },

  cancel(page, button) {
    closeForm(button.closest("form"));
  },

  go(page, button) {
    const head = page.root.querySelector(`[data-id="${button.dataset.to}"] h2`);
    head.scrollIntoView({ block: "start" });
    head.focus({ preventScroll: true });
  },
};

// --- the page -------------------------------------------------------------------------------------------------------

function show(page) {
  const { data, root } = page;
  const { labels } = data;
  root.classList.toggle("editing", page.editing);
  const { title, asked, count, note, told, version, play, back, aims } = data;
  fill(page, page.places.head, [
    ["head", { title, asked, count, note, told, version, play, back, editing: page.editing }, (said) => drawTitle(said, labels)],
  ]);
  page.places.outline.setAttribute("aria-label", labels.outline);
  fill(page, page.places.outline, [["outline", data.outline, (said) => drawOutline(page, said, labels)]]);
  const parts = [["aims", aims, (said) => drawAims(said, labels)]];
  parts.push(...data.sequences.map((sequence) => [`sequence ${sequence.id}`, sequence, (said) => drawSequence(said, labels)]));
  if (data.reserve.length) parts.push(["reserve", data.reserve, (said) => drawReserve(said, labels)]);
  if (data.readings.length) parts.push(["readings", data.readings, (said) => drawReadings(said, labels)]);
  fill(page, page.places.content, parts);
  showBar(page);
}

// Only what has changed is drawn anew; what is being written in it is taken over.
function fill(page, place, parts) {
  const shown = parts.map(([key, said, draw]) => {
    const made = JSON.stringify(said);
    const before = page.drawn.get(key);
    if (before?.made === made) return before.shown;
    const now = draw(said);
    page.drawn.set(key, { made, shown: now });
    if (before) takeOver(page, before.shown, now);
    return now;
  });
  const same = shown.length === place.children.length && shown.every((one, at) => place.children[at] === one);
  if (!same) place.replaceChildren(...shown);
}

// A rewriting that was begun goes on in the new drawing, unless it is the one that was just sent.
function takeOver(page, before, now) {
  for (const form of before.querySelectorAll("form.rewriting")) {
    if (form === page.sent?.form) continue;
    const text = form.dataset.text;
    const host = [...now.querySelectorAll(".statement[data-statement]")].find(
      (one) => JSON.parse(one.dataset.statement).text === text,
    );
    if (host) openRewriting(page, host, JSON.parse(host.dataset.statement)).querySelector("textarea").value = form.querySelector("textarea").value;
  }
}

function showBar(page) {
  const { labels, undoable, done } = page.data;
  if (!page.bar.childElementCount) page.bar.append(page.said, node("span", { class: "tools" }));
  const undo = button(labels.undo, { kind: "undo" }, { "data-key": "undo", "aria-disabled": undoable ? null : "true" });
  const read = node("button", { type: "button", "data-here": "mode", "data-key": "read" }, labels.read_kit);
  const made = JSON.stringify([undoable, page.editing]);
  if (page.barMade === made) return;
  page.barMade = made;
  page.bar.querySelector(".tools").replaceChildren(...(page.editing ? [undo, read] : []));
}

// --- what became of the last action ---------------------------------------------------------------------------------

function answer(page, done) {
  const first = page.number === null;
  if (page.number === done.number) return;
  page.number = done.number;
  clearTimeout(page.waiting);
  page.waiting = 0;
  if (first) return;
  const sent = page.sent;
  for (const old of page.root.querySelectorAll(".trouble")) old.remove();
  page.said.textContent = done.said;
  if (done.trouble) tell(page, done, sent);
  else if (sent?.form?.isConnected) closeForm(sent.form);
  page.pump();
}

// Said where the action was asked for.
function tell(page, done, sent) {
  const told = node("div", { class: "trouble", role: "alert" }, node("p", {}, done.trouble));
  if (done.outdated) told.append(button(page.data.labels.read_again, { kind: "read-again" }, { "data-key": "read-again" }));
  const control = sent?.key ? byKey(page, sent.key) : null;
  if (control?.matches("input")) control.value = control.dataset.asked = control.defaultValue;
  const host = sent?.form?.isConnected ? sent.form : control?.closest("li.slot, .statement, .tools, .block");
  if (host?.matches(".tools")) host.after(told);
  else (host ?? page.places.head).append(told);
}

// --- the focus, and what is under the eye, stay -----------------------------------------------------------------------

function keyOf(element) {
  return element?.closest("[data-key]")?.dataset.key ?? "";
}

function byKey(page, key) {
  return [...page.root.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].find((one) => one.checkVisibility());
}

function hold(page) {
  const at = focusedIn(page.root);
  const inside = at && page.root.contains(at) ? at : null;
  const keys = [...page.root.querySelectorAll("[data-key]")].filter((one) => one.checkVisibility()).map((one) => one.dataset.key);
  const key = keyOf(inside);
  return { at: inside, key, keys, top: inside?.getBoundingClientRect().top, typed: page.pause ? inside?.value : undefined };
}

function settle(page, held) {
  if (!held.at || focusedIn(page.root) === held.at) return;
  let next = held.at.isConnected && page.root.contains(held.at) && held.at.checkVisibility() ? held.at : null;
  if (!next && held.key) {
    const at = held.keys.indexOf(held.key);
    const nearest = [held.key, ...held.keys.slice(at + 1), ...held.keys.slice(0, at).reverse()];
    for (const key of nearest) if ((next = byKey(page, key))) break;
  }
  if (!next) return;
  if (held.typed !== undefined && next.matches("input")) next.value = held.typed;
  next.focus({ preventScroll: true });
  const moved = next.getBoundingClientRect().top - held.top;
  // What was pressed stays where the eye is.
  const scroller = scrolled(next);
  if (Math.abs(moved) > 1 && scroller) scroller.scrollTop += moved;
}

// The nearest box that scrolls, out of the component too.
function scrolled(element) {
  for (let one = element; one; one = one.parentNode ?? one.host) {
    if (!(one instanceof Element)) continue;
    const overflow = getComputedStyle(one).overflowY;
    if ((overflow === "auto" || overflow === "scroll") && one.scrollHeight > one.clientHeight) return one;
  }
  return document.scrollingElement;
}

// --- small pieces -----------------------------------------------------------------------------------------------------

function button(words, action, attributes = {}) {
  return node("button", { type: "button", "data-send": JSON.stringify(action), ...attributes }, words);
}

function drawStatement(statement, labels, tag = "li", within = "span") {
  const words = node(within, { class: "words" });
  if (statement.lead) words.append(node("strong", { class: "lead" }, statement.lead), " ");
  words.append(statement.text);
  // The no-break space holds the marks at the last word.
  for (const source of statement.sources) words.append("\u00a0", drawMark(source));
  for (const note of statement.notes) words.append(" ", node("span", { class: "origin" }, note));
  const shown = node(tag, { class: "statement" }, words);
  if (statement.where) {
    shown.dataset.statement = JSON.stringify(statement);
    const name = `${labels.modify} : ${statement.text.slice(0, 60)}`;
    const modify = { type: "button", class: "quiet edits", "data-here": "modify", "data-key": `modify ${statement.where}`, "aria-label": name };
    shown.append(" ", node("button", modify, labels.modify));
  }
  return shown;
}

function drawMark(source) {
  const attributes = {
    type: "button",
    class: "mark",
    "data-here": "source",
    "data-number": source.number,
    "data-source": JSON.stringify(source),
    "data-hint": `« ${source.quote} »`,
    "aria-label": source.name,
    "aria-expanded": "false",
  };
  return node("button", attributes, String(source.number));
}

function drawNote(source, labels) {
  const where = node("span", { class: "place" }, source.place, " · ", linkTo(source.link, {}, labels.read_there));
  return node("span", { class: "note", "data-number": source.number }, node("q", {}, source.quote), where);
}

function drawGroup(group, labels, level) {
  const list = node("ul", {}, group.statements.map((statement) => drawStatement(statement, labels)));
  const origin = group.origin ? [" ", node("span", { class: "origin" }, group.origin)] : [];
  const add = group.add
    ? node(
        "p",
        { class: "tools edits" },
        node("button", { type: "button", class: "quiet", "data-here": "open", "data-form": "statement", "data-where": group.add, "data-key": `add ${group.add}` }, group.adding),
      )
    : null;
  const empty = !group.statements.length;
  return node("div", { class: empty ? "group edits" : "group" }, node(level, {}, group.name, ...origin), empty ? null : list, add);
}

function drawBlock(block, labels) {
  const shown = node("article", { class: "block", "data-id": block.id });
  const kicker = [block.kicker, block.origin].filter(Boolean).join(" · ");
  if (block.head && kicker) shown.append(node("p", { class: "kicker" }, kicker));
  if (block.head) shown.append(drawStatement(block.head, labels, "div", "h3"));
  else shown.append(node("h3", {}, block.kicker));
  shown.append(...block.groups.map((group) => drawGroup(group, labels, "h4")));
  if (block.table) shown.append(drawTable(block.table, labels.unsaid_cell, (line) => [drawStatement(line, labels, "span")]));
  if (block.id) {
    const about = { id: block.id };
    shown.append(
      node(
        "p",
        { class: "tools edits" },
        block.another ? button(block.another, { kind: "another", ...about }, { class: "quiet", "data-key": `another ${block.id}` }) : null,
        mover(block, -1, block.first, labels.up, block.name),
        mover(block, 1, block.last, labels.down, block.name),
        button(labels.remove, { kind: "remove", ...about }, { class: "quiet", "data-key": `remove ${block.id}`, "aria-label": `${labels.remove} : ${block.name}` }),
      ),
    );
  }
  return shown;
}

function mover({ id }, step, stuck, words, name) {
  const attributes = { class: "quiet", "data-key": `${step < 0 ? "up" : "down"} ${id}`, "aria-label": `${words} : ${name}`, "aria-disabled": stuck ? "true" : null };
  return button(words, { kind: "move", id, step }, attributes);
}

// --- the parts of a kit -----------------------------------------------------------------------------------------------

function drawTitle(said, labels) {
  const tool = (what) => button(labels[what], { kind: what }, { class: "quiet", "data-key": what });
  const mode = node("button", { type: "button", class: "main", "data-here": "mode", "data-key": "mode" }, said.editing ? labels.read_kit : labels.modify_kit);
  return node(
    "div",
    {},
    node("p", {}, linkTo(said.back, {}, labels.all_kits)),
    said.told.length ? drawTold(said.told) : null,
    node("h1", {}, said.title),
    node("p", { class: "asked" }, said.asked),
    node("p", { class: "quieter" }, said.count, " ", said.version, "."),
    said.note ? node("p", { class: "quieter" }, said.note) : null,
    node(
      "p",
      { class: "tools", role: "group", "aria-label": labels.tools },
      mode,
      said.play ? linkTo(said.play, { class: "button" }, labels.play) : null,
      button(labels.take, { kind: "take" }, { "data-key": "take" }),
      ...["versions", "rename", "duplicate", "delete"].map(tool),
    ),
  );
}

function drawTold([first, ...others]) {
  const list = others.length ? node("ul", {}, others.map((line) => node("li", {}, line))) : null;
  return node("div", { class: "told", role: "status" }, node("p", {}, first), list);
}

function drawAims(group, labels) {
  return node("section", { class: "aims" }, drawGroup(group, labels, "h2"));
}

function drawOutline(page, outline, labels) {
  const shown = node("div", {}, node("h2", {}, labels.outline, " ", node("span", { class: "origin" }, labels.by_tool)));
  const slots = outline.days.flatMap((day) => day.slots);
  for (const day of outline.days) {
    if (day.name) shown.append(node("h3", {}, day.name));
    const rows = day.slots.map((slot) => drawSlot(page, slot, slots.indexOf(slot), slots.length, labels));
    shown.append(node("ol", { class: "slots" }, rows));
  }
  const total = node("p", { class: "total" }, outline.total);
  if (outline.difference) total.append(" ", node("strong", {}, outline.difference));
  const fit = outline.difference ? button(labels.fit, { kind: "fit" }, { "data-key": "fit" }) : null;
  const add = node("button", { type: "button", class: "quiet edits", "data-here": "open", "data-form": "sequence", "data-key": "add-sequence" }, labels.add_sequence);
  shown.append(total, node("p", { class: "tools" }, fit, add));
  return shown;
}

function drawSlot(page, slot, at, count, labels) {
  const title = node("button", { type: "button", class: "quiet to", "data-here": "go", "data-to": slot.id, "data-key": `go ${slot.id}` }, slot.title);
  const minutes = node("input", { type: "number", min: 1, max: 840, value: slot.minutes, inputmode: "numeric", "data-key": `minutes ${slot.id}`, "aria-label": `${slot.title} : ${labels.minutes_of}` });
  timed(page, minutes, slot, labels);
  const remove = button("×", { kind: "remove", id: slot.id }, { class: "small", "data-key": `remove ${slot.id}`, "aria-label": `${labels.remove} : ${slot.title}`, title: labels.remove });
  const move = (step, sign, stuck, words) => {
    const made = mover(slot, step, stuck, words, slot.title);
    made.className = "small";
    made.title = words;
    made.textContent = sign;
    return made;
  };
  return node(
    "li",
    { class: "slot" },
    slot.lunch ? node("p", { class: "lunch" }, slot.lunch) : null,
    node("p", { class: "line" }, node("span", { class: "clock" }, slot.clock), title, node("span", { class: "length" }, slot.length)),
    node("p", { class: "tools edits" }, node("label", {}, minutes, " ", labels.minutes), move(-1, "↑", at === 0, labels.up), move(1, "↓", at === count - 1, labels.down), remove),
  );
}

// A duration is sent when it has been typed: at a pause, on Enter, or when it is left.
function timed(page, input, slot, labels) {
  input.dataset.asked = slot.minutes;
  const send = () => {
    clearTimeout(page.pause);
    page.pause = 0;
    const minutes = Number(input.value);
    if (input.value.trim() === "" || !Number.isInteger(minutes)) {
      input.value = slot.minutes;
      page.said.textContent = page.data.labels.not_a_number;
    } else if (minutes !== Number(input.dataset.asked)) {
      input.dataset.asked = minutes;
      page.send({ kind: "retime", id: slot.id, minutes }, input);
    }
  };
  input.addEventListener("input", () => {
    clearTimeout(page.pause);
    page.pause = input.value.trim() === "" ? 0 : setTimeout(send, PAUSE_MS);
  });
  input.addEventListener("blur", send);
  input.addEventListener("keydown", (event) => event.key === "Enter" && send());
}

function drawSequence(sequence, labels) {
  const title = drawStatement(sequence.title, labels, "span");
  const shown = node("section", { class: "sequence", "data-id": sequence.id });
  const modify = title.querySelector("button.quiet");
  const number = node("span", { class: "unseen" }, `${sequence.name} : `);
  shown.append(
    node("h2", { tabindex: -1 }, number, sequence.title.text),
    node("div", { class: "when statement" }, node("span", { class: "words" }, [`${sequence.length}, ${sequence.when}`, sequence.origin].filter(Boolean).join(" · "))),
  );
  if (modify) {
    const line = shown.querySelector(".when");
    line.dataset.statement = title.dataset.statement;
    for (const note of sequence.title.notes) line.append(" ", node("span", { class: "origin" }, note));
    modify.textContent = labels.modify_title;
    line.append(" ", modify);
  }
  shown.append(...sequence.groups.map((group) => drawGroup(group, labels, "h3")));
  shown.append(...sequence.blocks.map((block) => drawBlock(block, labels)));
  if (sequence.asking) {
    const ask = { type: "button", class: "quiet", "data-here": "open", "data-form": "item", "data-key": `add-item ${sequence.id}` };
    shown.append(node("p", { class: "tools edits" }, node("button", ask, sequence.asking)));
  }
  return shown;
}

function drawReserve(blocks, labels) {
  const head = [node("h2", {}, labels.reserve), node("p", { class: "quieter" }, labels.reserve_help)];
  return node("section", { class: "sequence" }, head, blocks.map((block) => drawBlock(block, labels)));
}

function drawReadings(readings, labels) {
  const items = readings.map((reading) => node("li", {}, linkTo(reading.link, {}, reading.name), reading.page ? `, ${reading.page}` : ""));
  return node("section", { class: "sequence readings" }, node("h2", {}, labels.readings), node("ul", {}, items));
}

// --- forms --------------------------------------------------------------------------------------------------------------

function field(name, words, input) {
  input.id = `field-${name}-${Math.random().toString(36).slice(2, 8)}`;
  return node("p", { class: "field" }, node("label", { for: input.id }, words), input);
}

function formOf(page, fields, words, send, attributes = {}) {
  const form = node(
    "form",
    attributes,
    fields,
    node(
      "p",
      { class: "tools" },
      node("button", { type: "submit", class: "main" }, words),
      node("button", { type: "button", "data-here": "cancel" }, page.data.labels.cancel),
    ),
  );
  form.noValidate = true;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const action = send();
    if (action) page.send(action, form);
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closeForm(form);
    if (event.key === "Enter" && event.target.matches("textarea") && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  return form;
}

// A form gives its place back to what it stood for.
function closeForm(form) {
  const host = form.closest(".statement.rewritten");
  host?.classList.remove("rewritten");
  const opener = host ? host.querySelector("[data-here=modify]") : form.previousElementSibling;
  opener.hidden = false;
  const within = form.contains(focusedIn(form));
  form.remove();
  if (within) opener.focus();
}

function openRewriting(page, host, statement) {
  const { labels } = page.data;
  const input = node("textarea", { rows: Math.min(8, Math.ceil(statement.text.length / 60) + 1) });
  input.value = statement.text;
  const about = { where: statement.where };
  const key = `modify ${statement.where}`;
  const form = formOf(page, [field("words", labels.your_words, input)], labels.save, () => ({ kind: "rewrite", ...about, text: input.value }), {
    class: "rewriting",
    "data-key": key,
    "data-text": statement.text,
  });
  if (statement.sources.length) form.prepend(node("p", { class: "quieter" }, labels.replaces_report));
  if (statement.was) form.prepend(node("p", { class: "quieter" }, labels.was, " ", node("q", {}, statement.was)));
  const tools = form.querySelector(".tools");
  if (statement.another) tools.append(button(statement.another, { kind: "another-point", ...about }, { class: "quiet" }));
  if (statement.was) tools.append(button(labels.back_to_report, { kind: "restore", ...about }, { class: "quiet" }));
  if (statement.removable) tools.append(button(labels.remove, { kind: "take-out", ...about }, { class: "quiet" }));
  host.classList.add("rewritten");
  host.append(form);
  return form;
}

const FORMS = {
  statement(page, opener) {
    const { labels } = page.data;
    const input = node("textarea", { rows: 2 });
    const send = () => ({ kind: "add", where: opener.dataset.where, text: input.value });
    return formOf(page, [field("statement", labels.your_words, input)], labels.add, send, { "data-key": opener.dataset.key });
  },

  sequence(page, opener) {
    const { labels, outline } = page.data;
    const title = node("input", { type: "text", maxlength: 120, autocomplete: "off" });
    const minutes = node("input", { type: "number", min: 1, max: 840, value: 15, inputmode: "numeric" });
    const activity = node("textarea", { rows: 2 });
    const slots = outline.days.flatMap((day) => day.slots);
    const after = node("select", {}, [{ id: "", title: labels.at_first }, ...slots].map(({ id, title: name }) => node("option", { value: id }, name)));
    after.value = slots.at(-1)?.id ?? "";
    const fields = [
      field("title", labels.sequence_title, title),
      field("minutes", labels.sequence_minutes, minutes),
      field("activity", labels.sequence_activity, activity),
      field("after", labels.sequence_after, after),
    ];
    const send = () => ({ kind: "add-sequence", title: title.value, minutes: Number(minutes.value) || 0, activity: activity.value, after: after.value });
    return formOf(page, fields, labels.add, send, { "data-key": opener.dataset.key });
  },

  item(page, opener) {
    const { labels } = page.data;
    const stem = node("textarea", { rows: 2 });
    const name = `right-${Math.random().toString(36).slice(2, 8)}`;
    const options = [1, 2, 3, 4].map((number) => ({
      text: node("input", { type: "text", autocomplete: "off", maxlength: 300 }),
      right: node("input", { type: "radio", name, value: number - 1, "aria-label": `${labels.item_option} ${number} ${labels.item_right}` }),
    }));
    options[0].right.checked = true;
    const rows = options.map(({ text, right }, at) => {
      const row = field("option", `${labels.item_option} ${at + 1}`, text);
      row.append(node("label", { class: "right" }, right, " ", labels.item_right));
      return row;
    });
    const send = () => {
      const right = options.findIndex((option) => option.right.checked);
      return { kind: "add-item", stem: stem.value, options: options.map(({ text }) => text.value), right };
    };
    return formOf(page, [field("stem", labels.item_stem, stem), ...rows], labels.add, send, { "data-key": opener.dataset.key });
  },
};
