// Elements without markup: text is always text.

/** Make an element. Properties: `on…` are listeners, `class`, `data-…`, `aria-…` and the like attributes. */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name in element && !name.includes('-') && name !== 'list' && name !== 'form') element[name] = value;
    else element.setAttribute(name === 'className' ? 'class' : name, value === true ? '' : value);
  }
  element.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Make an SVG element. */
export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value);
  }
  element.append(...children.flat(3));
  return element;
}

/** Tell something for a while, to those who hear the page, too. */
export function tell(words, bad = false) {
  const told = document.getElementById('told');
  told.textContent = words;
  told.className = bad ? 'shown bad' : 'shown';
  clearTimeout(tell.timer);
  tell.timer = setTimeout(() => (told.className = ''), 6000);
}

/** Words of an identifier. */
export const words = (name) => String(name ?? '').replaceAll('_', ' ');

const MARKED = { not_understood: 'not understood, without effect', recorded: 'recorded, not simulated' };

/** A prompt with marks at the words that a scene does not show. Places of words count code points. */
export function marked({ prompt, words: all }) {
  const letters = Array.from(prompt);
  const pieces = [];
  let done = 0;
  for (const { text, start, fate } of all ?? []) {
    const end = start + Array.from(text).length;
    if (!MARKED[fate] || start < done) continue;
    pieces.push(letters.slice(done, start).join(''), h('mark', { className: fate, title: MARKED[fate] }, text));
    done = end;
  }
  return [...pieces, letters.slice(done).join('')];
}

/** How much of a task was understood, in a few words; nothing if there is no account of its words. */
export function coverage({ words: all }) {
  if (!all?.length) return '';
  const known = all.filter(({ fate }) => fate !== 'not_understood').length;
  return `${known} of ${all.length} words understood (${Math.round((100 * known) / all.length)} %)`;
}

/** A number with a unit. */
export function quantity(value, unit) {
  if (value === undefined || value === null) return '–';
  if (unit === 'B') {
    const steps = ['B', 'kB', 'MB', 'GB'];
    const k = Math.min(Math.max(Math.floor(Math.log10(Math.max(value, 1)) / 3), 0), 3);
    return `${(value / 1000 ** k).toFixed(k ? 1 : 0)} ${steps[k]}`;
  }
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 1 ? 2 : 3;
  return `${Number(value.toFixed(digits))} ${unit}`;
}
