import type { LayerRow } from '../../api/types';
import { say } from '../../text/said';

/** The settings of a layer in the language of the page. */
export const settingsOf = (layer: LayerRow): string => say('layers', { ...layer, code: layer.kind }, layer.settings);
