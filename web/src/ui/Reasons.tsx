// Why something cannot be done, in the server's words, each with what mends it.
import { Button } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { createContext, useContext } from 'react';

import type { Blocker } from '../api/types';

export interface Fix {
  label: string;
  run: () => void;
}

export type Said = Pick<Blocker, 'text' | 'fix' | 'subjects'>;

interface Mends {
  /// Buttons that mend a blocker now.
  of: (blocker: Blocker) => Fix[];
  /// The blocker's own words, or others where these would lead nowhere.
  said: (blocker: Blocker) => Said;
}

/// Set by the frame, which knows the deeds.
export const Fixes = createContext<Mends>({ of: () => [], said: (blocker) => blocker });

export function Reasons({ blockers, quiet = false }: { blockers: Blocker[]; quiet?: boolean }) {
  const fixes = useContext(Fixes);
  if (blockers.length === 0) return null;
  return (
    <ul className="lk-bare lk-stack">
      {blockers.map((blocker) => ({ blocker, ...fixes.said(blocker) })).map(({ blocker, text, subjects, fix: advice }) => (
        <li key={blocker.code} className="lk-reason">
          <IconAlertCircle size={16} aria-hidden />
          <div className="lk-grow">
            <div>
              {text}
              {subjects.length > 0 && ` (${subjects.join(', ')})`}
            </div>
            <div className="lk-muted lk-small">{advice}</div>
            {!quiet && (
              <div className="lk-row lk-wrap lk-reason__fixes">
                {fixes.of(blocker).map((fix) => (
                  <Button key={fix.label} size="compact-xs" onClick={fix.run}>
                    {fix.label}
                  </Button>
                ))}
              </div>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}
