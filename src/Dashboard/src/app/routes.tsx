import { type ComponentType, lazy } from 'react';
import { HomePage } from '../home/HomePage';
import { text } from '../text/text';

/** A page: its paths, its component, and its entry in the navigation, if it has one. */
export interface Route {
  /** Matches the path; its first group, if any, is the id of the resource shown. */
  readonly pattern: RegExp;
  readonly Page: ComponentType<{ id: string }>;
  /** The entry that is the current one on a page whose address is not below it. */
  readonly within?: string;
  readonly entry?: {
    readonly href: string;
    readonly label: string;
    /** Offered only to those who may do this. */
    readonly needs?: 'submit' | 'tokens';
  };
}

const RunsPage = lazy(() => import('../runs/RunsPage').then((module) => ({ default: module.RunsPage })));
const RunPage = lazy(() => import('../run/RunPage').then((module) => ({ default: module.RunPage })));
const ForwardPage = lazy(() => import('../forward/ForwardPage').then((module) => ({ default: module.ForwardPage })));
const NewRunPage = lazy(() => import('../newRun/NewRunPage').then((module) => ({ default: module.NewRunPage })));
const ComparePage = lazy(() => import('../compare/ComparePage').then((module) => ({ default: module.ComparePage })));
const StudiesPage = lazy(() => import('../studies/StudiesPage').then((module) => ({ default: module.StudiesPage })));
const StudyPage = lazy(() => import('../studies/StudyPage').then((module) => ({ default: module.StudyPage })));
const PlaygroundPage = lazy(() =>
  import('../playground/PlaygroundPage').then((module) => ({ default: module.PlaygroundPage })),
);
const LessonsPage = lazy(() => import('../lessons/LessonsPage').then((module) => ({ default: module.LessonsPage })));
const LessonPage = lazy(() => import('../lessons/LessonPage').then((module) => ({ default: module.LessonPage })));
const LabsPage = lazy(() => import('../labs/LabsPage').then((module) => ({ default: module.LabsPage })));
const LabPage = lazy(() => import('../labs/LabPage').then((module) => ({ default: module.LabPage })));
const ReplayPage = lazy(() => import('../replay/ReplayPage').then((module) => ({ default: module.ReplayPage })));
const TokensPage = lazy(() => import('../access/TokensPage').then((module) => ({ default: module.TokensPage })));
const SystemPage = lazy(() => import('../system/SystemPage').then((module) => ({ default: module.SystemPage })));

/** The pages; all but the home page are lazily loaded chunks. */
export const routes: readonly Route[] = [
  { pattern: /^\/$/, Page: HomePage, entry: { href: '/', label: text.nav.home } },
  { pattern: /^\/lessons\/?$/, Page: LessonsPage, entry: { href: '/lessons', label: text.nav.lessons } },
  { pattern: /^\/lessons\/([^/]+)\/?$/, Page: LessonPage },
  { pattern: /^\/runs\/?$/, Page: RunsPage, entry: { href: '/runs', label: text.nav.runs } },
  { pattern: /^\/runs\/([^/]+)\/?$/, Page: RunPage },
  { pattern: /^\/runs\/([^/]+)\/forward\/?$/, Page: ForwardPage },
  { pattern: /^\/new\/?$/, Page: NewRunPage, entry: { href: '/new', label: text.nav.newRun, needs: 'submit' } },
  {
    pattern: /^\/playground\/?$/,
    Page: PlaygroundPage,
    entry: { href: '/playground', label: text.nav.playground, needs: 'submit' },
  },
  { pattern: /^\/compare\/?$/, Page: ComparePage, entry: { href: '/compare', label: text.nav.compare } },
  { pattern: /^\/studies\/?$/, Page: StudiesPage, entry: { href: '/studies', label: text.nav.studies } },
  { pattern: /^\/studies\/([^/]+)\/?$/, Page: StudyPage },
  { pattern: /^\/labs\/?$/, Page: LabsPage, entry: { href: '/labs', label: text.nav.labs } },
  { pattern: /^\/labs\/([^/]+)\/?$/, Page: LabPage },
  { pattern: /^\/replay\/?$/, Page: ReplayPage, within: '/compare' },
  { pattern: /^\/tokens\/?$/, Page: TokensPage, entry: { href: '/tokens', label: text.nav.tokens, needs: 'tokens' } },
  { pattern: /^\/system\/?$/, Page: SystemPage, entry: { href: '/system', label: text.nav.system } },
];

/** The route of a path, with the id in the path. */
export function findRoute(path: string): { route: Route; id: string } | null {
  for (const route of routes) {
    const match = route.pattern.exec(path);
    if (match !== null) {
      return { route, id: decodeURIComponent(match[1] ?? '') };
    }
  }
  return null;
}

/** Whether a navigation entry is the current one for a path: its own page, one below it, or one that belongs to it. */
export const isWithin = (href: string, path: string): boolean =>
  path === href || (href !== '/' && path.startsWith(`${href}/`)) || findRoute(path)?.route.within === href;
