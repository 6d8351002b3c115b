// @vitest-environment jsdom
import { act, fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import golden from '../../../Service/openapi.json';
import { renderPage, serve } from '../testing/renderPage';
import { en } from '../text/en';
import { ko } from '../text/ko';
import { layoutOf } from './backprop/layout';
import { knownAfter, namesIn, stepsOf } from './backprop/steps';
import { placeOf, resultOf, rowsToText, stepOf, termsOf, textToRows } from './conv/windows';
import { LabPage } from './LabPage';
import { LabsPage } from './LabsPage';
import { LabView } from './LabView';
import { bandOf, heightAt, levelsOf, paintContours } from './paths/contour';
import { line, pooling, walk } from './testing/answers';
import { type LabName, labNames } from './useLab';

const result = line.result ?? { nodes: [], steps: [], variables: [] };

const labs = {
  items: labNames.map((name) => ({
    name,
    title: name,
    summary: '',
    examples: [
      { name: 'line', title: '', request: line.request },
      {
        name: 'gates',
        title: '',
        request: {
          expression: 'max(a, b)',
          variables: [
            { name: 'a', value: 1 },
            { name: 'b', value: 2 },
          ],
        },
      },
    ],
  })),
};

describe('labs', () => {
  it('have texts in each language, for every lab and example of the service', () => {
    const paths = Object.keys(golden.paths);
    expect(
      paths
        .filter((path) => /^\/api\/v1\/labs\/[^/]+$/.test(path))
        .map((path) => path.split('/').at(-1))
        .sort(),
    ).toEqual([...labNames].sort());
    const examples = labNames.flatMap((name) => {
      const body = (golden.paths as Record<string, unknown>)[`/api/v1/labs/${name}`] as {
        post: { requestBody: { content: Record<string, { examples: object }> } };
      };
      return Object.keys(body.post.requestBody.content['application/json']?.examples ?? {}).map(
        (one) => `${name}/${one}`,
      );
    });
    for (const { labs: texts } of [en, ko]) {
      expect(Object.keys(texts.exampleNames).sort()).toEqual(examples.sort());
      expect(Object.keys(texts.backprop.rules).sort()).toEqual(
        golden.components.schemas.ExpressionOperation.enum
          .filter((one) => one !== 'constant' && one !== 'variable')
          .sort(),
      );
    }
  });

  it('are cards with links', async () => {
    await renderPage(<LabsPage />);
    expect(screen.getAllByRole('link').map((link) => link.getAttribute('href'))).toEqual(
      labNames.map((name) => `/labs/${name}`),
    );
  });
});

describe('the graph of an expression', () => {
  it('stands left to right, with inputs left of their users and no two nodes on one place', () => {
    const { places, columns, rows } = layoutOf(result.nodes);
    expect([columns, rows]).toEqual([3, 3]);
    for (const [node, { inputs }] of result.nodes.entries()) {
      for (const input of inputs) {
        expect(places[input]?.x).toBeLessThan(places[node]?.x ?? 0);
      }
    }
    expect(places[3]?.x).toBe(1); // b stands beside the product
    expect(new Set(places.map(({ x, y }) => `${x} ${y}`)).size).toBe(5);
  });

  it('shows values forward, then gradients backward', () => {
    const steps = stepsOf(result);
    expect(steps.map(({ kind }) => kind)).toEqual([
      'start',
      'forward',
      'forward',
      'seed',
      'backward',
      'backward',
      'backward',
      'backward',
    ]);
    expect([...knownAfter(result, steps, 1).values].sort()).toEqual([0, 1, 2, 3]);
    expect(knownAfter(result, steps, 3).edges.size).toBe(0);
    expect(knownAfter(result, steps, 6).edges.get('2/0')?.contribution).toBe(5);
  });

  it('finds the variables of an expression that is being written', () => {
    expect(namesIn('sigmoid(w0 * x + 1e5) + max (a, w0) - 2e')).toEqual(['w0', 'x', 'a']);
    expect(namesIn('')).toEqual([]);
  });
});

describe('the windows of a convolution', () => {
  it('come to the output, in pooling', () => {
    const outputs = pooling.output.values.map((_, step) =>
      resultOf(termsOf(pooling, placeOf(pooling, step)), 0, 'max'),
    );
    expect(outputs).toEqual([9, 2, 6, 3]);
    expect(
      pooling.output.values.map((_, step) => resultOf(termsOf(pooling, placeOf(pooling, step)), 0, 'average')),
    ).toEqual([3.75, 1.25, 3.75, 2]);
    expect(pooling.output.values.map((_, step) => stepOf(pooling, placeOf(pooling, step)))).toEqual([0, 1, 2, 3]);
  });

  it('count zero padding, stride, dilation and the bias', () => {
    const conv = {
      ...pooling,
      weights: { shape: [1, 1, 2, 2], values: [1, 2, 3, 4] },
      bias: [10],
      output: { shape: [1, 2, 2], values: [] },
      padding: 1,
      stride: 3,
      dilation: 2,
    };
    const terms = termsOf(conv, { filter: 0, row: 0, column: 0 });
    expect(terms.map(({ y, x, pixel, isPadding }) => [y, x, pixel, isPadding])).toEqual([
      [-1, -1, 0, true],
      [-1, 1, 0, true],
      [1, -1, 0, true],
      [1, 1, 9, false],
    ]);
    expect(resultOf(terms, 10, null)).toBe(46);
  });

  it('read rows of numbers', () => {
    expect(textToRows('1 2\n 3,4 \n\n5;6')).toEqual([
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
    expect(textToRows('1 x')).toBeNull();
    expect(
      rowsToText([
        [1, 2],
        [3, 4],
      ]),
    ).toBe('1 2\n3 4');
  });
});

describe('contours', () => {
  it('are between the points of the grid', () => {
    expect(heightAt(walk.grid, 1, 1)).toBe(0);
    expect(heightAt(walk.grid, 0.5, 0)).toBe(1.5);
    expect(heightAt(walk.grid, 2, 2)).toBe(2);
    expect(heightAt({ ...walk.grid, values: [null, ...walk.grid.values.slice(1)] }, 0.5, 0.5)).toBeNull();
  });

  it('lie closer together near the lowest values', () => {
    const levels = levelsOf(Array.from({ length: 1000 }, (_, index) => index));
    expect(levels.length).toBe(13);
    expect((levels[1] ?? 0) - (levels[0] ?? 0)).toBeLessThan((levels[12] ?? 0) - (levels[11] ?? 0));
    expect([bandOf(levels, -1), bandOf(levels, levels[3] ?? 0), bandOf(levels, 1e9)]).toEqual([0, 4, 13]);
  });

  it('are painted from one colour to the other, up to the top', () => {
    const colors = { low: [0, 0, 0], high: [200, 200, 200], line: [255, 0, 0], none: [1, 2, 3] } as const;
    const grid = { columns: 2, rows: 2, values: [0, 0, 9, 9] };
    const pixels = paintContours(grid, 2, 9, colors);
    const bottom = [...pixels.slice(-4)];
    expect(bottom[0]).toBeLessThan(pixels[0] ?? 0);
    expect([...paintContours({ ...grid, values: [null, null, null, null] }, 1, 1, colors)]).toEqual([1, 2, 3, 255]);
  });
});

describe('LabPage', () => {
  it('asks the lab, steps through its answer, and keeps both in the address', async () => {
    const requests = serve({ 'GET /api/v1/labs': () => labs, 'POST /api/v1/labs/backprop-by-hand': () => line });
    await renderPage(<LabPage id="backprop-by-hand" />, '/labs/backprop-by-hand');
    const table = await screen.findByRole('table');
    expect(
      within(table)
        .getAllByRole('row')
        .map((row) => row.textContent),
    ).toEqual(['VariableValueGradient by handGradient by autograd', 'w-255', 'x5-2-2', 'b311']);
    expect(await requests.at(-1)?.json()).toEqual(line.request);

    const slider = screen.getByRole('slider', { name: 'Step' });
    expect(slider.getAttribute('aria-valuetext')).toBe('Step 7 of 7');
    fireEvent.change(slider, { target: { value: '6' } });
    expect(window.location.search).toBe('?step=6');
    expect(screen.getByText(/Backward to w: 1 \(upstream\) × 5 \(local\) = 5/)).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: 'First step' }));
    expect(screen.getByText(/Press Next/)).toBeDefined();

    const expression = screen.getByRole('textbox', { name: 'Expression' });
    fireEvent.change(expression, { target: { value: 'w * x + c' } });
    fireEvent.keyDown(expression, { key: 'Enter' });
    await act(async () => {});
    const asked = JSON.parse(new URLSearchParams(window.location.search).get('request') ?? '');
    expect(asked).toEqual({
      expression: 'w * x + c',
      variables: [
        { name: 'w', value: -2 },
        { name: 'x', value: 5 },
        { name: 'c', value: 1 },
      ],
    });
    expect(await requests.at(-1)?.json()).toEqual(asked);
  });

  it('says why there is no answer', async () => {
    serve({
      'GET /api/v1/labs': () => labs,
      'POST /api/v1/labs/backprop-by-hand': () => ({
        ...line,
        state: 'failed',
        result: null,
        failure: {
          class: 'timeout',
          code: 'lab_time_limit_exceeded',
          arguments: { limitSeconds: 60 },
          message: 'It took too long.',
        },
      }),
    });
    await renderPage(<LabPage id="backprop-by-hand" />, '/labs/backprop-by-hand?example=gates');
    expect((await screen.findByRole('alert')).textContent).toContain('It took too long.');
    expect(screen.getByRole('link', { name: 'Add, max, multiply' }).getAttribute('aria-current')).toBe('true');
  });

  it('shows the findings of a request that is wrong', async () => {
    serve({
      'GET /api/v1/labs': () => labs,
      'POST /api/v1/labs/backprop-by-hand': () =>
        Response.json(
          {
            status: 422,
            title: 'The body is invalid.',
            type: '/problems/invalid-body',
            findings: [
              {
                severity: 'error',
                pointer: '/expression',
                code: 'unknown_variable',
                arguments: {},
                message: "The variable 'a' has no value.",
                found: null,
                allowed: '',
                fix: '',
              },
            ],
          },
          { status: 422 },
        ),
    });
    await renderPage(
      <LabPage id="backprop-by-hand" />,
      '/labs/backprop-by-hand?request=%7B%22expression%22%3A%22a%22%7D',
    );
    expect((await screen.findByRole('alert')).textContent).toContain("The variable 'a' has no value.");
  });

  it('does not know every name', async () => {
    await renderPage(<LabPage id="nothing" />, '/labs/nothing');
    expect(screen.getByRole('link', { name: 'All labs' })).toBeDefined();
  });
});

