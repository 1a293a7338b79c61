// What the sliders are set to, exactly; what the formulas give there, and which conditions fail. The address of the page
// holds all of it behind its #, so that a reload or a link brings it back.
"use strict";

verifyExplorer.state = (() => {
  const { q, data, formulas, conditions, NotRational, Undefined } = verifyExplorer;
  const start = Object.fromEntries(data.sliders.map((s) => [s.name, q.read(s.start)]));
  const now = { values: { ...start }, exact: false };

  // null, or why a text is no value of this quantity.
  function refusal(slider, text) {
    const value = q.read(text);
    if (!value) return `“${text.slice(0, 24)}” is no number: write a fraction such as 3/7, or a decimal such as 0.25`;
    if (slider.whole && value.d !== 1n) return `${slider.plain} must be a whole number`;
    return null;
  }

  function set(name, text) {
    now.values[name] = q.read(text);
  }

  function floats(values = now.values) {
    return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, q.number(value)]));
  }

  // { value } or { trouble }: the words for a value that is not rational, or that there is none.
  function exact(key, values = now.values) {
    try {
      return { value: formulas[key].exact(values, q) };
    } catch (error) {
      if (error instanceof NotRational) return { trouble: `not rational: it contains ${error.message}` };
      if (error instanceof Undefined) return { trouble: `undefined: ${error.message}`, undefined: true };
      throw error;
    }
  }

  // Conditions are decided exactly; in floating point only those that contain a root or a logarithm.
  function holds(i) {
    try {
      return conditions[i].exact(now.values, q);
    } catch (error) {
      if (error instanceof Undefined) return false;
      if (error instanceof NotRational) return conditions[i].float(floats());
      throw error;
    }
  }

  const failing = (indices) => indices.filter((i) => !holds(i));

  function hash() {
    const parts = data.sliders.map((s) => `${s.name}=${q.text(now.values[s.name])}`);
    return `#${[...parts, ...(now.exact ? ["exact=1"] : [])].join("&")}`;
  }

  // Takes over what the address says; what it leaves out is as at the start. Gives what could not be read.
  function restore(text) {
    const problems = [];
    now.values = { ...start };
    now.exact = false;
    for (const part of text.replace(/^#/, "").split("&").filter(Boolean)) {
      const [name, value = ""] = part.split("=").map((x) => decode(x));
      const slider = data.sliders.find((s) => s.name === name);
      const wrong = slider ? refusal(slider, value) : name === "exact" ? null : `there is no quantity “${name.slice(0, 24)}”`;
      if (wrong) problems.push(wrong);
      else if (slider) set(name, value);
      else now.exact = value !== "0";
    }
    return problems;
  }

  function decode(text) {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  }

  return { now, start, refusal, set, floats, exact, failing, hash, restore };
})();
