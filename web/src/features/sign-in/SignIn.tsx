// The way in: name, password, language, theme, and help with the certificate.
import { PasswordInput, TextInput } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { ApiError } from '../../api/errors';
import { signIn } from '../../api/session';
import { unlockSound } from '../../phone';
import { Action } from '../../ui/Action';
import { sentence } from '../../ui/format';
import { Logo } from '../../ui/Logo';
import { DemoGone } from '../demo/DemoGone';
import { whoQuery } from '../work/session';
import { LanguageSwitch, ThemeSwitch } from '../work/Switches';
import { DemoUsers } from './DemoUsers';
import './sign-in.css';

/// Set once somebody has signed in here: then the installation is no new one.
const knownKey = 'linka.signed_in';

export function SignIn() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { to } = useSearch({ from: '/login' });
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [failure, setFailure] = useState('');
  const [busy, setBusy] = useState(false);
  const server = useQuery(whoQuery);
  const enter = async () => {
    setBusy(true);
    setFailure('');
    void unlockSound();
    try {
      await signIn(name.trim(), password);
      localStorage.setItem(knownKey, '1');
      await client.fetchQuery({ ...whoQuery, staleTime: 0 });
      await navigate({ to: to ?? '/' });
    } catch (error) {
      const known = error instanceof ApiError ? error : null;
      if (known?.status === 0) setFailure(`${t('error.offline')}. ${t('error.offline_hint')}`);
      else if (known?.retryAfter) setFailure(`${sentence(known.message)} ${t('sign_in.wait', { seconds: known.retryAfter })}`);
      else setFailure(known?.message || t('error.failed'));
      document.getElementById('password')?.focus();
    } finally {
      setBusy(false);
    }
  };
  const missing = !name.trim() || !password ? t('sign_in.fill_in') : undefined;
  return (
    <div className="lk-sign">
      <main className="lk-sign__box">
        <div className="lk-row">
          <Logo size={36} />
          <h1 className="lk-grow">Linka</h1>
        </div>
        <p className="lk-muted">{t('sign_in.lead', { host: location.host })}</p>
        <DemoGone />
        <form
          className="lk-stack lk-loose"
          onSubmit={(event) => {
            event.preventDefault();
            if (!missing) void enter();
          }}
        >
          <TextInput
            size="sm"
            id="username"
            label={t('sign_in.name')}
            autoComplete="username"
            autoCapitalize="none"
            autoFocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <PasswordInput
            size="sm"
            id="password"
            label={t('sign_in.password')}
            autoComplete="current-password"
            value={password}
            error={failure || undefined}
            onChange={(event) => setPassword(event.currentTarget.value)}
            visibilityToggleButtonProps={{ 'aria-label': t('sign_in.show_password') }}
          />
          <button type="submit" hidden />
          <Action size="sm" variant="filled" busy={busy} because={missing} onClick={() => void enter()}>
            {t('sign_in.enter')}
          </Action>
        </form>
        {server.data?.demo && (
          <DemoUsers
            choose={(chosen, secret) => {
              setName(chosen);
              setPassword(secret);
              setFailure('');
            }}
          />
        )}
        {server.data?.demo === false && localStorage.getItem(knownKey) === null && (
          <details className="lk-small">
            <summary>{t('sign_in.new')}</summary>
            <p>{t('sign_in.new_about')}</p>
          </details>
        )}
        <div className="lk-row lk-wrap">
          <LanguageSwitch />
          <ThemeSwitch />
        </div>
        <div className="lk-row lk-wrap">
          <a className="lk-sign__shield lk-grow" href="/certificate">
            <IconShieldCheck size={16} aria-hidden />
            {t('sign_in.certificate')}
          </a>
          {server.data?.version && <span className="lk-small lk-muted">Linka {server.data.version}</span>}
        </div>
      </main>
    </div>
  );
}
