// A scene: in 3D, with what it is for, what is in it, how it came about, and what can be had of it.

import * as api from './api.js';
import { relation } from './composer.js';
import { coverage, h, marked, quantity, tell, words } from './dom.js';
import { Rounds } from './job.js';
import { Layers } from './layers.js';
import { floorPlan } from './plan.js';
import { Viewer } from './viewer.js';

const LAYERS = [
  ['collision', 'Collision', 'Collision pieces: what the simulator touches'],
  ['mass', 'Mass', 'Centres of mass'],
  ['support', 'Supports', 'Support surfaces: green to stand on, blue to stand in'],
  ['names', 'Names', 'Names of things'],
];
const STEP_M = 0.4;
const FORMATS = { usd: 'USD', mjcf: 'MJCF', urdf: 'URDF', glb: 'GLB', sdf: 'SDFormat', sceneeval: 'SceneEval' };

/** Show a scene. */
export async function lookingAtAScene(content, signal, id) {
  const files = `/v1/scenes/${id}/files`;
  const [about, scene, report, buffer] = await Promise.all([
    api.json(`/v1/scenes/${id}`, { signal }),
    api.json(`${files}/scene.json`, { signal }),
    api.json(`${files}/report.json`, { signal }),
    api.bytes(`${files}/scene.glb`, { signal }),
  ]);
  const canvas = h('canvas', { tabIndex: 0, 'aria-label': 'The scene in 3D. Arrow keys turn it, plus and minus come nearer and go away, Home goes back; the list of objects selects.', role: 'application' });
  const names = h('div', { className: 'names', 'aria-hidden': 'true' });
  const inspector = h('aside', { className: 'inspector', hidden: true, 'aria-label': 'Selected object' });
  const view = h('div', { className: 'view' }, canvas, names);
  const panel = h('div', { className: 'panel' });
  content.className = 'viewing';
  content.append(view, panel);
  const viewer = new Viewer(canvas);
  window.viewer = viewer;
  signal.addEventListener('abort', () => viewer.dispose());
  const ground = () => viewer.background(getComputedStyle(document.documentElement).getPropertyValue('--ground').trim());
  ground();
  addEventListener('theme', ground, { signal });
  await viewer.load(buffer);
  const layers = new Layers(viewer, `/v1/scenes/${id}/shapes`, names);
  const page = { id, about, scene, report, viewer, layers, files, inspector, panel };
  view.append(toolbar(page), pad(viewer), inspector);
  fill(panel, page);
  viewer.addEventListener('select', ({ detail }) => inspect(page, detail));
  await drawers(page);
  canvas.dataset.ready = 'true';
}

/** Let what lies in drawers move along with them. */
async function drawers({ scene, viewer, layers }) {
  const movable = new Set([...viewer.joints.values()].map((joint) => joint.id));
  for (const item of scene.objects.filter((one) => movable.has(one.support) && one.support_part)) {
    const holder = viewer.objects.get(item.support);
    const asset = await layers.asset(holder.userData.asset);
    const surface = asset.surfaces.find((one) => one.name === item.support_part);
    const link = [...viewer.joints.values()].find((joint) => joint.id === item.support && joint.child === surface?.link);
    if (link) carry(item.id, link.node, scene, viewer);
  }
}

function carry(id, node, scene, viewer) {
  viewer.carry(id, node);
  for (const item of scene.objects) if (item.support === id) carry(item.id, node, scene, viewer);
}

function toolbar(page) {
  const { viewer, layers, scene } = page;
  const start = standing(scene);
  const mode = (name, label) => h('button', {
    type: 'button', 'data-mode': name, 'aria-pressed': String(viewer.mode === name), onclick: (event) => {
      viewer.setMode(name, start);
      event.target.closest('.view').classList.toggle('walking', name === 'walk');
      for (const button of event.target.parentNode.children) button.setAttribute('aria-pressed', String(button === event.target));
      viewer.canvas.focus();
    } }, label);
  const toggle = ([name, label, title]) => h('button', {
    type: 'button', title, 'data-layer': name, 'aria-pressed': 'false', onclick: (event) => {
      const on = event.target.getAttribute('aria-pressed') !== 'true';
      event.target.setAttribute('aria-pressed', String(on));
      layers.show(name, on).catch((error) => tell(error.message, true));
    } }, label);
  return h('div', { className: 'toolbar', role: 'toolbar', 'aria-label': 'View' },
    h('div', { className: 'group' }, mode('orbit', 'Orbit'), mode('walk', 'Walk')),
    h('div', { className: 'group' }, LAYERS.map(toggle)),
    h('div', { className: 'group' }, h('button', { type: 'button', title: 'Back to the first view (Home)', onclick: () => {
      if (viewer.mode === 'orbit') viewer.home();
      else viewer.walk.enter(start);
      viewer.draw();
    } }, 'Reset')));
}

