// Which system recordings a field offers, and how they are called there. Plain.
import type { Row } from '../../../api/v6';
import { isMadeUp } from '../changes/change';
import { titleOf } from '../kit';

/// The system's music.
const music = 'default';

export interface Offered {
  name: string;
  label: string;
}

/// Titles with the names that people gave; `wanted`: 'music' is heard while somebody waits, which no prompt of the
/// system is for.
export function offeredIn(rows: Row[], wanted: 'prompt' | 'music'): Offered[] {
  return rows
    .filter((row) => (row.name === music || row.built_in !== true ? wanted === 'music' || row.name !== music : wanted === 'prompt'))
    .map((row) => {
      const name = String(row.name);
      const title = titleOf(row);
      return { name, label: title === name || isMadeUp(name) ? title : `${title} (${name})` };
    })
    .sort((a, b) => a.label.localeCompare(b.label));
}
