import { Button, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { Action } from './Action';
import { number } from './format';

interface Props {
  page: number;
  pages: number;
  go: (page: number) => void;
}

/// One page back or on, or any by its number.
export function Pages({ page, pages, go }: Props) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(String(page));
  useEffect(() => setTyped(String(page)), [page]);
  const wanted = Math.min(pages, Math.max(1, Math.floor(Number(typed)) || page));
  return (
    <nav className="lk-row" aria-label={t('common.pages')}>
      <Action because={page <= 1 ? t('calls.first_page') : undefined} onClick={() => go(page - 1)}>
        {t('common.previous')}
      </Action>
      <form
        className="lk-row"
        onSubmit={(event) => {
          event.preventDefault();
          go(wanted);
        }}
      >
        <TextInput
          aria-label={t('calls.page_number')}
          inputMode="numeric"
          w={64}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <span>{t('calls.of_pages', { pages: number(pages) })}</span>
        {wanted !== page && <Button type="submit">{t('calls.go')}</Button>}
      </form>
      <Action because={page >= pages ? t('calls.last_page') : undefined} onClick={() => go(page + 1)}>
        {t('common.next')}
      </Action>
    </nav>
  );
}
