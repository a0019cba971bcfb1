// A quiz, one question at a time. All that is done in it stays in the browser, under the seals of its questions.

const quizzes = new WeakMap();
const unstored = new Map(); // what a browser that refuses its store would lose

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector("div");
  if (!quizzes.has(root)) quizzes.set(root, prepare(root, setTriggerValue));
  const quiz = quizzes.get(root);
  const made = JSON.stringify(data);
  if (quiz.made === made) return;
  Object.assign(quiz, { made, data, state: recall(data.key) });
  quiz.head.replaceChildren(...drawHead(data));
  draw(quiz);
}

function prepare(root, setTriggerValue) {
  const said = node("p", { class: "unseen", role: "status" });
  const head = node("header", {});
  const place = node("section", { "aria-labelledby": "where" });
  root.append(node("div", { class: "quiz" }, said, head, place));
  followLinks(root, setTriggerValue);
  prepareHint(root);
  const quiz = { said, head, place, made: "" };
  root.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-do]");
    if (button && button.getAttribute("aria-disabled") !== "true") ACTIONS[button.dataset.do](quiz, button.dataset.seal);
  });
  return quiz;
}

// --- what is kept -------------------------------------------------------------------------------------------------

// `round` are the seals of the questions taken again (null: all are asked), `at` the seal of the one that is shown.
function recall(key) {
  try {
    const state = JSON.parse(stored(key) ?? unstored.get(key) ?? "null");
    if (state?.answers) return state;
  } catch {
    // What is damaged holds no answers.
  }
  return { round: null, at: "", ended: false, answers: {} };
}

function stored(key) {
  try {
    return sessionStorage.getItem(`pratiques.quiz.${key}`);
  } catch {
    return null;
  }
}

function keep({ data, state }) {
  const kept = JSON.stringify(state);
  unstored.set(data.key, kept);
  try {
    sessionStorage.setItem(`pratiques.quiz.${data.key}`, kept);
  } catch {
    // They last as long as the page does.
  }
}

function change(quiz, changes) {
  Object.assign(quiz.state, changes);
  keep(quiz);
}

function answerTo({ state }, question) {
  return { choice: null, matched: {}, text: "", had: [], checked: false, ...state.answers[question.seal] };
}

function answer(quiz, question, changes) {
  quiz.state.answers[question.seal] = { ...answerTo(quiz, question), ...changes };
  keep(quiz);
}

// --- what is asked, and what came of it -----------------------------------------------------------------------------

function asked({ data, state }) {
  const again = data.questions.filter((question) => state.round?.includes(question.seal));
  return again.length ? again : data.questions;
}

function position(quiz) {
  return Math.max(0, asked(quiz).findIndex((question) => question.seal === quiz.state.at));
}

function isOpen(question) {
  return !question.options.length && !question.pairs.length;
}

function isMatched(question, given, at) {
  return given.matched[at] === question.pairs[at].right;
}

function isRight(question, given) {
  if (!given.checked) return false;
  if (isOpen(question)) return given.had.length === question.points.length;
  if (question.pairs.length) return question.pairs.every((pair, at) => isMatched(question, given, at));
  return question.options[given.choice]?.right ?? false;
}

function isAnswered(question, given) {
  if (question.pairs.length) return question.pairs.every((pair, at) => given.matched[at] !== undefined);
  return isOpen(question) || given.choice !== null;
}

// --- what the reader does -------------------------------------------------------------------------------------------

const ACTIONS = {
  previous: (quiz) => step(quiz, -1),
  next: (quiz) => step(quiz, 1),
  open: (quiz, seal) => show(quiz, { at: seal, ended: false }),
  finish: (quiz) => show(quiz, { ended: true }),
  restart: (quiz) => show(quiz, { round: null, at: "", ended: false, answers: {} }),
  retake: (quiz) => {
    const missed = asked(quiz).filter((question) => !isRight(question, answerTo(quiz, question)));
    for (const question of missed) quiz.state.answers[question.seal] = { text: answerTo(quiz, question).text };
    show(quiz, { round: missed.map((question) => question.seal), at: "", ended: false });
  },
};

function step(quiz, by) {
  show(quiz, { at: asked(quiz)[position(quiz) + by].seal });
}

