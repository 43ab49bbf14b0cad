// Running times: up from an instant, or down to one.
import { duration } from './format';
import { useNow } from './clock';

export function Since({ at }: { at: string | null | undefined }) {
  const now = useNow();
  if (!at) return null;
  return <span>{duration((now - Date.parse(at)) / 1000)}</span>;
}

export function Until({ at }: { at: string | null | undefined }) {
  const now = useNow();
  if (!at) return null;
  return <span>{duration((Date.parse(at) - now) / 1000)}</span>;
}

/// Time left as a ring and seconds.
export function Ring({ from, until }: { from: string | null; until: string | null }) {
  const now = useNow();
  if (!until) return null;
  const end = Date.parse(until);
  const start = from ? Date.parse(from) : end - 20_000;
  const left = Math.max(0, end - now);
  const part = Math.min(1, left / Math.max(1, end - start));
  const around = 2 * Math.PI * 14;
  return (
    <span className="lk-ring" role="timer">
      <svg width="36" height="36" viewBox="0 0 36 36" aria-hidden>
        <circle cx="18" cy="18" r="14" fill="none" stroke="var(--lk-divider)" strokeWidth="3" />
        <circle
          cx="18"
          cy="18"
          r="14"
          fill="none"
          stroke="currentColor"
          strokeWidth="3"
          strokeDasharray={`${around * part} ${around}`}
          transform="rotate(-90 18 18)"
        />
      </svg>
      <span className="lk-ring__seconds">{Math.ceil(left / 1000)}</span>
    </span>
  );
}
