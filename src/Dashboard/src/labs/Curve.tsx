import { useState } from 'react';
import { LineChart } from '../charts/LineChart';
import type { Drawing } from '../charts/series';
import { Card } from '../design/Card';
import { Choice } from '../design/Choice';
import { text } from '../text/text';

interface CurveProps {
  title: string;
  drawing: Drawing;
  note?: string;
}

/** Curves in a card, or their numbers. */
export function Curve({ title, drawing, note }: CurveProps) {
  const [view, setView] = useState<'chart' | 'table'>('chart');
  return (
    <Card
      title={title}
      actions={
        <Choice
          label={text.charts.viewOf(title)}
          value={view}
          options={[
            { value: 'chart', label: text.charts.asChart },
            { value: 'table', label: text.charts.asTable },
          ]}
          onChange={setView}
        />
      }
    >
      <LineChart label={title} drawing={drawing} formatCell={drawing.x.format} group={title} view={view} empty="" />
      {note !== undefined && <p className="card-note">{note}</p>}
    </Card>
  );
}
