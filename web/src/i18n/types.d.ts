import type { cs } from './cs';
import type { more } from './cs.more';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof cs & typeof more };
  }
}
