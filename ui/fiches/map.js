// The map of the territories: a button for each department that can be chosen; the others are but drawn. The departments
// in and around Paris are too small to be hit, so they have their buttons in a larger drawing beside.

const SVG = "http://www.w3.org/2000/svg";
const PARIS = ["75", "92", "93", "94"];
const NARROW = window.matchMedia("(max-width: 640px)");
const maps = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  if (!maps.has(parentElement)) maps.set(parentElement, prepare(parentElement.querySelector(".map"), data, setTriggerValue));
  const map = maps.get(parentElement);
  const named = new Map(data.territories.map((territory) => [territory.code, territory]));
  for (const [code, shape] of map.shapes) dress(shape, named.get(code), true);
  for (const [code, shape] of map.doubles) dress(shape, named.get(code), false);
  raise(data.territories, map);
  showBeside(data.beside, map);
}

function prepare(root, data, setTriggerValue) {
  const shapes = new Map();
  const doubles = new Map();
  const [width, height] = data.outline.size;
  const above = 80; // room for the words over the larger drawing
  const box = `0 ${-above} ${width} ${height + above}`;
  const drawing = draw("svg", { viewBox: box, role: "group", "aria-label": data.name });
  for (const department of data.outline.departments) {
    const shape = drawDepartment(department);
    (PARIS.includes(department.code) ? doubles : shapes).set(department.code, shape);
    drawing.append(shape);
  }
  drawing.append(drawInset(data, shapes));
  const said = node("p", { class: "said", "aria-hidden": "true" }, data.hint);
  const list = node("ul");
  const beside = node("div", { class: "beside" }, node("h3", {}, data.elsewhere), list);
  const legend = node("ul", { class: "legend", "aria-hidden": "true" }, data.legend.map((words) => node("li", {}, words)));
  const details = node(
    "details",
    { open: !NARROW.matches },
    node("summary", {}, node("h2", {}, data.name)),
    node("p", { class: "unseen" }, data.hint),
    said,
    drawing,
    legend,
    beside,
    node("p", { class: "credit" }, data.credit),
  );
  root.append(details);
  listen(root, said, data.hint, setTriggerValue);
  return { shapes, doubles, beside, list, buttons: new Map(), raised: "", rings: [] };
}

function listen(root, said, hint, setTriggerValue) {
  const buttonOf = (event) => event.target.closest("[data-code].filled");
  const choose = (event) => {
    const button = buttonOf(event);
    if (button) setTriggerValue("action", { kind: "place", code: button.dataset.code });
    return button;
  };
  root.addEventListener("click", choose);
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    if (event.target.closest("g") && choose(event)) event.preventDefault(); // a true button does it by itself
  });
  const tell = (event) => {
    said.textContent = buttonOf(event)?.dataset.label ?? hint;
  };
  root.addEventListener("pointerover", tell);
  root.addEventListener("focusin", tell);
}

function draw(tag, attributes, ...children) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function drawDepartment({ code, path }) {
  const shape = draw("g", { class: "department" }, draw("path", { d: path }));
  shape.dataset.code = code;
  return shape;
}

function drawInset(data, shapes) {
  const inset = draw("g", { class: "inset" });
  inset.append(draw("rect", { x: 4, y: 4, width: 262, height: 262, rx: 12 }));
  const enlarged = draw("g", { transform: "translate(-3633 -1593) scale(6)" });
  for (const department of data.outline.departments.filter(({ code }) => PARIS.includes(code))) {
    const shape = drawDepartment(department);
    shapes.set(department.code, shape);
    enlarged.append(shape);
  }
  const words = data.inset.map((line, rank) => draw("text", { x: 4, y: rank * 36 - 46, "aria-hidden": "true" }, line));
  inset.append(enlarged, ...words);
  return inset;
}

function dress(shape, territory, reached) {
  const filled = Boolean(territory);
  shape.classList.toggle("filled", filled);
  shape.classList.toggle("several", filled && territory.fiches > 1);
  shape.classList.toggle("none", filled && territory.fiches === 0);
  if (filled) shape.dataset.label = territory.label;
  const names = { role: "button", tabindex: "0", "aria-label": territory?.label, "aria-pressed": territory?.chosen };
  for (const [name, value] of Object.entries(names)) {
    if (filled && reached) shape.setAttribute(name, value);
    else shape.removeAttribute(name);
  }
  if (filled && reached) shape.removeAttribute("aria-hidden");
  else shape.setAttribute("aria-hidden", "true");
}

// What is drawn last lies over its neighbours: those that have fiches, in the order of their names, and the chosen one
// as a line over all. A shape that is moved loses the focus, so that none is moved without need.
function raise(territories, map) {
  const raised = territories.map(({ code }) => code).join();
  if (map.raised !== raised) {
    for (const { code } of territories) {
      for (const shape of [map.doubles.get(code), map.shapes.get(code)]) shape?.parentNode.append(shape);
    }
  }
  map.raised = raised;
  map.rings.forEach((ring) => ring.remove());
  map.rings = territories.filter(({ chosen }) => chosen).flatMap(({ code }) =>
    [map.shapes.get(code), map.doubles.get(code)].filter(Boolean).map((shape) => {
      const ring = draw("path", { class: "ring", d: shape.firstChild.getAttribute("d"), "aria-hidden": "true" });
      shape.parentNode.append(ring);
      return ring;
    }),
  );
}

// A button that is still there is kept, and the focus with it.
function showBeside(territories, map) {
  map.beside.hidden = territories.length === 0;
  const buttons = territories.map((territory) => {
    const button = map.buttons.get(territory.code) ?? node("button", { type: "button", class: "filled" });
    map.buttons.set(territory.code, button);
    button.textContent = territory.label;
    button.setAttribute("aria-pressed", territory.chosen);
    Object.assign(button.dataset, { code: territory.code, label: territory.label });
    return button;
  });
  for (const item of [...map.list.children]) if (!buttons.includes(item.firstChild)) item.remove();
  for (const button of buttons) if (!button.isConnected) map.list.append(node("li", {}, button));
}
