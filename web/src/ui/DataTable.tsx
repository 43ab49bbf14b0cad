// The one table: dense rows, sorting by header, rows drawn only where they are seen. It is a real
// <table> with aria-rowcount, so that a screen reader knows of the rows that are not drawn. J and K
// go through rows that can be opened.
import { createSortedRowModel, rowSortingFeature, tableFeatures, useTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, type ReactNode } from 'react';

import { HeadCell } from './HeadCell';
import './table.css';
import { useRowKeys } from './useRowKeys';

export interface Column<T> {
  id: string;
  title: ReactNode;
  /// What sorting compares; a column without it is not sorted.
  value?: (row: T) => string | number | null;
  cell: (row: T) => ReactNode;
  width?: number | string;
  numeric?: boolean;
  /// Cut where there is no room, and whole when pointed at.
  shrinks?: boolean;
}

export interface TableSort {
  id: string;
  descending: boolean;
}

interface Props<T> {
  label: string;
  rows: T[];
  columns: Column<T>[];
  rowKey: (row: T) => string;
  onOpen?: (row: T) => void;
  selected?: string;
  /// All rows there are, when `rows` is one page of them.
  total?: number;
  foot?: ReactNode;
  /// The order that the rows come in, when the server sorts them: a page cannot.
  sort?: TableSort;
  onSort?: (sort: TableSort) => void;
  /// Scrolled to the top when this changes: another page, another order.
  page?: string | number;
}

const features = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
});

/// A row is 2rem high, in the browser's own letters.
const rowHeight = () => 2 * (Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16);

const collator = new Intl.Collator(undefined, { numeric: true });

function compare(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return collator.compare(String(a ?? ''), String(b ?? ''));
}

function Cell<T>({ column, row }: { column: Column<T>; row: T }) {
  const shown = column.cell(row);
  return (
    <td
      className={column.numeric ? 'lk-num' : column.shrinks ? 'lk-shrinks' : undefined}
      title={column.shrinks && typeof shown === 'string' ? shown : undefined}
    >
      {shown}
    </td>
  );
}

export function DataTable<T extends object>(props: Props<T>) {
  const { label, rows, columns, rowKey, onOpen, selected, total, foot, sort, onSort, page } = props;
  const definitions = useMemo(
    () =>
      columns.map((column) => ({
        id: column.id,
        accessorFn: (row: T) => column.value?.(row) ?? null,
        enableSorting: column.value !== undefined && onSort === undefined,
        sortFn: (
          a: { getValue: (id: string) => unknown },
          b: { getValue: (id: string) => unknown },
          id: string,
        ) => compare(a.getValue(id), b.getValue(id)),
      })),
    [columns, onSort],
  );
  const table = useTable({ features, columns: definitions, data: rows, getRowId: rowKey });
  const shown = table.getRowModel().rows;
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: rowHeight,
    overscan: 12,
    initialRect: { width: 1000, height: 800 },
  });
  useEffect(() => {
    scroller.current?.scrollTo({ top: 0 });
  }, [page]);
  useRowKeys({
    keys: shown.map((row) => row.id),
    selected,
    scrollTo: (index) => virtual.scrollToIndex(index),
    scroller,
    open: onOpen && ((index) => shown[index] && onOpen(shown[index].original)),
  });
  const items = virtual.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  const headers = table.getHeaderGroups()[0]?.headers ?? [];
  return (
    <div className="lk-table" ref={scroller} tabIndex={0} role="group" aria-label={label}>
      <table aria-rowcount={(total ?? shown.length) + 1} aria-label={label}>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column, i) => {
              const own = headers[i]?.column;
              const here = sort?.id === column.id;
              const sorted = onSort ? here && (sort.descending ? 'desc' : 'asc') : (own?.getIsSorted() ?? false);
              // The newest, longest and most come first at the first press.
              const next = here ? !sort.descending : column.numeric === true || column.id === 'entered';
              const toggle = onSort ? () => onSort({ id: column.id, descending: next }) : own?.getToggleSortingHandler();
              return (
                <HeadCell key={column.id} column={column} sorted={sorted} onSort={column.value && toggle} />
              );
            })}
          </tr>
        </thead>
        <tbody>
          {before > 0 && <tr aria-hidden style={{ height: before }} />}
          {items.map((item) => {
            const row = shown[item.index];
            if (!row) return null;
            return (
              <tr
                key={row.id}
                aria-rowindex={item.index + 2}
                data-row={item.index}
                data-selected={row.id === selected || undefined}
                data-opens={onOpen ? true : undefined}
                onClick={onOpen ? () => onOpen(row.original) : undefined}
              >
                {columns.map((column) => (
                  <Cell key={column.id} column={column} row={row.original} />
                ))}
              </tr>
            );
          })}
          {after > 0 && <tr aria-hidden style={{ height: after }} />}
        </tbody>
        {foot && <tfoot>{foot}</tfoot>}
      </table>
    </div>
  );
}
