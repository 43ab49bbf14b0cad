// A button that is never mute: while it cannot be pressed it stays focusable and says why.
import { ActionIcon, Button, Loader, Tooltip, type ButtonProps } from '@mantine/core';
import { useId, type ReactNode } from 'react';

import type { Blocker } from '../api/types';

type Variant = 'default' | 'filled' | 'subtle' | 'answer' | 'danger' | 'light';

interface Props {
  children: ReactNode;
  onClick: () => void;
  blockers?: Blocker[];
  /// A reason that the page itself knows, such as "still being sent".
  because?: string;
  busy?: boolean;
  icon?: ReactNode;
  variant?: Variant;
  size?: ButtonProps['size'];
  /// Icon only; the text becomes its name.
  compact?: boolean;
  pressed?: boolean;
  /// The key that does the same; the tooltip names it.
  shortcut?: string;
  /// A longer word for the tooltip of a button that has a text.
  hint?: string;
}

const nothing: Blocker[] = [];

export function Action(props: Props) {
  const { children, onClick, blockers = nothing, because, busy, icon, variant, compact } = props;
  const id = useId();
  const reason = because ?? blockers.map((blocker) => `${blocker.text} ${blocker.fix}`).join(' ');
  const disabled = reason !== '';
  const shared = {
    variant: variant ?? (compact ? 'subtle' : 'default'),
    'aria-disabled': disabled || undefined,
    'data-mute': disabled || undefined,
    'aria-describedby': disabled ? id : undefined,
    'aria-pressed': props.pressed,
    'aria-keyshortcuts': props.shortcut,
    // Not `loading`: that disables the button, and a disabled one loses the focus.
    'aria-busy': busy || undefined,
    onClick: () => {
      if (!disabled && !busy) onClick();
    },
  };
  const sign = busy ? <Loader size={14} color="currentColor" aria-hidden /> : icon;
  const button = compact ? (
    <ActionIcon {...shared} aria-label={typeof children === 'string' ? children : undefined}>
      {sign}
    </ActionIcon>
  ) : (
    <Button {...shared} size={props.size} leftSection={sign}>
      {children}
    </Button>
  );
  const said = compact ? children : props.hint;
  const named = said && props.shortcut ? `${typeof said === 'string' ? said : ''} (${props.shortcut})` : said;
  const muted = compact && typeof children === 'string' ? `${children}: ${reason}` : reason;
  const tip = disabled ? muted : (named ?? '');
  return (
    <>
      <Tooltip label={tip} disabled={tip === ''}>
        {button}
      </Tooltip>
      {disabled && (
        <span id={id} hidden>
          {reason}
        </span>
      )}
    </>
  );
}
