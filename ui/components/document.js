// Streamlit's own page speaks English: its language and the names of its controls are put in French, or a screen
// reader would read this page with an English voice.

let watching = false;

export default function ({ data }) {
  document.documentElement.lang = data.lang;
  translate(data);
  if (watching) return;
  watching = true;
  let planned = false;
  new MutationObserver(() => {
    if (planned) return;
    planned = true;
    requestAnimationFrame(() => {
      planned = false;
      translate(data);
    });
  }).observe(document.body, { childList: true, subtree: true });
}

function translate({ names, starts, says, skip }) {
  for (const [english, french] of Object.entries(names)) {
    for (const named of document.querySelectorAll(`[aria-label="${CSS.escape(english)}"]`)) {
      named.setAttribute("aria-label", french);
    }
  }
  for (const [english, french] of Object.entries(starts)) {
    for (const named of document.querySelectorAll(`[aria-label^="${CSS.escape(english)}"]`)) {
      named.setAttribute("aria-label", french + named.getAttribute("aria-label").slice(english.length));
    }
  }
  for (const spoken of document.querySelectorAll("[aria-live], [role=listbox]")) {
    const texts = document.createTreeWalker(spoken, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      // The text itself, never its node: Streamlit goes on writing into it.
      for (const [english, french] of Object.entries(says)) {
        const text = texts.currentNode;
        if (text.data.includes(english)) text.data = text.data.replace(english, french);
      }
    }
  }
  const link = document.querySelector('[data-testid="stSkipToContent"]');
  if (link && link.textContent !== skip) link.textContent = skip;
}
