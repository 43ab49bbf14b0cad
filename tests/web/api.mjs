// One signed-in user of the server, without a browser: to arrange what a test begins with and to look
// at what came of it.
export class Refused extends Error {
  constructor(status, body) {
    super(`${status}: ${JSON.stringify(body)}`);
    this.status = status;
    this.body = body;
  }
}

export async function openApi(base, name, password) {
  let token = '';
  const ask = async (method, path, body) => {
    const answer = await fetch(base + path, {
      method,
      headers: { 'Content-Type': 'application/json', ...(token && { 'X-AUTH-TOKEN': token }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const isJson = answer.headers.get('content-type')?.includes('json');
    const content = isJson ? await answer.json() : Buffer.from(await answer.arrayBuffer());
    if (!answer.ok) throw new Refused(answer.status, content);
    return content;
  };
  const { result } = await ask('POST', '/api/v6/login.json', { username: name, password, only_token: 1 });
  token = result;
  return {
    get: (path) => ask('GET', path),
    post: (path, body = {}) => ask('POST', path, body),
    put: (path, body) => ask('PUT', path, body),
    remove: (path) => ask('DELETE', path),
    me: () => ask('GET', '/api/live/me'),
    /// Logs in to devices and queues and becomes ready.
    work: async (devices, queues) => {
      await ask('POST', '/api/live/me/devices', { login: devices });
      if (queues.length > 0) await ask('POST', '/api/live/me/queues', { login: queues });
      await ask('POST', '/api/live/me/ready', {});
    },
    records: async (model, query = '') => (await ask('GET', `/api/v6/${model}.json?take=1000${query}`)).result.data,
  };
}

/// The first true value of `look()`, asked for until it comes.
export async function until(look, what, seconds = 15) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`after ${seconds} s still not: ${what}`);
    await new Promise((next) => setTimeout(next, 50));
  }
}
