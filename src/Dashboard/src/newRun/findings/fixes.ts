import type { SpecFinding } from '../../api/types';
import { at, isObject, type Json, put } from '../../json/pointer';
import { writeJson } from '../../json/writeJson';
import { wordAt } from '../../text/settings';
import { text } from '../../text/text';
import { withModelKind } from '../modelKind';

/** A correction of a finding that one click makes. */
export interface Fix {
  readonly label: string;
  readonly apply: (document: Json) => Json;
}

const t = text.newRun;
type Code = SpecFinding['code'];

/** The suggested value belongs at the pointer. */
const replaceable: ReadonlySet<Code> = new Set<Code>([
  ...(['wrong_type', 'not_an_integer', 'out_of_range', 'rounds_to_limit', 'not_a_choice', 'wrong_numbers'] as const),
  ...(['missing_technique', 'not_a_technique', 'missing_technique_name', 'unknown_technique'] as const),
  ...(['label_noise_at_chance', 'warmup_too_long', 'reduction_after_end', 'patience_too_long'] as const),
  ...([
    'much_memory',
    'too_much_memory',
    'too_long',
    'longer_than_limit',
    'decay_diverges',
    'decay_erases_weights',
  ] as const),
]);

/** The member has no place there, or no effect. */
const removable: ReadonlySet<Code> = new Set<Code>([
  ...(['unknown_member', 'unused_member', 'unused_dense', 'no_effect'] as const),
  ...(['augmentation_needs_images', 'features_need_points', 'no_features', 'validation_fraction_ignored'] as const),
]);

/** Another value, whatever was found. */
const fixed: Readonly<Partial<Record<Code, readonly [pointer: string, value: Json]>>> = {
  he_with_bounded_activation: ['/model/initialization', 'xavier'],
  adamw_with_coupled_decay: ['/training/weightDecay', 'decoupled'],
  l2_with_adaptive_optimizer: ['/training/weightDecay', 'decoupled'],
  no_worker_for_device: ['/training/device', 'cpu'],
};

/** What one click can do about a finding; at most two choices. */
export function fixesOf({ code, pointer, arguments: args }: SpecFinding): readonly Fix[] {
  const suggested = args.suggested as Json | undefined;
  const constant = fixed[code];
  if (constant !== undefined) {
    return [assign(constant[1], constant[0])];
  }
  if (code === 'cnn_needs_images') {
    return [{ label: t.setTo(wordAt('/model/kind', 'mlp')), apply: (document) => withModelKind(document, 'mlp') }];
  }
  if (code === 'even_kernel' && suggested != null) {
    return [assign(suggested, pointer.endsWith('/kernel') ? pointer : `${pointer}/kernel`)];
  }
  if (code === 'unknown_technique' && suggested != null) {
    return [assignTechnique(pointer, String(suggested), args.parameters, args.beside)];
  }
  if (code === 'unknown_member' && typeof suggested === 'string') {
    return [rename(pointer, suggested), remove(pointer)];
  }
  if (removable.has(code)) {
    return [remove(pointer)];
  }
  return replaceable.has(code) && suggested != null && pointer !== '' ? [assign(suggested, pointer)] : [];
}

const assign = (value: Json, pointer: string): Fix => ({
  label: t.setTo(shown(value, pointer)),
  apply: (document) => put(document, pointer, value),
});

const remove = (pointer: string): Fix => ({
  label: t.removeIt,
  apply: (document) => put(document, pointer, undefined),
});

/** The value as the form writes it: Xavier for xavier. */
const shown = (value: Json, pointer: string): string =>
  typeof value === 'string'
    ? wordAt(pointer, value)
    : Array.isArray(value)
      ? value.map(String).join(', ')
      : writeJson(value, ' ');

function rename(pointer: string, name: string): Fix {
  const target = `${pointer.slice(0, pointer.lastIndexOf('/'))}/${name}`;
  return {
    label: t.renameTo(name),
    apply: (document) => put(put(document, pointer, undefined), target, at(document, pointer)),
  };
}

/** A technique under another name; an alias may imply parameters, and settings beside it. */
function assignTechnique(pointer: string, name: string, parameters: unknown, beside: unknown): Fix {
  const value: Json = isObject(parameters as Json) ? { name, ...(parameters as object) } : name;
  const parent = pointer.slice(0, pointer.lastIndexOf('/'));
  const others = Object.entries(isObject(beside as Json) ? (beside as Record<string, Json>) : {});
  return {
    label: t.setTo(wordAt(pointer, name)),
    apply: (document) =>
      others.reduce((next, [member, other]) => put(next, `${parent}/${member}`, other), put(document, pointer, value)),
  };
}
