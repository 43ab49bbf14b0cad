// What opens beside a list: a dialog at the right edge, closed by Esc, by its cross or beside it.
import { CloseButton, Drawer } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  opened: boolean;
  onClose: () => void;
  title: string;
  left?: boolean;
  children: ReactNode;
}

export function Side({ opened, onClose, title, left, children }: Props) {
  const { t } = useTranslation();
  return (
    <Drawer.Root
      opened={opened}
      onClose={onClose}
      position={left ? 'left' : 'right'}
      size={left ? 340 : 520}
      lockScroll={false}
    >
      <Drawer.Overlay backgroundOpacity={0.35} />
      <Drawer.Content aria-label={title}>
        <Drawer.Body>
          <div className="lk-row lk-side__head">
            <h2 className="lk-grow lk-cut">{title}</h2>
            <CloseButton aria-label={t('common.close')} onClick={onClose} />
          </div>
          {children}
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}
