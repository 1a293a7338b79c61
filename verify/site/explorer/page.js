// The page: sliders and boxes set the state, the state sets the numbers, the pictures and the address.
"use strict";

// A number to so many digits, without an exponent where it is short without one.
verifyExplorer.decimal = (x, digits) => {
  if (x === Infinity) return "∞";
  const text = Number(x.toPrecision(digits));
  return Math.abs(text) >= 1e7 || (text !== 0 && Math.abs(text) < 1e-4) ? text.toExponential() : String(text);
};

verifyExplorer.conditionText = (i) => verifyExplorer.data.conditions[i].html;

(() => {
  const { q, data, state, plots, decimal } = verifyExplorer;
  const root = document.querySelector(".explorer");
  const find = (selector) => root.querySelector(selector);
  const sliders = Object.fromEntries(data.sliders.map((s) => [s.name, s]));
  const positions = Object.fromEntries(data.sliders.map((s) => [s.name, s.positions.map(q.read)]));
  const fields = Object.fromEntries(data.sliders.map((s) => {
    const row = find(`[data-slider="${s.name}"]`);
    return [s.name, { range: row.querySelector("[type=range]"), box: row.querySelector("[type=text]"), error: row.querySelector(".explorer-error") }];
  }));

  function nearest(name) {
    const x = q.number(state.now.values[name]);
    const all = positions[name].map((p) => Math.abs(q.number(p) - x));
    return all.indexOf(Math.min(...all));
  }

  // ---------------------------------------------------------------- what is shown

  function showFields() {
    for (const { name, plain } of data.sliders) {
      const { range, box, error } = fields[name];
      const text = q.text(state.now.values[name]);
      range.value = nearest(name);
      range.setAttribute("aria-valuetext", `${plain} = ${text}`);
      box.value = text;
      box.removeAttribute("aria-invalid");
      error.textContent = "";
    }
  }

  // A condition that fails, in words, with the values at which it does.
  function because(i) {
    const values = data.conditions[i].about.map((name) => `${sliders[name].html} = ${q.text(state.now.values[name])}`);
    return `needs ${data.conditions[i].html}, but ${values.join(" and ")}`;
  }

  // { text, note }: note is HTML that says why there is no number, or no exact one.
  function reading(number) {
    const failing = state.failing(number.conditions);
    if (failing.length) return { text: "—", note: because(failing[0]) };
    const near = verifyExplorer.formulas[number.key].float(state.floats());
    if (!state.now.exact) return Number.isFinite(near) ? { text: decimal(near, 6), note: "" } : { text: "—", note: "undefined" };
    const found = state.exact(number.key);
    if (found.undefined) return { text: "—", note: found.trouble };
    if (found.trouble) return { text: `≈ ${decimal(near, 12)}`, note: found.trouble };
    return { text: q.text(found.value), note: found.value.d === 1n ? "" : `≈ ${decimal(near, 8)}` };
  }

  function showNumbers() {
    data.numbers.forEach((number, i) => {
      const row = find(`[data-number="${i}"]`);
      const { text, note } = reading(number);
      row.querySelector(".explorer-value").textContent = text;
      row.querySelector(".explorer-note").innerHTML = note;
      row.querySelector("button").disabled = text === "—";
      if (i === 0) {
        find(".explorer-tools [data-copy]").disabled = text === "—";
        find(".explorer-headline output").textContent = text;
        find(".explorer-headline small").innerHTML = note;
      }
    });
  }

  function show() {
    const failing = state.failing(data.usual);
    const problem = find(".explorer-problem");
    problem.hidden = !failing.length;
    problem.innerHTML = failing.length ? `<strong>Nothing is drawn here.</strong> ${failing.map((i) => `The theory ${because(i)}.`).join(" ")}` : "";
    root.classList.toggle("explorer-outside", failing.length > 0);
    find(".explorer-exact").checked = state.now.exact;
    showNumbers();
    if (!failing.length) plots.draw();
    data.presets.forEach((preset, i) => {
      const expected = { ...state.start, ...Object.fromEntries(Object.entries(preset.values).map(([k, x]) => [k, q.read(x)])) };
      const same = Object.keys(expected).every((name) => q.compare(expected[name], "==", state.now.values[name]));
      const link = find(`[data-preset="${i}"]`);
      if (same) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
  }

  // ---------------------------------------------------------------- what is done

  let waiting = 0;
  let asked = null; // the address as this page has set it itself

  function changed() {
    asked = state.hash();
    history.replaceState(null, "", asked);
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(show);
  }

  function restored() {
    if (location.hash === asked) return;
    const problems = state.restore(location.hash);
    find(".explorer-address").textContent = problems.length ? `In the address: ${problems.join("; ")}.` : "";
    showFields();
    show();
  }

  function take(name, text) {
    const wrong = state.refusal(sliders[name], text);
    fields[name].error.textContent = wrong || "";
    if (wrong) {
      fields[name].box.setAttribute("aria-invalid", "true");
      return;
    }
    state.set(name, text);
    showFields();
    changed();
  }

  async function copy(number) {
    const parts = Object.entries(number.parameters).map(([name, key]) => {
      const found = key ? state.exact(key) : { value: state.now.values[name] };
      return found.value ? `${name}=${q.text(found.value)}` : null;
    });
    const command = parts.includes(null) ? "" : [data.command, number.name, ...parts].join(" ");
    const said = find(".explorer-copied");
    said.querySelector("code").textContent = command;
    said.hidden = false;
    let done = false;
    try {
      await navigator.clipboard.writeText(command);
      done = true;
    } catch { /* no clipboard here: the command stands on the page, to be marked and copied */ }
    said.querySelector("span").textContent = !command ? "A parameter is not rational here." : done ? "Copied:" : "Copy this:";
  }

  for (const { name, sets } of data.sliders) {
    const { range, box } = fields[name];
    range.addEventListener("input", () => take(name, q.text(positions[name][Number(range.value)])));
    box.addEventListener("change", () => take(name, box.value));
    sets.forEach((key, i) => find(`[data-set="${name} ${i}"]`).addEventListener("click", () => {
      const found = state.exact(key);
      if (found.value) take(name, q.text(found.value));
      else fields[name].error.textContent = found.trouble;
    }));
  }
  find(".explorer-controls").addEventListener("submit", (event) => event.preventDefault());
  find(".explorer-exact").addEventListener("change", (event) => {
    state.now.exact = event.target.checked;
    changed();
  });
  find(".explorer-reset").addEventListener("click", () => {
    state.restore("");
    showFields();
    changed();
  });
  root.querySelectorAll("[data-copy]").forEach((button) => {
    button.addEventListener("click", () => copy(data.numbers[Number(button.dataset.copy)]));
  });
  addEventListener("hashchange", () => {
    restored();
    root.querySelector(".explorer-first .explorer-canvas").scrollIntoView({ block: "nearest" });
  });
  new ResizeObserver(() => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(show);
  }).observe(root);
  new MutationObserver(show).observe(document.body, { attributes: true, attributeFilter: ["data-theme"] });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show);
  restored();
  root.dataset.ready = "true";
})();
