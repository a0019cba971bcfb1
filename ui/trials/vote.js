// Two answers side by side, and what the rater says of them. What is not saved yet stays in the browser.

const pairs = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".pair");
  if (!pairs.has(root)) pairs.set(root, prepare(root, data, setTriggerValue));
  const pair = pairs.get(root);
  const before = pair.data;
  pair.data = data;
  if (before?.done.number !== data.done.number) tell(pair, before !== null);
  if (before?.position !== data.position || before.draft !== data.draft) drawPair(pair, before !== null);
  else if (before.seen !== data.seen) fillIn(pair);
  drawAround(pair);
}

function prepare(root, data, setTriggerValue) {
  const { labels } = data;
  const pair = {
    data: null,
    sent: "",
    send: (action) => setTriggerValue("action", action),
    said: node("p", { class: "unseen", role: "status" }),
    trouble: node("p", { class: "trouble", role: "alert" }),
    head: node("header", {}),
    two: node("div", { class: "two" }),
    form: node("form", {}),
    steps: node("nav", { class: "steps", "aria-label": labels.pair_view }),
    end: node("div", { class: "end" }),
  };
  drawForm(pair, data);
  root.append(pair.said, pair.head, pair.two, node("p", { class: "quiet" }, labels.notes_left_out), pair.trouble, pair.form, pair.steps, pair.end);
  followLinks(root, setTriggerValue);
  root.addEventListener("keydown", (event) => onKey(pair, event));
  pair.form.addEventListener("input", () => keepDraft(pair));
  pair.form.addEventListener("submit", (event) => {
    event.preventDefault();
    save(pair);
  });
  pair.steps.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-position]");
    if (button && button.getAttribute("aria-disabled") !== "true") pair.send({ kind: "show", position: Number(button.dataset.position) });
  });
  return pair;
}

// The keys act only while the focus is in this part of the page, and never while something is being typed.
function onKey(pair, event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("textarea, a, button")) return;
  const choice = pair.data.choices.find(({ key }) => key === event.key);
  if (choice) {
    event.preventDefault();
    const radio = pair.form.elements.side[Number(choice.key) - 1];
    radio.checked = true;
    radio.focus();
    keepDraft(pair);
  } else if (event.key === "Enter") {
    event.preventDefault();
    pair.form.requestSubmit();
  }
}

function save(pair) {
  const { form, data } = pair;
  const side = form.elements.side.value;
  const reason = form.elements.reason.value.trim();
  const lacking = !side ? data.labels.wants_choice : side === "neither" && !reason ? data.labels.wants_reason : "";
  pair.trouble.textContent = lacking;
  if (lacking) {
    (side ? form.elements.reason : form.elements.side[0]).focus();
    return;
  }
  pair.sent = data.draft;
  pair.send({ kind: "vote", position: data.position, side, reason, seen: data.seen });
}

// --- what is not saved yet ----------------------------------------------------------------------------------------

const unstored = new Map(); // what a browser that refuses its store would lose

function keepDraft({ form, data }) {
  const draft = JSON.stringify({ side: form.elements.side.value, reason: form.elements.reason.value });
  unstored.set(data.draft, draft);
  try {
    sessionStorage.setItem(`pratiques.trial.${data.draft}`, draft);
  } catch {
    // It lasts as long as the page does.
  }
}

function draftOf(key) {
  try {
    return JSON.parse(sessionStorage.getItem(`pratiques.trial.${key}`) ?? unstored.get(key) ?? "null");
  } catch {
    return null;
  }
}

function forgetDraft(key) {
  unstored.delete(key);
  try {
    sessionStorage.removeItem(`pratiques.trial.${key}`);
  } catch {
    // There was none.
  }
}

// --- what is drawn ------------------------------------------------------------------------------------------------

function tell(pair, spoken) {
  const { done } = pair.data;
  if (pair.sent && (!done.trouble || done.outdated)) forgetDraft(pair.sent);
  pair.sent = "";
  pair.trouble.textContent = done.trouble;
  if (spoken) pair.said.textContent = done.said;
}

function drawPair(pair, moved) {
  const { data } = pair;
  pair.head.replaceChildren(
    node("h3", { tabindex: -1 }, data.heading),
    node("p", { class: "voted" }, data.voted),
    ...data.earlier.map((turn) => node("p", { class: "quiet" }, turn)),
    node("p", { class: "question" }, data.question),
  );
  pair.two.replaceChildren(...data.answers.map((answer, at) => drawAnswer(answer, at, data.labels)));
  fillIn(pair);
  if (!moved) return;
  const heading = pair.head.querySelector("h3");
  heading.focus({ preventScroll: true });
  heading.scrollIntoView({ block: "start" });
}

