import { type ReactNode, useState } from 'react';
import { Button } from '../../design/Button';
import { Icon, type Shape } from '../../design/Icon';
import { at, childOf, isObject, type Json } from '../../json/pointer';
import { type FormNode, flattened } from '../../spec/layout';
import { itemSummary } from '../../spec/summary';
import { fieldLabel } from '../../text/labels';
import { text } from '../../text/text';
import { FindingLines } from '../findings/FindingLines';
import { findingsAt, useForm } from './FormContext';
import { TechniqueHelp } from './TechniqueHelp';

interface ListFieldProps {
  pointer: string;
  pattern: string;
  name: string;
  nodes: readonly FormNode[];
  /** Renders the fields of an item. */
  children: (itemPointer: string) => ReactNode;
}

/** First item of an empty list: its required members, with usual values. */
const firstItems: Readonly<Record<string, Json>> = { blocks: { filters: 32 }, layers: { kind: 'dense', units: 64 } };

/** A list of objects: blocks, layers. Items can be added, duplicated, moved and removed. */
export function ListField({ pointer, pattern, name, nodes, children }: ListFieldProps) {
  const { document, findings, edit } = useForm();
  // The newest item is open.
  const [opened, setOpened] = useState<number | null>(null);
  const value = at(document, pointer);
  const items = Array.isArray(value) ? value : [];
  const indices = items.map((_, index) => String(index));
  const write = (next: readonly Json[]) => edit(pointer, next.length === 0 ? undefined : [...next]);
  const swap = (a: number, b: number) => {
    const [first, second] = [items[a], items[b]];
    if (first !== undefined && second !== undefined) {
      write(items.with(a, second).with(b, first));
    }
  };

  return (
    <fieldset className="list" data-pointer={pointer}>
      <legend>{fieldLabel(pattern, name)}</legend>
      <FindingLines findings={findingsAt(findings, pointer, indices)} />
      {items.length === 0 && <p className="card-note">{text.newRun.emptyList}</p>}
      {items.map((item, index) => {
        const title = titleOf(name, index, item);
        const itemPointer = childOf(pointer, index);
        const shown = nodes.map((node) => node.name);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: an item has no identity but its position.
          <fieldset key={index} className="list-item" data-pointer={itemPointer}>
            <legend>{title}</legend>
            <div className="list-actions row">
              <Action
                label={text.newRun.moveUp(title)}
                icon="up"
                disabled={index === 0}
                onClick={() => swap(index, index - 1)}
              />
              <Action
                label={text.newRun.moveDown(title)}
                icon="down"
                disabled={index === items.length - 1}
                onClick={() => swap(index, index + 1)}
              />
              <Action
                label={text.newRun.copyItem(title)}
                icon="copy"
                onClick={() => write(items.toSpliced(index, 0, item))}
              />
              <Action label={text.newRun.remove(title)} icon="cross" onClick={() => write(items.toSpliced(index, 1))} />
            </div>
            <Item
              summary={itemSummary(name, item)}
              label={title}
              isFound={findings.some((finding) => `${finding.pointer}/`.startsWith(`${itemPointer}/`))}
              isOpen={index === opened}
            >
              {isObject(item) && typeof item.kind === 'string' && (
                <TechniqueHelp pattern={flattened(`${pattern}/*`)} only={item.kind} />
              )}
              <FindingLines findings={findingsAt(findings, itemPointer, shown)} />
              {children(itemPointer)}
            </Item>
          </fieldset>
        );
      })}
      <Button
        small
        onClick={() => {
          setOpened(items.length);
          write([...items, items.at(-1) ?? firstItems[name] ?? {}]);
        }}
      >
        {text.newRun.add[name] ?? text.newRun.addItem}
      </Button>
    </fieldset>
  );
}

interface ItemProps {
  summary: string;
  label: string;
  isFound: boolean;
  isOpen: boolean;
  children: ReactNode;
}

/** The fields of an item, collapsed to one line until they are asked for or have a finding. */
function Item({ summary, label, isFound, isOpen, children }: ItemProps) {
  const [isOpened, setOpened] = useState(isOpen);
  return (
    <details
      className="item-fields"
      open={isOpened || isOpen || isFound}
      onToggle={(event) => setOpened(event.currentTarget.open)}
    >
      <summary>
        <span className="visually-hidden">{label}: </span>
        {summary}
      </summary>
      {children}
    </details>
  );
}

interface ActionProps {
  label: string;
  icon: Shape;
  disabled?: boolean;
  onClick: () => void;
}

const Action = ({ label, icon, disabled = false, onClick }: ActionProps) => (
  <Button small aria-label={label} title={label} blocked={disabled} onClick={onClick}>
    <Icon shape={icon} />
  </Button>
);

function titleOf(list: string, index: number, item: Json): string {
  if (list === 'layers') {
    return text.newRun.listItem
      .layers(index + 1, isObject(item) && typeof item.kind === 'string' ? item.kind : '')
      .trim();
  }
  return list === 'blocks' ? text.newRun.listItem.blocks(index + 1) : text.newRun.item(index + 1);
}
