// A deed that cannot be undone asks once more, in the same button. Neither a double click nor a key held down goes
// through: the second press is one of its own.
import { useEffect, useState, type ComponentProps } from 'react';

import { Action } from './Action';

type Props = Omit<ComponentProps<typeof Action>, 'children' | 'onClick'> & {
  first: string;
  second: string;
  run: () => unknown;
  /// Told when it asks, and when it no longer does.
  onAsk?: (asked: boolean) => void;
};

export function Sure({ first, second, run, onAsk, ...rest }: Props) {
  const [asked, setAsked] = useState(false);
  const armed = asked && !rest.because;
  useEffect(() => onAsk?.(armed), [onAsk, armed]);
  return (
    <span
      onBlur={() => setAsked(false)}
      onKeyDown={(event) => event.repeat && event.preventDefault()}
      onClickCapture={(event) => event.detail > 1 && event.stopPropagation()}
    >
      <Action
        {...rest}
        variant={armed ? 'danger' : rest.variant}
        onClick={() => {
          if (armed) void Promise.resolve(run()).then(() => setAsked(false));
          else setAsked(true);
        }}
      >
        {armed ? second : first}
      </Action>
    </span>
  );
}
