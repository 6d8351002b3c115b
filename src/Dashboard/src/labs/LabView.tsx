import { type ComponentType, useState } from 'react';
import { AdamBiasLab } from './adam/AdamBiasLab';
import { BackpropLab } from './backprop/BackpropLab';
import { GradientCheckLab } from './check/GradientCheckLab';
import { ConvolutionLab } from './conv/ConvolutionLab';
import type { LabProps } from './labProps';
import { OptimizerPathsLab } from './paths/OptimizerPathsLab';
import type { LabName, LabRequest } from './useLab';

const components: { readonly [Name in LabName]: ComponentType<LabProps<Name>> } = {
  'backprop-by-hand': BackpropLab,
  'gradient-check': GradientCheckLab,
  'optimizer-paths': OptimizerPathsLab,
  'adam-bias-correction': AdamBiasLab,
  'convolution-arithmetic': ConvolutionLab,
};

/** A lab whose state the caller keeps, such as the address. */
export function Lab<Name extends LabName>({ name, ...props }: LabProps<Name> & { name: Name }) {
  const Component = components[name] as ComponentType<LabProps<Name>>;
  return <Component {...(props as LabProps<Name>)} />;
}

/** A lab within another page: it begins with a request, and keeps its own state. */
export function LabView<Name extends LabName>({ name, request }: { name: Name; request: LabRequest<Name> }) {
  const [current, setCurrent] = useState(request);
  const [step, setStep] = useState<number | null>(null);
  return (
    <Lab
      name={name}
      request={current}
      onRequest={(next) => {
        setCurrent(next);
        setStep(null);
      }}
      step={step}
      onStep={setStep}
    />
  );
}
