/** The API's types under the names that the dashboard uses; generated from the service's openapi.json. */
import type { components } from './schema';

type Schemas = components['schemas'];

export type Session = Schemas['Session'];
export type AccessToken = Schemas['ApiTokenInfo'];
export type AccessScope = Schemas['AccessScope'];

/** From the least to the most. */
export const scopes = ['read', 'submit', 'admin'] as const satisfies readonly AccessScope[];

export type RunState = Schemas['RunState'];
export type RunSummary = Schemas['RunSummary'];
export type RunDetail = Schemas['RunDetail'];
export type RunPage = Schemas['RunPage'];
export type RunActionName = keyof Schemas['RunActions'];
export type RunMetrics = Schemas['RunMetrics'];
export type RunFinding = Schemas['RunFinding'];
export type RunEvaluation = Schemas['RunEvaluation'];
export type RunObservations = Schemas['RunObservations'];
export type LayerObservation = Schemas['LayerObservation'];
export type Histogram = Schemas['Histogram'];
export type DecisionFilm = Schemas['DecisionFilm'];
export type DecisionFrame = Schemas['DecisionFrame'];
export type RunDiagnosis = Schemas['RunDiagnosis'];
export type ExperimentEntry = Schemas['ExperimentEntry'];
export type SettingGroup = Schemas['SettingGroup'];
export type FilterFieldEntry = Schemas['FilterFieldEntry'];
export type RunColumns = Schemas['RunColumns'];
export type RunAttempt = Schemas['AttemptEntry'];
export type SystemInfo = Schemas['SystemStatus'];
export type TrainerState = Schemas['TrainerState'];
export type WorkerInfo = Schemas['WorkerInfo'];
export type LayerRow = Schemas['LayerRow'];
export type BrokenLayer = Schemas['BrokenLayer'];
export type Catalog = Schemas['CatalogPage'];
export type TechniqueDefinition = Schemas['TechniqueDefinition'];
export type TechniqueKind = Schemas['TechniqueKind'];
export type ParameterDefinition = Schemas['ParameterDefinition'];
export type SpecCheck = Schemas['SpecCheck'];
export type DatasetPreview = Schemas['DatasetPreview'];
export type SpecInput = Schemas['ExperimentSpecInput'];
export type SpecFinding = Schemas['SpecFinding'];
export type RunEvent = Schemas['RunEvent'];
/** The generator drops the discriminator of a union with a description; this restores it. */
export type RunEventEntry = Omit<Schemas['RunEventEntry'], 'event'> & { event: RunEvent };
export type EventOf<Type extends RunEvent['type']> = Extract<RunEvent, { type: Type }>;

export const runStates = [
  'queued',
  'running',
  'pausing',
  'paused',
  'succeeded',
  'failed',
  'cancelled',
] as const satisfies readonly RunState[];

const terminal: ReadonlySet<RunState> = new Set<RunState>(['succeeded', 'failed', 'cancelled']);

/** Whether a run in this state never changes again. */
export const isTerminal = (state: RunState): boolean => terminal.has(state);

/** Parses a state from a string, such as one of a state event or of the URL. */
export const asRunState = (value: string): RunState | null => runStates.find((state) => state === value) ?? null;
