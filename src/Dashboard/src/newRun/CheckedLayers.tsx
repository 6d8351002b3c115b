import { useMemo } from 'react';
import type { SpecCheck } from '../api/types';
import { Layers } from '../run/network/Layers';
import type { Broken } from '../run/network/LayerTable';
import { messageOf } from '../text/said';
import { text } from '../text/text';

/** The network as far as its layers fit. */
export function CheckedLayers({ check }: { check: SpecCheck | null }) {
  const broken = useMemo(() => brokenOf(check), [check]);
  return (
    check !== null &&
    (check.layers.length > 0 || broken !== undefined) && (
      <Layers layers={check.layers} title={text.layers.tableLabel} broken={broken} />
    )
  );
}

function brokenOf(check: SpecCheck | null): Broken | undefined {
  const layer = check?.brokenLayer;
  if (layer == null) {
    return undefined;
  }
  const reason = check?.findings.find((finding) => finding.arguments?.layer === layer.name);
  return { layer, reason: reason === undefined ? '' : messageOf(reason) };
}
