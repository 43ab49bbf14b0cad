// Signing in and out. The token lives in a cookie that scripts cannot read.
import { ApiError } from './errors';
import { ask } from './http';
import { deeds } from './live';

export interface Who {
  version: string;
  demo: boolean;
  user: { name: string; title: string; role: { name: string; title: string } | null } | null;
}

interface WhoAnswer {
  result: { version?: string; demo?: boolean; user: Who['user'] };
}

/// Who the cookie says we are. A cookie that is no longer good counts as nobody.
export async function who(): Promise<Who> {
  try {
    const { result } = await ask<WhoAnswer>('GET', '/api/v6/whoim.json');
    return { version: result.version ?? '', demo: result.demo ?? false, user: result.user };
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) {
      return { version: '', demo: false, user: null };
    }
    throw error;
  }
}

export async function signIn(username: string, password: string): Promise<void> {
  await ask('POST', '/api/v6/login.json', { username, password });
}

export async function signOut(): Promise<void> {
  await deeds.logOut().catch(() => {});
  await ask('DELETE', '/api/v6/login.json').catch(() => {});
}

/// Texts of the server follow this cookie.
export function sendLanguage(language: string): void {
  const secure = location.protocol === 'https:' ? '; Secure' : '';
  document.cookie = `lang=${language}; Path=/; Max-Age=31536000; SameSite=Strict${secure}`;
}
