import type { SaidWords } from '../../said';
import { diagnosis, suggestions } from './diagnosis';
import { layers } from './layers';
import { spec } from './spec';
import { actions, story } from './story';

/** What the service says, in Korean. */
export const said: SaidWords = { spec, diagnosis, suggestions, story, actions, layers };
