import { expect, it } from 'vitest';
import { catalog } from '../testing/catalog';
import { assignmentText, settingText } from './settingText';

it('names techniques by the catalog, and their parameters by the form', () => {
  expect(settingText('adam', catalog)).toBe('ADAM');
  expect(settingText({ name: 'adam', learningRate: 0.001234567 }, catalog)).toBe('ADAM (learning rate 0.001235)');
  expect(settingText({ momentum: 0.9 }, catalog)).toBe('momentum 0.9');
  expect(settingText({ name: 'adam' })).toBe('adam');
  expect(settingText([64, 32], catalog)).toBe('64, 32');
  expect(settingText(true, catalog)).toBe('yes');
  expect(settingText(null, catalog)).toBe('none');
  expect(assignmentText({ optimizer: 'sgd', decay: 1e-7 }, catalog)).toBe('optimizer SGD, decay 1e-7');
});
