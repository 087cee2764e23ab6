// A chart of the last minutes: lines over time, drawn as SVG, which the style sheet colours.

import { h, svg } from './dom.js';

/// Values that are kept, and the fewest that fill the width.
const POINTS = 180;
const POINTS_MIN = 30;
const WIDTH = 600;
const HEIGHT = 150;
const TOP = 8;
const BASE = HEIGHT - 4;

/// The next of 1, 2, 5, 10, 20, … that is not below `value`.
function roundUp(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((step) => step * power).find((limit) => limit >= value * 0.999999);
}

/// As [roundUp], for powers of 1024.
function roundUpBytes(value) {
  const power = 1024 ** Math.floor(Math.log2(value) / 10);
  return [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024].map((step) => step * power).find((limit) => limit >= value);
}

export class Chart {
  /// - `series`: `{name, filled, dashed}`, at most three.
  /// - `format`: a number for people; `max`: the top of the scale, if it never changes; `inBytes`:
  ///   whether the scale goes by 1024.
  constructor({ title, series, format, max, inBytes }) {
    Object.assign(this, { title, series, format, max });
    this.roundUp = inBytes ? roundUpBytes : roundUp;
    this.values = series.map(() => []);
    this.legend = series.map(() => h('b', {}, '–'));
    this.scale = [h('span', {}, ''), h('span', {}, ''), h('span', {}, '0')];
    this.lines = series.map((line, i) =>
      svg('path', { class: `line s${i + 1}${line.dashed ? ' dashed' : ''}` }));
    this.areas = series.map((line, i) => (line.filled ? svg('path', { class: `area s${i + 1}` }) : null));
    this.cursor = svg('line', { class: 'cursor', y1: 0, y2: HEIGHT, visibility: 'hidden' });
    this.element = this.build();
    this.draw();
  }

  build() {
    this.plot = svg('svg', {
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', role: 'img', 'aria-label': this.title,
    },
    ...[TOP, (TOP + BASE) / 2, BASE].map((y) =>
      svg('line', { class: 'grid', x1: 0, x2: WIDTH, y1: y, y2: y })),
    ...this.areas.filter(Boolean), ...this.lines, this.cursor);
    this.plot.addEventListener('pointermove', (event) => this.point(event));
    this.plot.addEventListener('pointerleave', () => this.point(null));
    this.when = h('span.when', {}, '');
    return h('figure.panel.chart', {},
      h('figcaption', {}, h('h2', {}, this.title), this.when),
      h('div.legend', {}, this.series.map((line, i) =>
        h('span', {}, h(`i.s${i + 1}${line.dashed ? '.dashed' : ''}`), line.name, ' ', this.legend[i]))),
      h('div.plot', {}, h('div.scale', { 'aria-hidden': 'true' }, this.scale), this.plot));
  }

  /// Adds a value a series; null where there is none.
  push(...latest) {
    latest.forEach((value, i) => {
      this.values[i].push(Number.isFinite(value) ? value : null);
      if (this.values[i].length > POINTS) {
        this.values[i].shift();
      }
    });
    this.draw();
  }

  draw() {
    const all = this.values.flat().filter((value) => value !== null);
    const top = this.max ?? this.roundUp(Math.max(...all, 1));
    const y = (value) => BASE - (value / top) * (BASE - TOP);
    this.scale[0].textContent = this.format(top);
    this.scale[1].textContent = this.format(top / 2);
    this.values.forEach((values, i) => {
      const path = linePath(values, y);
      this.lines[i].setAttribute('d', path);
      this.areas[i]?.setAttribute('d', areaPath(values, y));
    });
    this.tell();
  }

  /// Where a value lies: the newest at the right edge.
  static x(index, size) {
    return WIDTH - ((size - 1 - index) * WIDTH) / (Math.max(size, POINTS_MIN) - 1);
  }

  point(event) {
    const size = this.values[0].length;
    if (event === null || size === 0) {
      this.pointed = undefined;
      this.cursor.setAttribute('visibility', 'hidden');
    } else {
      const box = this.plot.getBoundingClientRect();
      const back = Math.round((1 - (event.clientX - box.left) / box.width) * (Math.max(size, POINTS_MIN) - 1));
      this.pointed = Math.min(Math.max(back, 0), size - 1);
      const x = Chart.x(size - 1 - this.pointed, size);
      this.cursor.setAttribute('x1', x);
      this.cursor.setAttribute('x2', x);
      this.cursor.setAttribute('visibility', 'visible');
    }
    this.tell();
  }

  /// Writes the values that are pointed at, or else the newest, into the legend.
  tell() {
    const size = this.values[0].length;
    const at = size - 1 - (this.pointed ?? 0);
    this.when.textContent = this.pointed ? `${this.pointed} s ago` : '';
    const words = this.series.map((line, i) => {
      const value = this.values[i][at];
      const text = value === null || value === undefined ? '–' : this.format(value);
      this.legend[i].textContent = text;
      return `${line.name} ${text}`;
    });
    this.plot.setAttribute('aria-label', `${this.title}: ${words.join(', ')}`);
  }
}

function linePath(values, y) {
  let path = '';
  let pen = 'M';
  values.forEach((value, i) => {
    if (value === null) {
      pen = 'M';
    } else {
      path += `${pen}${Chart.x(i, values.length).toFixed(1)} ${y(value).toFixed(1)}`;
      pen = 'L';
    }
  });
  return path;
}

function areaPath(values, y) {
  const first = values.findIndex((value) => value !== null);
  if (first < 0) {
    return '';
  }
  const left = Chart.x(first, values.length).toFixed(1);
  const rest = values.slice(first).map((value, i) =>
    `L${Chart.x(first + i, values.length).toFixed(1)} ${y(value ?? 0).toFixed(1)}`);
  return `M${left} ${BASE}${rest.join('')}L${WIDTH} ${BASE}Z`;
}
