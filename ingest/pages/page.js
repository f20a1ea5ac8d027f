"use strict";
// Sorts and filters the tables of the page, and brings the mark of a picture into view. Without it the page is complete.
const SHORTEST_FILTERED = 9;  // rows
const words = document.documentElement.lang.startsWith("zh")
  ? { sort: "点击排序", filter: "筛选行", label: "筛选下表的行" }
  : { sort: "click to sort", filter: "filter rows", label: "filter the rows of the table below" };
const text = (row, column) => row.cells[column].textContent.trim();
const number = shown => { const found = shown.replace(/[,，]/g, "").match(/^[+-]?\d+(\.\d+)?/); return found ? Number(found[0]) : null; };

function compared(one, other) {
  const [a, b] = [number(one), number(other)];
  if (a !== null && b !== null) return a - b;
  if (a === null && b === null) return one.localeCompare(other, "zh");
  return a === null ? 1 : -1;
}

function sort(table, heading) {
  const column = heading.cellIndex, falls = heading.getAttribute("aria-sort") === "ascending";
  const rows = [...table.tBodies[0].rows].sort((one, other) => compared(text(one, column), text(other, column)) * (falls ? -1 : 1));
  for (const each of heading.parentElement.cells) each.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", falls ? "descending" : "ascending");
  table.tBodies[0].append(...rows);
}

for (const table of document.querySelectorAll(".scroll > table")) {
  const rows = [...table.tBodies[0].rows];
  for (const heading of table.tHead ? table.tHead.rows[0].cells : []) {
    if (rows.length < 2) continue;
    heading.tabIndex = 0;
    heading.title = words.sort;
    heading.onclick = () => sort(table, heading);
    heading.onkeydown = event => { if (event.key === "Enter") sort(table, heading); };
  }
  if (!table.tHead || rows.length < SHORTEST_FILTERED) continue;
  const field = Object.assign(document.createElement("input"), { type: "search", placeholder: words.filter });
  field.setAttribute("aria-label", words.label);
  field.oninput = () => { for (const row of rows) row.hidden = !row.textContent.includes(field.value.trim()); };
  table.parentElement.before(field);
}

const show = pane => { pane.scrollLeft = pane.dataset.mark * pane.scrollWidth - pane.clientWidth / 2; };
// Where the size of the picture is not known to the page, it says the place in pixels.
function placed(pane, picture) {
  if (pane.dataset.at && picture.naturalWidth) pane.dataset.mark = pane.dataset.at / picture.naturalWidth;
  if (pane.dataset.mark) show(pane);
}

for (const pane of document.querySelectorAll("[data-mark], [data-at]")) {
  const picture = pane.querySelector("img");
  if (picture) picture.onload = () => placed(pane, picture);
  if (!picture || picture.complete) placed(pane, picture);
  pane.parentElement.onchange = () => show(pane);
}
for (const part of document.querySelectorAll("details")) part.ontoggle = () => part.querySelectorAll("[data-mark]").forEach(show);
