// The trials that are kept.

const drawn = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".kept");
  if (!drawn.has(root)) followLinks(root, setTriggerValue);
  const wanted = JSON.stringify(data);
  if (drawn.get(root) === wanted) return; // the focus stays where it is
  drawn.set(root, wanted);
  const lines = data.trials.map((trial) =>
    node("li", {}, linkTo(trial.link, {}, trial.title), node("span", { class: "about" }, trial.about)),
  );
  root.replaceChildren(lines.length ? node("ul", {}, ...lines) : node("p", { class: "about" }, data.nothing));
}