function drawAnswer(answer, at, labels) {
  const lines = [];
  for (const line of answer.lines) {
    const said = drawLine(line);
    if (!line.item) lines.push(node("p", {}, ...said));
    else if (lines.at(-1)?.tagName === "UL") lines.at(-1).append(node("li", {}, ...said));
    else lines.push(node("ul", {}, node("li", {}, ...said)));
  }
  const sources = answer.sources.map((source) =>
    node(
      "li",
      { value: source.number },
      source.quote ? node("blockquote", {}, source.quote) : node("span", { class: "quiet" }, labels.word_for_word, " "),
      linkTo(source.link, {}, source.place),
    ),
  );
  return node(
    "section",
    { "aria-labelledby": `answer-${at}` },
    node("h4", { id: `answer-${at}` }, answer.heading),
    answer.message ? node("p", { class: "message" }, answer.message) : null,
    answer.opening ? node("p", {}, answer.opening) : null,
    ...lines,
    sources.length
      ? node("details", { open: true }, node("summary", {}, answer.sources_heading), node("ol", {}, ...sources))
      : node("p", { class: "quiet" }, labels.no_sources),
  );
}

function drawLine(line) {
  const numbers = line.sources.length ? [" ", node("span", { class: "numbers" }, `[${line.sources.join(", ")}]`)] : [];
  return [line.lead ? node("strong", {}, line.lead) : null, line.lead ? " " : null, line.text, ...numbers];
}

function drawForm(pair, { choices, labels }) {
  const radios = choices.map((choice) =>
    node(
      "label",
      {},
      node("input", { type: "radio", name: "side", value: choice.side }),
      node("span", {}, choice.label, " ", node("kbd", { "aria-hidden": "true" }, choice.key)),
    ),
  );
  pair.last = node("p", { class: "last" });
  pair.form.append(
    node("fieldset", { "aria-describedby": "vote-keys" }, node("legend", {}, labels.choice), ...radios),
    node("p", { class: "quiet", id: "vote-keys" }, labels.keys),
    node("label", { for: "vote-reason" }, labels.reason),
    node("p", { class: "quiet", id: "vote-reason-help" }, labels.reason_help),
    node("textarea", { id: "vote-reason", name: "reason", rows: 3, maxlength: 2000, "aria-describedby": "vote-reason-help" }),
    pair.last,
    node("p", {}, node("button", { type: "submit", class: "main" }, labels.save)),
  );
  drawEnd(pair, labels);
}

// Ending shows the names for good: it is asked twice.
function drawEnd(pair, labels) {
  const finish = node("button", { type: "button" }, labels.finish);
  const yes = node("button", { type: "button", class: "main" }, labels.yes);
  const no = node("button", { type: "button" }, labels.no);
  const sure = node("div", { class: "sure", role: "group", "aria-label": labels.sure, hidden: true }, node("p", {}, labels.sure, " ", labels.finish_help), node("p", { class: "buttons" }, yes, no));
  const ask = (asking) => {
    sure.hidden = !asking;
    finish.hidden = asking;
    (asking ? no : finish).focus();
  };
  finish.addEventListener("click", () => ask(true));
  no.addEventListener("click", () => ask(false));
  yes.addEventListener("click", () => pair.send({ kind: "finish" }));
  pair.end.append(finish, sure);
}

function fillIn({ form, data }) {
  const given = draftOf(data.draft) ?? data;
  for (const radio of form.elements.side) radio.checked = radio.value === given.side;
  form.elements.reason.value = given.reason;
}

function drawAround(pair) {
  const { data } = pair;
  pair.head.querySelector(".voted").textContent = data.voted;
  pair.last.textContent = data.last;
  pair.last.hidden = !data.last;
  const step = (position, text) => node("button", { type: "button", "data-position": position, "aria-disabled": position ? null : "true" }, text);
  const made = `${data.previous}-${data.next}`;
  if (pair.around === made) return; // the focus stays where it is
  pair.around = made;
  pair.steps.replaceChildren(step(data.previous, data.labels.previous), step(data.next, data.labels.next));
}
