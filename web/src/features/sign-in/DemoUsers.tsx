// Whom a visitor of the demo may be: their passwords are public. One click fills the form in.
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/// As docs/demo.md lists them: who shows most of what an agent, a manager and an administrator sees.
const people = [
  { name: 'frantisek', extension: 510, access: 'agent' },
  { name: 'jana', extension: 511, access: 'manager' },
  { name: 'admin', extension: 500, access: 'admin' },
] as const;

export function DemoUsers({ choose }: { choose: (name: string, password: string) => void }) {
  const { t } = useTranslation();
  return (
    <section className="lk-stack" aria-label={t('sign_in.demo')}>
      <h2>{t('sign_in.demo')}</h2>
      {people.map(({ name, extension, access }) => (
        <Button
          key={name}
          justify="space-between"
          rightSection={<span className="lk-muted lk-small">{t(`access.${access}`)}</span>}
          onClick={() => choose(name, `demo${extension}`)}
        >
          {name} · demo{extension}
        </Button>
      ))}
    </section>
  );
}
