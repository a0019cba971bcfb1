// An answer to review: each sentence beside its passages, its marks under it. What is marked is kept at once.

const PATIENCE_MS = 15_000; // after which a change that was never answered is said not to be kept
const PAUSE_MS = 800; // between the last key typed in a reason and its being kept
const SWITCH = "pratiques.marking.shortcuts";
const WORD = /[\p{L}\p{N}'’-]/u;
const desks = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".marking");
  const first = !desks.has(root);
  if (first) desks.set(root, prepare(root, data, setTriggerValue));
  const desk = desks.get(root);
  desk.data = data;
  answer(desk, data.done);
  refresh(desk);
  if (first) takeUp(desk);
  if (first && data.arrived) desk.root.querySelector("h1").focus({ preventScroll: true });
}

// --- once for each answer -------------------------------------------------------------------------------------------

function prepare(root, data, setTriggerValue) {
  const desk = { root, data, cards: new Map(), queue: [], sent: null, waiting: 0, number: null, current: null, picked: null };
  desk.pump = () => pump(desk, setTriggerValue);
  desk.send = (action) => {
    desk.queue.push(action);
    desk.pump();
  };
  root.append(...drawAnswer(desk));
  if (data.arrived) scrollTo({ top: 0 });
  followLinks(root, setTriggerValue);
  root.addEventListener("click", (event) => press(desk, event.target.closest("button")));
  root.addEventListener("focusin", (event) => enter(desk, event.target));
  root.addEventListener("click", (event) => enter(desk, event.target));
  while (listeners.length) listeners.pop()();
  listen("keydown", (event) => root.isConnected && shortcut(desk, event));
  listen("selectionchange", () => root.isConnected && showPicked(desk));
  listen("visibilitychange", () => document.hidden && desk.cards.forEach((card) => card.flush()));
  const marked = root.querySelectorAll(".passage mark");
  for (const mark of marked) bringToSight(mark);
  return desk;
}

// Those of the answer that was shown before go with it.
const listeners = [];

function listen(name, does) {
  document.addEventListener(name, does);
  listeners.push(() => document.removeEventListener(name, does));
}

// The cited words are in the middle of their box, which scrolls alone.
function bringToSight(mark) {
  const box = mark.closest(".words");
  box.scrollTop += mark.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 3;
}

function press(desk, button) {
  if (!button || button.getAttribute("aria-disabled") === "true") return;
  if (button.dataset.here) HERE[button.dataset.here](desk, button);
  else if (button.dataset.send) desk.send(JSON.parse(button.dataset.send));
}

function enter(desk, element) {
  const card = element.closest?.("[data-position]");
  if (card) setCurrent(desk, Number(card.dataset.position));
}

function setCurrent(desk, position) {
  if (desk.current === position) return;
  desk.cards.get(desk.current)?.element.classList.remove("current");
  desk.current = position;
  desk.cards.get(position).element.classList.add("current");
}

// --- one change at a time: the next is sent when what the last one made is here ------------------------------------------

function pump(desk, setTriggerValue) {
  if (desk.sent || !desk.queue.length) return;
  const action = desk.queue.shift();
  desk.sent = action.kind === "mark" ? { ...action, ...desk.cards.get(action.position).given() } : action;
  desk.waiting = setTimeout(() => {
    const { position } = desk.sent;
    desk.sent = null;
    if (position !== undefined) desk.cards.get(position).failed = true;
    tell(desk, { trouble: desk.data.labels.no_reply, position: position ?? -1 }, position !== undefined);
    desk.pump();
  }, PATIENCE_MS);
  setTriggerValue("action", desk.sent);
}

// What was given but is not known to be kept outlives a refresh, in this tab alone.
function unkept(desk) {
  try {
    return JSON.parse(sessionStorage.getItem(desk.data.key) ?? "{}");
  } catch {
    return {};
  }
}

function remember(desk, position, given) {
  const all = { ...unkept(desk), [position]: given && { ...given, base: desk.cards.get(Number(position))?.base } };
  if (!given) delete all[position];
  try {
    sessionStorage.setItem(desk.data.key, JSON.stringify(all));
  } catch {
    // It lasts as long as the page does.
  }
}

