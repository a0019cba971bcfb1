// Fiches side by side, every quote followed by its place in the report; or comparisons to begin with.

const pages = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector("div");
  if (!pages.has(root)) pages.set(root, prepare(root, setTriggerValue));
  const page = pages.get(root);
  const made = JSON.stringify(data);
  if (page.made === made) return;
  page.made = made;
  page.said.textContent = data.said;
  page.place.replaceChildren(data.table ? drawTable(data.table, data.unsaid, drawQuote) : drawOffers(data));
}

function prepare(root, setTriggerValue) {
  const said = node("p", { class: "said", role: "status" });
  const place = node("div");
  root.append(said, place);
  followLinks(root, setTriggerValue);
  prepareHint(root);
  return { said, place, made: "" };
}

// The no-break space holds the number at the last word: alone at the start of a line it belongs to nothing.
function drawQuote(quote) {
  const sources = quote.sources.map((source) => {
    const number = node("span", { class: "number" }, String(source.number));
    const named = { class: "source", "aria-label": source.name, "data-hint": source.reference };
    return linkTo(source.link, named, number, "\u00a0", source.page);
  });
  return [quote.text, ...sources.flatMap((source) => ["\u00a0", source])];
}

function drawOffers(data) {
  if (!data.offers.length) return "";
  const items = data.offers.map((offer) => node("li", {}, linkTo(offer.link, {}, offer.name)));
  return node("section", { class: "offers" }, node("h2", {}, data.offers_head), node("ul", {}, items));
}
