import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { ApiError } from '../api/problem';
import type { RunDetail } from '../api/types';
import { Loaded } from '../design/Loaded';
import { forwardText } from '../text/forward';
import { type ForwardAddress, type Place, softmax, useForwardAddress } from './address';
import { FilterCard } from './FilterCard';
import { NetworkCard } from './NetworkCard';
import { PredictionCard } from './PredictionCard';
import { placeIn } from './place';
import { forwardKey, type Source, usePass, useSamples, useUnit } from './queries';
import { pageSize, SampleCard } from './SampleCard';
import { SoftmaxCard } from './SoftmaxCard';
import { useSampleList } from './sampleList';
import type { ForwardPass, ForwardSamples } from './types';
import { UnitCard } from './UnitCard';

const t = forwardText;

/** Points of the plane that are drawn. */
const mostPoints = 200;

interface RunProps {
  run: Pick<RunDetail, 'id' | 'layers'>;
}

/** The forward pass of a sample: the sample, the prediction, the network and one unit's computation. */
export function ForwardView({ run }: RunProps) {
  const [address, change] = useForwardAddress();
  const hasImages = run.layers[0]?.input.length === 3;
  const page = Math.floor(address.sample / pageSize);
  const samples = useSamples(run.id, hasImages ? page * pageSize : 0, hasImages ? pageSize : mostPoints);
  const { error } = samples;
  if (samples.data === undefined && error instanceof ApiError && error.problem.type === '/problems/no-checkpoint') {
    return (
      <div className="message">
        <h2>{t.noWeightsTitle}</h2>
        <p>{t.noWeights}</p>
      </div>
    );
  }
  return (
    <Loaded query={samples} errorTitle={t.failed} heights={[280, 260, 420]} className="stack">
      {(known) => <Pass id={run.id} samples={known} address={address} change={change} />}
    </Loaded>
  );
}

interface PassProps {
  id: string;
  samples: ForwardSamples;
  address: ForwardAddress;
  change: (change: Partial<ForwardAddress>) => void;
}

function sourceOf({ sample, point, isDrawn }: ForwardAddress, pixels: readonly number[] | null, size: number): Source {
  return isDrawn ? { pixels: pixels ?? new Array<number>(size).fill(0) } : point !== null ? { point } : { sample };
}

function Pass({ id, samples, address, change }: PassProps) {
  const [pixels, setPixels] = useState<readonly number[] | null>(null);
  const source = sourceOf(
    address,
    pixels,
    samples.shape.reduce((size, side) => size * side, 1),
  );
  const pass = usePass(id, source);
  const place = pass.data === undefined ? null : placeIn(pass.data, address.place);
  const unit = useUnit(id, source, place === null || place.layer === softmax ? null : place);
  useNewerWeights(id, pass.data?.epoch, unit.isPlaceholderData ? undefined : unit.data?.epoch);
  const list = useSampleList(id, samples, address, change);
  const pick = (next: Place) => change({ place: next });
  return (
    <>
      <div className="forward-top">
        <SampleCard
          samples={samples}
          list={list}
          address={address}
          change={change}
          point={pass.data?.point ?? null}
          pixels={pixels}
          onPixels={setPixels}
        />
        {pass.data !== undefined && <PredictionCard pass={pass.data} />}
        {pass.data?.filters != null && <FilterCard filters={pass.data.filters} />}
      </div>
      <Loaded query={pass} errorTitle={t.failed} heights={[260, 420]} className="stack">
        {(known) => (
          <div className="stack" aria-busy={pass.isPlaceholderData}>
            <NetworkCard pass={known} place={place} onPick={pick} />
            {place !== null && <Unit pass={known} place={place} answer={unit.data} onPick={pick} />}
            <p className="muted">{t.weights(known.epoch)}</p>
          </div>
        )}
      </Loaded>
    </>
  );
}

interface UnitProps {
  pass: ForwardPass;
  place: Place;
  answer: ForwardPass | undefined;
  onPick: (place: Place) => void;
}

function Unit({ pass, place, answer, onPick }: UnitProps) {
  if (place.layer === softmax) {
    return <SoftmaxCard pass={pass} label={place.channel} onPick={(label) => onPick({ ...place, channel: label })} />;
  }
  const layer = pass.layers.find(({ name }) => name === place.layer);
  // Until the answer about another layer is there, the one before does not fit.
  const unit = answer?.unit?.address.layer === place.layer ? answer.unit : undefined;
  return layer === undefined ? null : (
    <UnitCard pass={pass} layer={layer} place={place} unit={unit} following={answer?.following ?? []} onPick={onPick} />
  );
}

/** A run that still trains has newer weights at times: where a unit's answer is of them, the rest is loaded again. */
function useNewerWeights(id: string, pass: number | undefined, unit: number | undefined): void {
  const queries = useQueryClient();
  useEffect(() => {
    if (pass !== undefined && unit !== undefined && unit > pass) {
      void queries.invalidateQueries({ queryKey: forwardKey(id) });
    }
  }, [queries, id, pass, unit]);
}