function takeUp(desk) {
  for (const [position, given] of Object.entries(unkept(desk))) {
    const card = desk.cards.get(Number(position));
    const kept = desk.data.marks.find((mark) => mark.position === Number(position));
    remember(desk, position, null);
    if (!card) continue;
    if (kept.version === given.version || isHalfKept(kept, given)) {
      card.put(given);
      card.changed();
    } else {
      // Kept already, or changed elsewhere since: then only what was written is shown again.
      card.reason.value = given.reason;
      card.version = given.version;
      refreshCard(desk, card, kept);
    }
  }
}

// The marks were kept before the refresh, what was written after them was not.
function isHalfKept(kept, given) {
  const marks = ({ sentence, citation, kinds }) => JSON.stringify([sentence, citation, [...kinds].sort()]);
  return marks(kept) === marks(given) && kept.reason === given.base;
}

// What became of the last change.
function answer(desk, done) {
  const first = desk.number === null;
  if (desk.number === done.number) return;
  desk.number = done.number;
  if (first) {
    if (done.said) desk.said.textContent = done.said;
    return;
  }
  clearTimeout(desk.waiting);
  const sent = desk.sent;
  desk.sent = null;
  for (const old of desk.root.querySelectorAll(".trouble")) old.remove();
  desk.said.textContent = done.said;
  const card = desk.cards.get(done.position);
  if (done.changed && card) {
    desk.queue = desk.queue.filter((action) => action.position !== done.position);
    card.failed = false;
    remember(desk, done.position, null);
  } else if (card && sent?.kind === "mark") {
    card.failed = Boolean(done.trouble);
    if (!done.trouble) settle(desk, card, sent);
  }
  if (done.trouble) tell(desk, done, card?.failed);
  else if (sent?.kind === "pick") leavePicking(desk);
  if (done.trouble && sent?.kind === "finish") goTo(desk, desk.data.marks.find((mark) => mark.missing)?.position);
  desk.pump();
}

// A mark is kept: what is given next stands on it, unless it was changed elsewhere since.
function settle(desk, card, sent) {
  const kept = desk.data.marks.find((mark) => mark.position === card.position);
  card.version = Math.min(sent.version + 1, kept.version);
  if (!waits(desk, card) && !card.pause) remember(desk, card.position, null);
}

function waits(desk, card) {
  return [desk.sent, ...desk.queue].some((action) => action?.kind === "mark" && action.position === card.position);
}

// Said where it happened: in the card of the mark, in the part of the judged set, or over the bar.
function tell(desk, done, again) {
  const told = node("div", { class: "trouble", role: "alert" }, node("p", {}, done.trouble));
  if (again) told.append(action(desk.data.labels.save_again, { kind: "mark", position: done.position }));
  const card = desk.cards.get(done.position);
  if (card) card.marks.append(told);
  else desk.bar.prepend(told);
}

// --- what is done in the page alone -----------------------------------------------------------------------------------

const HERE = {
  "keep-mine"(desk, button) {
    desk.cards.get(Number(button.closest("[data-position]").dataset.position)).keepMine();
  },

  pick(desk, button) {
    pick(desk, button.closest(".passage"));
  },

  // A field has a caret: the words of a passage can be selected without a mouse. One that is readonly has none in
  // some browsers, hence one that takes nothing in.
  caret(desk, button) {
    const passage = button.closest(".passage");
    const words = passage.querySelector(".words");
    const field = passage.querySelector("textarea");
    if (field) {
      field.remove();
      words.hidden = false;
    } else {
      const made = node("textarea", { class: "words", rows: 10, "aria-readonly": "true", "aria-label": words.getAttribute("aria-label") });
      made.value = [...words.children].map((block) => block.textContent).join("\n");
      for (const name of ["beforeinput", "drop", "paste", "cut"]) made.addEventListener(name, (event) => event.preventDefault());
      for (const name of ["select", "keyup", "pointerup"]) made.addEventListener(name, () => showPicked(desk));
      words.before(made);
      words.hidden = true;
      made.focus();
      made.setSelectionRange(0, 0);
    }
    button.textContent = field ? desk.data.labels.pick_by_keyboard : desk.data.labels.read_again;
    button.setAttribute("aria-pressed", String(!field));
  },

  promote(desk) {
    desk.send({ kind: "promote", persona: desk.root.querySelector(".promotion select").value });
  },
};

