"use strict";
// Turns the headers of sortable tables into buttons. Without this script the page reads just as well.
(() => {
  const words = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const status = document.getElementById("sorted");
  const signs = new Map([["✓", Infinity], ["✗", 0], ["?", -1], ["–", -2]]);

  const text = (cell) => cell.dataset.v ?? cell.textContent.trim();
  const number = (shown) => {
    const value = parseFloat(shown);
    return Number.isNaN(value) ? -Infinity : value;
  };
  const keys = {
    text,
    number: (cell) => number(text(cell)),
    mark: (cell) => signs.get(text(cell)) ?? number(text(cell)),
  };
  const difference = (one, other) => (one < other ? -1 : one > other ? 1 : 0);

  function sort(table, header, up) {
    const column = header.cellIndex;
    const key = keys[header.dataset.sort];
    const compare = header.dataset.sort === "text" ? words.compare : difference;
    const body = table.tBodies[0];
    const rows = Array.from(body.rows, (row) => [key(row.cells[column]), row]);
    rows.sort((one, other) => (up ? compare(one[0], other[0]) : compare(other[0], one[0])));
    body.append(...rows.map((pair) => pair[1]));
  }

  function prepare(table, header) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...header.childNodes);
    header.append(button);
    header.setAttribute("aria-sort", "none");
    button.addEventListener("click", () => {
      const up = header.getAttribute("aria-sort") !== "ascending";
      for (const other of table.querySelectorAll("th[aria-sort]")) other.setAttribute("aria-sort", "none");
      header.setAttribute("aria-sort", up ? "ascending" : "descending");
      sort(table, header, up);
      status.textContent = (up ? status.dataset.up : status.dataset.down) + " " + button.textContent;
    });
  }

  for (const table of document.querySelectorAll("table.sortable")) {
    for (const header of table.querySelectorAll("th[data-sort]")) prepare(table, header);
  }
})();
