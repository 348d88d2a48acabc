// The loop at work: its rounds, what the critics find, and what the room looks like by now.

import * as api from './api.js';
import { h, tell, words } from './dom.js';

const ENDED = ['succeeded', 'failed', 'cancelled'];

/** Follow a job to its end, and then go to its scene. */
export async function followingAJob(content, signal, id) {
  const job = await api.json(`/v1/jobs/${id}`, { signal });
  const image = h('img', { alt: 'The room as it is by now', className: 'live' });
  const strip = h('div', { className: 'strip', 'aria-label': 'Pictures of the steps' });
  const state = h('span', { className: 'badge', id: 'state' });
  const clock = h('span', { className: 'faint' });
  const cancel = h('button', { type: 'button', className: 'quiet', onclick: () => stop(id) }, 'Cancel');
  const rounds = new Rounds();
  content.className = 'following';
  content.append(
    h('section', { className: 'stage' }, h('div', { className: 'screen' }, image, h('p', { className: 'waiting' }, 'The room is being planned …')), strip),
    h('section', { className: 'log' },
      h('h1', {}, job.edit ?? job.task), h('p', { className: 'row' }, state, clock, cancel), rounds.element));
  const tick = setInterval(() => (clock.textContent = elapsed(job)), 500);
  signal.addEventListener('abort', () => clearInterval(tick));
  for await (const event of api.events(`/v1/jobs/${id}/events`, signal)) {
    if (ENDED.includes(event.kind) || ['queued', 'running'].includes(event.kind)) job.state = event.kind;
    if (event.kind === 'running') job.started = event.at;
    if (event.kind === 'stage') job.stage = event.stage;
    if (ENDED.includes(event.kind)) job.finished = event.at;
    state.textContent = job.state === 'running' && job.stage ? words(job.stage) : job.state;
    state.className = `badge ${job.state}`;
    cancel.hidden = ENDED.includes(job.state);
    if (event.kind === 'call') rounds.call(event);
    if (event.kind === 'review') rounds.review(event);
    if (event.kind === 'running') rounds.clear();
    if (event.picture) pictured(image, strip, id, event);
    if (event.kind === 'failed') rounds.failed(event.reason);
    if (event.kind === 'succeeded') setTimeout(() => signal.aborted || location.replace(`#/scenes/${id}`), 900);
  }
  clearInterval(tick);
}

async function stop(id) {
  await api.json(`/v1/jobs/${id}`, { method: 'DELETE' });
  tell('It is being cancelled.');
}

async function pictured(image, strip, id, event) {
  const path = `/v1/jobs/${id}/pictures/${event.picture}`;
  const small = h('img', { alt: words(event.tool ?? 'review') });
  strip.append(h('button', { type: 'button', title: words(event.tool ?? 'review'), onclick: () => api.show(image, path) }, small));
  await Promise.allSettled([api.show(image, path), api.show(small, path)]);
  image.classList.add('there');
}

function elapsed(job) {
  if (!job.started) return 'waits in the queue';
  const end = job.finished ? new Date(job.finished) : new Date();
  return `${Math.max(0, (end - new Date(job.started)) / 1000).toFixed(0)} s`;
}

/** The rounds of a loop, as they come or from a finished report. */
export class Rounds {
  constructor() {
    this.element = h('ol', { className: 'rounds', 'aria-live': 'polite' });
    this.lists = new Map();
  }

  clear() {
    this.element.replaceChildren();
    this.lists.clear();
  }

  /** Show the transcript of a report. */
  replay(transcript) {
    for (const record of transcript) {
      for (const call of record.calls) this.call({ round: record.round, ...call });
      this.review(record);
    }
    return this;
  }

  call({ round, tool, outcome, notes }) {
    const rejected = outcome?.startsWith('rejected');
    this.#round(round).append(h('li', { className: rejected ? 'step bad' : 'step good' }, words(tool),
      rejected && h('span', { className: 'faint' }, outcome.replace('rejected: ', '')),
      notes?.length ? h('span', { className: 'faint' }, notes.join('; ')) : null));
  }

  review({ round, kept, verdicts }) {
    const chips = verdicts.map((verdict) => h('span', { className: `chip ${verdict.passed === false ? 'bad' : 'good'}` }, verdict.critic));
    const found = verdicts.flatMap((verdict) => verdict.findings.map((words_) => h('li', {}, words_)));
    this.#round(round).append(h('li', { className: 'verdicts' },
      h('div', { className: 'chips' }, chips), found.length ? h('ul', { className: 'findings' }, found) : null,
      kept === false && h('span', { className: 'faint' }, 'not kept: what stood was no worse')));
  }

  failed(reason) {
    this.element.append(h('li', { className: 'bad', role: 'alert' }, reason));
  }

  #round(number) {
    if (!this.lists.has(number)) {
      const list = h('ul', {});
      this.lists.set(number, list);
      this.element.append(h('li', {}, h('h2', {}, `Round ${number}`), list));
    }
    return this.lists.get(number);
  }
}
