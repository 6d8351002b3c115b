import type { ComponentType } from 'react';

/** The page that compares runs, if this build has it. */
const found = import.meta.glob<{ ComparePage: ComponentType }>('../compare/ComparePage.tsx');

export const loadCompare = Object.values(found)[0];
export const hasCompare = loadCompare !== undefined;
