import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'];

/// Twelve keys; the physical ones work as well while the keypad has the focus.
export function Keypad({ onDigit }: { onDigit: (digit: string) => void }) {
  const { t } = useTranslation();
  const [sent, setSent] = useState('');
  const press = (digit: string) => {
    setSent((before) => (before + digit).slice(-20));
    onDigit(digit);
  };
  return (
    <div
      className="lk-stack"
      role="group"
      aria-label={t('strip.keypad')}
      onKeyDown={(event) => {
        if (keys.includes(event.key)) press(event.key);
      }}
    >
      <output className="lk-small lk-muted" aria-label={t('strip.digits_sent')}>
        {sent || t('strip.keypad_hint')}
      </output>
      <div className="lk-keypad">
        {keys.map((digit) => (
          <Button key={digit} size="sm" onClick={() => press(digit)}>
            {digit}
          </Button>
        ))}
      </div>
    </div>
  );
}
