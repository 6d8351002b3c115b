import { at, isObject, type Json, type JsonObject, put } from '../json/pointer';
import { isRelevant } from '../spec/layout';

/** What a kind of network needs, with usual values. */
const needed: Readonly<Record<string, JsonObject>> = {
  cnn: { blocks: [{ filters: 16 }, { filters: 32 }] },
  mlp: { dense: [64] },
  preset: { preset: 'mlp-5x100' },
  layers: {
    layers: [{ kind: 'flatten' }, { kind: 'dense', units: 64 }, { kind: 'activation', activation: 'relu' }],
  },
};

/** The spec with a network of another kind: members that the kind does not have are gone, and those that it needs are there. */
export function withModelKind(document: Json, kind: string): Json {
  const model = at(document, '/model');
  const kept = Object.entries(isObject(model) ? model : {}).filter(([name]) => isRelevant(`/model/${name}`, kind));
  return put(document, '/model', { ...needed[kind], ...Object.fromEntries(kept), kind });
}
