// A file that is received: the way to choose one, in French, and its name once it is chosen.

const MOST_BYTES = 50_000_001; // a larger file is refused by what reads it: its beginning is enough for that
const names = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".received");
  if (names.has(root)) {
    names.get(root).textContent = data.chosen; // empty once the file was put aside
    return;
  }
  const file = node("input", { type: "file", id: "file", class: "unseen", accept: data.accept, "aria-describedby": "help" });
  const name = node("span", { class: "name", role: "status" }, data.chosen);
  names.set(root, name);
  root.append(
    node("p", { class: "head" }, data.label),
    node("p", { class: "help", id: "help" }, data.help),
    node("p", { class: "file" }, file, node("label", { for: file.id }, node("span", { class: "unseen" }, `${data.label} : `), data.choose), " ", name),
  );
  file.addEventListener("change", async () => {
    if (!file.files.length) return;
    const [chosen] = file.files;
    const content = await coding(chosen.slice(0, MOST_BYTES));
    file.value = ""; // the same file, mended, may be chosen again
    name.textContent = chosen.name;
    setTriggerValue("action", { name: chosen.name, content });
  });
}

function coding(blob) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.split(",")[1] ?? "");
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}
