// A menu with nothing in it: what would be there, and for the administrator the way to it.
import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useContext } from 'react';
import { useTranslation } from 'react-i18next';

import type { Me } from '../../api/types';
import { Fixes } from '../../ui/Reasons';
import { openMenu } from '../work/menus';

interface Props {
  me: Me;
  of: 'no_device' | 'no_inbound_queue' | 'pause';
  /// What others read, who cannot make it.
  children: string;
  /// What the administrator reads.
  admin: string;
}

export function NoneYet({ me, of, children, admin }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const fixes = useContext(Fixes);
  if (me.user.access !== 'admin') return <p className="lk-muted">{children}</p>;
  const pause = {
    label: t('fix.make_pause'),
    run: () => void navigate({ to: '/manage/$resource', params: { resource: 'pauses' }, search: { edit: '+' } }),
  };
  const ways = of === 'pause' ? [pause] : fixes.of({ code: of, text: '', fix: '', subjects: [] });
  return (
    <>
      <p className="lk-muted">{admin}</p>
      {ways.map(({ label, run }) => (
        <Button
          key={label}
          onClick={() => {
            openMenu(null);
            run();
          }}
        >
          {label}
        </Button>
      ))}
    </>
  );
}
