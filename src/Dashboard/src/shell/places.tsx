import { type ComponentType, lazy } from 'react';
import { RunsPage } from '../runs/RunsPage';
import { text } from '../text/text';

/** One kind of page: its addresses, what shows it, and its place in the navigation, if it has one. */
export interface Place {
  /** Matches the path; its first group, if it has one, is the id of what the page shows. */
  readonly pattern: RegExp;
  readonly Page: ComponentType<{ id: string }>;
  readonly entry?: { readonly href: string; readonly label: string };
}

const RunPage = lazy(() => import('../run/RunPage').then((module) => ({ default: module.RunPage })));
const NewRunPage = lazy(() => import('../newRun/NewRunPage').then((module) => ({ default: module.NewRunPage })));
const ComparePage = lazy(() => import('../compare/ComparePage').then((module) => ({ default: module.ComparePage })));
const ReplayPage = lazy(() => import('../replay/ReplayPage').then((module) => ({ default: module.ReplayPage })));
const SystemPage = lazy(() => import('../system/SystemPage').then((module) => ({ default: module.SystemPage })));

/** The pages. Each but the first view is a chunk of its own. */
export const places: readonly Place[] = [
  { pattern: /^\/(?:runs\/?)?$/, Page: RunsPage, entry: { href: '/', label: text.nav.runs } },
  { pattern: /^\/runs\/([^/]+)\/?$/, Page: RunPage },
  { pattern: /^\/new\/?$/, Page: NewRunPage, entry: { href: '/new', label: text.nav.newRun } },
  { pattern: /^\/compare\/?$/, Page: ComparePage, entry: { href: '/compare', label: text.nav.compare } },
  { pattern: /^\/replay\/?$/, Page: ReplayPage },
  { pattern: /^\/system\/?$/, Page: SystemPage, entry: { href: '/system', label: text.nav.system } },
];

/** The page at a path, with the id in the path. */
export function findPlace(path: string): { place: Place; id: string } | null {
  for (const place of places) {
    const match = place.pattern.exec(path);
    if (match !== null) {
      return { place, id: decodeURIComponent(match[1] ?? '') };
    }
  }
  return null;
}

/** Whether the path belongs to an entry of the navigation: to its page, or to one below it. */
export const isWithin = (href: string, path: string): boolean =>
  href === '/' ? path === '/' || path.startsWith('/runs') : path === href || path.startsWith(`${href}/`);
