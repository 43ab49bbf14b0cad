// My own password: the present one is asked for. The server ends all sessions, so we sign in anew.
import { PasswordInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';

import { ApiError } from '../../api/errors';
import { ask } from '../../api/http';
import { signIn } from '../../api/session';
import { restartLive } from '../../live';
import { Action } from '../../ui/Action';
import { toast } from '../../ui/toasts';
import { refusalText } from '../work/useDeed';

export function OwnPassword({ user }: { user: string }) {
  const { t } = useTranslation();
  const [present, setPresent] = useState('');
  const [next, setNext] = useState('');
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);
  const missing = present === '' || next === '' ? t('settings.password_missing') : undefined;
  const change = async () => {
    if (missing || busy) return;
    setBusy(true);
    setErrors({});
    try {
      await ask('POST', '/api/live/me/password', { password: present, new_password: next });
      await signIn(user, next);
      restartLive();
      setPresent('');
      setNext('');
      toast(t('settings.password_changed'), '', false);
    } catch (error) {
      const fields = error instanceof ApiError ? error.fields : {};
      setErrors(fields);
      if (Object.keys(fields).length === 0) toast(t('error.refused'), refusalText(error, t('error.failed')), true);
    } finally {
      setBusy(false);
    }
  };
  const toggle = { 'aria-label': t('sign_in.show_password') };
  return (
    <form
      className="lk-stack"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void change();
      }}
    >
      <PasswordInput
        label={t('settings.password_present')}
        autoComplete="current-password"
        value={present}
        error={errors.password}
        visibilityToggleButtonProps={toggle}
        onChange={(event) => setPresent(event.currentTarget.value)}
      />
      <PasswordInput
        label={t('settings.password_new')}
        description={t('settings.password_rule')}
        autoComplete="new-password"
        value={next}
        error={errors.new_password}
        visibilityToggleButtonProps={toggle}
        onChange={(event) => setNext(event.currentTarget.value)}
      />
      <button type="submit" hidden />
      <div>
        <Action because={missing} busy={busy} onClick={() => void change()}>
          {t('settings.password_change')}
        </Action>
      </div>
    </form>
  );
}
