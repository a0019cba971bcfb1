// A comparison as a table. A component that draws one names `table` among its parts (see ui/components/__init__.py).

// `table` is a TableView of ui/components/table.py; `drawLine` gives the nodes of one line of a cell, `unsaid` is what
// an empty cell says. The roles are written out: a narrow window stacks the cells, and a browser may then forget that
// they were a table.
function drawTable(table, unsaid, drawLine) {
  const heads = [node("th", { scope: "col", role: "columnheader" }, table.corner)];
  heads.push(...table.columns.map((column) => drawHead(column, "col", "columnheader")));
  const rows = table.rows.map((row) => {
    const cells = row.cells.map((lines, column) => {
      const said = lines.map((line) => node("p", {}, ...drawLine(line)));
      const empty = node("p", { class: "unsaid" }, unsaid);
      return node("td", { role: "cell", "data-column": table.columns[column].name }, said.length ? said : empty);
    });
    return node("tr", { role: "row" }, drawHead(row.head, "row", "rowheader"), cells);
  });
  const made = node(
    "table",
    { role: "table" },
    node("caption", {}, table.caption),
    node("thead", { role: "rowgroup" }, node("tr", { role: "row" }, heads)),
    node("tbody", { role: "rowgroup" }, rows),
  );
  made.style.setProperty("--columns", table.columns.length);
  return node("div", { class: "compared", role: "region", tabindex: 0, "aria-label": table.caption }, made);
}

function drawHead(head, scope, role) {
  const made = node("th", { scope, role }, head.name);
  if (head.place) made.append(" ", node("span", { class: "where" }, head.place));
  return made;
}

