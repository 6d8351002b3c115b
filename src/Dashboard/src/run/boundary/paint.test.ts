import { describe, expect, it } from 'vitest';
import type { DecisionFrame } from '../../api/types';
import { guessAt, pixelsOf, positionOf, unitPixels } from './paint';

const base64 = (...bytes: number[]) => btoa(String.fromCharCode(...bytes));

const frame: DecisionFrame = {
  xMin: -1,
  xMax: 1,
  yMin: 0,
  yMax: 4,
  width: 1,
  height: 2,
  classes: 2,
  // The first row is at yMin, the bottom of the image.
  winner: base64(0, 1),
  confidence: base64(255, 128),
  hidden: null,
  points: null,
};

describe('pixelsOf', () => {
  it('has the row of yMin at the bottom, and lighter colours for lower confidence', () => {
    const [topRed, , topBlue, topAlpha, bottomRed, , bottomBlue] = pixelsOf(frame);
    expect(topAlpha).toBe(255);
    // Class 1 is red with a confidence near chance level; class 0 is blue with a high confidence.
    expect(topRed).toBeGreaterThan(topBlue ?? 255);
    expect(topBlue).toBeGreaterThan(220);
    expect(bottomBlue).toBeGreaterThan(bottomRed ?? 255);
    expect(bottomRed).toBeLessThan(100);
  });
});

describe('guessAt', () => {
  it('reads the cell below the pointer', () => {
    expect(guessAt(frame, 0.5, 0.9)).toMatchObject({ x: 0, label: 0, confidence: 1 });
    expect(guessAt(frame, 1, 0)).toMatchObject({ x: 1, y: 4, label: 1 });
    expect(guessAt(frame, 1, 0).confidence).toBeCloseTo(0.5, 2);
  });
});

describe('positionOf', () => {
  it('has y pointing down', () => {
    expect(positionOf(frame, { x: 0, y: 4, label: 0, split: 'train' })).toEqual([0.5, 0]);
    expect(positionOf(frame, { x: -1, y: 1, label: 0, split: 'train' })).toEqual([0, 0.75]);
  });
});

describe('unitPixels', () => {
  it('is blue above 0, orange below, and white at 0; the row of yMin is at the bottom', () => {
    const pixels = unitPixels(base64(255, 1, 128, 128), 2, 2);
    expect([...pixels.slice(0, 8)]).toEqual([255, 255, 255, 255, 255, 255, 255, 255]);
    const [red, , blue, , otherRed, , otherBlue] = pixels.slice(8);
    expect(blue).toBeGreaterThan(red ?? 255);
    expect(otherRed).toBeGreaterThan(otherBlue ?? 255);
  });
});
