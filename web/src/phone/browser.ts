// A name for this browser, the same in all its tabs and after a reload. With it the server lets a tab
// follow another one that it still believes to be there: closed a moment ago, or cut off with the
// network. Without locks tabs cannot settle who is the phone, so each has a name of its own.
const key = 'linka.browser';

export function browserName(): string {
  const storage = 'locks' in navigator ? localStorage : sessionStorage;
  const known = storage.getItem(key);
  if (known) return known;
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const name = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  storage.setItem(key, name);
  return name;
}