describe('LabView', () => {
  const answers: Record<string, unknown> = {
    'optimizer-paths': {
      result: walk,
      request: {
        expression: 'x^2',
        start: { x: -7, y: 2 },
        minimum: { x: 0, y: 0 },
        steps: 2,
        optimizers: [],
        region: { x: { low: -8, high: 8 }, y: { low: -4, high: 4 } },
      },
    },
    'convolution-arithmetic': {
      result: pooling,
      request: {
        layer: { kind: 'pool', pool: 'max', size: 2 },
        channels: 1,
        height: 4,
        width: 4,
        input: null,
        weights: null,
      },
    },
    'adam-bias-correction': {
      result: {
        curves: [true, false].map((biasCorrection) => ({
          biasCorrection,
          stepX: biasCorrection ? [1, 1] : [3.16, 4.25],
          stepY: [1, 1],
          value: [3, 2, 1],
        })),
        theory: [3.16, 4.25],
      },
      request: {},
    },
    'gradient-check': {
      result: {
        tolerance: 1e-6,
        largestError: 3e-10,
        entries: [
          {
            subject: 'layer',
            name: 'conv',
            settings: '3x3',
            values: 160,
            relativeError: 3e-10,
            passed: true,
            backpropagationSeconds: 1e-4,
            numericalSeconds: 0.02,
          },
        ],
        steps: [{ step: 0.1, central: 1e-3, forward: 0.1 }],
      },
      request: {},
    },
  };
  const shown: Record<string, RegExp> = {
    'optimizer-paths': /SGD-5\.73/,
    'convolution-arithmetic': /\(4 \+ 2·0 − 2\) \/ 2 \+ 1 = 2/,
    'adam-bias-correction': /4\.25 ×/,
    'gradient-check': /1 of 1 below 1e-6/,
  };

  it.each(Object.keys(answers) as LabName[])('shows %s within another page', async (name) => {
    serve({ [`POST /api/v1/labs/${name}`]: () => ({ ...line, ...(answers[name] as object) }) });
    await renderPage(<LabView name={name} request={(answers[name] as { request: object }).request} />);
    await screen.findByText(/Answered in/);
    expect(document.body.textContent).toMatch(shown[name] ?? /^$/);
  });

  it('adds, changes and removes optimizers', async () => {
    const requests = serve({
      'POST /api/v1/labs/optimizer-paths': () => ({ ...line, ...(answers['optimizer-paths'] as object) }),
    });
    const asked = () => requests.at(-1)?.clone().json() as Promise<{ optimizers: object[] }>;
    await renderPage(<LabView name="optimizer-paths" request={{ optimizers: ['adam'] }} />);
    fireEvent.click(screen.getByRole('button', { name: 'Add an optimizer' }));
    await act(async () => {});
    expect((await asked()).optimizers).toEqual([
      { name: 'adam', learningRate: 0.3 },
      { name: 'sgd', learningRate: 0.95 },
    ]);
    fireEvent.change(screen.getByRole('combobox', { name: 'Optimizer 1' }), { target: { value: 'lion' } });
    fireEvent.click(screen.getByRole('button', { name: 'Remove SGD' }));
    await act(async () => {});
    expect((await asked()).optimizers).toEqual([{ name: 'lion', learningRate: 0.1 }]);
  });
});
