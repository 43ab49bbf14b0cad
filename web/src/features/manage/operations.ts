// Fields of a form that say what somebody may do in a module each: which they are, and what goes with what.
import type { Field } from './kit';

const read = 'read';

const isOperations = (field: Field) => field.kind === 'choices' && field.name.startsWith('options.') && (field.choices ?? []).every((each) => ['read', 'create', 'update', 'remove'].includes(each));

/// The fields in their order, those that stand together in a table as one.
export function inTables(fields: readonly Field[]): Field[][] {
  const groups: Field[][] = [];
  for (const field of fields) {
    const last = groups.at(-1);
    if (last?.[0] && isOperations(last[0]) && isOperations(field)) last.push(field);
    else groups.push([field]);
  }
  return groups;
}

export const isTable = (group: readonly Field[]): boolean => group.length > 1;

/// What is chosen after `one` was pressed, of `offered`; what is not offered to this person stays. Who may change
/// something reads it; who does not read it does nothing with it.
export function toggled(offered: readonly string[], chosen: readonly string[], one: string): string[] {
  const on = !chosen.includes(one);
  const after = (each: string): boolean => {
    if (each === one) return on;
    if (on && each === read) return true;
    return chosen.includes(each) && (on || one !== read);
  };
  return [...chosen.filter((each) => !offered.includes(each)), ...offered.filter(after)];
}