/** Buttons to walk with, where there are no keys. */
function pad(viewer) {
  const button = (key, label, shown) => h('button', {
    type: 'button', 'aria-label': label,
    onpointerdown: () => viewer.walk.press(key), onpointerup: () => viewer.walk.release(key),
    onpointerleave: () => viewer.walk.release(key), onpointercancel: () => viewer.walk.release(key),
  }, shown);
  return h('div', { className: 'pad', 'aria-label': 'Walk' },
    button('q', 'Turn left', '↶'), button('w', 'Forward', '↑'), button('e', 'Turn right', '↷'),
    button('a', 'Left', '←'), button('s', 'Back', '↓'), button('d', 'Right', '→'));
}

/** A step inside the first door, with the face to the middle of the room. */
function standing({ rooms: [room] }) {
  const mean = (k) => room.polygon.reduce((sum, point) => sum + point[k], 0) / room.polygon.length;
  for (const { start, end, openings } of room.walls) {
    const door = openings.find((one) => one.kind === 'door');
    if (!door) continue;
    const length = Math.hypot(end[0] - start[0], end[1] - start[1]);
    const [ux, uy] = [(end[0] - start[0]) / length, (end[1] - start[1]) / length];
    const position = [start[0] + ux * door.offset - uy * STEP_M, start[1] + uy * door.offset + ux * STEP_M, 0];
    return { position, yaw: Math.atan2(mean(1) - position[1], mean(0) - position[0]) };
  }
  return null;
}

function fill(panel, page) {
  const tabs = [['About', about], ['Objects', objects], ['Plan', plan], ['Edit', edit], ['Download', download], ['Story', story]];
  const body = h('div', { className: 'body', role: 'tabpanel', tabIndex: 0 });
  const open = (k) => {
    bar.querySelectorAll('button').forEach((button, n) => {
      button.setAttribute('aria-selected', String(n === k));
      button.tabIndex = n === k ? 0 : -1;
    });
    body.setAttribute('aria-labelledby', `tab-${k}`);
    body.replaceChildren(...[tabs[k][1](page)].flat());
    body.scrollTop = 0;
  };
  const bar = h('div', { className: 'tabs', role: 'tablist', 'aria-label': 'Of the scene', onkeydown: (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const k = ([...bar.children].indexOf(document.activeElement) + step + tabs.length) % tabs.length;
    open(k);
    bar.children[k].focus();
  } }, tabs.map(([name], k) => h('button', { type: 'button', role: 'tab', id: `tab-${k}`, onclick: () => open(k) }, name)));
  panel.append(bar, body);
  open(0);
}

function about({ about: told, scene, report }) {
  const { task } = scene;
  const failed = report.critiques.filter((critique) => critique.passed === false);
  return [
    h('h1', {}, marked(task)),
    h('p', { className: 'chips' },
      h('span', { className: `badge ${told.accepted ? 'good' : 'bad'}` }, told.accepted ? 'accepted' : 'not accepted'),
      h('span', { className: 'badge' }, `${told.objects} objects`), h('span', { className: 'badge' }, `seed ${scene.seed}`)),
    told.edit && h('p', {}, `Edited: “${told.edit}”. `, h('a', { href: `#/scenes/${told.based_on}` }, 'Before')),
    h('p', { className: 'faint' }, coverage(task)),
    list('Not understood, without effect', report.understood?.not_understood.map(({ text }) => text)),
    list('Recorded, not simulated', report.understood?.recorded),
    list('At first', task.initial.map(relation)), list('Goal', task.goal.map(relation)),
    list('What the critics found', failed.flatMap((critique) => critique.findings.map((finding) => finding.message))),
    list('Left out', report.left_out),
    h('h2', {}, 'Measured'),
    h('dl', {}, Object.entries(report.metrics).flatMap(([name, value]) => [h('dt', {}, words(name)), h('dd', {}, String(Number(Number(value).toFixed(4))))])),
  ].filter(Boolean);
}

const list = (title, items) => (items?.length ? h('section', {}, h('h2', {}, title), h('ul', {}, items.map((item) => h('li', {}, item)))) : null);

function objects({ scene, viewer }) {
  const rows = [...scene.objects].sort((a, b) => (a.role === 'context') - (b.role === 'context') || a.id.localeCompare(b.id))
    .map((item) => h('li', {}, h('button', {
      type: 'button', className: item.role, 'data-id': item.id, onclick: () => {
        viewer.select(item.id);
        viewer.focus(item.id);
      } }, h('strong', {}, item.name), h('span', { className: 'faint' }, words(item.id)))));
  const search = h('input', { type: 'search', placeholder: 'Find an object', 'aria-label': 'Find an object', oninput: () => {
    const asked = search.value.trim().toLowerCase();
    for (const row of rows) row.hidden = !row.textContent.toLowerCase().includes(asked);
  } });
  return [search, h('ul', { className: 'objects' }, rows)];
}

const plan = ({ scene, viewer }) => floorPlan(scene, (id) => {
  viewer.select(id);
  viewer.focus(id);
});

function story({ report }) {
  return [h('p', { className: 'faint' }, `Edits chosen by ${report.planner}; ${report.rounds} ${report.rounds === 1 ? 'round' : 'rounds'}; `
    + `${Object.values(report.cpu_seconds).reduce((sum, value) => sum + value, 0).toFixed(1)} s of CPU.`),
  new Rounds().replay(report.transcript).element];
}

