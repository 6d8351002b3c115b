import type { components } from '../api/schema';

type Schemas = components['schemas'];

export type ForwardPass = Schemas['ForwardPass'];
export type ForwardRequest = Schemas['ForwardRequest'];
export type ForwardSamples = Schemas['ForwardSamples'];
export type ForwardSample = Schemas['ForwardSample'];
export type FilterBank = Schemas['FilterBank'];
export type LayerOutput = Schemas['LayerOutput'];
export type UnitTerm = Schemas['UnitTerm'];
export type UnitTrace = Schemas['UnitTrace'];
