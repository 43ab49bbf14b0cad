// Numbers in rows and columns, each row under its name and each number under that of its column.
export type Matrix = Record<string, Record<string, number | null>>;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/// The same while it is filled in: what is typed into a cell may be no number yet.
export type Table = Record<string, Record<string, number | string | null>>;

export const isTable = (value: unknown): value is Table =>
  isObject(value) && Object.keys(value).length > 0 && Object.values(value).every(isObject);

export const isMatrix = (value: unknown): value is Matrix =>
  isTable(value) && Object.values(value).every((row) => Object.values(row).every((cell) => cell === null || typeof cell === 'number'));

/// "calls: calls 1, chats 2; chats: …".
export const matrixText = (value: Matrix, choice: (name: string) => string): string =>
  Object.entries(value)
    .map(([row, cells]) => {
      const said = Object.entries(cells).map(([column, cell]) => `${choice(column)} ${cell ?? '–'}`);
      return `${choice(row)}: ${said.join(', ')}`;
    })
    .join('; ');
