// A menu with nothing in it: what would be there, and the way to it for whoever may go it.
import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useContext } from 'react';
import { useTranslation } from 'react-i18next';

import { useMay } from '../../live';
import { Fixes } from '../../ui/Reasons';
import { openMenu } from '../work/menus';

interface Props {
  of: 'no_device' | 'no_inbound_queue' | 'pause';
  /// What others read, who cannot make it.
  children: string;
  /// What whoever can make it reads.
  admin: string;
}

export function NoneYet({ of, children, admin }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const fixes = useContext(Fixes);
  const may = useMay();
  const pause = {
    label: t('fix.make_pause'),
    run: () => void navigate({ to: '/manage/$resource', params: { resource: 'pauses' }, search: { edit: '+' } }),
  };
  const makes = of === 'pause' && may('pauses', 'create') ? [pause] : [];
  const ways = of === 'pause' ? makes : fixes.of({ code: of, text: '', fix: '', subjects: [] });
  if (ways.length === 0) return <p className="lk-muted">{children}</p>;
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
