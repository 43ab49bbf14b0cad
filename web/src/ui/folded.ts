/// Small letters without their accents, so that "rehor" finds Řehoř.
export const folded = (text: string): string => text.normalize('NFD').replace(/\p{Mn}/gu, '').toLowerCase();
