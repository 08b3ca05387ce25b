import {serve} from '../../lib/engines/serve.js';
import {SpeechError} from '../../lib/errors.js';

/** How the workers of a test pool load. */
export interface TestData {
	readonly load: 'well' | 'crash' | 'crash once' | 'data missing';
	/** Int32s: how often a worker loaded; then what the jobs do with the rest. */
	readonly shared: SharedArrayBuffer;
}

export interface TestRequest {
	/** `wait`: until the second Int32 of the shared memory is 1. */
	readonly do:
		| 'echo'
		| 'exit'
		| 'throw'
		| 'refuse'
		| 'fill memory'
		| 'transfer'
		| 'wait until dropped'
		| 'wait';
	readonly text?: string;
}

/** A worker that does as it is told, for the tests of the pool. */
serve<TestRequest, string, string, TestData>(async ({load, shared}) => {
	const numbers = new Int32Array(shared);
	const times = Atomics.add(numbers, 0, 1);
	if (load === 'crash' || (load === 'crash once' && times === 0)) process.exit(7);
	if (load === 'data missing')
		throw new SpeechError('DATA_MISSING', 'no such file', {cause: new Error('ENOENT')});
	return {
		report: 'loaded',
		async render(request, answer) {
			if (request.do === 'echo') answer.send(request.text ?? '', []);
			else if (request.do === 'exit') {
				answer.send('last words', []);
				// Lets the message go out first.
				setTimeout(() => process.exit(9), 20);
				await new Promise(() => {});
			} else if (request.do === 'throw') throw new TypeError('unforeseen');
			else if (request.do === 'refuse') throw new SpeechError('DATA_MISSING', 'foreseen');
			else if (request.do === 'fill memory') {
				const all: string[][] = [];
				for (;;) all.push(Array.from({length: 100_000}, (_, index) => `${index}`));
			} else if (request.do === 'transfer') {
				const buffer = new ArrayBuffer(8);
				answer.send('moved', [buffer]);
				answer.send(`${buffer.byteLength} bytes left`, []);
			} else if (request.do === 'wait until dropped') {
				answer.send('running', []);
				while (!answer.dropped());
				Atomics.add(numbers, 2, 1);
			} else {
				answer.send(`${request.text} runs`, []);
				while (Atomics.load(numbers, 1) === 0);
				answer.send(`${request.text} ends`, []);
			}
		},
	};
});
