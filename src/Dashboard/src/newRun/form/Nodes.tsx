import { type ReactNode, useState } from 'react';
import { at, childOf, isObject } from '../../json/pointer';
import { type FormNode, isFirst, isRelevant } from '../../spec/layout';
import { isNonDefault, isSet } from '../../spec/nonDefault';
import { fieldLabel } from '../../text/labels';
import { text } from '../../text/text';
import { useForm } from './FormContext';
import { GroupField } from './GroupField';
import { ListField } from './ListField';
import { ParameterField } from './ParameterField';
import { TechniqueField } from './TechniqueField';

interface NodesProps {
  nodes: readonly FormNode[];
  pointer: string;
  /** The pointer with * for each index. */
  pattern: string;
  /** The nodes of the innermost enclosing list. */
  list?: readonly FormNode[];
}

/** The fields below a pointer. A field that does not apply there is shown only while the spec sets it. */
export function Nodes({ nodes, pointer, pattern, list = [] }: NodesProps) {
  const { document, showsAll } = useForm();
  const parent = at(document, pointer);
  const kind = isObject(parent) ? parent.kind : undefined;
  const shown = nodes.filter(
    ({ name }) => isRelevant(childOf(pattern, name), kind) || isSet(at(document, childOf(pointer, name))),
  );
  const parts = (some: readonly FormNode[]) => (
    <div className="fields">
      {some.map((node) => (
        <Part
          key={node.name}
          node={node}
          pointer={childOf(pointer, node.name)}
          pattern={childOf(pattern, node.name)}
          list={list}
        />
      ))}
    </div>
  );
  if (showsAll) {
    return parts(shown);
  }
  const more = shown.filter(({ name }) => !isFirst(pattern, name));
  return (
    <>
      {parts(shown.filter(({ name }) => isFirst(pattern, name)))}
      {more.length > 0 && (
        <More nodes={more} pointer={pointer} labels={more.map(({ name }) => fieldLabel(childOf(pattern, name), name))}>
          {parts(more)}
        </More>
      )}
    </>
  );
}

interface MoreProps {
  nodes: readonly FormNode[];
  pointer: string;
  labels: readonly string[];
  children: ReactNode;
}

/** Rarely used fields, collapsed until the spec sets one of them to a non-default value, or the check has a finding there. */
function More({ nodes, pointer, labels, children }: MoreProps) {
  const { document, findings } = useForm();
  const parent = at(document, pointer);
  const isUsed = isObject(parent) && nodes.some((node) => isNonDefault(node, parent[node.name]));
  const pointers = nodes.map(({ name }) => childOf(pointer, name));
  const isFound = findings.some((finding) =>
    pointers.some((pointer) => `${finding.pointer}/`.startsWith(`${pointer}/`)),
  );
  const [isOpen, setOpen] = useState(isUsed);
  return (
    <details className="more" open={isOpen || isFound} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {text.newRun.moreSettings} <small>{labels.join(', ')}</small>
      </summary>
      {children}
    </details>
  );
}

interface PartProps {
  node: FormNode;
  pointer: string;
  pattern: string;
  list: readonly FormNode[];
}

function Part({ node, list, pointer, pattern }: PartProps) {
  switch (node.type) {
    case 'field':
      return <ParameterField {...{ pointer, pattern }} definition={node.definition} />;
    case 'numbers':
      return <ParameterField {...{ pointer, pattern }} definition={node.definition} several />;
    case 'technique':
      return <TechniqueField {...{ pointer, pattern }} name={node.name} kind={node.kind} />;
    case 'group':
      return (
        <GroupField {...{ pointer, pattern }} name={node.name} nodes={node.nodes}>
          <Nodes nodes={node.nodes} pointer={pointer} pattern={pattern} />
        </GroupField>
      );
    case 'list':
    case 'again': {
      const nodes = node.type === 'list' ? node.nodes : list;
      return (
        <ListField {...{ pointer, pattern, nodes }} name={node.name}>
          {(itemPointer) => <Nodes nodes={nodes} pointer={itemPointer} pattern={`${pattern}/*`} list={nodes} />}
        </ListField>
      );
    }
  }
}
