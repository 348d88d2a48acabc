// Where a task is typed.

import * as api from './api.js';
import { h, tell, words } from './dom.js';
import { cards } from './gallery.js';

const EXAMPLES = [
  'pick up a bowl and place it on the table',
  'put the red mug in the drawer of the nightstand',
  'a cosy living room with a bookshelf and two plants',
  'clear the desk in the office',
  'put the apple in the fridge',
];
const PATIENCE_MS = 400;

/** Show the form, what is understood of the words in it, and the newest scenes. */
export async function askingForAScene(content, signal) {
  const task = h('textarea', {
    id: 'task', name: 'task', rows: 2, maxLength: 4000, required: true, autofocus: true,
    placeholder: 'pick up a bowl and place it on the table', 'aria-describedby': 'understood',
  });
  const understood = h('p', { id: 'understood', className: 'understood', 'aria-live': 'polite' });
  const button = h('button', { className: 'strong', type: 'submit' }, 'Make the scene');
  const form = h('form', { className: 'composer', onsubmit: (event) => submit(event, form, button) },
    h('label', { className: 'hidden', htmlFor: 'task' }, 'Task or description of a room'), task, understood,
    h('div', { className: 'row' }, options(), button));
  task.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  let timer;
  task.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(() => understand(task.value.trim(), understood, signal), PATIENCE_MS);
  });
  const examples = EXAMPLES.map((example) =>
    h('button', { type: 'button', className: 'chip', onclick: () => {
      task.value = example;
      task.dispatchEvent(new Event('input'));
      task.focus();
    } }, example));
  const newest = h('section', { className: 'newest', hidden: true });
  content.append(
    h('section', { className: 'hero' },
      h('h1', {}, 'What is the robot to do?'),
      h('p', { className: 'lead' }, 'Tell it in words. You get a room in which it can be done, furnished and at rest, for your simulator.'),
      form, h('div', { className: 'chips', 'aria-label': 'Examples' }, examples)),
    newest);
  const { scenes } = await api.json('/v1/scenes?limit=8', { signal });
  if (scenes.length) {
    newest.append(h('h2', {}, 'Newest scenes'), cards(scenes), h('a', { href: '#/scenes' }, 'All scenes'));
    newest.hidden = false;
  }
}

function options() {
  const choice = (name, label, values) => h('label', {}, label,
    h('select', { name }, values.map(([value, shown]) => h('option', { value }, shown ?? words(value)))));
  return h('details', { className: 'options' }, h('summary', {}, 'Options'), h('div', { className: 'fields' },
    choice('density', 'Density', [['normal'], ['sparse'], ['dense']]),
    choice('disorder', 'Disorder', [['lived_in'], ['tidy'], ['messy']]),
    h('label', {}, 'Room', h('input', { name: 'room', placeholder: 'as the task says', maxLength: 40 })),
    h('label', {}, 'Seed', h('input', { name: 'seed', type: 'number', min: 0, value: 0, required: true })),
    h('label', {}, 'Rounds at most', h('input', { name: 'max_rounds', type: 'number', min: 1, max: 20, value: 8 })),
    choice('formats', 'Formats', [['usd,mjcf,urdf,glb', 'USD, MJCF, URDF, GLB'],
      ['usd,mjcf,urdf,glb,sdf,sceneeval', 'all six']])));
}

async function submit(event, form, button) {
  event.preventDefault();
  const given = Object.fromEntries(new FormData(form));
  button.disabled = true;
  try {
    const job = await api.json('/v1/scenes', { method: 'POST', body: {
      task: given.task.trim(), density: given.density, disorder: given.disorder, seed: Number(given.seed),
      max_rounds: Number(given.max_rounds), formats: given.formats.split(','), room: given.room.trim() || null,
    } });
    location.hash = `#/jobs/${job.id}`;
  } catch (error) {
    tell(error.message, true);
    button.disabled = false;
  }
}

async function understand(task, place, signal) {
  if (!task) return place.replaceChildren();
  try {
    const told = await api.json('/v1/tasks:understand', { method: 'POST', body: { task }, signal });
    const things = told.objects.map((item) => (item.ids.length > 1 ? `${item.ids.length} × ${item.name}` : item.name));
    const goals = told.goal.map(relation);
    place.className = 'understood';
    place.replaceChildren(
      h('span', {}, words(told.rooms[0] ?? 'a room')),
      ...things.map((name) => h('span', { className: 'thing' }, name)),
      ...goals.map((goal) => h('span', { className: 'goal' }, `goal: ${goal}`)));
  } catch (error) {
    if (signal.aborted) return;
    place.className = 'understood bad';
    place.textContent = error.message;
  }
}

/** A relation of a task in words. */
export function relation(item) {
  const parts = [words(item.subject), item.negated ? 'not' : '', words(item.name), words(item.object), item.part && `(${words(item.part)})`];
  return parts.filter(Boolean).join(' ');
}
