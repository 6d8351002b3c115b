import type { DecisionFilm, DecisionFrame, EventOf, SpecFinding } from '../api/types';

/** A unit over the plane: base64 of side × side bytes, 128 plus 127 times the value divided by the scale. */
export interface UnitMap {
  readonly scale: number;
  readonly values: string;
}

export interface LayerMaps {
  readonly name: string;
  readonly units: number;
  readonly side: number;
  readonly maps: readonly UnitMap[];
}

export interface DenseWeights {
  readonly name: string;
  /** A list for each unit, with a weight for each input. */
  readonly weights: readonly (readonly number[])[];
  readonly bias: readonly number[] | null;
}

/** The network after some updates. */
export interface SessionFrame {
  readonly step: number;
  readonly epoch: number;
  readonly stepInEpoch: number;
  readonly stepsPerEpoch: number;
  readonly epochs: number;
  readonly isComplete: boolean;
  readonly learningRate: number;
  readonly trainLoss: number | null;
  readonly trainAccuracy: number | null;
  readonly validationLoss: number | null;
  readonly validationAccuracy: number | null;
  readonly decision: DecisionFrame | null;
  readonly layers: readonly LayerMaps[];
  readonly weights: readonly DenseWeights[];
}

export interface Opened {
  readonly type: 'opened';
  readonly frame: SessionFrame;
  readonly classNames: readonly string[];
  readonly trainSamples: number;
  readonly validationSamples: number;
  readonly parameters: number;
  readonly points: DecisionFilm['points'];
  readonly inputs: LayerMaps | null;
}

/** An answer of the session's trainer. */
export type SessionAnswer =
  | Opened
  | { readonly type: 'frame'; readonly frame: SessionFrame }
  | { readonly type: 'refused'; readonly findings: readonly SpecFinding[] }
  | { readonly type: 'failed'; readonly failure: EventOf<'failed'>; readonly frame: SessionFrame | null };

/** Why a session has ended. */
export type SessionEnd = 'unknown' | 'closed' | 'idle' | 'memory' | 'failed' | 'stopping';

export interface SessionUpdate {
  readonly number: number;
  readonly playing: boolean;
  readonly answer: SessionAnswer | null;
  readonly ended: SessionEnd | null;
}

/** Why there is no session. */
export type Refusal =
  | 'off'
  | 'too_many_sessions'
  | 'too_many_of_person'
  | 'trainer_unavailable'
  | 'not_a_plane'
  | 'not_on_processor'
  | 'too_large';

export interface SessionOpening {
  readonly session: string | null;
  readonly update: SessionUpdate | null;
  readonly refusal: Refusal | null;
  readonly limit: number | null;
  readonly detail: string | null;
  readonly findings: readonly SpecFinding[];
}
