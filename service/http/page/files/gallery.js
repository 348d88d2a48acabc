// All scenes, newest first.

import * as api from './api.js';
import { h, quantity, words } from './dom.js';

const PAGE = 24;

/** Show the gallery with its filters. */
export async function gallery(content, signal) {
  const grid = h('div', { className: 'cards' });
  const count = h('p', { className: 'faint', 'aria-live': 'polite' });
  const more = h('button', { type: 'button', className: 'quiet', hidden: true }, 'Show more');
  const filter = h('form', { className: 'filter', role: 'search', onsubmit: (event) => event.preventDefault() },
    h('input', { name: 'q', type: 'search', placeholder: 'Words of the task', 'aria-label': 'Words of the task', maxLength: 200 }),
    h('input', { name: 'room', type: 'search', placeholder: 'Room', 'aria-label': 'Type of room', maxLength: 40 }),
    h('select', { name: 'accepted', 'aria-label': 'Verdict' },
      h('option', { value: '' }, 'accepted or not'), h('option', { value: 'true' }, 'accepted'), h('option', { value: 'false' }, 'not accepted')));
  let next = null;
  const load = async (url) => {
    const page = await api.json(url, { signal });
    grid.append(...cards(page.scenes).children);
    next = page.next;
    more.hidden = !next;
    count.textContent = page.total === 1 ? '1 scene' : `${page.total} scenes`;
  };
  const restart = () => {
    const asked = new URLSearchParams([...new FormData(filter)].filter(([, value]) => value.trim()));
    if (asked.has('room')) asked.set('room', asked.get('room').trim().toLowerCase().replaceAll(' ', '_'));
    grid.replaceChildren();
    return load(`/v1/scenes?limit=${PAGE}&${asked}`);
  };
  let timer;
  filter.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(restart, 300);
  });
  more.addEventListener('click', () => load(next));
  content.append(h('section', { className: 'wide' }, h('h1', {}, 'Scenes'), filter, count, grid, more));
  await restart();
}

/** Cards of scenes; each picture is fetched when it comes into sight. */
export function cards(scenes) {
  return h('div', { className: 'cards' }, scenes.map(card));
}

function card(scene) {
  const image = h('img', { alt: '', width: 320, height: 240 });
  const element = h('a', { className: 'card', href: `#/scenes/${scene.id}` },
    h('div', { className: 'frame' }, image),
    h('div', { className: 'about' },
      h('strong', {}, scene.edit ?? scene.task),
      h('span', { className: 'faint' },
        [words(scene.room), scene.objects === null ? null : `${scene.objects} objects`, quantity(scene.bytes, 'B')]
          .filter(Boolean).join(' · ')),
      scene.accepted === false && h('span', { className: 'badge bad' }, 'not accepted')));
  sight.observe(element);
  sight.wanted.set(element, () => api.show(image, `/v1/scenes/${scene.id}/files/preview.png`)
    .then(() => image.classList.add('there'), () => {}));
  return element;
}

const sight = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    sight.unobserve(target);
    sight.wanted.get(target)();
    sight.wanted.delete(target);
  }
}, { rootMargin: '200px' });
sight.wanted = new WeakMap();
