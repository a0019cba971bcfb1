// What the components share; it stands before each one's own script (see ui/components/__init__.py).

// Every node is made from plain text: nothing that is shown is ever parsed as markup.
function node(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return made;
}

// A link to another page of the application: a true address, that opens in a tab of its own where that is asked for.
// `link` is {page, query, address}, as `ui/navigation.py` gives it.
function linkTo(link, attributes, ...children) {
  const made = node("a", { href: link.address, ...attributes }, ...children);
  made.dataset.go = JSON.stringify({ page: link.page, query: link.query });
  return made;
}

// Within a component, a plain click on such a link changes the page without loading the application again.
function followLinks(root, setTriggerValue) {
  root.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-go]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    setTriggerValue("go", JSON.parse(link.dataset.go));
  });
}

function focusedIn(within) {
  return within.getRootNode().activeElement;
}

