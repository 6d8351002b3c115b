import { Button } from '../design/Button';
import { Icon } from '../design/Icon';
import { text } from '../text/text';

/** Shows the card around the button on the whole screen, or no longer. */
export const FullScreen = ({ chart }: { chart: string }) =>
  document.fullscreenEnabled && (
    <Button
      small
      aria-label={text.charts.fullScreen(chart)}
      title={text.charts.fullScreen(chart)}
      onClick={({ currentTarget }) =>
        void (document.fullscreenElement === null
          ? currentTarget.closest('.card')?.requestFullscreen()
          : document.exitFullscreen())
      }
    >
      <Icon shape="screen" />
    </Button>
  );
