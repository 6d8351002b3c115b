import { useState } from 'react';
import { createPortal } from 'react-dom';
import { usePermissions } from '../access/permissions';
import type { ExperimentEntry } from '../api/types';
import { Button } from '../design/Button';
import { Icon } from '../design/Icon';
import { Menu } from '../design/Menu';
import { SearchField } from '../design/SearchField';
import type { SnackbarContent } from '../design/Snackbar';
import { integer } from '../text/format';
import { text } from '../text/text';
import { ExperimentDialog, type ExperimentTask } from './ExperimentDialog';
import { useExperiments } from './useExperiments';

const t = text.experiments;
/** Fewer are seen at a glance. */
const experimentsToSearch = 8;

interface ExperimentRailProps {
  /** The experiment shown; null for all. */
  current: string | null;
  isArchive: boolean;
  onChoose: (experiment: string | null) => void;
  onArchive: () => void;
  onDone: (content: SnackbarContent) => void;
}

/** The experiments with the number of their runs, and the archive. */
export function ExperimentRail({ current, isArchive, onChoose, onArchive, onDone }: ExperimentRailProps) {
  const [search, setSearch] = useState('');
  const [task, setTask] = useState<{ kind: ExperimentTask; experiment: ExperimentEntry } | null>(null);
  const { data, hasNextPage, fetchNextPage } = useExperiments(search.trim());
  const experiments = data?.pages.flatMap((page) => page.items) ?? [];
  const may = usePermissions();
  return (
    <nav className="experiments stack tight" aria-label={t.title}>
      <h2>{t.title}</h2>
      {(experiments.length >= experimentsToSearch || search !== '') && (
        <SearchField label={t.search} value={search} characters={100} onChange={setSearch} />
      )}
      <ul>
        <li>
          <button
            type="button"
            aria-current={current === null && !isArchive ? 'true' : undefined}
            onClick={() => onChoose(null)}
          >
            {t.all}
          </button>
        </li>
        {experiments.map((experiment) => (
          <li key={experiment.name}>
            <button
              type="button"
              aria-current={current === experiment.name && !isArchive ? 'true' : undefined}
              title={[experiment.name, experiment.description].filter((line) => line !== '').join('\n')}
              onClick={() => onChoose(experiment.name)}
            >
              <span>{experiment.name}</span>
              <small>{integer(experiment.runs)}</small>
            </button>
            {may.submit && (
              <Menu label={t.menu(experiment.name)} icon="more">
                {(id) =>
                  (['rename', 'describe', 'delete'] as const).map((kind) => (
                    <button
                      key={kind}
                      type="button"
                      className="menu-item"
                      popoverTarget={id}
                      popoverTargetAction="hide"
                      onClick={() => setTask({ kind, experiment })}
                    >
                      {t[kind]}
                    </button>
                  ))
                }
              </Menu>
            )}
          </li>
        ))}
      </ul>
      {search.trim() !== '' && experiments.length === 0 && <p className="muted">{t.none}</p>}
      {hasNextPage && (
        <Button small onClick={() => void fetchNextPage()}>
          {t.more}
        </Button>
      )}
      <button
        type="button"
        className="experiments-archive"
        aria-current={isArchive ? 'true' : undefined}
        onClick={onArchive}
      >
        <Icon shape="archive" />
        {text.runs.archive}
      </button>
      {task !== null &&
        // Outside of the panel, which a modal dialog closes.
        createPortal(
          <ExperimentDialog
            {...task}
            onClose={() => setTask(null)}
            onRenamed={(name) => current === task.experiment.name && onChoose(name)}
            onArchived={(content) => {
              onDone(content);
              if (current === task.experiment.name) {
                onChoose(null);
              }
            }}
          />,
          document.body,
        )}
    </nav>
  );
}

/** The description of an experiment, if it has one. */
export function ExperimentDescription({ name }: { name: string }) {
  const { data } = useExperiments('');
  const found = data?.pages.flatMap((page) => page.items).find((experiment) => experiment.name === name);
  return (
    found !== undefined && found.description !== '' && <p className="experiment-description">{found.description}</p>
  );
}
