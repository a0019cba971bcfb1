// The pages of the application, each with what it is for.

const drawn = new WeakSet();

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector("div");
  if (drawn.has(root)) return;
  drawn.add(root);
  followLinks(root, setTriggerValue);
  const items = data.places.map((place) => node("li", {}, linkTo(place.link, {}, place.name), ` : ${place.text}`));
  root.append(node("ul", {}, items));
}
