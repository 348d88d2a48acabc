// Which view is shown: #/ to ask for a scene, #/scenes the gallery, #/jobs/ID the loop, #/scenes/ID a scene.

import { keysFrom } from './api.js';
import { h, tell } from './dom.js';
import { askingForAScene } from './composer.js';
import { gallery } from './gallery.js';
import { followingAJob } from './job.js';

const content = document.getElementById('content');
let leave = new AbortController();

const VIEWS = [
  [/^$/, () => askingForAScene],
  [/^scenes$/, () => gallery],
  [/^jobs\/(\w+)$/, () => followingAJob],
  [/^scenes\/(\w+)$/, async () => (await scenes()).lookingAtAScene],
];

async function scenes() {
  try {
    return await import('./scene.js');
  } catch (error) {
    throw new Error(`Scenes cannot be shown in 3D: ${error.message}. Was the package built without three.js? See docs/reference/service.md.`);
  }
}

async function route() {
  leave.abort();
  leave = new AbortController();
  const { signal } = leave;
  const path = location.hash.replace(/^#?\/?/, '');
  for (const link of document.querySelectorAll('nav a')) {
    if (link.hash && link.getAttribute('href') === `#/${path}`) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  content.replaceChildren();
  content.className = '';
  try {
    for (const [pattern, view] of VIEWS) {
      const found = path.match(pattern);
      if (!found) continue;
      const show = await view();
      if (!signal.aborted) await show(content, signal, ...found.slice(1));
      return;
    }
    throw new Error('there is no such page');
  } catch (error) {
    if (signal.aborted) return;
    content.append(h('p', { className: 'alone', role: 'alert' }, error.message));
  }
}

function theme() {
  const button = document.getElementById('theme');
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const current = () => document.documentElement.dataset.theme ?? (dark.matches ? 'dark' : 'light');
  const show = () => {
    button.textContent = current() === 'dark' ? '☀' : '☾';
    dispatchEvent(new CustomEvent('theme', { detail: current() }));
  };
  const kept = localStorage.getItem('sage-theme');
  if (kept) document.documentElement.dataset.theme = kept;
  button.addEventListener('click', () => {
    document.documentElement.dataset.theme = current() === 'dark' ? 'light' : 'dark';
    localStorage.setItem('sage-theme', document.documentElement.dataset.theme);
    show();
  });
  dark.addEventListener('change', show);
  show();
}

keysFrom(async () => {
  const dialog = document.getElementById('key');
  if (!dialog.open) dialog.showModal();
  await new Promise((done) => dialog.addEventListener('close', done, { once: true }));
  return dialog.querySelector('input').value.trim();
});
addEventListener('hashchange', route);
addEventListener('unhandledrejection', (event) => {
  if (event.reason?.name === 'AbortError') event.preventDefault();
  else tell(event.reason?.message ?? 'something went wrong', true);
});
theme();
route();
