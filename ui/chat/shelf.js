// The list of conversations: a new one, a search, and the kept ones by how long ago they were.

const PAUSE_MS = 350; // between the last letter typed and the search
const shelves = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".shelf");
  if (!shelves.has(root)) shelves.set(root, prepare(root, data.labels, setTriggerValue));
  const shelf = shelves.get(root);
  const made = JSON.stringify(data.groups);
  if (made === shelf.made) return;
  shelf.made = made;
  shelf.list.replaceChildren(...drawGroups(data));
}

function prepare(root, labels, setTriggerValue) {
  const begin = node("button", { type: "button", class: "new" }, labels.new_conversation);
  const input = node("input", { type: "search", id: "shelf-search", autocomplete: "off", maxlength: 200 });
  const search = node("form", { class: "search", role: "search" }, node("label", { for: input.id }, labels.search_conversations), input);
  const list = node("nav", { "aria-label": labels.conversations });
  root.append(begin, search, list);
  followLinks(root, setTriggerValue);
  begin.addEventListener("click", () => setTriggerValue("action", { kind: "new" }));
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
  return { list, made: "" };
}

function drawGroups({ groups, labels, nothing }) {
  if (!groups.length) return [node("p", { class: "nothing", role: "status" }, nothing)];
  return groups.flatMap((group) => [
    node("h2", {}, group.name),
    node(
      "ul",
      {},
      group.lines.map((line) => node("li", {}, linkTo(line.link, line.current ? { "aria-current": "page" } : {}, line.title))),
    ),
  ]);
}