function edit({ id, about: told }) {
  const field = h('textarea', { name: 'instruction', rows: 3, required: true, maxLength: 2000, 'aria-label': 'What to change', placeholder: 'move the lamp to the left nightstand and add two books on the shelf' });
  const form = h('form', { className: 'edit', onsubmit: async (event) => {
    event.preventDefault();
    try {
      const job = await api.json(`/v1/scenes/${id}/edit`, { method: 'POST', body: { instruction: field.value.trim() } });
      location.hash = `#/jobs/${job.id}`;
    } catch (error) {
      tell(error.message, true);
    }
  } }, field, h('button', { className: 'strong' }, 'Change it'));
  return [h('p', {}, 'Say what is to be otherwise; everything else stays where it is. The changed scene is a new one.'), form,
    told.based_on && h('p', {}, h('a', { href: `#/scenes/${told.based_on}` }, 'The scene before this edit'))].filter(Boolean);
}

function download({ id, files, report }) {
  const stem = `scene-${id.slice(0, 8)}`;
  const button = (label, hint, path, name) => h('li', {}, h('button', { type: 'button', onclick: async (event) => {
    event.target.disabled = true;
    await api.save(path, name).catch((error) => tell(error.message, true));
    event.target.disabled = false;
  } }, h('strong', {}, label), h('span', { className: 'faint' }, hint)));
  const formats = Object.entries(FORMATS).map(([name, label]) => (name === 'glb'
    ? button(label, 'one file', `${files}/scene.glb`, `${stem}.glb`)
    : button(label, report.formats.includes(name) ? 'zip with its assets' : 'zip with its assets, written when you ask',
      `/v1/scenes/${id}/archive?format=${name}`, `${stem}-${name}.zip`)));
  return h('ul', { className: 'downloads' }, formats,
    button('Everything', 'the whole folder', `/v1/scenes/${id}/archive`, `${stem}.zip`),
    button('Picture', 'PNG', `${files}/preview.png`, `${stem}.png`),
    button('scene.json', 'the scene itself', `${files}/scene.json`, `${stem}.json`),
    button('report.json', 'verdicts and transcript', `${files}/report.json`, `${stem}-report.json`));
}

async function inspect({ viewer, layers, inspector, panel, report }, id) {
  for (const row of panel.querySelectorAll('[data-id]')) row.classList.toggle('chosen', row.dataset.id === id);
  inspector.hidden = !id;
  if (!id) return;
  const told = viewer.objects.get(id).userData;
  const joints = [...viewer.joints].filter(([, joint]) => joint.id === id);
  const licence = report.attributions.find((item) => item.asset === told.asset);
  const fact = (name, value) => (value ? [h('dt', {}, name), h('dd', {}, value)] : []);
  const where = ['floor', 'wall', 'ceiling'].includes(told.support) ? told.support : h('button', {
    type: 'button', className: 'link', onclick: () => viewer.select(told.support) }, words(told.support));
  inspector.replaceChildren(
    h('header', {}, h('h2', {}, told.name), h('button', { type: 'button', className: 'quiet', 'aria-label': 'Close', onclick: () => viewer.select(null) }, '×')),
    h('dl', {}, fact('Id', id), fact('Category', `${told.category} (${told.synset})`), fact('Role', told.role === 'context' ? null : told.role),
      fact('Mass', quantity(told.mass, 'kg')), fact('Size', told.size.map((side) => side.toFixed(2)).join(' × ') + ' m'),
      fact('Friction', quantity(told.link.friction, '')),
      fact('Stands', told.fixed ? 'fixed' : 'free'),
      h('dt', {}, told.placement === 'in' ? 'In' : 'On'), h('dd', {}, where, told.support_part && told.support_part !== told.support ? h('span', { className: 'faint' }, ` ${words(told.support_part)}`) : null),
      fact('Attributes', Object.values(told.attributes).join(', ')), fact('States', told.states.join(', ')),
      fact('From', licence?.provenance), fact('Licence', licence?.licence)),
    joints.length ? h('section', { className: 'joints' }, h('h3', {}, 'Joints'), joints.map(([key, joint]) => slider(viewer, key, joint))) : '');
}

function slider(viewer, key, joint) {
  const unit = joint.kind === 'prismatic' ? 'm' : 'rad';
  const output = h('output', {}, quantity(joint.value, unit));
  const input = h('input', { type: 'range', min: joint.lower, max: joint.upper, step: 'any', value: joint.value, 'data-joint': key,
    oninput: () => viewer.setJoint(key, Number(input.value)) });
  const follow = ({ detail }) => {
    if (!input.isConnected) return viewer.removeEventListener('joint', follow);
    if (detail.name !== joint.name || detail.id !== joint.id) return undefined;
    input.value = detail.value;
    output.textContent = quantity(detail.value, unit);
    return undefined;
  };
  viewer.addEventListener('joint', follow);
  input.addEventListener('keydown', (event) => event.key === 'Escape' && viewer.select(null));
  return h('label', {}, h('span', {}, words(joint.name.replace(/_joint$/, ''))), output, input);
}
