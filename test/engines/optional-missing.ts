/** Tries both engines where no optional package is installed, and prints as JSON what came of it. */
import {createEspeak} from '../../lib/engines/espeak/espeak.js';
import {createNeural} from '../../lib/engines/neural/neural.js';
import {render} from './rendering.js';

/** Samples given, or the error's code and message. */
async function outcome(spoken: ReturnType<typeof render>): Promise<unknown> {
	return spoken.then(
		({samples}) => samples.length,
		error => ({code: error.code, message: error.message}),
	);
}

const heart = createNeural({workers: 1});
const probed = await heart.runtime();
const spoken = await outcome(render(heart, 'Hello.'));
const native = await outcome(render(createNeural({runtime: 'native', workers: 1}), 'Hello.'));
const espeak = await outcome(render(createEspeak({workers: 1}), 'Hello.', {voiceId: 'espeak:de'}));
const engine = heart.voice({})?.engine;
process.stdout.write(JSON.stringify({probed, spoken, engine, native, espeak}));
