import load from '@echogarden/espeak-ng-emscripten';

/** The engine eSpeak NG called directly, on this thread: gives ms to its first samples. */
export async function loadBareEspeak(): Promise<(text: string) => number> {
	const worker = new (await load()).eSpeakNGWorker();
	worker.set_voice('en-us');
	return text => {
		const started = performance.now();
		let first = Number.NaN;
		worker.synthesize(text, samples => {
			if (samples.length > 0 && Number.isNaN(first)) first = performance.now() - started;
			return false;
		});
		return first;
	};
}
