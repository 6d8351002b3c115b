// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { imageOfElement, imageOfTable } from './image';

/** Parses the file. */
async function read(svg: string | Promise<string>): Promise<Document> {
  const file = new DOMParser().parseFromString(await svg, 'image/svg+xml');
  expect(file.querySelector('parsererror')).toBeNull();
  return file;
}
const textsOf = (file: Document) => [...file.querySelectorAll('text')].map((one) => one.textContent);

describe('imageOfElement', () => {
  it('has the title and the drawing, without its controls', async () => {
    document.body.innerHTML = '<svg class="x"><text>a &amp; b</text><rect/><g data-control><text>drag</text></g></svg>';
    const svg = document.querySelector('svg') as SVGSVGElement;
    const file = await read(imageOfElement(svg, 'Loss < 1').svg());
    expect(textsOf(file)).toEqual(['Loss < 1', 'a & b']);
    expect(file.querySelector('[class], [data-control]')).toBeNull();
  });
});

describe('imageOfTable', () => {
  it('has a ground and a text for each cell', async () => {
    document.body.innerHTML = '<table><tr><th>a &lt; b</th><td>7</td></tr><tr><th>c</th><td>0</td></tr></table>';
    const table = document.querySelector('table') as HTMLTableElement;
    const file = await read(imageOfTable(table, 'Confusion').svg());
    expect(textsOf(file)).toEqual(['Confusion', 'a < b', '7', 'c', '0']);
    expect(file.querySelectorAll('g > rect')).toHaveLength(4);
  });
});
