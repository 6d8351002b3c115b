import type { ServerMessages } from '../../serverMessages';
import { diagnosis, suggestions } from './diagnosis';
import { filters } from './filters';
import { layers } from './layers';
import { problems } from './problems';
import { actions, run } from './run';
import { spec } from './spec';

/** The service's messages in Korean. */
export const serverMessages: ServerMessages = { spec, diagnosis, suggestions, run, actions, problems, filters, layers };
