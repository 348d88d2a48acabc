// The service, as the page speaks to it. A key, if one is needed, stays in this tab.

const KEY = 'sage-key';
let askForKey = async () => '';

/** What the service says of a request that it does not take. */
export class Problem extends Error {
  constructor(status, detail, retry) {
    super(detail);
    this.status = status;
    this.retry = retry;
  }
}

/** Say who asks the user for a key when one is needed. */
export function keysFrom(ask) {
  askForKey = ask;
}

async function send(path, { method = 'GET', body, headers = {}, signal } = {}) {
  for (;;) {
    const key = sessionStorage.getItem(KEY);
    const answer = await fetch(path, {
      method,
      signal,
      headers: {
        ...headers,
        ...(key ? { Authorization: `Bearer ${key}` } : {}),
        ...(body ? { 'Content-Type': 'application/json' } : {}),
      },
      body: body && JSON.stringify(body),
    });
    if (answer.status === 401) {
      sessionStorage.setItem(KEY, await askForKey());
      continue;
    }
    if (!answer.ok) {
      const problem = await answer.json().catch(() => ({}));
      throw new Problem(answer.status, problem.detail ?? answer.statusText, answer.headers.get('Retry-After'));
    }
    return answer;
  }
}

/** Fetch JSON. */
export const json = async (path, options) => (await send(path, options)).json();

/** Fetch bytes. */
export const bytes = async (path, options) => (await send(path, options)).arrayBuffer();

/** Show a picture that lies behind the API in an image element. */
export async function show(image, path) {
  const url = URL.createObjectURL(await (await send(path)).blob());
  try {
    image.src = url;
    await image.decode();
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** Save a file that lies behind the API. */
export async function save(path, name) {
  const url = URL.createObjectURL(await (await send(path)).blob());
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** Yield the events of a job until it has ended; a broken stream is taken up where it broke. */
export async function* events(path, signal) {
  let last = 0;
  for (;;) {
    try {
      const answer = await send(path, { signal, headers: { 'Last-Event-ID': String(last) } });
      for await (const event of read(answer.body)) {
        last = event.id;
        yield event;
        if (['succeeded', 'failed', 'cancelled'].includes(event.kind)) return;
      }
    } catch (error) {
      if (signal.aborted || (error instanceof Problem && error.status < 500)) throw error;
    }
    await new Promise((done) => setTimeout(done, 1000));
  }
}

async function* read(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      const blocks = (rest + value).split('\n\n');
      rest = blocks.pop();
      for (const block of blocks) {
        const fields = Object.fromEntries(block.split('\n').map((line) => line.split(/: (.*)/s).slice(0, 2)));
        if (fields.data) yield { id: Number(fields.id), ...JSON.parse(fields.data) };
      }
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}
