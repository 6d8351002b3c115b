import { useId } from 'react';
import { text } from '../text/text';
import { say } from './localized';
import { type Chosen, isSeed, optionOf, seedOf, settingsText, usualSeed } from './settings';
import type { LessonDetail } from './useLessons';

const t = text.lessons.settings;

interface SettingsFieldsProps {
  lesson: LessonDetail;
  chosen: Chosen;
  onChange: (chosen: Chosen) => void;
}

/** Size, seed and the settings of a lesson, folded unless it has settings of its own; nothing for a lab. */
export function SettingsFields({ lesson, chosen, onChange }: SettingsFieldsProps) {
  const id = useId();
  if (lesson.kind === 'lab') {
    return null;
  }
  const isValid = isSeed(chosen.seed);
  return (
    <details className="lesson-settings" open={lesson.settings.length > 0}>
      <summary>
        {t.title} <small>{settingsText(lesson, { ...chosen, seed: seedOf(chosen), settings: [] })}</small>
      </summary>
      <div className="lesson-setting-fields">
        {lesson.settings.map((setting) => (
          <label key={setting.id}>
            <span>{say(setting.label)}</span>
            <select
              className="input"
              value={optionOf(setting, chosen)}
              onChange={({ target }) =>
                onChange({ ...chosen, options: { ...chosen.options, [setting.id]: target.value } })
              }
            >
              {setting.options.map((option) => (
                <option key={option.id} value={option.id}>
                  {option.published ? t.published(say(option.label)) : say(option.label)}
                </option>
              ))}
            </select>
          </label>
        ))}
        {lesson.hasQuickSize && (
          <label>
            <span>{t.size}</span>
            <select
              className="input"
              value={chosen.size}
              onChange={({ target }) => onChange({ ...chosen, size: target.value as Chosen['size'] })}
            >
              {(['full', 'quick'] as const).map((one) => (
                <option key={one} value={one}>
                  {t.sizes[one]}
                </option>
              ))}
            </select>
          </label>
        )}
        <label>
          <span>{t.seed}</span>
          <input
            className="input"
            inputMode="numeric"
            autoComplete="off"
            placeholder={String(usualSeed)}
            value={chosen.seed}
            aria-invalid={!isValid}
            aria-describedby={isValid ? undefined : `${id}-seed`}
            onChange={({ target }) => onChange({ ...chosen, seed: target.value })}
          />
        </label>
        {!isValid && (
          <p id={`${id}-seed`} role="alert" className="lesson-wrong">
            {t.seedRange}
          </p>
        )}
      </div>
    </details>
  );
}
