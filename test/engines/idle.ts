/** Renders with the engine named by the first argument and stops there: nobody closes it, so it must not keep the process. */
import {createEspeak} from '../../lib/engines/espeak/espeak.js';
import {createNeural} from '../../lib/engines/neural/neural.js';
import {render} from './rendering.js';

const engine = process.argv[2] === 'espeak' ? createEspeak() : createNeural();
const {samples} = await render(engine, 'Hello.');
process.stdout.write(`${samples.length > 0 ? 'spoke' : 'silent'}`);
