// The links to the views of the page.

const drawn = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".ways");
  if (!drawn.has(root)) followLinks(root, setTriggerValue);
  const wanted = JSON.stringify(data);
  if (drawn.get(root) === wanted) return; // the focus stays where it is
  drawn.set(root, wanted);
  root.setAttribute("aria-label", data.name);
  const ways = data.ways.map((way) =>
    node("li", {}, linkTo(way.link, { "aria-current": way.current ? "page" : null }, way.text)),
  );
  root.replaceChildren(node("ul", {}, ...ways));
}
