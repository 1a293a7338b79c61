"use strict";
// A title with formulas stands below the heading, which has it in plain text for the search and where scripts are off.
for (const title of document.querySelectorAll("p.subtitle[data-heading]")) {
  const heading = document.querySelector("article h1");
  heading.firstChild.textContent = title.dataset.heading;
  title.hidden = false;
}

// A button beside a text copies it; opened from a folder, some browsers allow only the older way.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("button.copy");
  if (!button) return;
  const text = button.nextElementSibling.textContent;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  const before = button.textContent;
  button.textContent = "copied";
  setTimeout(() => { button.textContent = before; }, 1500);
});

// The lists of claims show the rows that have all words of the field above them.
for (const place of document.querySelectorAll("p.filter")) {
  const field = place.querySelector("input");
  const rows = [...document.querySelectorAll("table.claims tbody tr")];
  field.addEventListener("input", () => {
    const words = field.value.toLowerCase().split(/\s+/);
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      row.hidden = !words.every((word) => text.includes(word));
    }
    const shown = rows.filter((row) => !row.hidden).length;
    place.querySelector("output").textContent = field.value ? `${shown} of ${rows.length}` : "";
  });
  place.hidden = false;
}
