// The questions that people ask, answered for the one who asks: from what the server says they can.
import { Button } from '@mantine/core';
import { IconCircleCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

import type { Ability, Me } from '../../api/types';
import { useLive } from '../../live';
import { usePhone } from '../../phone';
import { Reasons } from '../../ui/Reasons';
import { isOffered } from '../work/Readiness';
import { whoQuery } from '../work/session';
import { useQuery } from '@tanstack/react-query';
import './help.css';

const abilities: { key: 'outbound' | 'inbound' | 'web_answer' | 'auto_answer' | 'email' | 'chat'; ability: Ability }[] = [
  { key: 'inbound', ability: 'receive_calls' },
  { key: 'outbound', ability: 'call_out' },
  { key: 'web_answer', ability: 'answer_web' },
  { key: 'auto_answer', ability: 'auto_answer' },
  { key: 'email', ability: 'send_email' },
  { key: 'chat', ability: 'take_chat' },
];

const topics = ['practice', 'extension', 'user_type', 'rights', 'mobile', 'statistics', 'opus', 'certificate'] as const;

const keys = [
  ['F2', 'answer'],
  ['F4', 'hang_up'],
  ['Shift+F4', 'reject'],
  ['Ctrl+Enter', 'close'],
  ['J / K', 'next'],
  ['F8', 'mute'],
  ['F9', 'hold'],
  ['Alt+P', 'pauses'],
  ['Shift+F2', 'transfer'],
  ['Ctrl+K', 'commands'],
  ['G D', 'desk'],
  ['G A', 'calls'],
  ['G R', 'realtime'],
  ['G S', 'statistics'],
  ['G M', 'manage'],
  ['?', 'help'],
] as const;

function Live({ me }: { me: Me }) {
  const { t } = useTranslation();
  return (
    <div className="lk-faq">
      {abilities.filter(({ ability }) => isOffered(me.can[ability])).map(({ key, ability }) => {
        const may = me.can[ability];
        return (
          <section key={key} className="lk-card lk-stack" aria-label={t(`faq.${key}`)}>
            <h3>{t(`faq.${key}`)}</h3>
            {may.ok ? (
              <p className="lk-row">
                <IconCircleCheck size={16} className="lk-tick" aria-hidden />
                {t('faq.works')}
              </p>
            ) : (
              <Reasons blockers={may.blockers} />
            )}
          </section>
        );
      })}
    </div>
  );
}

function useDiagnostics(): string {
  const me = useLive((live) => live.me);
  const link = useLive((live) => live.link);
  const line = usePhone();
  const version = useQuery(whoQuery).data?.version;
  return [
    `Linka ${version ?? ''} · ${location.host}`,
    navigator.userAgent,
    `user ${me?.user.name ?? '–'} · ${me?.user.access ?? '–'} · state ${me?.state ?? '–'}`,
    `devices ${me?.devices.map((device) => `${device.name}${device.reachable ? '+' : '-'}`).join(' ') || '–'}`,
    `queues ${me?.queues.map((queue) => queue.name).join(' ') || '–'}`,
    `push ${link.up ? 'up' : 'down'} · phone ${line.status} · microphone ${line.microphone}`,
    ...Object.entries(me?.can ?? {}).map(
      ([name, may]) => `${name} ${may.ok ? 'ok' : may.blockers.map((blocker) => blocker.code).join(' ')}`,
    ),
  ].join('\n');
}

export function HelpPage() {
  const { t } = useTranslation();
  const me = useLive((live) => live.me);
  const diagnostics = useDiagnostics();
  const demo = useQuery(whoQuery).data?.demo ?? false;
  return (
    <div className="lk-page lk-help">
      <h1>{t('nav.help')}</h1>
      <section className="lk-stack" aria-labelledby="faq-now">
        <h2 id="faq-now">{t('faq.now')}</h2>
        {me && <Live me={me} />}
      </section>
      <section className="lk-stack" aria-labelledby="faq-topics">
        <h2 id="faq-topics">{t('faq.topics')}</h2>
        {topics.filter((topic) => topic !== 'practice' || demo).map((topic) => (
          <details key={topic} className="lk-card">
            <summary>{t(`faq.${topic}`)}</summary>
            <p>{t(`faq.${topic}_answer`)}</p>
            {topic === 'certificate' && (
              <p>
                <a href="/certificate">{t('sign_in.certificate')}</a>
              </p>
            )}
          </details>
        ))}
      </section>
      <section className="lk-stack" aria-labelledby="keys">
        <h2 id="keys">{t('keys.title')}</h2>
        <dl className="lk-facts lk-card">
          {keys.map(([key, name]) => (
            <div key={key} style={{ display: 'contents' }}>
              <dt>
                <kbd className="lk-kbd">{key}</kbd>
              </dt>
              <dd>{t(`keys.${name}`)}</dd>
            </div>
          ))}
        </dl>
      </section>
      <section className="lk-stack" aria-labelledby="diagnostics">
        <h2 id="diagnostics">{t('faq.diagnostics')}</h2>
        <p className="lk-muted">{t('faq.diagnostics_about')}</p>
        <pre className="lk-card lk-small" tabIndex={0}>
          {diagnostics}
        </pre>
        <div>
          <Button
            leftSection={<IconCopy size={16} aria-hidden />}
            onClick={() => void navigator.clipboard.writeText(diagnostics)}
          >
            {t('common.copy')}
          </Button>
        </div>
      </section>
    </div>
  );
}
