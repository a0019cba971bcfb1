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

function translate({ names, skip }) {
  for (const [english, french] of Object.entries(names)) {
    for (const named of document.querySelectorAll(`[aria-label="${CSS.escape(english)}"]`)) {
      named.setAttribute("aria-label", french);
    }
  }
  const link = document.querySelector('[data-testid="stSkipToContent"]');
  if (link && link.textContent !== skip) link.textContent = skip;
}