// What is shown next is read from its heading on.
function show(quiz, changes) {
  change(quiz, changes);
  draw(quiz);
  arrive(quiz, "h2");
}

function arrive(quiz, selector) {
  const heading = quiz.place.querySelector(selector);
  heading.focus({ preventScroll: true });
  heading.scrollIntoView({ block: "nearest" });
}

function check(quiz, question) {
  const { labels } = quiz.data;
  const given = answerTo(quiz, question);
  if (!isAnswered(question, given)) {
    const first = question.pairs.length ? labels.match_first : labels.choose_first;
    quiz.place.querySelector(".first").textContent = first;
    announce(quiz, first);
    return;
  }
  answer(quiz, question, { checked: true });
  draw(quiz);
  announce(quiz, isOpen(question) ? "" : verdict(quiz, question).join(" "));
  arrive(quiz, question.proof.length || question.points.length ? "h3" : "[data-do=next], [data-do=finish]");
}

// Emptied first, so that the same words are said again.
function announce(quiz, words) {
  quiz.said.textContent = "";
  requestAnimationFrame(() => (quiz.said.textContent = words));
}

function verdict(quiz, question) {
  const { labels } = quiz.data;
  const given = answerTo(quiz, question);
  const right = isRight(question, given);
  const said = [right ? labels.right : labels.wrong];
  if (question.pairs.length) {
    const matched = question.pairs.filter((pair, at) => isMatched(question, given, at));
    said.push(filled(labels.matched, { right: matched.length, total: question.pairs.length }));
  } else if (!right) {
    said.push(filled(labels.the_right_one, { answer: question.options.find((option) => option.right).text }));
  }
  return said;
}

function filled(words, values) {
  return words.replace(/\{(\w+)\}/g, (whole, name) => values[name]);
}

// --- the page -------------------------------------------------------------------------------------------------------

function draw(quiz) {
  quiz.said.textContent = "";
  quiz.place.replaceChildren(...drawPlace(quiz));
}

function drawHead({ title, back, labels }) {
  return [node("p", {}, linkTo(back, {}, labels.back)), node("h1", {}, title)];
}

function drawPlace(quiz) {
  if (!quiz.data.questions.length) return [node("p", { id: "where" }, quiz.data.labels.no_questions)];
  return quiz.state.ended ? drawResult(quiz) : drawQuestion(quiz);
}

function drawHeading(words) {
  return node("h2", { id: "where", tabindex: -1 }, words);
}

function drawButton(what, words, attributes = {}) {
  return node("button", { type: "button", "data-do": what, ...attributes }, words);
}

function drawQuestion(quiz) {
  const { labels } = quiz.data;
  const questions = asked(quiz);
  const at = position(quiz);
  const question = questions[at];
  const { checked } = answerTo(quiz, question);
  const number = filled(quiz.state.round ? labels.again : labels.question, { number: at + 1, total: questions.length });
  const said = [question.origin, question.note].filter(Boolean).join(" · ");
  const last = at === questions.length - 1;
  const main = checked ? "main" : null;
  return [
    drawHeading(number),
    node("p", { class: "origin" }, said),
    ...(checked ? drawChecked(quiz, question) : [drawForm(quiz, question)]),
    node(
      "p",
      { class: "steps" },
      drawButton("previous", labels.previous, { "aria-disabled": at === 0 ? "true" : null }),
      last ? null : drawButton("next", labels.next, { class: main }),
      drawButton("finish", labels.finish, { class: last ? main : "quiet" }),
    ),
  ];
}

function drawForm(quiz, question) {
  const { labels } = quiz.data;
  const fields = isOpen(question) ? drawOpen(quiz, question) : drawGroup(quiz, question);
  const form = node(
    "form",
    {},
    fields,
    node("p", { class: "first" }),
    node("button", { type: "submit", class: "main" }, isOpen(question) ? labels.show : labels.check),
  );
  form.addEventListener("input", () => (form.querySelector(".first").textContent = ""));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    check(quiz, question);
  });
  return form;
}

function drawOpen(quiz, question) {
  const field = node("textarea", { id: "text", rows: 6 });
  field.value = answerTo(quiz, question).text;
  field.addEventListener("input", () => answer(quiz, question, { text: field.value }));
  return [node("label", { for: "text", class: "stem" }, question.stem), field];
}

