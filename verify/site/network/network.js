"use strict";
// The graph of claims moves here. What it shows was drawn and found by `verify graph`: window.NETWORK is its JSON, and
// the picture is its SVG. d3 zooms; the rest is choosing which of the drawn things are meant.
(() => {
  const root = document.getElementById("network");
  const svg = d3.select(root.querySelector(".picture > svg"));
  const view = svg.select(".view");
  const panel = root.querySelector(".panel");
  const claims = new Map(NETWORK.claims.map((claim) => [claim.id, claim]));
  const drawn = new Map([...root.querySelectorAll(".claim[data-id]")].map((g) => [g.dataset.id, g]));
  const listed = new Map([...root.querySelectorAll(".list button")].map((button) => [button.dataset.id, button]));
  const edges = [...root.querySelectorAll(".edge[data-from]")];
  const rests = new Map(NETWORK.claims.map((claim) => [claim.id, []]));
  for (const edge of NETWORK.edges) rests.get(edge.from).push(edge);

  // ---- where one looks
  const size = { width: +svg.attr("data-width"), height: +svg.attr("data-height") };
  const MARGIN = 20, READABLE = 1.1;
  const zoom = d3.zoom().scaleExtent([0.05, 5]).on("zoom", () => view.attr("transform", d3.event.transform));
  svg.call(zoom).on("dblclick.zoom", null);
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const stage = () => svg.node().getBoundingClientRect();
  const middle = (id) => {
    const box = drawn.get(id).querySelector(".box").getBBox();
    return [box.x + box.width / 2, box.y + box.height / 2];
  };
  function look(scale, [x, y], at_once) {
    const { width, height } = stage();
    const to = d3.zoomIdentity.translate(width / 2 - scale * x, height / 2 - scale * y).scale(scale);
    (at_once || still ? svg : svg.transition().duration(350)).call(zoom.transform, to);
  }
  function whole() {
    const { width, height } = stage();
    const scale = Math.min((width - 2 * MARGIN) / size.width, (height - 2 * MARGIN) / size.height, 2);
    look(scale, [size.width / 2, size.height / 2]);
  }
  function towards(id) { // no closer than it was, if it could be read there
    look(Math.max(d3.zoomTransform(svg.node()).k, READABLE), middle(id));
  }
  function most(ids, at_once) { // a part that can be read, with as many of these claims as there are in one
    const { width, height } = stage();
    const places = ids.map(middle);
    const inside = ([x, y]) => places.filter(([a, b]) =>
      Math.abs(a - x) * READABLE < width / 2 - 70 && Math.abs(b - y) * READABLE < height / 2 - 20);
    const best = places.map(inside).reduce((one, other) => (other.length > one.length ? other : one), []);
    if (best.length) look(READABLE, [d3.mean(d3.extent(best, (p) => p[0])), d3.mean(d3.extent(best, (p) => p[1]))], at_once);
  }
  const main = NETWORK.claims.filter((claim) => claim.main).map((claim) => claim.id);
  const first = main.length ? main : NETWORK.claims.map((claim) => claim.id);

  // ---- what is chosen
  let chosen = "";
  function below(id) { // everything that a claim rests on
    const found = new Set();
    const todo = [id];
    while (todo.length) for (const edge of rests.get(todo.pop())) if (!found.has(edge.to)) { found.add(edge.to); todo.push(edge.to); }
    return found;
  }
  function choose(id, moving = true) {
    chosen = id;
    const claim = claims.get(id);
    const resting = claim ? below(id) : new Set();
    const fallen = new Set(claim ? claim.falls : []);
    for (const [name, g] of drawn) {
      g.classList.remove("match");
      g.classList.toggle("chosen", name === id);
      g.classList.toggle("resting", resting.has(name));
      g.classList.toggle("fallen", fallen.has(name));
      g.classList.toggle("near", name === id || resting.has(name) || fallen.has(name));
    }
    const up = new Set([...fallen, id]), down = new Set([...resting, id]);
    for (const edge of edges) {
      const { from, to } = edge.dataset;
      edge.classList.toggle("near", Boolean(claim) && ((up.has(from) && up.has(to)) || (down.has(from) && down.has(to))));
    }
    for (const [name, button] of listed) button.setAttribute("aria-pressed", String(name === id));
    view.classed("choosing", Boolean(claim));
    panel.hidden = !claim;
    if (claim) {
      describe(claim, resting);
      const list = root.querySelector(".list ul");
      list.scrollTop += listed.get(id).getBoundingClientRect().top - list.getBoundingClientRect().top - list.clientHeight / 3;
    }
    if (claim && moving) towards(id);
    history.replaceState(null, "", claim ? `#${id}` : location.pathname + location.search);
  }
  function element(name, text, ...children) {
    const made = document.createElement(name);
    made.append(...(text ? [text] : []), ...children);
    return made;
  }
  function names(ids, kind) { // claims that can be chosen in turn
    const list = element("ul");
    list.className = kind;
    for (const id of ids) {
      const button = element("button", "", element("b", id), ` ${claims.get(id)?.title ?? ""}`);
      button.type = "button";
      button.disabled = !claims.has(id);
      button.addEventListener("click", () => { choose(id); panel.focus({ preventScroll: true }); });
      list.append(element("li", "", button));
    }
    return list;
  }
  const count = (n, one, many) => `${n} ${n === 1 ? one : many}`;
  function describe(claim, resting) {
    const close = element("button", "×");
    close.type = "button";
    close.className = "close";
    close.setAttribute("aria-label", "Choose no claim");
    close.addEventListener("click", () => choose(""));
    const verdict = claim.expected === "true" ? claim.verdict : `false statement: ${claim.verdict}`;
    const parts = [close, element("h2", claim.id), element("p", claim.title)];
    const mark = element("span", verdict);
    mark.className = `verdict ${claim.verdict.replaceAll(" ", "-")}`;
    parts.push(element("p", "", mark));
    if (claim.evidence.length) parts.push(element("p", `Evidence: ${claim.evidence.join(", ")}`));
    if (claim.kernel) parts.push(element("p", `Re-proved by ${claim.kernel}`));
    if (claim.witness) parts.push(element("p", `Counterexample: ${claim.witness}`));
    if (claim.page) {
      const link = element("a", `The page of ${claim.id}`);
      link.href = claim.page;
      parts.push(element("p", "", link));
    }
    const own = rests.get(claim.id);
    const direct = own.map((edge) => edge.to);
    parts.push(element("h3", `Rests on ${count(resting.size, "claim", "claims")}`));
    for (const [kind, says] of [["prove", "to prove it"], ["state", "to state it"], ["state and prove", "for both"]]) {
      const some = own.filter((edge) => edge.kind === kind).map((edge) => edge.to);
      if (some.length) parts.push(element("p", `${says}:`), names(some, "below"));
    }
    const further = [...resting].filter((id) => !direct.includes(id));
    if (further.length) {
      parts.push(element("details", "", element("summary", `which rest on ${count(further.length, "other", "others")}`), names(further, "below")));
    }
    const fall = element("h3", `Falls if this is false: ${count(claim.falls.length, "claim", "claims")}`);
    fall.className = "fall";
    parts.push(fall, names(claim.falls, "falls"));
    const elsewhere = claim["falls elsewhere"];
    if (elsewhere.length) {
      parts.push(element("p", "in other theories:"));
      parts.push(element("ul", "", ...elsewhere.map((other) => element("li", "", element("b", other.id), ` ${other.title}`))));
    }
    panel.replaceChildren(...parts);
    panel.scrollTop = 0;
  }

  // ---- what is looked for
  const search = root.querySelector("#network-search"), family = root.querySelector("#network-family");
  const said = root.querySelector(".found");
  let matching = false;
  function matches() { // an id first, then what begins with it, then titles that have all words
    const wanted = search.value.trim().toLowerCase();
    const words = wanted.split(/\s+/);
    const rank = (claim) => {
      const id = claim.id.toLowerCase();
      return id === wanted ? 0 : id.startsWith(wanted) ? 1 : 2;
    };
    return NETWORK.claims
      .filter((claim) => !family.value || claim.family === family.value)
      .filter((claim) => words.every((word) => `${claim.id} ${claim.title}`.toLowerCase().includes(word)))
      .sort((one, other) => (wanted ? rank(one) - rank(other) : 0));
  }
  function find() {
    matching = Boolean(search.value.trim() || family.value);
    const found = matches();
    const ids = new Set(found.map((claim) => claim.id));
    for (const [name, g] of drawn) g.classList.toggle("match", matching && ids.has(name));
    for (const [name, button] of listed) button.parentElement.hidden = matching && !ids.has(name);
    view.classed("choosing", matching || Boolean(chosen));
    said.textContent = matching ? `${count(found.length, "claim fits", "claims fit")}${found.length && search.value.trim() ? `; Enter chooses ${found[0].id}` : ""}` : "";
    if (!matching || !found.length) return;
    if (search.value.trim()) towards(found[0].id); else most(found.map((claim) => claim.id));
  }

  // ---- what one does
  search.addEventListener("input", find);
  family.addEventListener("change", find);
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && search.value.trim() && matches().length) choose(matches()[0].id);
  });
  root.addEventListener("keydown", (event) => { if (event.key === "Escape" && chosen) choose(""); });
  for (const [id, button] of listed) button.addEventListener("click", () => {
    choose(id);
    panel.scrollIntoView({ block: "nearest" }); // on a narrow screen it stands above the list
  });
  svg.on("click", () => {
    const g = d3.event.target.closest(".claim[data-id]");
    if (g) choose(g.dataset.id, false); else if (chosen) choose("");
  });
  for (const box of root.querySelectorAll("[data-shows]")) {
    box.addEventListener("change", () => view.classed(`hides-${box.dataset.shows}`, !box.checked));
  }
  const zooms = {
    in: () => svg.transition().duration(still ? 0 : 200).call(zoom.scaleBy, 1.4),
    out: () => svg.transition().duration(still ? 0 : 200).call(zoom.scaleBy, 1 / 1.4),
    main: () => most(first),
    all: whole,
  };
  for (const button of root.querySelectorAll("[data-zoom]")) button.addEventListener("click", zooms[button.dataset.zoom]);
  most(first, true);
  const named = decodeURIComponent(location.hash.slice(1));
  if (claims.has(named)) choose(named);
  addEventListener("hashchange", () => {
    const id = decodeURIComponent(location.hash.slice(1));
    if (claims.has(id) && id !== chosen) choose(id);
  });
})();
