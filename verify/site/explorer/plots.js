// Pictures: curves against one quantity, and the plane of optima. What they show are values of generated formulas.
"use strict";

verifyExplorer.plots = (() => {
  const { data, formulas, conditions, state } = verifyExplorer;
  const POINTS = 241;
  const SHAPES = ["diamond", "circle", "square"];
  const DASHES = { solid: "solid", dash: "dash", dot: "dot" };

  function colours() {
    const style = getComputedStyle(document.querySelector(".explorer"));
    const read = (name) => style.getPropertyValue(name).trim();
    return {
      palette: [0, 1, 2, 3, 4].map((i) => read(`--explorer-${i}`)),
      text: read("--color-foreground-primary"),
      muted: read("--color-foreground-muted"),
      line: read("--color-background-border"),
      ground: read("--color-background-primary"),
      font: style.fontFamily,
    };
  }

  const short = (x) => (Number.isFinite(x) ? verifyExplorer.decimal(x, 4) : "undefined");
  const value = (key, v) => formulas[key].float(v);
  const allowed = (drawn, v) => drawn.conditions.every((i) => conditions[i].float(v));

  function axisOf(c, title, log) {
    return {
      title: { text: title, font: { size: 13 }, standoff: 8 }, type: log ? "log" : "linear", color: c.text,
      gridcolor: c.line, linecolor: c.muted, zeroline: false, tickfont: { size: 12 },
      exponentformat: "power", ...(log ? { dtick: 1 } : { nticks: 7 }),
    };
  }

  function layoutOf(c, more) {
    return {
      paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)", font: { family: c.font, color: c.text, size: 13 },
      margin: { l: 60, r: 14, t: 10, b: 46 }, dragmode: false, hovermode: "closest",
      hoverlabel: { bgcolor: c.ground, bordercolor: c.muted, font: { family: c.font, color: c.text } },
      legend: { orientation: "h", x: 0, y: 1.02, yanchor: "bottom", font: { size: 12 }, itemclick: false, itemdoubleclick: false },
      ...more,
    };
  }

  // On which side of its upright line a label stands, and in which row, so that no label covers another.
  function labels(marks, [low, high], width) {
    const taken = [];
    return marks.map(({ position, label }) => {
      const x = ((position - low) / (high - low)) * width;
      const long = 8 * label.length + 10;
      const side = x + long > width ? "right" : "left";
      const [from, to] = side === "right" ? [x - long, x] : [x, x + long];
      let row = 0;
      while (taken.some((t) => t.row === row && t.from < to && from < t.to)) row += 1;
      taken.push({ from, to, row });
      return { side, row };
    });
  }

  function curves(plot, canvas) {
    const c = colours();
    const v = state.floats();
    const here = value(plot.forth, v);
    const [low, high] = plot.ends.map(plot.log[0] ? Math.log10 : (x) => x);
    const unscaled = (x) => (plot.log[0] ? 10 ** x : x);
    const scaled = (x) => (plot.log[0] ? Math.log10(x) : x);
    const at = (x) => ({ ...v, [plot.quantity]: value(plot.back, { ...v, [plot.quantity]: x }) });
    const steps = Array.from({ length: POINTS }, (_, i) => unscaled(low + ((high - low) * i) / (POINTS - 1)));
    const drawn = plot.curves.filter((curve) => !state.failing(curve.conditions).length);
    const traces = drawn.map((curve) => ({
      x: steps,
      y: steps.map((x) => (allowed(curve, at(x)) ? value(curve.key, at(x)) : null)),
      name: curve.label, mode: "lines", line: { color: c.palette[curve.colour], dash: DASHES[curve.dash], width: 2.5 },
      hovertemplate: `%{y:.4~g}<extra>${curve.label}</extra>`,
    }));
    const now = drawn.map((curve) => ({
      x: [here], y: [value(curve.key, v)], mode: "markers", showlegend: false, hoverinfo: "skip",
      marker: { size: 10, color: c.palette[curve.colour], line: { color: c.ground, width: 2 } },
    }));
    const levels = plot.levels.filter((mark) => !state.failing(mark.conditions).length)
      .map((mark) => ({ ...mark, value: value(mark.key, v) })).filter((mark) => Number.isFinite(mark.value));
    const across = plot.across.filter((mark) => !state.failing(mark.conditions).length)
      .map((mark) => ({ ...mark, value: value(mark.key, v) }))
      .map((mark) => ({ ...mark, place: value(plot.forth, { ...v, [plot.quantity]: mark.value }) }))
      .map((mark) => ({ ...mark, position: scaled(mark.place) }))
      .filter((mark) => mark.position >= low && mark.position <= high)
      .sort((a, b) => a.position - b.position);
    const places = labels(across, [low, high], canvas.clientWidth - 80);
    const rowHeight = 20 / Math.max(1, canvas.clientHeight - 110);
    const seen = [...traces.flatMap((t) => t.y), ...levels.map((l) => l.value), ...now.map((t) => t.y[0])]
      .filter((y) => Number.isFinite(y) && (!plot.log[1] || y > 0)).concat(plot.includes).map((y) => (plot.log[1] ? Math.log10(y) : y));
    const [least, most] = [Math.min(...seen), Math.max(...seen)];
    const spread = most - least || 1;
    const room = 0.05 + 1.2 * rowHeight * Math.max(0, ...places.map((place) => place.row + 1));
    const line = (mark, ends) => ({
      type: "line", ...ends, layer: "below", line: { color: c.muted, width: 1.5, dash: DASHES[mark.dash] },
    });
    const layout = layoutOf(c, {
      xaxis: { ...axisOf(c, plot.axis, plot.log[0]), range: [low, high] },
      yaxis: { ...axisOf(c, plot.values, plot.log[1]), range: [least - 0.03 * spread, most + room * spread] },
      shapes: [
        ...across.map((mark) => line(mark, { x0: mark.place, x1: mark.place, yref: "paper", y0: 0, y1: 1 })),
        ...levels.map((mark) => line(mark, { xref: "paper", x0: 0, x1: 1, y0: mark.value, y1: mark.value })),
        { type: "line", x0: here, x1: here, yref: "paper", y0: 0, y1: 1, layer: "below", line: { color: c.text, width: 1 } },
      ],
      annotations: [
        ...across.map((mark, i) => ({
          x: mark.position, yref: "paper", y: 1 - rowHeight * places[i].row, yanchor: "top", showarrow: false,
          xanchor: places[i].side, text: mark.html, bgcolor: c.ground,
          font: { size: 12, color: c.text },
        })),
        ...levels.map((mark) => ({
          xref: "paper", x: 0, xanchor: "left", y: plot.log[1] ? Math.log10(mark.value) : mark.value, yanchor: "bottom",
          showarrow: false, text: mark.html, font: { size: 12, color: c.text },
        })),
      ],
    });
    const says = [
      `${plot.title}, against ${plot.axis}. At ${short(here)}:`,
      drawn.map((curve) => `${curve.label} ${short(value(curve.key, v))}`).join(", ") + ".",
      [...across.map((mark) => `${mark.label} at ${short(mark.place)}`),
        ...levels.map((mark) => `${mark.label} ${short(mark.value)}`)].join(", "),
    ];
    return { traces: [...traces, ...now], layout, says: says.filter(Boolean).join(" ") };
  }

  // A sunflower, whose root mean square distance from its centre is 1: how points are drawn, and nothing of the theory.
  const SUNFLOWER = Array.from({ length: 70 }, (_, i) => {
    const far = Math.sqrt((2 * (i + 0.5)) / 70);
    return [far * Math.cos(2.399963 * i), far * Math.sin(2.399963 * i)];
  });

  function plane(plot, canvas) {
    const c = colours();
    const v = state.floats();
    const clouds = plot.clouds.map((cloud) => ({ ...cloud, x: value(cloud.place, v), far: value(cloud.radius, v) }));
    const places = [];
    for (const place of plot.places) {
      const x = value(place.place, v);
      const same = places.find((p) => Math.abs(p.x - x) < 1e-9);
      if (same) same.label += ` = ${place.label}`;
      else places.push({ ...place, x });
    }
    const traces = clouds.map((cloud) => ({
      x: SUNFLOWER.map(([a]) => cloud.x + cloud.far * a), y: SUNFLOWER.map(([, b]) => cloud.far * b), name: cloud.label,
      mode: "markers", hoverinfo: "skip", marker: { color: c.palette[cloud.colour], size: 5, opacity: 0.45 },
    }));
    places.forEach((place, i) => traces.push({
      x: [place.x], y: [0], name: place.label, mode: "markers", hovertemplate: `%{x:.4~g}<extra>${place.label}</extra>`,
      marker: { color: c.palette[place.colour], size: 12, symbol: SHAPES[i % 3], line: { color: c.ground, width: 2 } },
    }));
    const reach = clouds.map((cloud) => Math.SQRT2 * cloud.far);
    const ends = [Math.min(...clouds.map((d, i) => d.x - reach[i])), Math.max(...clouds.map((d, i) => d.x + reach[i]))];
    const margin = 0.06 * (ends[1] - ends[0] || 1);
    const layout = layoutOf(c, {
      xaxis: { ...axisOf(c, plot.axis, false), range: [ends[0] - margin, ends[1] + margin], constrain: "domain" },
      yaxis: { ...axisOf(c, "", false), scaleanchor: "x", constrain: "domain", showticklabels: false, showgrid: false },
      shapes: clouds.map((cloud) => ({
        type: "circle", x0: cloud.x - cloud.far, x1: cloud.x + cloud.far, y0: -cloud.far, y1: cloud.far,
        line: { color: c.palette[cloud.colour], width: 1.5, dash: "dot" },
      })),
    });
    const says = [
      `${plot.title}. `,
      clouds.map((d) => `${d.label}: centre at ${short(d.x)}, root mean square distance ${short(d.far)}`).join("; "),
      `. Solutions: ${places.map((p) => `${p.label} at ${short(p.x)}`).join(", ")}.`,
    ];
    return { traces, layout, says: says.join("") };
  }

  // Only what is in sight is drawn at once, so that a slider moves smoothly; the rest when it comes into sight.
  const waiting = new Map();
  const sight = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      target.inSight = isIntersecting;
      if (isIntersecting && waiting.has(target)) waiting.get(target)();
    }
  }, { rootMargin: "200px" });

  function draw(plot) {
    const figure = document.getElementById(`explorer-plot-${plot.id}`);
    const canvas = figure.querySelector(".explorer-canvas");
    if (canvas.inSight === undefined) sight.observe(canvas);
    const { traces, layout, says } = plot.kind === "plane" ? plane(plot, canvas) : curves(plot, canvas);
    canvas.setAttribute("aria-label", says);
    const missing = [...(plot.across || []), ...(plot.levels || []), ...(plot.curves || [])]
      .map((mark) => [mark, state.failing(mark.conditions)]).filter(([, failing]) => failing.length)
      .map(([mark, failing]) => `${mark.html}: needs ${failing.map(verifyExplorer.conditionText).join(", ")}`);
    figure.querySelector(".explorer-missing").innerHTML = missing.length ? `Not drawn: ${missing.join("; ")}.` : "";
    waiting.set(canvas, () => {
      waiting.delete(canvas);
      const size = { width: canvas.clientWidth, height: canvas.clientHeight };
      Plotly.react(canvas, traces, { ...layout, ...size }, { displaylogo: false, displayModeBar: false });
    });
    if (canvas.inSight) waiting.get(canvas)();
  }

  addEventListener("beforeprint", () => [...waiting.values()].forEach((show) => show()));

  return { draw: () => data.plots.forEach(draw) };
})();
