// Where a task is typed.

import * as api from './api.js';
import { coverage, h, marked, tell, words } from './dom.js';
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
  const understood = h('div', { id: 'understood', className: 'understood', 'aria-live': 'polite' });
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
    timer = setTimeout(() => understand(task, understood, signal), PATIENCE_MS);
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
      ['usd,mjcf,urdf,glb,sdf,sceneeval', 'all six']]),
    h('label', {}, 'Words not understood',
      h('select', { name: 'strict' }, h('option', { value: '' }, 'make the rest'), h('option', { value: 'yes' }, 'refuse')))));
}

async function submit(event, form, button) {
  event.preventDefault();
  const given = Object.fromEntries(new FormData(form));
  button.disabled = true;
  try {
    const job = await api.json('/v1/scenes', { method: 'POST', body: {
      task: given.task.trim(), density: given.density, disorder: given.disorder, seed: Number(given.seed),
      strict: given.strict === 'yes', max_rounds: Number(given.max_rounds), formats: given.formats.split(','), room: given.room.trim() || null,
    } });
    location.hash = `#/jobs/${job.id}`;
  } catch (error) {
    tell(error.message, true);
    button.disabled = false;
  }
}

async function understand(field, place, signal) {
  const task = field.value.trim();
  if (!task) return place.replaceChildren();
  const stale = () => field.value.trim() !== task;
  try {
    const told = await api.json('/v1/tasks:understand', { method: 'POST', body: { task }, signal });
    if (stale()) return;
    const things = told.objects.map((item) => (item.ids.length > 1 ? `${item.ids.length} × ${item.name}` : item.name));
    const goals = told.goal.map(relation);
    place.className = 'understood';
    place.replaceChildren(
      h('span', {}, words(told.rooms[0] ?? 'a room')),
      ...things.map((name) => h('span', { className: 'thing' }, name)),
      ...goals.map((goal) => h('span', { className: 'goal' }, `goal: ${goal}`)),
      notShown(told));
  } catch (error) {
    if (signal.aborted || stale()) return;
    place.className = 'understood bad';
    place.textContent = error.message;
  }
}

/** What of a task the scene will not show: the words marked where they stand, and what is only recorded. */
function notShown({ understood, ...task }) {
  const { not_understood: lost, recorded } = understood;
  return h('div', { className: 'words' },
    lost.length || recorded.length ? h('p', { className: 'marked' }, marked(task)) : null,
    lost.length ? h('p', { className: 'lost' }, `Not understood, without effect: ${lost.map(({ text }) => text).join(', ')}`) : null,
    recorded.length ? h('p', {}, `Recorded, not simulated: ${recorded.join('; ')}`) : null,
    h('p', { className: 'faint' }, coverage(task)));
}

/** A relation of a task in words. */
export function relation(item) {
  const parts = [words(item.subject), item.negated ? 'not' : '', words(item.name), words(item.object), item.part && `(${words(item.part)})`];
  return parts.filter(Boolean).join(' ');
}
