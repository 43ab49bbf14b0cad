import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { MouseEvent, ReactNode } from 'react';

interface Props {
  column: { title: ReactNode; width?: number | string; numeric?: boolean };
  sorted: 'asc' | 'desc' | false;
  onSort?: ((event: MouseEvent) => void) | undefined;
}

/// A heading, a button if its column can be sorted.
export function HeadCell({ column, sorted, onSort }: Props) {
  return (
    <th
      scope="col"
      style={{ width: column.width }}
      className={column.numeric ? 'lk-num' : undefined}
      aria-sort={sorted === 'asc' ? 'ascending' : sorted === 'desc' ? 'descending' : undefined}
    >
      {onSort ? (
        <button type="button" className="lk-table__sort" onClick={onSort}>
          {column.title}
          {sorted === 'asc' && <IconArrowUp size={12} aria-hidden />}
          {sorted === 'desc' && <IconArrowDown size={12} aria-hidden />}
        </button>
      ) : (
        column.title
      )}
    </th>
  );
}
