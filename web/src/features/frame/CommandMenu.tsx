// Ctrl+K: a few letters lead to a page, a person, a queue, somebody's calls, or dial a number.
import { TextInput } from '@mantine/core';
import { IconArrowRight, IconPhone } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';

import { useLive } from '../../live';
import { phone } from '../../ui/format';
import { dial } from '../work/dial';
import { openMenu } from '../work/menus';
import { useDeed } from '../work/useDeed';
import { matching, numberIn, type Command } from './commands';
import { useManaged } from './Nav';
import './commands.css';

const shownMost = 12;
const pages = [
  ['/', 'desk'],
  ['/calls', 'calls'],
  ['/realtime', 'realtime'],
  ['/statistics', 'statistics'],
  ['/settings', 'settings'],
  ['/help', 'help'],
] as const;

/// Everything that can be found, nearest first.
function useCommands(): Command[] {
  const { t } = useTranslation();
  const me = useLive((live) => live.me);
  const users = useLive((live) => live.users);
  const queues = useLive((live) => live.queues);
  const managed = useManaged();
  return useMemo(() => {
    const manages = managed.length > 0;
    const place = (to: string, title: string, words: string): Command => ({ do: 'go', to, title, words, hint: t('commands.page') });
    return [
      ...pages.map(([to, key]) => place(to, t(`nav.${key}`), t(`synonyms.${key}`))),
      ...Object.values(users)
        .filter((user) => user.name !== me?.user.name && user.extension)
        .map((user): Command => ({ do: 'call', number: user.extension, title: user.title, hint: t('commands.call', { number: user.extension }) })),
      ...Object.values(queues).map((queue): Command => ({
        do: 'go',
        to: `/calls?queue=${queue.name}`,
        title: `${queue.title} ${queue.name}`,
        hint: t('commands.calls_of_queue'),
      })),
      ...(manages ? [place('/manage', t('nav.manage'), t('synonyms.manage')), ...managed.map(({ resource }) => place(`/manage/${resource}`, t(`manage.${resource}.title`), t(`synonyms.${resource === 'settings' ? 'manage_settings' : resource}`)))] : []),
      ...(manages
        ? Object.values(queues).map((queue): Command => ({
            do: 'go',
            to: `/manage/queues?edit=${queue.name}`,
            title: `${queue.title} ${queue.name}`,
            hint: t('commands.set_up'),
          }))
        : []),
    ];
  }, [t, me, users, queues, managed.map(({ resource }) => resource).join()]);
}

/// Who closes it without having gone elsewhere is led back to where they were.
function useGiveBack(box: RefObject<HTMLElement | null>) {
  const before = useRef(document.activeElement);
  useLayoutEffect(() => {
    const here = box.current;
    return () => {
      if (here?.contains(document.activeElement) && before.current instanceof HTMLElement) before.current.focus();
    };
  }, [box]);
}

/// Not modal, so that an offer that comes meanwhile can be taken.
export function CommandMenu() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { run } = useDeed();
  const all = useCommands();
  const list = useId();
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const number = numberIn(typed);
  const found: Command[] = [
    ...(number
      ? ([
          { do: 'call', number, title: phone(number), hint: t('commands.dial') },
          { do: 'go', to: `/calls?number=${encodeURIComponent(number)}`, title: phone(number), hint: t('commands.calls_of_number') },
        ] as Command[])
      : []),
    ...matching(all, typed, shownMost),
  ];
  const chosen = Math.min(at, found.length - 1);
  const obey = (command: Command | undefined) => {
    if (!command) return;
    openMenu(null);
    if (command.do === 'go') void navigate({ href: command.to });
    else void run('call', () => dial(command.number));
  };
  const onKey = (event: KeyboardEvent) => {
    const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Enter') obey(found[chosen]);
    else if (way && found.length > 0) setAt((chosen + way + found.length) % found.length);
    else return;
    event.preventDefault();
  };
  const box = useRef<HTMLDivElement>(null);
  useGiveBack(box);
  useEffect(() => {
    const onPointer = (event: PointerEvent) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) openMenu(null);
    };
    addEventListener('pointerdown', onPointer);
    return () => removeEventListener('pointerdown', onPointer);
  }, []);
  return (
    <div
      ref={box}
      role="dialog"
      aria-label={t('commands.title')}
      className="lk-commands-box"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        // Only this: what lies beneath stays open.
        event.preventDefault();
        openMenu(null);
      }}
      onBlur={(event) => {
        if (event.relatedTarget && !box.current?.contains(event.relatedTarget)) openMenu(null);
      }}
    >
      <TextInput
        // At once: letters typed right after the key belong here.
        autoFocus
        role="combobox"
        aria-label={t('commands.title')}
        aria-expanded
        aria-controls={list}
        aria-activedescendant={found.length > 0 ? `${list}-${chosen}` : undefined}
        autoComplete="off"
        placeholder={t('commands.placeholder')}
        value={typed}
        onKeyDown={onKey}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setAt(0);
        }}
      />
      <ul id={list} role="listbox" aria-label={t('commands.title')} className="lk-bare lk-commands">
        {found.map((command, i) => (
          <li
            key={`${command.title} ${command.hint}`}
            id={`${list}-${i}`}
            role="option"
            aria-selected={i === chosen}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => obey(command)}
          >
            {command.do === 'call' ? <IconPhone size={16} aria-hidden /> : <IconArrowRight size={16} aria-hidden />}
            <span className="lk-grow lk-cut">{command.title}</span>
            <span className="lk-muted lk-small">{command.hint}</span>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className="lk-muted lk-commands__none">{t('common.no_hit')}</p>}
    </div>
  );
}
