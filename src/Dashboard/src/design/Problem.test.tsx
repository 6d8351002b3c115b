// @vitest-environment jsdom
import { render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { ApiError } from '../api/problem';
import type { SpecFinding } from '../api/types';
import { errorMessage, Problem } from './Problem';

const finding = (pointer: string, message: string) =>
  ({
    severity: 'error',
    pointer,
    code: 'out_of_range',
    arguments: {},
    message,
    found: null,
    allowed: '',
    fix: '',
  }) as SpecFinding;
const invalid = new ApiError({
  status: 422,
  type: '/problems/invalid-spec',
  title: 'The spec is invalid.',
  detail: '/training/epochs: It must be at least 1. And 1 more error; see the findings.',
  findings: [
    finding('/training/epochs', 'It must be at least 1.'),
    finding('/model/blocks/1/filters', 'It must be at least 1.'),
  ],
});

describe('Problem', () => {
  it('names places in the words of the form, and no pointer', () => {
    render(<Problem title="Could not start the run" error={invalid} />);
    expect(screen.getByRole('alert').textContent).toBe(
      'Could not start the runEpochs: It must be at least 1.Block 2 › Filters: It must be at least 1.',
    );
  });

  it('has the first finding where there is room for a sentence only', () => {
    expect(errorMessage(invalid)).toBe('Epochs: It must be at least 1. And 1 more error.');
  });
});
