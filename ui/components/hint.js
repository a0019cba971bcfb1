// A few words shown beside what is pointed at or has the focus: an element says them in its `data-hint`. A component
// that has such elements names `hint` among its parts (see ui/components/__init__.py).

// Called once; what it adds to `root` must stay there.
function prepareHint(root) {
  const hint = node("div", { class: "hint", id: "hint", role: "tooltip", hidden: true });
  root.append(hint);
  let of = null;
  const hide = () => {
    of?.removeAttribute("aria-describedby");
    of = null;
    hint.hidden = true;
  };
  const show = (hinted) => {
    if (of === hinted) return;
    hide();
    of = hinted;
    hint.textContent = hinted.dataset.hint;
    hint.hidden = false;
    hinted.setAttribute("aria-describedby", "hint");
    const at = hinted.getBoundingClientRect();
    const ground = root.getBoundingClientRect();
    const left = Math.min(at.left - ground.left, ground.width - hint.offsetWidth);
    const above = at.top > hint.offsetHeight + 70;
    hint.style.left = `${Math.max(0, left)}px`;
    hint.style.top = `${(above ? at.top - hint.offsetHeight - 4 : at.bottom + 4) - ground.top}px`;
  };
  const hinted = (event) => event.target.closest?.("[data-hint]");
  root.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    if (hinted(event)) show(hinted(event));
    else if (!hint.contains(event.target) && of !== focusedIn(root)) hide(); // the hint itself may be pointed at
  });
  root.addEventListener("pointerleave", () => of !== focusedIn(root) && hide());
  root.addEventListener("focusin", (event) => (hinted(event)?.matches(":focus-visible") ? show(hinted(event)) : hide()));
  root.addEventListener("focusout", hide);
  root.addEventListener("keydown", (event) => event.key === "Escape" && hide());
  root.addEventListener("click", hide);
}

