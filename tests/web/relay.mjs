// A network between a browser and the server that can be cut as a real one is: the browser loses its
// connections, the server is told nothing and believes that they live.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';

/// Each connection to a port of its own is handed on to the server's.
async function relayStreams(hostname, port) {
  const pairs = new Set();
  const abandoned = [];
  let isCut = false;
  const server = createServer((near) => {
    near.on('error', () => {});
    if (isCut) return void near.destroy();
    const far = connect(port, hostname);
    const pair = { near, far };
    pairs.add(pair);
    near.pipe(far);
    far.pipe(near);
    const end = () => {
      if (!pairs.delete(pair)) return;
      near.destroy();
      far.destroy();
    };
    far.on('error', end);
    for (const side of [near, far]) side.on('close', end);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    port: server.address().port,
    cut: () => {
      isCut = true;
      const all = [...pairs];
      pairs.clear();
      for (const { near, far } of all) {
        near.unpipe(far);
        far.unpipe(near);
        far.resume();
        abandoned.push(far);
        near.destroy();
      }
    },
    mend: () => {
      isCut = false;
    },
    close: () => {
      for (const far of abandoned) far.destroy();
      for (const { near, far } of pairs) {
        near.destroy();
        far.destroy();
      }
      server.close();
    },
  };
}

/// Datagrams to a port of its own reach the server's `port`, each sender's from a port of its own.
async function relayDatagrams(hostname, port, isCut) {
  const near = createSocket('udp4');
  const senders = new Map();
  const lost = new Set();
  near.on('message', (packet, { address, port: from }) => {
    if (isCut() || lost.has(from)) return;
    if (!senders.has(from)) {
      const far = createSocket('udp4');
      far.on('message', (answer) => !isCut() && !lost.has(from) && near.send(answer, from, address));
      senders.set(from, far);
    }
    senders.get(from).send(packet, port, hostname);
  });
  await once(near.bind(0, '127.0.0.1'), 'listening');
  return {
    port: near.address().port,
    lose: () => {
      for (const from of senders.keys()) lost.add(from);
    },
    close: () => {
      for (const far of senders.values()) far.close();
      near.close();
    },
  };
}

/// Runs in the page: audio goes where the relay is, too.
function sendAudioThere() {
  const set = RTCPeerConnection.prototype.setRemoteDescription;
  RTCPeerConnection.prototype.setRemoteDescription = async function redirected({ type, sdp }) {
    const port = Number(/a=candidate:\S+ 1 udp \d+ \S+ (\d+) /i.exec(sdp)[1]);
    const relay = await window.audioRelay(port);
    return set.call(this, { type, sdp: sdp.replaceAll(` ${port} typ `, ` ${relay} typ `) });
  };
}

/// { base, route, cut, mend, loseWays, close }: what goes to `base` reaches the server at `target`, and so does
/// the audio of the browser contexts that are routed.
export async function startRelay(target) {
  const { hostname, port, protocol } = new URL(target);
  const streams = await relayStreams(hostname, Number(port));
  const audio = new Map();
  let isCut = false;
  const audioRelay = async (from) => {
    if (!audio.has(from)) audio.set(from, relayDatagrams(hostname, from, () => isCut));
    return (await audio.get(from)).port;
  };
  return {
    base: `${protocol}//127.0.0.1:${streams.port}`,
    route: async (context) => {
      await context.exposeFunction('audioRelay', audioRelay);
      await context.addInitScript(sendAudioThere);
    },
    /// Connections are lost and none is made, packets vanish.
    cut: () => {
      isCut = true;
      streams.cut();
    },
    mend: () => {
      isCut = false;
      streams.mend();
    },
    /// Audio of those that send now does not get through any more, as when a router has forgotten them.
    loseWays: async () => {
      for (const each of audio.values()) (await each).lose();
    },
    close: async () => {
      streams.close();
      for (const each of audio.values()) (await each).close();
    },
  };
}
