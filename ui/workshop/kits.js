// The kept kits, a search among them, and the file of a kit received from elsewhere.

const PAUSE_MS = 350; // between the last letter typed and the search
const MOST_BYTES = 5_000_001; // a larger file is refused by what reads it: its beginning is enough for that
const WORTH_A_SEARCH = 6; // kits
const shelves = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".kits");
  if (!shelves.has(root)) shelves.set(root, prepare(root, data.labels, setTriggerValue));
  const shelf = shelves.get(root);
  if (data.kits.length >= WORTH_A_SEARCH) shelf.search.hidden = false;
  const made = JSON.stringify([data.kits, data.nothing]);
  if (made === shelf.made) return;
  shelf.made = made;
  shelf.list.replaceChildren(drawList(data));
}

function prepare(root, labels, setTriggerValue) {
  const input = node("input", { type: "search", id: "kits-search", autocomplete: "off", maxlength: 200 });
  const search = node("form", { class: "search", role: "search", hidden: true }, node("label", { for: input.id }, labels.search), input);
  const list = node("div");
  const file = node("input", { type: "file", id: "kits-file", class: "unseen", accept: ".json,application/json", "aria-describedby": "kits-file-help" });
  const open = node(
    "section",
    { class: "open" },
    node("h3", {}, labels.open),
    node("p", { class: "help", id: "kits-file-help" }, labels.open_help),
    node("p", { class: "file" }, file, node("label", { for: file.id }, labels.choose_file)),
  );
  root.append(node("h2", {}, labels.kept), search, list, open);
  followLinks(root, setTriggerValue);
  let waiting = 0;
  const send = () => {
    clearTimeout(waiting);
    setTriggerValue("action", { kind: "search", words: input.value });
  };
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(send, PAUSE_MS);
  });
  search.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  file.addEventListener("change", async () => {
    if (!file.files.length) return;
    const coded = await coding(file.files[0].slice(0, MOST_BYTES));
    file.value = "";
    setTriggerValue("action", { kind: "open", file: coded });
  });
  return { list, search, made: "" };
}

function coding(blob) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.split(",")[1] ?? "");
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}

function drawList({ kits, nothing }) {
  if (!kits.length) return node("p", { class: "nothing", role: "status" }, nothing);
  const lines = kits.map((kit) => node("li", {}, linkTo(kit.link, {}, kit.title), node("span", { class: "about" }, kit.about)));
  return node("ul", {}, lines);
}
