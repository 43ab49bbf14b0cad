// The new password, the word that confirms, and the deed.
import { Button, Checkbox, PasswordInput, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { ApiError } from '../../api/errors';
import { got, live } from '../../api/http';
import { stopPhone } from '../../phone';
import { Action } from '../../ui/Action';
import { useFirstWrong } from '../../ui/useFirstWrong';
import { refusalText } from '../work/useDeed';
import { leaveDemo } from './DemoGone';

interface Props {
  administrator: string;
  callsNow: number;
  onClose: () => void;
  onRefused: () => void;
}

export function RemoveForm({ administrator, callsNow, onClose, onRefused }: Props) {
  const { t } = useTranslation();
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [confirm, setConfirm] = useState('');
  const [endCalls, setEndCalls] = useState(false);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [failure, setFailure] = useState('');
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useFirstWrong(form, errors);
  const wrong = () => {
    const found: Record<string, string> = {};
    if (!password) found.password = t('remove_demo.password_missing');
    else if (again !== password) found.again = t('remove_demo.password_differs');
    if (confirm.trim().toLowerCase() !== t('remove_demo.word')) found.confirm = t('remove_demo.confirm_wrong');
    if (callsNow > 0 && !endCalls) found.calls = t('remove_demo.calls_wrong');
    return found;
  };
  const showErrors = (found: Record<string, string>, text = '') => {
    setErrors(found);
    setFailure(text);
  };
  const remove = async () => {
    if (busy) return;
    const found = wrong();
    showErrors(found);
    if (Object.keys(found).length > 0) return;
    setBusy(true);
    try {
      const body = { password, confirm, end_calls: endCalls };
      const answer = await got(live.POST('/api/live/demo/remove', { body }));
      stopPhone(true);
      leaveDemo(answer);
    } catch (error) {
      const fields = error instanceof ApiError ? error.fields : {};
      showErrors(fields, Object.keys(fields).length > 0 ? '' : refusalText(error, t('error.failed')));
      onRefused();
    } finally {
      setBusy(false);
    }
  };
  const field = (name: string) => ({ error: errors[name], 'aria-invalid': errors[name] ? true : undefined });
  const toggle = { 'aria-label': t('sign_in.show_password') };
  return (
    <form
      ref={form}
      className="lk-stack lk-loose"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void remove();
      }}
    >
      {callsNow > 0 && (
        <Checkbox
          label={t('remove_demo.end_calls', { count: callsNow })}
          description={t('remove_demo.end_calls_hint')}
          checked={endCalls}
          error={errors.calls}
          aria-invalid={errors.calls ? true : undefined}
          onChange={(event) => setEndCalls(event.currentTarget.checked)}
        />
      )}
      <PasswordInput
        {...field('password')}
        label={t('remove_demo.password', { name: administrator })}
        description={t('remove_demo.password_hint')}
        autoComplete="new-password"
        value={password}
        visibilityToggleButtonProps={toggle}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <PasswordInput
        {...field('again')}
        label={t('remove_demo.again')}
        autoComplete="new-password"
        value={again}
        visibilityToggleButtonProps={toggle}
        onChange={(event) => setAgain(event.currentTarget.value)}
      />
      <TextInput
        {...field('confirm')}
        label={t('remove_demo.confirm', { word: t('remove_demo.word') })}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        value={confirm}
        onChange={(event) => setConfirm(event.currentTarget.value)}
      />
      {failure && (
        <p role="alert" className="lk-chip lk-tone-danger lk-note">
          {failure}
        </p>
      )}
      <button type="submit" hidden />
      <div className="lk-row">
        <Action variant="danger" busy={busy} onClick={() => void remove()}>
          {t('remove_demo.remove')}
        </Action>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        {busy && (
          <span role="status" className="lk-muted">
            {t('remove_demo.busy')}
          </span>
        )}
      </div>
    </form>
  );
}