function drawGroup(quiz, question) {
  const inputs = question.pairs.length ? drawSelects(quiz, question) : drawRadios(quiz, question);
  return node("fieldset", {}, node("legend", { class: "stem" }, question.stem), ...inputs);
}

function drawRadios(quiz, question) {
  const { choice } = answerTo(quiz, question);
  return question.options.map((option, at) => {
    const input = node("input", { type: "radio", name: "choice", checked: at === choice });
    input.addEventListener("change", () => answer(quiz, question, { choice: at }));
    return node("label", { class: "option" }, input, node("span", {}, option.text));
  });
}

// The answers stand above in full: a closed list would cut the long ones.
function drawSelects(quiz, question) {
  const { labels } = quiz.data;
  const { matched } = answerTo(quiz, question);
  const rights = node("ol", { class: "rights", "aria-label": labels.proposals }, ...question.rights.map((r) => node("li", {}, r)));
  const selects = question.pairs.map((pair, at) => {
    const choices = question.rights.map((right, value) => node("option", { value }, `${letter(value)}. ${right}`));
    const select = node("select", { id: `pair-${at}` }, node("option", { value: "" }, labels.choose), ...choices);
    select.value = matched[at] ?? "";
    select.addEventListener("change", () => {
      const { [at]: old, ...others } = answerTo(quiz, question).matched;
      answer(quiz, question, { matched: select.value === "" ? others : { ...others, [at]: Number(select.value) } });
    });
    return node("div", { class: "pair" }, node("label", { for: `pair-${at}` }, pair.left), select);
  });
  return [rights, ...selects];
}

function letter(at) {
  return String.fromCharCode(65 + at);
}

// --- a question that has been answered --------------------------------------------------------------------------------

function drawChecked(quiz, question) {
  const stem = node("p", { class: "stem" }, question.stem);
  if (isOpen(question)) return [stem, ...drawExpected(quiz, question)];
  const [first, ...more] = verdict(quiz, question);
  const right = isRight(question, answerTo(quiz, question));
  const said = node("p", { class: right ? "verdict right" : "verdict wrong" }, drawMark(right), node("strong", {}, first));
  for (const words of more) said.append(" ", words);
  const answers = question.pairs.length ? drawMatched(quiz, question) : drawChosen(quiz, question);
  return [stem, node("ul", { class: "answers" }, ...answers), said, ...drawExplanation(quiz.data.labels, question)];
}

function drawMark(right) {
  return node("span", { class: "mark", "aria-hidden": "true" }, right === null ? "" : right ? "✓" : "✗");
}

function drawAnswer(right, ...lines) {
  const kind = right === null ? null : right ? "right" : "wrong";
  return node("li", { class: kind }, drawMark(right), node("div", {}, ...lines));
}

function drawChosen(quiz, question) {
  const { labels } = quiz.data;
  const { choice } = answerTo(quiz, question);
  return question.options.map((option, at) => {
    const says = [at === choice ? labels.your_answer : "", option.right ? labels.right_answer : "", option.note];
    const tags = says.filter(Boolean).map((words) => node("span", { class: "tag" }, words));
    const elsewhere = option.source
      ? node("p", { class: "elsewhere" }, `${option.elsewhere} `, drawLink(option.source))
      : null;
    const right = option.right ? true : at === choice ? false : null;
    return drawAnswer(right, node("p", {}, option.text, ...tags.flatMap((tag) => [" ", tag])), elsewhere);
  });
}

function drawMatched(quiz, question) {
  const { labels } = quiz.data;
  const given = answerTo(quiz, question);
  return question.pairs.map((pair, at) => {
    const right = isMatched(question, given, at);
    const said = (words, which) => node("p", {}, filled(words, { answer: question.rights[which] }));
    return drawAnswer(
      right,
      node("p", { class: "left" }, pair.left),
      right ? null : said(labels.yours, given.matched[at]),
      said(labels.good, pair.right),
    );
  });
}

function drawExplanation(labels, question) {
  if (!question.proof.length) return [];
  return [
    node("h3", { tabindex: -1 }, labels.explanation),
    ...question.proof.map((said) => node("div", { class: "said" }, ...drawSaid(said))),
  ];
}

