// A button of the bar with what it opens. Others may open it too, by its name.
import { Button, Popover } from '@mantine/core';
import type { ReactNode } from 'react';

import { openMenu, useShown, type MenuName } from '../work/menus';
import { useFocusBack } from './useFocusBack';

interface Props {
  name: Exclude<MenuName, null>;
  icon: ReactNode;
  label: string;
  /// Shown beside the icon where there is room.
  text?: string;
  /// Where there is little.
  short?: string;
  tone?: string;
  className?: string;
  children: ReactNode;
}

export function BarMenu({ name, icon, label, text, short, className, children }: Props) {
  const opened = useShown((shown) => shown.menu === name);
  const button = useFocusBack(opened);
  return (
    <Popover opened={opened} onChange={(open) => openMenu(open ? name : null)} withinPortal>
      <Popover.Target>
        <Button
          ref={button}
          variant="subtle"
          px={8}
          className={className}
          leftSection={icon}
          aria-label={text ? `${label}: ${text}` : label}
          title={text ? `${label}: ${text}` : label}
          aria-haspopup="dialog"
          onClick={() => openMenu(opened ? null : name)}
        >
          <span className="lk-wide">{text}</span>
          {short && <span className="lk-narrow lk-cut">{short}</span>}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={label}>
        <div className="lk-menu">{children}</div>
      </Popover.Dropdown>
    </Popover>
  );
}
