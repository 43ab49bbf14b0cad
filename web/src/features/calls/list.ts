// The list behind a figure, as it stands in the address: which rows, of what, and how they are shown.
export type ListSearch = Record<string, string>;

/// Only plain values; what the conditions mean is checked when the question is made.
export function readList(raw: Record<string, unknown>): ListSearch {
  const out: ListSearch = {};
  for (const [name, value] of Object.entries(raw)) {
    if (['string', 'number', 'boolean'].includes(typeof value) && value !== '') out[name] = String(value);
  }
  return out;
}
