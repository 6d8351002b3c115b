import { segmentsOf } from '../json/pointer';
import { fieldLabel } from './labels';
import { text } from './text';

const separator = ' › ';

/** The place of a finding in the words of the form: Epochs, Optimizer › Learning rate, Block 2 › Filters. */
export function placeOf(pointer: string): string {
  const segments = segmentsOf(pointer);
  const [section = ''] = segments;
  if (segments.length < 2) {
    return section === '' ? '' : (text.newRun.sections[section] ?? fieldLabel(pointer, section));
  }
  const labels: string[] = [];
  let pattern = `/${section}`;
  for (const [index, segment] of segments.slice(1).entries()) {
    const isIndex = /^\d+$/.test(segment);
    const list = segments[index] ?? '';
    pattern += `/${isIndex ? '*' : segment}`;
    if (isIndex) {
      labels[labels.length - 1] = itemLabel(list, Number(segment) + 1);
    } else {
      labels.push(fieldLabel(pattern, segment));
    }
  }
  return labels.join(separator);
}

function itemLabel(list: string, number: number): string {
  const { listItem, item } = text.newRun;
  return list === 'blocks'
    ? listItem.blocks(number)
    : list === 'layers'
      ? listItem.layers(number, '').trim()
      : item(number);
}