function drawSaid(said) {
  const lead = said.lead ? [node("span", { class: "lead" }, said.lead), " "] : [];
  const note = said.note ? [" ", node("span", { class: "tag" }, said.note)] : [];
  const words = said.lead || said.text ? node("p", {}, ...lead, said.text, ...note) : null;
  return [words, ...said.sources.map(drawSource)];
}

function drawSource(source) {
  const number = node("span", { class: "number", "aria-hidden": "true" }, String(source.number));
  return node("p", { class: "source" }, number, " ", node("q", {}, source.quote), " ", drawLink(source, source.name));
}

// `name` says for those who do not see it which source it is; the quote is shown where it does not stand beside.
function drawLink(source, name = null) {
  return linkTo(source.link, { "aria-label": name, "data-hint": name ? null : source.quote }, source.place);
}

function drawExpected(quiz, question) {
  const { labels } = quiz.data;
  const { text, had } = answerTo(quiz, question);
  const count = node("p", { role: "status" });
  const tell = () => {
    const right = answerTo(quiz, question).had.length;
    count.textContent = filled(labels.found, { right, total: question.points.length });
  };
  const points = question.points.map((point, at) => {
    const input = node("input", { type: "checkbox", checked: had.includes(at), "aria-describedby": `point-${at}` });
    input.addEventListener("change", () => {
      const others = answerTo(quiz, question).had.filter((other) => other !== at);
      answer(quiz, question, { had: input.checked ? [...others, at] : others });
      tell();
    });
    const tick = node("label", { class: "had" }, input, labels.had);
    return node("li", {}, node("div", { class: "said", id: `point-${at}` }, ...drawSaid(point)), tick);
  });
  tell();
  return [
    text.trim() ? node("div", { class: "own" }, node("p", { class: "lead" }, labels.answer), node("p", {}, text)) : null,
    node("h3", { tabindex: -1 }, labels.expected),
    node("p", { class: "quieter" }, labels.expected_help),
    node("ul", { class: "points" }, ...points),
    count,
  ].filter(Boolean);
}

// --- the result -------------------------------------------------------------------------------------------------------

function drawResult(quiz) {
  const { labels } = quiz.data;
  const all = asked(quiz).map((question, at) => ({ question, number: at + 1, given: answerTo(quiz, question) }));
  const missed = all.filter(({ question, given }) => !isRight(question, given));
  const closed = all.filter(({ question }) => !isOpen(question));
  const open = all.filter(({ question }) => isOpen(question));
  const count = (some, measure) => some.reduce((sum, one) => sum + measure(one), 0);
  const right = count(closed, ({ question, given }) => Number(isRight(question, given)));
  const had = count(open, ({ given }) => given.had.length);
  const points = count(open, ({ question }) => question.points.length);
  const unanswered = all.filter(({ given }) => !given.checked).length;
  const lines = missed.map((one) => node("li", {}, ...drawMissed(one, all.length, labels)));
  return [
    drawHeading(quiz.state.round ? labels.result_again : labels.result),
    closed.length ? node("p", { class: "score" }, filled(labels.score, { right, total: closed.length })) : null,
    points ? node("p", { class: "score" }, filled(labels.open_score, { right: had, total: points })) : null,
    unanswered ? node("p", {}, filled(labels.unanswered, { count: unanswered })) : null,
    missed.length ? node("h3", {}, labels.to_review) : node("p", {}, labels.all_right),
    missed.length ? node("ul", { class: "missed" }, ...lines) : null,
    node(
      "p",
      { class: "steps" },
      missed.length ? drawButton("retake", labels.retake, { class: "main" }) : null,
      drawButton("restart", labels.restart),
    ),
  ].filter(Boolean);
}

function drawMissed({ question, number, given }, total, labels) {
  const there = drawButton("open", filled(labels.question, { number, total }), { class: "quiet", "data-seal": question.seal });
  const found = filled(labels.points_found, { right: given.had.length, total: question.points.length });
  const state = !given.checked ? labels.not_answered : isOpen(question) ? found : "";
  return [there, " ", question.stem, state ? node("span", { class: "state" }, ` (${state})`) : null];
}
