// A menu with nothing in it: what would be there, and for the administrator the way to make it.
import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';

import type { Me } from '../../api/types';
import { openMenu } from '../work/menus';

interface Props {
  me: Me;
  resource: 'queues' | 'pauses' | 'sipDevices';
  /// What others read, who cannot make it.
  children: string;
  /// The button's and the reason's words for the administrator.
  admin: string;
  make: string;
}

export function NoneYet({ me, resource, children, admin, make }: Props) {
  const navigate = useNavigate();
  if (me.user.access !== 'admin') return <p className="lk-muted">{children}</p>;
  return (
    <>
      <p className="lk-muted">{admin}</p>
      <Button
        onClick={() => {
          openMenu(null);
          void navigate({ to: '/manage/$resource', params: { resource } });
        }}
      >
        {make}
      </Button>
    </>
  );
}
