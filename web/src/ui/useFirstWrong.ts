// After a refused save the focus goes to the first field that is wrong, once the page shows it so.
import { useEffect, type RefObject } from 'react';

/** `errors` by field: each new, non-empty set moves the focus; the fields of `form` carry aria-invalid. */
export function useFirstWrong(form: RefObject<HTMLElement | null>, errors: Record<string, string>) {
  useEffect(() => {
    if (Object.keys(errors).length === 0) return;
    const wrong = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
    wrong?.focus();
    // With what is said below it.
    wrong?.closest('.mantine-InputWrapper-root')?.scrollIntoView({ block: 'nearest' });
  }, [form, errors]);
}
