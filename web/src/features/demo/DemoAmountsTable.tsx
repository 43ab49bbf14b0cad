import { useTranslation } from 'react-i18next';

import type { DemoAmounts } from '../../api/types';
import './remove.css';

const rows = ['users', 'devices', 'queues', 'numbers', 'menus', 'ring_groups', 'pauses', 'calls', 'recordings'] as const;

/// How many of each go and stay; kinds of which there are none are left out.
export function DemoAmountsTable({ goes, stays }: { goes: DemoAmounts; stays: DemoAmounts }) {
  const { t } = useTranslation();
  return (
    <table className="lk-remove__amounts">
      <thead>
        <tr>
          <th scope="col">{t('remove_demo.kind')}</th>
          <th scope="col">{t('remove_demo.goes_head')}</th>
          <th scope="col">{t('remove_demo.stays_head')}</th>
        </tr>
      </thead>
      <tbody>
        {rows
          .filter((row) => goes[row] + stays[row] > 0)
          .map((row) => (
            <tr key={row}>
              <th scope="row">{t(`remove_demo.${row}`)}</th>
              <td>{goes[row]}</td>
              <td>{stays[row]}</td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}
