import type { FilterFieldEntry } from '../api/types';
import { Menu } from '../design/Menu';
import { text } from '../text/text';

const t = text.where;

interface WhereHelpProps {
  fields: readonly FilterFieldEntry[];
  /** Called when the help is opened: it needs the fields. */
  onOpen: () => void;
  onChoose: (example: string) => void;
}

/** The syntax of filter expressions behind a "?": examples to take over, operators, and all fields. */
export function WhereHelp({ fields, onOpen, onChoose }: WhereHelpProps) {
  const groups = [
    { title: t.fieldGroups.run, names: fields.filter(({ pointer }) => pointer === null) },
    { title: t.fieldGroups.settings, names: fields.filter(({ pointer }) => pointer !== null) },
  ];
  return (
    <Menu label={t.help} icon="help" onPress={onOpen}>
      {(id) => (
        <div className="where-help stack tight">
          <p>{t.helpText}</p>
          <h2>{t.examplesTitle}</h2>
          <ul>
            {t.examples.map((example) => (
              <li key={example}>
                <button
                  type="button"
                  className="link mono"
                  popoverTarget={id}
                  popoverTargetAction="hide"
                  onClick={() => onChoose(example)}
                >
                  {example}
                </button>
              </li>
            ))}
          </ul>
          <h2>{t.operatorsTitle}</h2>
          <dl>
            {t.operators.map(([operator, meaning]) => (
              <div key={operator}>
                <dt className="mono">{operator}</dt>
                <dd>{meaning}</dd>
              </div>
            ))}
          </dl>
          <h2>{t.fieldsTitle}</h2>
          {groups
            .filter(({ names }) => names.length > 0)
            .map(({ title, names }) => (
              <p key={title}>
                <b>{title}:</b> <span className="mono">{names.map(({ name }) => name).join(', ')}</span>
              </p>
            ))}
        </div>
      )}
    </Menu>
  );
}
