// Imports go one way: app → features → (live, phone) → ui → i18n → api. A feature knows itself and
// the shared ones (`shared` below). Colours are named in ui/ only, and no file grows beyond 200 lines.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../src');
const rank = { app: 5, features: 4, live: 3, phone: 3, ui: 2, i18n: 2, api: 1 };
const linesMost = 200;
const rawColour = /(['"`:\s])#[0-9a-f]{3}([0-9a-f]{3})?\b|\b(rgba?|hsla?)\(/i;
const faults = [];

const files = readdirSync(root, { recursive: true })
  .map(String)
  .filter((name) => /\.(tsx?|css)$/.test(name) && !name.endsWith('.d.ts'));

const shared = new Set(['work', 'frame', 'demo', 'setup']);

function mayImport(from, to) {
  const [layer, feature] = from.split('/');
  const [target, other] = to.split('/');
  if (layer === target) return layer !== 'features' || feature === other || shared.has(other);
  if (layer === 'live' && target === 'phone') return false;
  if (layer === 'phone' && target === 'live') return false;
  if (target === 'i18n') return layer === 'features' || layer === 'app';
  if (layer === 'i18n') return target === 'api' || target === 'ui';
  return rank[target] < rank[layer];
}

for (const name of files) {
  const text = readFileSync(join(root, name), 'utf8');
  const lines = text.split('\n').length - 1;
  if (lines > linesMost && !name.startsWith('i18n/')) {
    faults.push(`${name}: ${lines} lines, at most ${linesMost}`);
  }
  if (!name.startsWith('ui/') && rawColour.test(text)) {
    faults.push(`${name}: a raw colour; name a token of ui/tokens.css instead`);
  }
  for (const [, target] of text.matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)) {
    const to = relative(root, resolve(root, dirname(name), target));
    if (!to.includes('..') && !mayImport(name, to)) faults.push(`${name}: may not import ${to}`);
  }
}

for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exit(1);
console.log(`imports, colours and sizes of ${files.length} files are in order`);