function goTo(desk, position) {
  if (position === undefined) return;
  const { element } = desk.cards.get(position);
  setCurrent(desk, position);
  element.querySelector("h2").focus({ preventScroll: true });
  element.scrollIntoView({ block: "start", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
}

function step(desk, by) {
  const positions = desk.data.marks.map((mark) => mark.position);
  const at = positions.indexOf(desk.current);
  goTo(desk, positions[at < 0 ? 0 : Math.min(Math.max(at + by, 0), positions.length - 1)]);
}

// --- shortcuts ------------------------------------------------------------------------------------------------------------

function areOn() {
  try {
    return localStorage.getItem(SWITCH) !== "off";
  } catch {
    return true;
  }
}

function turn(desk, on) {
  try {
    localStorage.setItem(SWITCH, on ? "on" : "off");
  } catch {
    // The choice lasts as long as the page does.
  }
  desk.root.classList.toggle("shortcuts", on);
}

const TYPED = "textarea, select, input:not([type=radio], [type=checkbox]), [contenteditable]";

function shortcut(desk, event) {
  const target = event.composedPath()[0];
  if (!desk.root.classList.contains("shortcuts") || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.isComposing || document.querySelector("[role=dialog]")) return;
  if (target.matches?.(TYPED)) {
    if (event.key === "p" && target.matches("textarea.words") && desk.picked) return done(event, () => pick(desk, desk.picked.passage));
    if (event.key === "Escape" && target.matches("textarea.reason")) goTo(desk, desk.current);
    return;
  }
  // The digits are known by their place: on a French keyboard they are typed with the shift key.
  const digit = /^(?:Digit|Numpad)([123])$/.exec(event.code)?.[1];
  if (digit) return done(event, () => choose(desk, "sentence", Number(digit) - 1));
  const letter = "qsd".indexOf(event.key.toLowerCase());
  if (event.key.length === 1 && letter >= 0) return done(event, () => choose(desk, "citation", letter));
  if (event.key === "Enter" && !target.closest?.("button, a, summary")) return done(event, () => desk.send({ kind: "finish" }));
  KEYS[event.key.toLowerCase()]?.(desk, event);
}

const KEYS = {
  j: (desk, event) => done(event, () => step(desk, 1)),
  k: (desk, event) => done(event, () => step(desk, -1)),
  u: (desk, event) => done(event, () => desk.send({ kind: "undo" })),
  e: (desk, event) => done(event, () => writeReason(desk)),
  p: (desk, event) => desk.picked && done(event, () => pick(desk, desk.picked.passage)),
};

function writeReason(desk) {
  const card = desk.cards.get(desk.current ?? desk.data.marks[0].position);
  card.more.open = true;
  card.reason.focus();
}

function done(event, does) {
  event.preventDefault();
  does();
}

function choose(desk, what, at) {
  if (desk.current === null) setCurrent(desk, desk.data.marks[0].position);
  desk.cards.get(desk.current)[what]?.[at]?.click();
}

// --- words picked in a passage --------------------------------------------------------------------------------------------

function showPicked(desk) {
  const picked = pickedIn(desk);
  if (!picked && desk.root.contains(focusedIn(desk.root)) && focusedIn(desk.root).matches(".pick")) return;
  desk.picked = picked;
  for (const passage of desk.root.querySelectorAll(".passage")) {
    const mine = picked?.passage === passage;
    const button = passage.querySelector("button.pick");
    if (!button) continue;
    button.hidden = !mine;
    passage.querySelector(".chosen").textContent = mine ? countOf(picked.words, desk.data) : "";
  }
}

function countOf(words, { labels, lengths }) {
  const count = words.split(/\s+/).length;
  const [least, usual, most] = lengths;
  const said = count < least ? labels.chosen_too_few : count < usual || count > most ? labels.chosen_unusual : labels.chosen;
  return said.replace("{count}", count);
}

// The words selected in one passage, cut words made whole; null where there are none.
function pickedIn(desk) {
  const field = focusedIn(desk.root);
  if (field?.matches?.("textarea.words")) {
    const words = whole(field.value, field.selectionStart, field.selectionEnd);
    return words ? { passage: field.closest(".passage"), words } : null;
  }
  const range = selectedRange(desk.root);
  const start = range && (range.startContainer.nodeType === Node.TEXT_NODE ? range.startContainer.parentElement : range.startContainer);
  const box = start?.closest?.(".words");
  if (!box || !desk.root.contains(box)) return null;
  const words = [...box.children].map((block) => wordsIn(block, range)).filter(Boolean).join("\n");
  return words ? { passage: box.closest(".passage"), words } : null;
}

// A component stands in a shadow tree, where each browser has its own way to tell a selection.
function selectedRange(root) {
  const tree = root.getRootNode();
  const selection = tree.getSelection?.() ?? document.getSelection();
  const [composed] = document.getSelection().getComposedRanges?.({ shadowRoots: [tree] }) ?? [];
  const found = composed ?? (selection?.rangeCount ? selection.getRangeAt(0) : null);
  if (!found) return null;
  const range = document.createRange();
  range.setStart(found.startContainer, found.startOffset);
  range.setEnd(found.endContainer, found.endOffset);
  return range.collapsed ? null : range;
}

function wordsIn(block, range) {
  if (!range.intersectsNode(block)) return "";
  const mine = document.createRange();
  mine.selectNodeContents(block);
  const before = document.createRange();
  before.selectNodeContents(block);
  const text = block.textContent;
  let [start, end] = [0, text.length];
  if (range.compareBoundaryPoints(Range.START_TO_START, mine) > 0) {
    before.setEnd(range.startContainer, range.startOffset);
    start = before.toString().length;
  }
  if (range.compareBoundaryPoints(Range.END_TO_END, mine) < 0) {
    before.setStart(block, 0);
    before.setEnd(range.endContainer, range.endOffset);
    end = before.toString().length;
  }
  return whole(text, start, end);
}

function whole(text, from, to) {
  let [start, end] = [from, to];
  while (start < end && /\s/.test(text[start])) start += 1;
  while (end > start && /\s/.test(text[end - 1])) end -= 1;
  if (start === end) return "";
  while (start > 0 && WORD.test(text[start - 1]) && WORD.test(text[start])) start -= 1;
  while (end < text.length && WORD.test(text[end]) && WORD.test(text[end - 1])) end += 1;
  return text.slice(start, end);
}

function pick(desk, passage) {
  if (desk.picked?.passage === passage) desk.send({ kind: "pick", passage: passage.dataset.passage, words: desk.picked.words });
}

function leavePicking(desk) {
  const passage = desk.picked?.passage;
  const within = focusedIn(desk.root)?.matches(".pick");
  document.getSelection()?.removeAllRanges();
  const field = passage?.querySelector("textarea");
  field?.setSelectionRange(field.selectionEnd, field.selectionEnd);
  desk.picked = null;
  if (within) (field ?? passage.querySelector(".words")).focus({ preventScroll: true });
  showPicked(desk);
}

// --- the answer -----------------------------------------------------------------------------------------------------------

function drawAnswer(desk) {
  const { answer: shown, labels, notice } = desk.data;
  const parts = [drawHead(desk)];
  if (notice) parts.push(node("p", { class: "notice", role: "status" }, notice));
  if (desk.data.settling && !notice) parts.push(node("p", { class: "tools" }, action(labels.take_agreed, { kind: "take-agreed" })));
  if (shown.opening) parts.push(node("p", { class: "opening" }, shown.opening));
  for (const sentence of shown.sentences) {
    const said = node("p", { class: "claim" }, sentence.lead ? [node("strong", {}, sentence.lead), " "] : null, sentence.text);
    parts.push(drawCard(desk, sentence.position, sentence.name, [said], sentence.passages.map((passage) => drawPassage(passage, labels))));
  }
  parts.push(drawWhole(desk), drawPromotion(desk), drawBar(desk));
  desk.root.classList.toggle("shortcuts", areOn());
  return parts;
}

function drawHead(desk) {
  const { answer: shown, labels, keys, back } = desk.data;
  const head = node("header", { class: "head" }, node("p", {}, linkTo(back[1], {}, back[0])));
  if (shown.history.length) {
    const turns = shown.history.map(([role, text]) => node("p", {}, node("strong", {}, `${role} : `), text));
    head.append(node("details", {}, node("summary", {}, labels.history), turns));
  }
  head.append(node("h1", { tabindex: -1 }, shown.question));
  if (shown.understood) head.append(node("p", { class: "quiet" }, `${labels.understood} ${shown.understood}`));
  head.append(node("p", { class: "quiet" }, shown.about.join(" · ")));
  const on = node("input", { type: "checkbox", checked: areOn() });
  on.addEventListener("change", () => turn(desk, on.checked));
  const list = node("dl", {}, keys.map(([key, does]) => node("div", {}, node("dt", {}, node("kbd", {}, key)), node("dd", {}, does))));
  const details = [node("details", {}, node("summary", {}, labels.shortcuts), list, node("label", {}, on, " ", labels.shortcuts_on))];
  if (shown.expected) details.unshift(drawExpected(shown.expected, labels));
  head.append(node("div", { class: "details" }, details));
  return head;
}

function drawExpected(expected, labels) {
  if (!expected.answerable) return node("details", {}, node("summary", {}, labels.expected), node("p", {}, labels.expected_nothing));
  const evidence = node("ul", {}, expected.evidence.map((quote) => node("li", {}, quote)));
  const where = expected.where ? node("p", { class: "quiet" }, expected.where) : null;
  return node("details", {}, node("summary", {}, labels.expected), node("p", {}, expected.answer), node("h2", {}, labels.expected_evidence), evidence, where);
}

function drawPassage(passage, labels) {
  const label = `${passage.name}, ${passage.place}`;
  const words = node("div", { class: "words", role: "region", tabindex: 0, "aria-label": label }, passage.blocks.map(drawBlock));
  const head = node("p", { class: "place" }, passage.place, passage.state ? node("span", { class: "quiet" }, ` · ${passage.state}`) : null);
  const shown = node("div", { class: "passage", "data-passage": passage.id }, head, passage.notice ? node("p", { class: "notice" }, passage.notice) : null, words);
  if (!passage.link) return shown;
  const pickButton = node("button", { type: "button", class: "pick", "data-here": "pick", hidden: true, "aria-keyshortcuts": "P" }, labels.pick, hintOf("P"));
  // A press would take the selection away before the click.
  pickButton.addEventListener("pointerdown", (event) => event.preventDefault());
  pickButton.addEventListener("mousedown", (event) => event.preventDefault());
  shown.append(
    node(
      "p",
      { class: "tools" },
      pickButton,
      node("span", { class: "chosen quiet" }),
      node("button", { type: "button", class: "quiet plain", "data-here": "caret", "aria-pressed": "false" }, labels.pick_by_keyboard),
      linkTo(passage.link, {}, labels.read_there),
    ),
  );
  return shown;
}

function drawBlock(block) {
  const runs = block.runs.map((run) => (run.quoted ? node("mark", {}, run.text) : run.text));
  return node("p", { class: `block ${block.kind} ${block.role}` }, runs);
}

function drawWhole(desk) {
  const { answer: shown, labels } = desk.data;
  if (!shown.refusal) {
    const notes = shown.notes.length ? [node("h3", {}, labels.notes), shown.notes.map((note) => node("p", {}, note))] : [];
    return drawCard(desk, 0, shown.whole, [node("p", { class: "quiet" }, shown.whole_help), ...notes], []);
  }
  const { message, fiches, passages } = shown.refusal;
  const near = fiches.length ? [node("h3", {}, labels.nearest), node("ul", {}, fiches.map(([name, link]) => node("li", {}, linkTo(link, {}, name))))] : [];
  const found = passages.length ? passages.map((passage) => drawPassage(passage, labels)) : [node("p", { class: "quiet" }, labels.no_passages)];
  return drawCard(desk, 0, shown.whole, [node("p", { class: "claim" }, message), ...near], [node("h3", {}, labels.passages), ...found]);
}

// --- a card: what is marked, its marks, and what they are judged by -----------------------------------------------------------

function drawCard(desk, position, name, said, beside) {
  const heading = `mark-${position}`;
  const card = drawMarks(desk, position);
  const left = node("div", { class: "said" }, node("h2", { id: heading, tabindex: -1 }, name), said);
  const right = beside.length ? node("div", { class: "beside" }, beside) : null;
  card.element = node("section", { class: right ? "card" : "card alone", "data-position": position, "aria-labelledby": heading }, left, right, card.marks);
  desk.cards.set(position, card);
  return card.element;
}

function drawMarks(desk, position) {
  const { data } = desk;
  const { labels } = data;
  const refused = Boolean(data.answer.refusal);
  const kept = data.marks.find((mark) => mark.position === position);
  // `version` is that of the mark which is shown, `base` its reason; `mine`: what is written is not what is kept.
  const card = { position, version: kept.version, base: kept.reason, mine: false, failed: false, pause: 0 };
  const changed = () => {
    clearTimeout(card.pause);
    Object.assign(card, { pause: 0, failed: false });
    remember(desk, position, card.given());
    const queued = desk.queue.some((action) => action.kind === "mark" && action.position === position);
    if (!queued) desk.send({ kind: "mark", position });
  };
  card.changed = changed;
  const marks = node("div", { class: "marks" }, data.settling ? node("h3", {}, labels.decision) : null);
  if (position || refused) {
    const scale = drawScale(`sentence-${position}`, data.sentence_scale, ["1", "2", "3"], changed);
    card.sentence = scale.inputs;
    marks.append(scale.fieldset);
  }
  if (position) {
    const scale = drawScale(`citation-${position}`, data.citation_scale, ["Q", "S", "D"], changed);
    card.citation = scale.inputs;
    marks.append(scale.fieldset);
  }
  const kinds = Object.entries(position ? data.kinds : data.whole_kinds).map(([kind, name]) => {
    const input = node("input", { type: "checkbox", value: kind });
    input.addEventListener("change", changed);
    return { input, label: node("label", {}, input, " ", name) };
  });
  card.kinds = kinds.map(({ input }) => input);
  card.more = node("details", {}, node("summary", {}, labels.more), node("fieldset", { class: "kinds" }, node("legend", {}, labels.errors), kinds.map(({ label }) => label)));

  card.reason = node("textarea", { class: "reason", id: `reason-${position}`, rows: 2, maxlength: data.most_reason, "aria-describedby": `lacking-${position}`, "aria-keyshortcuts": "E" });
  card.reason.value = card.base;
  card.lacking = node("p", { class: "lacking", id: `lacking-${position}` });
  card.kept = node("p", { class: "kept", hidden: true });
  const label = node("label", { for: `reason-${position}` }, labels.reason, node("span", { class: "quiet" }, ` (${labels.reason_when})`), hintOf("E"));
  card.more.append(node("div", { class: "field" }, label, card.reason, card.kept));
  marks.append(card.more, card.lacking);
  card.reason.addEventListener("input", () => {
    card.mine = false;
    card.kept.hidden = true;
    clearTimeout(card.pause);
    card.pause = setTimeout(changed, PAUSE_MS);
    remember(desk, position, card.given());
  });
  card.flush = () => card.pause && changed();
  card.reason.addEventListener("blur", card.flush);
  card.keepMine = () => {
    card.mine = false;
    card.kept.hidden = true;
    changed();
  };
  card.given = () => {
    const chosen = (inputs) => {
      const checked = inputs?.find((input) => input.checked);
      return checked ? Number(checked.value) : null;
    };
    return {
      sentence: chosen(card.sentence),
      citation: chosen(card.citation),
      kinds: card.kinds.filter((input) => input.checked).map((input) => input.value),
      reason: card.mine ? card.base : card.reason.value,
      version: card.version,
    };
  };
  card.put = ({ sentence, citation, kinds, reason }) => {
    for (const input of card.sentence ?? []) input.checked = Number(input.value) === sentence;
    for (const input of card.citation ?? []) input.checked = Number(input.value) === citation;
    for (const input of card.kinds) input.checked = kinds.includes(input.value);
    card.reason.value = reason;
  };
  card.others = node("div", { class: "others" });
  card.marks = node("div", { class: "marking-of" }, card.others, marks);
  // What is not good has its reason to be written: the field is there at once.
  card.openIfNeeded = () => {
    const { sentence, citation, kinds, reason } = card.given();
    if ((sentence ?? 100) < 100 || (citation ?? 25) < 25 || kinds.length || reason) card.more.open = true;
  };
  marks.addEventListener("change", card.openIfNeeded);
  return card;
}

function drawScale(name, scale, keys, changed) {
  const made = scale.marks.map(([mark, word], at) => {
    const input = node("input", { type: "radio", name, value: mark, "aria-keyshortcuts": keys[at] });
    input.addEventListener("change", changed);
    return { input, label: node("label", {}, input, node("span", {}, word, node("span", { class: "points" }, ` ${mark}`)), hintOf(keys[at])) };
  });
  return { inputs: made.map(({ input }) => input), fieldset: node("fieldset", { class: "scale" }, node("legend", {}, scale.name), made.map(({ label }) => label)) };
}

function hintOf(key) {
  return node("kbd", { "aria-hidden": "true" }, key);
}

// --- what changes: the marks as they are kept, the bar, the judged set ----------------------------------------------------------

function refresh(desk) {
  for (const mark of desk.data.marks) refreshCard(desk, desk.cards.get(mark.position), mark);
  desk.progress.textContent = desk.data.progress;
  desk.total.textContent = desk.data.total;
  refreshPromotion(desk);
}

function refreshCard(desk, card, mark) {
  const { labels } = desk.data;
  card.lacking.textContent = mark.missing;
  card.element.classList.toggle("complete", !mark.missing && mark.version > 0);
  drawOthers(card, mark, labels);
  if (waits(desk, card) || card.failed) return;
  card.put({ ...mark, reason: reasonToShow(card, mark) });
  Object.assign(card, { version: mark.version, base: mark.reason });
  showKept(desk, card);
  card.openIfNeeded();
}

// What is being written stays; where the mark was changed elsewhere meanwhile, whoever writes chooses.
function reasonToShow(card, mark) {
  const written = card.reason.value;
  if (written === card.base || written === mark.reason) {
    card.mine = false;
    return mark.reason;
  }
  if (mark.version !== card.version) {
    clearTimeout(card.pause);
    Object.assign(card, { pause: 0, mine: true });
  }
  return written;
}

function showKept(desk, card) {
  const { labels } = desk.data;
  card.kept.hidden = !card.mine;
  if (!card.mine) return;
  const keep = node("button", { type: "button", class: "plain", "data-here": "keep-mine" }, labels.keep_mine);
  card.kept.replaceChildren(`${labels.not_kept} `, card.base ? node("q", {}, card.base) : labels.no_reason, " ", keep);
}

function drawOthers(card, mark, labels) {
  const made = JSON.stringify([mark.others, mark.differ, mark.version]);
  if (card.othersMade === made || !mark.others.length) return;
  card.othersMade = made;
  const at = focusedIn(card.marks);
  const held = at && card.others.contains(at) ? [...card.others.querySelectorAll("button")].indexOf(at) : -1;
  const raters = mark.others.map((other) =>
    node(
      "li",
      {},
      node("h4", {}, other.rater),
      node("ul", {}, other.said.map((line) => node("li", {}, line))),
      action(other.take, { kind: "take", position: mark.position, rater: other.rater, version: mark.version }, { class: "plain" }),
    ),
  );
  card.others.replaceChildren(node("h3", {}, labels.others), mark.differ ? node("p", { class: "differ" }, mark.differ) : "", node("ul", { class: "raters" }, raters));
  if (held >= 0) card.others.querySelectorAll("button")[held]?.focus({ preventScroll: true });
}

function drawBar(desk) {
  const { labels } = desk.data;
  desk.said = node("p", { class: "status", role: "status" });
  desk.progress = node("p", { class: "progress" });
  desk.total = node("p", { class: "total" });
  const tools = node(
    "p",
    { class: "tools" },
    action([labels.undo, hintOf("U")], { kind: "undo" }, { "aria-keyshortcuts": "U" }),
    action(labels.skip, { kind: "skip" }),
    action([labels.finish, hintOf("Entrée")], { kind: "finish" }, { class: "main", "aria-keyshortcuts": "Enter" }),
  );
  desk.bar = node("div", { class: "bar" }, node("div", { class: "far" }, desk.progress, desk.total, desk.said), tools);
  return desk.bar;
}

function drawPromotion(desk) {
  const { labels } = desk.data;
  desk.promotion = node("div", {});
  return node("section", { class: "promotion", "aria-labelledby": "promotion" }, node("h2", { id: "promotion", tabindex: -1 }, labels.promotion), desk.promotion);
}

function refreshPromotion(desk) {
  const { promotion, labels } = desk.data;
  const made = JSON.stringify(promotion);
  if (desk.promotionMade === made) return;
  desk.promotionMade = made;
  const within = desk.promotion.contains(focusedIn(desk.root));
  desk.promotion.replaceChildren(...drawQuestion(promotion, labels, desk));
  if (within) desk.root.querySelector("#promotion").focus({ preventScroll: true });
}

function drawQuestion(promotion, labels, desk) {
  const select = node("select", { id: "persona" }, Object.entries(promotion.personas).map(([value, name]) => node("option", { value, selected: value === promotion.persona }, name)));
  const persona = node("p", { class: "field" }, node("label", { for: "persona" }, labels.persona), " ", select);
  if (promotion.trouble) return [node("p", { class: "notice" }, promotion.trouble)];
  if (!promotion.inside) {
    const promote = node("button", { type: "button", "data-here": "promote" }, labels.promote);
    return [node("p", { class: "quiet" }, labels.promotion_help), persona, node("p", { class: "tools" }, promote)];
  }
  select.addEventListener("change", () => desk.send({ kind: "persona", persona: select.value }));
  const shown = [node("p", {}, promotion.state), persona];
  if (promotion.evidence.length) {
    const quotes = (group) => group.flatMap(({ quote, note }, at) => [at ? node("p", { class: "quiet" }, labels.or) : null, drawQuote(quote, note, labels)]);
    shown.push(node("h3", {}, labels.evidence), node("ul", { class: "evidence" }, promotion.evidence.map((group) => node("li", {}, quotes(group)))));
  }
  if (promotion.facts.length) {
    const facts = promotion.facts.map((fact) => node("li", {}, fact, " ", action(labels.remove, { kind: "drop-fact", fact }, { class: "plain", "aria-label": `${labels.remove} : ${fact}` })));
    shown.push(node("h3", {}, labels.facts), node("ul", {}, facts));
  }
  return [...shown, node("p", { class: "tools" }, action(labels.withdraw, { kind: "withdraw" }))];
}

function drawQuote(quote, note, labels) {
  const remove = action(labels.remove, { kind: "drop-quote", quote }, { class: "plain", "aria-label": `${labels.remove} : ${quote.slice(0, 60)}` });
  return node("p", {}, node("q", {}, quote), note ? node("span", { class: "quiet" }, ` (${note})`) : null, " ", remove);
}

function action(words, sent, attributes = {}) {
  return node("button", { type: "button", "data-send": JSON.stringify(sent), ...attributes }, words);
}
