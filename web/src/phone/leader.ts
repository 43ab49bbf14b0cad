// One tab of a browser is the phone. The browser's own lock decides which, so that a closed or
// crashed tab gives it up by itself.
export interface Leadership {
  /// Ends this tab's wish to be the phone.
  release: () => void;
}

const lock = 'linka-phone';

export function lead(
  force: boolean,
  hooks: { gained: () => void; waiting: () => void; lost: () => void },
): Leadership {
  if (!('locks' in navigator)) {
    hooks.gained();
    return { release: () => {} };
  }
  const ended = new AbortController();
  let release = () => {};
  const hold = () => {
    hooks.gained();
    return new Promise<void>((resolve) => {
      release = resolve;
    });
  };
  const waitForTurn = () => {
    hooks.waiting();
    return navigator.locks.request(lock, { signal: ended.signal }, hold);
  };
  const request = force
    ? navigator.locks.request(lock, { steal: true }, hold)
    : navigator.locks.request(lock, { ifAvailable: true }, (got) => (got ? hold() : undefined));
  let held = force;
  void Promise.resolve(request)
    .then(() => {
      if (!ended.signal.aborted && !held) return waitForTurn();
      return undefined;
    })
    .catch(() => {
      if (!ended.signal.aborted) hooks.lost();
    });
  return {
    release: () => {
      held = true;
      ended.abort();
      release();
    },
  };
}
