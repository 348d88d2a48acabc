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
