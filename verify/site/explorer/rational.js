// Rational numbers of any size, for the exact forms of the formulas. A value that is not rational is an error that says
// so; it is never rounded to one that is.
"use strict";

var verifyExplorer = verifyExplorer || {};

verifyExplorer.NotRational = class extends Error {};
verifyExplorer.Undefined = class extends Error {};

verifyExplorer.q = (() => {
  const { NotRational, Undefined } = verifyExplorer;
  const LONGEST = 400000; // bits of a number that a power makes

  const size = (n) => (n < 0n ? -n : n);

  function gcd(a, b) {
    while (b) [a, b] = [b, a % b];
    return a;
  }

  function of(n, d = 1n) {
    if (d === 0n) throw new Undefined("a denominator vanishes");
    if (d < 0n) [n, d] = [-n, -d];
    const common = gcd(size(n), d);
    return { n: n / common, d: d / common };
  }

  const plus = (a, b) => of(a.n * b.d + b.n * a.d, a.d * b.d);
  const times = (a, b) => of(a.n * b.n, a.d * b.d);
  const difference = (a, b) => a.n * b.d - b.n * a.d;

  // The k-th root of a whole number that is not negative, where it is one; Newton's method from above.
  function root(n, k) {
    if (n < 2n) return n;
    const power = BigInt(k);
    let x = 1n << BigInt(Math.ceil(n.toString(2).length / k));
    for (;;) {
      const next = ((power - 1n) * x + n / x ** (power - 1n)) / power;
      if (next >= x) break;
      x = next;
    }
    if (x ** power !== n) throw new NotRational("a root that is not rational");
    return x;
  }

  function pow(base, exponent) {
    const bits = (size(base.n) > base.d ? size(base.n) : base.d).toString(2).length;
    if (exponent.d > 1000n || BigInt(bits) * size(exponent.n) > LONGEST) throw new NotRational("a number that is too long");
    if (base.n === 0n && exponent.n <= 0n && !(exponent.n === 0n)) throw new Undefined("a denominator vanishes");
    if (base.n < 0n && exponent.d !== 1n) throw new NotRational("a root of a negative number");
    const k = Number(exponent.d);
    const whole = k === 1 ? base : of(root(base.n, k), root(base.d, k));
    const times_ = size(exponent.n);
    const up = of(whole.n ** times_, whole.d ** times_);
    return exponent.n < 0n ? of(up.d, up.n) : up;
  }

  // Only at 1 is a logarithm rational, and only at 0 an exponential, for rational arguments.
  function log(a) {
    if (a.n <= 0n) throw new Undefined("the logarithm of a number that is not positive");
    if (a.n !== a.d) throw new NotRational("a logarithm");
    return of(0n);
  }

  function exp(a) {
    if (a.n !== 0n) throw new NotRational("an exponential");
    return of(1n);
  }

  function floor(a) {
    const down = a.n / a.d;
    return of(a.n < 0n && down * a.d !== a.n ? down - 1n : down);
  }

  const negative = (a) => of(-a.n, a.d);

  const HOLDS = {
    "==": (x) => x === 0n, "!=": (x) => x !== 0n,
    "<": (x) => x < 0n, "<=": (x) => x <= 0n, ">": (x) => x > 0n, ">=": (x) => x >= 0n,
  };

  // "3/7", "-2", "0.25": nothing else is a number here.
  function read(text) {
    const found = /^\s*([+-]?)(\d+)(?:\.(\d+))?(?:\s*\/\s*(\d+))?\s*$/.exec(text);
    if (!found || text.length > 60) return null;
    const [, sign, whole, decimals = "", below = "1"] = found;
    if (BigInt(below) === 0n) return null;
    const value = of(BigInt(whole + decimals), 10n ** BigInt(decimals.length) * BigInt(below));
    return sign === "-" ? negative(value) : value;
  }

  return {
    of, pow, log, exp, floor, read,
    add: (...all) => all.reduce(plus),
    mul: (...all) => all.reduce(times),
    div: (a, b) => of(a.n * b.d, a.d * b.n),
    abs: (a) => of(size(a.n), a.d),
    ceil: (a) => negative(floor(negative(a))),
    min: (...all) => all.reduce((a, b) => (difference(a, b) <= 0n ? a : b)),
    max: (...all) => all.reduce((a, b) => (difference(a, b) >= 0n ? a : b)),
    compare: (a, op, b) => HOLDS[op](difference(a, b)),
    text: (a) => (a.d === 1n ? `${a.n}` : `${a.n}/${a.d}`),
    // Correct also where numerator and denominator are too long for floating point by themselves.
    number(a) {
      const near = Number(a.n) / Number(a.d);
      if (Number.isFinite(near) && near !== 0) return near;
      const shift = BigInt(Math.max(0, size(a.n).toString(2).length, a.d.toString(2).length) - 1000);
      return shift > 0n ? Number(a.n >> shift) / Number(a.d >> shift) : near;
    },
  };
})();
